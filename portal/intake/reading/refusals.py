"""Why a whole file is not taken in, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l


class Refusal(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    NO_HEAD = "no_head"
    OFFICE = "office"
    OTHER = "other"
    UNREADABLE = "unreadable"
    BOMB = "bomb"
    LONG = "long"
    ROWS = "rows"
    BUSY = "busy"


WORDS: Mapping[Refusal, object] = {
    Refusal.EMPTY: _l("In dit bestand staan geen regels."),
    Refusal.NO_TEXT: _l("Dit is geen CSV-bestand en geen ODS-bestand. Kies een ander bestand."),
    Refusal.NO_HEAD: _l(
        "Wij vinden in dit bestand geen regel met de namen van kolommen. Een blad met "
        "ondertekenaars heeft de kolommen naam en getekend, een blad met toezeggingen de kolommen "
        "ondertekenaar en titel. Gebruik het sjabloon."
    ),
    Refusal.OFFICE: _l(
        "Dit is een bestand van Excel. Sla het op als “OpenDocument-werkblad (.ods)” of als CSV, "
        "en kies dat bestand."
    ),
    Refusal.OTHER: _l("Dit is geen ODS-bestand met een werkblad. Kies een ander bestand."),
    Refusal.UNREADABLE: _l(
        "Wij kunnen dit bestand niet lezen. Sla het opnieuw op, of sla het op als CSV."
    ),
    Refusal.BOMB: _l("Dit bestand wordt te groot als wij het uitpakken. Sla het op als CSV."),
    Refusal.LONG: _l(
        "In dit ODS-bestand staat meer dan 3,8 MB tekst. Sla elk blad op als CSV, of splits het."
    ),
    Refusal.ROWS: _l("Dit bestand heeft meer dan 20.000 regels. Splits het in kleinere bestanden."),
    Refusal.BUSY: _l("Het is nu druk met het lezen van bestanden. Verstuur het zo nog een keer."),
}


class FileRefused(Exception):
    """The file as a whole is not taken in; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal

    @property
    def message(self) -> str:
        """Why, for the person who chose the file."""
        return str(WORDS[self.refusal])
