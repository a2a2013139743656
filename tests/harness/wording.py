"""Words that the site does not say: one word for one thing in both languages, in a plain form.

docs/glossary.md says which words there are; here are those that once stood beside them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[2] / "portal/translations/en/LC_MESSAGES/messages.po"


class Word(NamedTuple):
    """A word that is not said: what is said instead, and where it does mean something else."""

    pattern: str
    instead: str
    but: tuple[str, ...] = ()


DUTCH = (
    # One word for one thing.
    Word(r"\bweg(ge)?(gooi|haal|hal)|\bwis(sen)?\b|\bgooi", "verwijderen"),
    Word(r"\bhaal\b.*\bweg\b", "verwijderen"),
    Word(r"\b(ge)?weiger", "niet plaatsen, niet toelaten, niet overnemen, afwijzen"),
    Word(r"\bin(ge)?(stuur|sturen|dien)", "versturen, voorstellen"),
    Word(r"\bstand\b", "status"),
    Word(
        r"\b(zonder|geen) termijn\b",
        "geen datum",
        but=("U hebt geen termijn ingevuld. Kies een datum, of “geen datum”.",),
    ),
    Word(r"\bstuk(ken)?\b", "tekst of aanvraag"),
    Word(r"\binrichting\b", "instellingen"),
    Word(r"\bmaildomein", "einde van het e-mailadres"),
    Word(r"\bbeeldpunt", "pixel"),
    Word(r"\bmotivering", "reden, toelichting"),
    Word(r"\bafbeelding", "plaatje, foto, logo"),
    Word(r"\bstem(de|t|men)? .*\bin\b", "goedkeuren"),
    Word(r"\bhuisregels|\breglement", "spelregels"),
    Word(r"\bcommentaar", "reactie"),
    Word(r"\bdeadline", "termijn"),
    Word(r"\bevenement|\bevent\b", "gelegenheid"),
    Word(r"\bemail|\be-mail(?!adres)", "mail, e-mailadres"),
    Word(r"\baanmeld|\binschrijv", "registreren"),
    # B1, and "u".
    Word(r"\b(je|jij|jouw|jullie)\b", "u, uw"),
    Word(r"\bindien\b|\bmits\b|\btenzij\b", "als"),
    Word(r"\b(middels|omtrent|derhalve|alsmede|teneinde|conform|dient u|gelieve)\b", "plain words"),
    # Things keep their noun.
    Word(r"\b(haar|hem|hij)\b", "the noun once more"),
    Word(r"\bzij (is|wordt|blijft|komt|heeft|kan|telt|gaat|staat|bij|hier|zelf)\b", "the noun"),
    Word(r"(?<!n) zij\b(?! (\w+ )*\w+(n|zijn)\b)", "the noun once more"),
)
ENGLISH = (
    # British, as the public sector writes it.
    Word(r"\be-mail", "email"),
    Word(r"\b(some|every|any)body\b", "someone, everyone, anyone"),
    Word(r"\w(or|az|iz)ation(?<!ation)|organiz|authoriz|recogniz|\bcolor\b|\bcenter\b", "British"),
    Word(r"\blog (in|out)\b|\blog(ged|ging) (in|out)\b", "sign in, sign out"),
    Word(r"\btelephone", "phone"),
    Word(r"(?-i:(?<!\.)\b(png|jpg|gif|svg|pdf|odt|ods|odp)\b)", "in capitals"),
    # A sentence of its own, not the Dutch one.
    Word(r"\? Then\b", "If ..."),
    Word(r"\b(was it|is it|were you|is that) (not )?you\b", "If this was not you"),
    Word(r"\b(make|made|making) (an|your|this|the|a new) account\b", "create"),
    Word(r"\bfar along\b", "what progress they have made"),
    Word(r"\bup to and including\b", "until the end of"),
    Word(r"\brecall", "cancel"),
    Word(r"\bwhoever\b|\bwho asked\b(?<!person who asked)", "the person who"),
    Word(r"\bat once\b|\bimmediately\b", "straight away"),
    Word(r"\btwo steps\b|\bsign in with two\b", "two-step sign-in"),
    Word(r"\bhistoric\b", "historical"),
    Word(r"\bneed not\b", "do not need to"),
    Word(r"\bwithout (a )?deadline\b|\bno deadline\b", "no date"),
)


def spoken(*, english: bool) -> list[str]:
    """Return every text of the site in Dutch or in English, plural forms apart."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    texts = [message.string if english else message.id for message in messages]
    return [form for text in texts for form in (text if isinstance(text, tuple) else (text,))]


def without_marks(text: str) -> str:
    """Return the words of a text, without places to be filled in and without tags."""
    return re.sub(r"%\(\w+\)[sd]|<[^>]*>", "…", text)


def faults(*, english: bool) -> list[str]:
    """Return what says another word than the one for its thing, with the one to say."""
    texts = spoken(english=english)
    return [
        f"{text!r}: say {word.instead}"
        for word in (ENGLISH if english else DUTCH)
        for text in texts
        if re.search(word.pattern, without_marks(text), re.IGNORECASE) and text not in word.but
    ]


def lost_exceptions() -> list[str]:
    """Return the exceptions that no text needs any more."""
    said = {*spoken(english=False), *spoken(english=True)}
    return [text for word in (*DUTCH, *ENGLISH) for text in word.but if text not in said]
