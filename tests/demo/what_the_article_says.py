"""What the article about Dimpact and Centric supports: all that the demo may show of them.

The article is "Het is weer koek en ei tussen Dimpact en Centric" on ibestuur.nl. Two parties
signed at the iBestuur-congres (Arnhem, Papendal) on "woensdag 3 juli": Dimpact (director René
Bal) and Centric PSS (Maarten Hillenaar, algemeen directeur Centric Public Sector Solutions). No
year is named; 3 July 2019 was a Wednesday. Told at the signing: a white paper of Centric "begin
oktober", a plan of Dimpact "in 2020", no Burgerzakenmodules for members any more, a last appeal
that will be stopped (not by whom, nor when). The contract that "eindigt in 2023" is the one for
those modules (Atos/PinkRoccade). Dimpact has more than 30 gemeenten as members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from bs4 import Tag

import portal

# The exact address is in no source of this portal: the site finds the article by its title.
ADDRESS = "https://ibestuur.nl/?s=Het+is+weer+koek+en+ei+tussen+Dimpact+en+Centric"
NAMES = set(
    re.findall(
        r"[\w-]+",
        "Dimpact Centric PSS Public Sector Solutions René Bal Maarten Hillenaar Groeipact Common "
        "Ground Arnhem Papendal iBestuur iBestuur-congres Burgerzakenmodules Atos PinkRoccade",
    )
)
DAYS = {
    # The day of the signing, its year inferred; the article itself has no year.
    *("3 juli", "3 juli 2019", "3 July 2019"),
    # "begin oktober" and "in 2020", as this portal reads them.
    *("oktober", "10 oktober 2019", "10 October 2019"),
    *("1 januari", "31 december 2020", "1 January", "31 December 2020"),
    # When the vereniging of the demo wrote it down.
    *("8 juli 2019", "8 July 2019"),
}
# 1 is where the portal's reading of "begin oktober" begins.
FIGURES = {"1", "30", "2019", "2020", "2023"}
# Words that begin a sentence, a title or a quotation in the texts of the demo.
BEGINNINGS = set(
    re.findall(
        r"\w+",
        "Bij Bron Daarom Dat De Directeur Dit Een Geen Het Meedenken Meer Of Ook Op Plan Tekening "
        "Voor Waar Wat Welke Whitepaper",
    )
)
# The kinds of organisation that this portal knows.
KINDS = {"Leverancier", "Samenwerkingsverband", "Supplier", "Partnership"}
# In what a page is given to take along.
FORMATS = {"Atom", "iCalendar"}
# What names a number or a file of this portal.
LABELS = {"GP-nummer", "RIS-bestand", "RIS"}
# The two letters in the place of a logo.
MONOGRAMS = {"Di", "Ce"}
FALSEHOODS = [
    r"eind 2023|end of 2023",
    r"contract (tussen|between)",
    r"(beroep|zaak|procedure)\W+(is|zijn) (ge\w+|van de baan)",
    r"beroep (vallen|dat nog liep)|gaat niet door",
    r"\b(gereed|done|voldaan|afgerond)\b",
    r"(Toegezegd|Beloofd|Promised)\b.*\b(op|on) \d",
    r"haar (eigen )?dienstverlening|dienstverlening van Dimpact",
    r"geen voortgang|niet (verschenen|uitgebracht|nagekomen)|is verschenen",
    r"namens Centric|doorlopend|ongoing",
    r"opgave van de ondertekenaar|stated by the signatory",
    r'href="https://ibestuur\.nl/?"',
]
# How many promises or comments this portal holds.
COUNTED = re.compile(r"(?:Toezeggingen|Commitments) \(?\d+\)?|\d+ (?:reacties?|comments?)")
# What this portal says of itself: its numbers, its page of a year, the day on which one reads.
OWN = re.compile(
    r"\bGP-[1-9]\d*\b|\b(?:Ons jaar|Our year) 20\d\d\b|"
    r"\((?:geraadpleegd op|accessed on) \d{1,2} \w+ 20\d\d\)"
)
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "January|February|March|May|June|July|August|October|December"
)
DAY = re.compile(rf"(?:\d{{1,2}} )?\b(?:{MONTHS})\b(?: \d{{4}})?")


@cache
def interface_words() -> frozenset[str]:
    """Return the words with which messages of the interface begin, in both languages."""
    catalogue = Path(portal.__file__).parent / "translations/en/LC_MESSAGES/messages.po"
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    texts = [text for message in messages for text in (message.id, message.string)]
    flat = [one for text in texts for one in ([text] if isinstance(text, str) else text)]
    return frozenset(word for text in flat for word in re.findall(r"(?:^|[.!?] )(\w+)", text))


def strangers(text: str) -> set[str]:
    """Return every date, figure and word with a capital in `text` that the article has not."""
    text = OWN.sub(" ", COUNTED.sub(" ", re.sub(r"\S+/\S+/\S*", " ", text)))
    found = {day for day in DAY.findall(text) if day not in DAYS}
    text = DAY.sub(" ", text)
    found |= {figure for figure in re.findall(r"\d+(?:[.,]\d+)*", text) if figure not in FIGURES}
    words = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text)
    known = NAMES | BEGINNINGS | KINDS | FORMATS | LABELS | MONOGRAMS | interface_words()
    return found | {word for word in words if word.lower() != word and word not in known}


def falsehoods(text: str) -> list[str]:
    """Return what `text` says that is known to be untrue, or not in the article."""
    return [found[0] for wrong in FALSEHOODS if (found := re.search(wrong, text))]


def sentences(page: Tag) -> Iterator[str]:
    """Yield what a page says of its subject: not the other news, nor how many comments or steps."""
    for other in page.select("[aria-labelledby=meer-nieuws], .progress, #reacties, .discussion"):
        other.decompose()
    for head in page.select("title, meta[name=description]"):
        yield head.get_text() or str(head.get("content", ""))
    if (main := page.find("main")) is not None:
        yield main.get_text(" ", strip=True)
        yield from (str(picture["alt"]) for picture in main.select("img[alt]"))
