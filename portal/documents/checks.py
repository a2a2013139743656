"""How well a document can be used by everybody, and how its maker mends what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from portal.core.i18n import lazy_gettext as _l
from portal.documents.inspection.kinds import PDF


class Finding(StrEnum):
    """Something about a file that makes it harder to use."""

    ONLY_PICTURES = "only_pictures"
    UNTAGGED = "untagged"
    UNTITLED = "untitled"
    UNSPOKEN = "unspoken"
    ATTACHED = "attached"


class Made(StrEnum):
    """Whether a file was made so that everybody can use it."""

    WELL = "well"
    BADLY = "badly"
    UNKNOWN = "unknown"


class Advice(NamedTuple):
    """What is the matter, in a few words and in whole ones, and how to mend it."""

    short: object
    what: object
    mend: Sequence[object]


class Checked(Protocol):
    """A version of a document, as far as this looks at it."""

    @property
    def media_type(self) -> str: ...
    @property
    def is_tagged(self) -> bool | None: ...
    @property
    def has_text(self) -> bool | None: ...
    @property
    def file_title(self) -> str | None: ...
    @property
    def file_language(self) -> str | None: ...
    @property
    def attachment_count(self) -> int | None: ...
    @property
    def is_checked(self) -> bool: ...


class Check(NamedTuple):
    """The answer, and why."""

    made: Made
    findings: Sequence[Finding]

    @property
    def answer(self) -> object:
        """The answer in words."""
        return LABELS[self.made]

    @property
    def advice(self) -> Sequence[Advice]:
        """What to do about each finding."""
        return [ADVICE[finding] for finding in self.findings]


LABELS: Mapping[Made, object] = {
    Made.WELL: _l("ja"),
    Made.BADLY: _l("nee"),
    Made.UNKNOWN: _l("niet nagegaan"),
}
_ODF_WORD = _l("LibreOffice: kies Bestand, Eigenschappen, tabblad Beschrijving en vul de titel in.")
ADVICE: Mapping[Finding, Advice] = {
    Finding.ONLY_PICTURES: Advice(
        _l("er staat geen tekst in, alleen beeld"),
        _l("In dit bestand staat geen tekst, alleen beeld. Een schermlezer leest niets voor."),
        (
            _l("Gebruik het oorspronkelijke document en sla dat op als pdf: scan geen papier."),
            _l("Is er alleen papier? Laat een OCR-programma de tekst in de scan herkennen."),
        ),
    ),
    Finding.UNTAGGED: Advice(
        _l("er is geen opmaak voor schermlezers in"),
        _l("Deze pdf heeft geen tags: een schermlezer herkent geen koppen, lijsten en tabellen."),
        (
            _l("Word: kies Opslaan als, pdf, Opties en vink de tags voor toegankelijkheid aan."),
            _l("LibreOffice: kies Exporteren als pdf en vink Gelabelde PDF of PDF/UA aan."),
            _l("Gebruik geen ‘Afdrukken naar pdf’: dan gaan de tags verloren."),
        ),
    ),
    Finding.UNTITLED: Advice(
        _l("het bestand noemt zijn titel niet"),
        _l("In het bestand staat geen titel. Een lezer hoort dan alleen de bestandsnaam."),
        (_l("Word: kies Bestand, Info en vul de titel in. Sla daarna op als pdf."), _ODF_WORD),
    ),
    Finding.UNSPOKEN: Advice(
        _l("het bestand noemt zijn taal niet"),
        _l("In het bestand staat niet in welke taal het is. Een schermlezer leest het dan soms in "
           "de verkeerde taal voor."),
        (
            _l("Word: selecteer alle tekst en kies Controleren, Taal, Controletaal instellen."),
            _l("LibreOffice: kies Extra, Taal, Voor alle tekst en kies de taal."),
        ),
    ),
    Finding.ATTACHED: Advice(
        _l("er zitten bijlagen in"),
        _l("In deze pdf zitten andere bestanden. Veel lezers vinden die niet."),
        (_l("Plaats een bijlage die lezers nodig hebben als eigen document."),),
    ),
}  # fmt: skip


def check_of(version: Checked) -> Check:
    """Return how well a version can be used by everybody, as far as a machine can see.

    Attachments are told, and make it no worse. That a file is locked needs no word here: such a
    file is refused when it is sent.
    """
    if not version.is_checked:
        return Check(Made.UNKNOWN, ())
    found = {
        Finding.ONLY_PICTURES: version.has_text is False,
        Finding.UNTAGGED: version.media_type == PDF and not version.is_tagged,
        Finding.UNTITLED: not version.file_title,
        Finding.UNSPOKEN: not version.file_language,
        Finding.ATTACHED: bool(version.attachment_count),
    }
    findings = [finding for finding, is_there in found.items() if is_there]
    is_bad = any(finding != Finding.ATTACHED for finding in findings)
    return Check(Made.BADLY if is_bad else Made.WELL, findings)
