"""The columns that an import knows, under each name by which people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from portal.core.folding import fold
from portal.core.i18n import LOCALES, speak
from portal.core.i18n import lazy_gettext as _l
from portal.organisations.identifiers import NAMES, SCHEMES


class Sheet(StrEnum):
    """What the rows of a sheet are."""

    SIGNATORIES = "ondertekenaars"
    COMMITMENTS = "toezeggingen"


SHEETS: Mapping[Sheet, object] = {
    Sheet.SIGNATORIES: _l("Ondertekenaars"),
    Sheet.COMMITMENTS: _l("Toezeggingen"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A column that is taken in: its name for programs, its label, and what belongs in it.

    `also` are other names, as lists of others have them. Without a `meaning` the column is read
    where it stands, and no template asks for it.
    """

    name: str
    label: object
    meaning: object = ""
    also: tuple[str, ...] = ()


_SOURCE = (
    Taken(
        "bron",
        _l("Bron"),
        _l("De titel van de bron van deze regel. Leeg: de bron van de hele import."),
        ("source", "titel van de bron"),
    ),
    Taken(
        "bronadres",
        _l("Adres van de bron"),
        _l("Het webadres van die bron. Leeg: de bron van de hele import."),
        ("url", "link", "bron url"),
    ),
)
_NUMBER = Taken("nummer", _l("Nummer"), also=("id", "nr"))
_STATUS = Taken("status", _l("Status"))

_SIGNATORY = (
    _NUMBER,
    Taken(
        "naam",
        _l("Naam"),
        _l("Hoe de organisatie heet. Verplicht."),
        ("supplier", "leverancier", "organisatie", "organisation", "organization", "gemeente"),
    ),
    Taken(
        "soort",
        _l("Soort organisatie"),
        _l("Een van de soorten van dit portaal, zoals gemeente. Verplicht bij een nieuwe naam."),
        ("organisatiesoort", "type"),
    ),
    Taken(
        "provincie",
        _l("Provincie"),
        _l("Leeg voor een organisatie van heel Nederland."),
        ("province",),
    ),
    Taken("website", _l("Website"), _l("De eigen website."), ("site", "homepage")),
    *(
        Taken(scheme, NAMES[scheme], _l("Leeg als u het niet weet."), (f"{scheme} nummer",))
        for scheme in SCHEMES
    ),
    Taken(
        "getekend",
        _l("Getekend"),
        _l("Wanneer is getekend: 3 juli 2019, 2019-07-03, juli 2019. Leeg: bij de gelegenheid."),
        ("ondertekeningsdatum", "ondertekend op", "datum ondertekening", "signed on"),
    ),
    Taken(
        "getekend_vanaf",
        _l("Getekend vanaf"),
        _l("De eerste dag die het kan zijn, als wij “getekend” niet begrijpen."),
    ),
    Taken(
        "getekend_tot",
        _l("Getekend tot en met"),
        _l("De laatste dag die het kan zijn, als wij “getekend” niet begrijpen."),
    ),
    Taken(
        "gelegenheid",
        _l("Gelegenheid"),
        _l("Waar er is getekend: de naam van een gelegenheid van dit portaal."),
        ("event",),
    ),
    Taken("plaats", _l("Plaatsnaam"), _l("Waar er is getekend."), ("plaats van ondertekenen",)),
    Taken(
        "verzonnen",
        _l("Verzonnen"),
        _l("ja: bedacht om het portaal te laten zien."),
        ("fictief", "fictional"),
    ),
    *_SOURCE,
    _STATUS,
    # Of the list of VNG: until when somebody promised something, without what.
    Taken("termijn", _l("Termijn"), also=("deadline",)),
)

_COMMITMENT = (
    _NUMBER,
    Taken(
        "ondertekenaar",
        _l("Ondertekenaar"),
        _l("De naam van de ondertekenaar, zoals op het blad met ondertekenaars. Verplicht."),
        ("supplier", "leverancier", "organisatie", "naam", "signatory", "organisation"),
    ),
    Taken(
        "titel", _l("Titel"), _l("De toezegging in één zin. Verplicht."), ("toezegging", "title")
    ),
    Taken("taal", _l("Taal"), _l("De taal van titel en tekst: nl of en. Leeg: nl."), ("language",)),
    Taken(
        "soort",
        _l("Soort"),
        _l("Wat voor toezegging het is, zoals realisatie. Leeg: overig."),
        ("soort toezegging", "type"),
    ),
    Taken("wat", _l("Wat"), _l("Wat er is toegezegd. Verplicht."), ("omschrijving", "tekst")),
    Taken("voor_wie", _l("Voor wie"), _l("Voor wie het bedoeld is.")),
    Taken("waarom", _l("Waarom"), _l("Waarom de ondertekenaar dit doet.")),
    Taken("resultaat", _l("Resultaat"), _l("Wat er is als het gereed is.")),
    Taken("lagen", _l("Lagen"), _l("Lagen van Common Ground, met ; ertussen."), ("laag",)),
    Taken("themas", _l("Thema’s"), _l("Thema’s van het Groeipact, met ; ertussen."), ("thema",)),
    Taken(
        "toegezegd_op",
        _l("Toegezegd op"),
        _l("De dag van de toezegging. Verplicht."),
        ("datum", "ondertekeningsdatum", "datum toezegging", "promised on"),
    ),
    Taken(
        "termijn",
        _l("Termijn"),
        _l("De termijn zoals die is gezegd: begin oktober 2026. Leeg: geen datum."),
        ("deadline", "uiterlijk"),
    ),
    Taken(
        "termijn_vanaf",
        _l("Termijn vanaf"),
        _l("De eerste dag die bedoeld kan zijn, als wij de termijn niet begrijpen."),
    ),
    Taken(
        "termijn_tot",
        _l("Termijn tot en met"),
        _l("De laatste dag die bedoeld kan zijn, als wij de termijn niet begrijpen."),
    ),
    *_SOURCE,
    _STATUS,
)

COLUMNS: Mapping[Sheet, tuple[Taken, ...]] = {
    Sheet.SIGNATORIES: _SIGNATORY,
    Sheet.COMMITMENTS: _COMMITMENT,
}
# By these a sheet is known for what it is: all of the first, and one of the others.
_MARKS: Mapping[Sheet, tuple[str, tuple[str, ...]]] = {
    Sheet.SIGNATORIES: ("naam", ("getekend", "gelegenheid", "soort")),
    Sheet.COMMITMENTS: ("ondertekenaar", ("titel", "wat")),
}
# Columns whose very name says what kind of organisation all rows are.
_SUPPLIERS = ("supplier", "leverancier")
_SIGNS = re.compile(r"[\W_]+")


def plain(header: str) -> str:
    """Return a header as headers are compared: small letters and digits only."""
    return _SIGNS.sub("", fold(header))


@cache
def _names(sheet: Sheet) -> Mapping[str, str]:
    """Return every name of a column, as headers are compared -> its own name."""
    known = {plain(other): column.name for column in COLUMNS[sheet] for other in column.also}
    for locale in LOCALES:
        with speak(locale):
            known.update({plain(str(column.label)): column.name for column in COLUMNS[sheet]})
    known.update({plain(column.name): column.name for column in COLUMNS[sheet]})
    return known


def columns_in(sheet: Sheet, headers: Sequence[str]) -> list[str | None]:
    """Return for each header the name of its column, None for one that is not taken in."""
    names, seen = _names(sheet), set[str]()
    columns: list[str | None] = []
    for header in headers:
        name = names.get(plain(header))
        columns.append(None if name in seen else name)
        seen.add(name or "")
    return columns


def sheet_of(headers: Sequence[str]) -> Sheet | None:
    """Return of which sheet these headers are, None for a row that is no head."""
    for sheet in reversed(Sheet):
        needed, others = _MARKS[sheet]
        found = set(columns_in(sheet, headers))
        if needed in found and found & set(others):
            return sheet
    return None


def is_of_suppliers(headers: Sequence[str]) -> bool:
    """Return whether the head of a sheet says that every organisation in it is a supplier."""
    return bool({plain(header) for header in headers} & {plain(name) for name in _SUPPLIERS})


def label_of(sheet: Sheet, name: str) -> str:
    """Return what a column is called on a page; the name itself for one that is not known."""
    return next((str(column.label) for column in COLUMNS[sheet] if column.name == name), name)
