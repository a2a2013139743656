"""What can change in the register for everybody to see, and which acts change it."""

from __future__ import annotations

from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l


class ChangeKind(StrEnum):
    """A kind of change, as addresses name it."""

    SIGNED = "ondertekend"
    PROMISED = "toegezegd"
    REPORTED = "bericht"
    DONE = "gereed"
    MOVED = "termijn"
    FORETOLD = "prognose"
    EDITED = "tekst"
    DOCUMENT = "document"
    WITHDRAWN = "ingetrokken"
    ENDED = "opgezegd"
    PACT = "pact"
    NEWS = "nieuws"
    REPORT = "jaarverslag"


LABELS: dict[ChangeKind, object] = {
    ChangeKind.SIGNED: _l("ondertekend"),
    ChangeKind.PROMISED: _l("toegezegd"),
    ChangeKind.REPORTED: _l("voortgang gemeld"),
    ChangeKind.DONE: _l("gereed gemeld"),
    ChangeKind.MOVED: _l("termijn gewijzigd"),
    ChangeKind.FORETOLD: _l("prognose gegeven"),
    ChangeKind.EDITED: _l("tekst gewijzigd"),
    ChangeKind.DOCUMENT: _l("document toegevoegd"),
    ChangeKind.WITHDRAWN: _l("toezegging ingetrokken"),
    ChangeKind.ENDED: _l("ondertekening beëindigd"),
    ChangeKind.PACT: _l("tekst van het Groeipact"),
    ChangeKind.NEWS: _l("nieuws van de vereniging"),
    ChangeKind.REPORT: _l("jaarverslag"),
}

# The acts that everybody sees, each with the change that it is. A message is DONE when that is
# what it reports; an edit and a document count once the commitment is public.
ACTS: dict[tuple[str, str], ChangeKind] = {
    ("signature", "admit"): ChangeKind.SIGNED,
    ("signature", "enter"): ChangeKind.SIGNED,
    ("signature", "affirm"): ChangeKind.SIGNED,
    ("signature", "end"): ChangeKind.ENDED,
    ("signature", "end_by_vereniging"): ChangeKind.ENDED,
    ("commitment", "publish"): ChangeKind.PROMISED,
    ("commitment", "reported"): ChangeKind.REPORTED,
    ("commitment", "term_moved"): ChangeKind.MOVED,
    ("commitment", "foretold"): ChangeKind.FORETOLD,
    ("commitment", "edited"): ChangeKind.EDITED,
    ("commitment", "document_added"): ChangeKind.DOCUMENT,
    ("commitment", "document_renewed"): ChangeKind.DOCUMENT,
    ("commitment", "withdraw"): ChangeKind.WITHDRAWN,
    ("commitment", "close"): ChangeKind.WITHDRAWN,
    ("pact_version", "publish"): ChangeKind.PACT,
    ("article", "publish"): ChangeKind.NEWS,
    ("yearly_report", "establish"): ChangeKind.REPORT,
}


def steps_of(thing: str, kinds: tuple[str, ...]) -> list[str]:
    """Return the acts on a thing that are a change of one of `kinds`; of every kind for none."""
    wanted = set(kinds)
    if ChangeKind.DONE in wanted:
        wanted.add(ChangeKind.REPORTED)
    return [
        step for (of, step), kind in ACTS.items() if of == thing and (not kinds or kind in wanted)
    ]
