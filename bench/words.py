"""Made-up Dutch sentences and names, the same in every run."""

from __future__ import annotations

from random import Random

_SUBJECTS = (
    "De aanpak",
    "Dit plan",
    "De planning",
    "Onze koppeling",
    "Het register",
    "De leverancier",
    "Een kleine gemeente",
    "De werkgroep",
    "Het bewijsstuk",
    "De nieuwe bron",
)
_VERBS = (
    "vraagt om",
    "begint met",
    "wacht op",
    "steunt op",
    "wint aan",
    "staat naast",
    "helpt bij",
    "past bij",
)
_OBJECTS = (
    "een heldere afspraak over de gegevens",
    "een proef met twee afdelingen",
    "meer tijd voor de overgang",
    "een open beschrijving van de koppelvlakken",
    "een rustige invoering in drie stappen",
    "het advies van de gebruikers",
    "een vergelijking met vorig jaar",
    "de standaard die wij samen kozen",
)
_MARKED = ("**goed**", "*later*", "**duidelijk**", "[de toelichting](https://example.org/uitleg)")
_PLACES = ("Westerveen", "Oosterbrug", "Zuidhaven", "Noorderkamp", "Middelburcht", "Lage Voort")
_TITLES = (
    "Whitepaper over de bron",
    "Plan voor de overgang",
    "Koppeling op de standaard",
    "Overzicht van de gegevens",
    "Proef met de nieuwe dienst",
)


def sentence(choose: Random) -> str:
    """Return one sentence."""
    parts = (choose.choice(_SUBJECTS), choose.choice(_VERBS), choose.choice(_OBJECTS))
    return " ".join(parts) + "."


def comment_text(choose: Random) -> str:
    """Return a comment of two to seven sentences, some of it marked up."""
    sentences = [sentence(choose) for _ in range(choose.randint(2, 7))]
    if choose.random() < 0.4:
        sentences.insert(1, f"Dat vind ik {choose.choice(_MARKED)}.")
    if len(sentences) > 4:
        sentences[2] = "\n\n" + sentences[2]
    return " ".join(sentences).replace(" \n\n", "\n\n")


def organisation_name(number: int) -> str:
    """Return the name of an organisation that does not exist."""
    return f"Gemeente {_PLACES[number % len(_PLACES)]} {number} (fictief)"


def commitment_title(number: int) -> str:
    """Return the title of a commitment."""
    return f"{_TITLES[number % len(_TITLES)]} {number}"
