"""A row of a signatory, held against what stands here."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.db import db
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.intake.checking.cells import Cells, Lists, days_of, differs
from portal.intake.checking.facts import Signatory, read_signatory
from portal.intake.queries.known import Known, find_organisation
from portal.intake.verdicts import NEW, SKIP, Outcome, Remark, Row, Verdict
from portal.lifecycle import SignatureState
from portal.organisations.identifiers import SCHEMES
from portal.organisations.likeness import match_name
from portal.organisations.models import Organisation
from portal.organisations.provinces import province_name
from portal.organisations.queries import get_kind, kind_name, near_duplicates
from portal.policy import Person
from portal.services.entered import Source
from portal.signatures.models import Signature
from portal.signatures.queries import find_open, last_ended

__all__ = ["Signatory", "check_signatory"]


def check_signatory(
    row: Row,
    known: Known,
    lists: Lists,
    source: Source,
    *,
    twin: int | None,
    by: Person | None,
    is_near_asked: bool = True,
) -> tuple[Outcome, Signatory]:
    """Return what bringing the row in would do, and what it says.

    `twin` is the number of an earlier row of the file about the same organisation. Without
    `is_near_asked` names that only look like others are let be: somebody has seen those.
    """
    cells = Cells(row)
    signatory = read_signatory(cells, lists, source)
    if row.choice == SKIP:
        return Outcome(Verdict.SKIPPED), signatory
    _look_beside(cells, twin)
    if cells.faults:
        return Outcome(Verdict.WRONG, [*cells.faults, *cells.remarks]), signatory
    outcome = _identify(row, signatory, known, is_near_asked=is_near_asked)
    if outcome is None:
        outcome = _as_new(cells, signatory)
    elif outcome.organisation_id is not None:
        outcome = _against(outcome.organisation_id, signatory, cells, by)
    outcome.remarks += cells.remarks
    return outcome, signatory


def _look_beside(cells: Cells, twin: int | None) -> None:
    """Tell that a term beside a signatory is not brought in, and refuse a second row about it."""
    if twin is not None:
        cells.refuse("naam", _("Deze organisatie staat ook op regel %(number)s.", number=twin))
    if cells.row.cells.get("termijn"):
        cells.note("termijn", _("Een termijn zonder toezegging voeren wij niet in."))


def _identify(
    row: Row, signatory: Signatory, known: Known, *, is_near_asked: bool
) -> Outcome | None:
    """Return which organisation it is, or which it could be; None for one that is not here."""
    named, numbered = known.named(signatory.name), known.numbered(signatory.numbers)
    if row.choice == NEW:
        return None
    if row.choice.isdigit() and find_organisation(int(row.choice)) is not None:
        return Outcome(Verdict.EQUAL, organisation_id=int(row.choice))
    found = named | numbered
    if len(found) == 1 and named and not _has_other_number(signatory, next(iter(found))):
        return Outcome(Verdict.EQUAL, organisation_id=next(iter(found)))
    if found:
        return Outcome(
            Verdict.DOUBTFUL, [Remark("naam", _doubt(named, numbered))], None, None, sorted(found)
        )
    return _doubtful(signatory) if is_near_asked else None


def _doubtful(signatory: Signatory) -> Outcome | None:
    """Return which organisations it looks like; None for one that looks like none."""
    alike = near_duplicates(
        signatory.name, numbers=signatory.numbers, website=signatory.website, for_moderator=True
    )
    if alike:
        message = _("Dit lijkt op een organisatie die hier al staat. Kies welke het is, of nieuw.")
        numbers = [one.organisation_id for one in alike]
        return Outcome(Verdict.DOUBTFUL, [Remark("naam", message)], None, None, numbers)
    return None


def _has_other_number(signatory: Signatory, organisation_id: int) -> bool:
    """Return whether it has another number than the organisation of the same name."""
    organisation = find_organisation(organisation_id)
    assert organisation is not None  # noqa: S101
    there = {scheme: organisation.number(scheme) for scheme in SCHEMES}
    return any(there[scheme] not in (None, value) for scheme, value in signatory.numbers.items())


def _doubt(named: frozenset[int], numbered: frozenset[int]) -> str:
    if not numbered:
        return str(
            _("Een organisatie met deze naam heeft hier een ander nummer. Kies welke het is.")
        )
    if not named:
        words = _(
            "Dit nummer staat hier bij een organisatie met een andere naam. Kies welke het is."
        )
        return str(words)
    return str(_("Er zijn meer organisaties met deze naam of dit nummer. Kies welke het is."))


def _as_new(cells: Cells, signatory: Signatory) -> Outcome:
    cells.needed("soort", signatory.kind_id, _("Kies een soort organisatie."))
    cells.needed("getekend", signatory.when, _("Vul in wanneer is ondertekend."))
    if _is_former(cells):
        cells.refuse("status", _("Een voormalig ondertekenaar kunt u niet invoeren."))
    return Outcome(Verdict.WRONG, list(cells.faults)) if cells.faults else Outcome(Verdict.NEW)


def _is_former(cells: Cells) -> bool:
    return cells.line("status", most=80).casefold().startswith(("voormalig", "former"))


def _against(
    organisation_id: int, signatory: Signatory, cells: Cells, by: Person | None
) -> Outcome:
    """Return what becomes different of an organisation that is here."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if by is not None and (organisation.id in by.roles or organisation.id in by.ties):
        message = _("U hebt of had zelf een band met deze organisatie. Laat een ander dit doen.")
        return Outcome(Verdict.WRONG, [Remark("naam", message)], organisation.id)
    remarks = []
    changes = dict(_changes(organisation, signatory))
    if changes and not may_change(organisation):
        told = "; ".join(f"{old or '-'} → {new}" for old, new in changes.values())
        words = _(
            "De organisatie zegt dit zelf anders, dus dit blijft zoals het is: %(what)s.", what=told
        )
        remarks.append(Remark("naam", words))
        changes = {}
    signing, refusal = _signing(organisation, signatory, cells)
    if refusal is not None:
        return Outcome(Verdict.WRONG, [refusal, *remarks], organisation.id)
    verdict = Verdict.NEW if signing else Verdict.CHANGED if changes else Verdict.EQUAL
    if signing:
        remarks.append(Remark("naam", _("Deze organisatie staat hier al, zonder ondertekening.")))
    return Outcome(verdict, remarks, organisation.id, changes=changes)


def may_change(organisation: Organisation) -> bool:
    """Return whether who it is, is still the word of the vereniging alone."""
    is_own = organisation.is_of_vereniging and not organisation.is_disowned
    return is_own and not organisation.has_owner and not organisation.is_frozen


def _changes(organisation: Organisation, signatory: Signatory) -> Iterator[tuple[str, list[str]]]:
    """Yield column, and what stands here with what it becomes; an empty cell changes nothing."""
    pairs = [
        ("naam", organisation.name, signatory.name),
        ("website", organisation.website, signatory.website),
        *((key, organisation.number(key), value) for key, value in signatory.numbers.items()),
    ]
    # An earlier name, or another spelling of it, is none that it gets anew.
    if match_name(signatory.name) in {each.match_name for each in organisation.names}:
        pairs = pairs[1:]
    if signatory.province is not None and signatory.province != organisation.province:
        old = province_name(organisation.province) or ""
        yield "provincie", [old, province_name(signatory.province) or ""]
    if signatory.kind_id is not None and signatory.kind_id != organisation.kind_id:
        names = (
            kind_name(get_kind(each), current_locale())
            for each in (organisation.kind_id, signatory.kind_id)
        )
        yield "soort", list(names)
    for column, old_value, new_value in pairs:
        if new_value and differs(old_value, new_value):
            yield column, [old_value or "", new_value]


def _signing(
    organisation: Organisation, signatory: Signatory, cells: Cells
) -> tuple[bool, Remark | None]:
    """Return whether a signature is to be entered, or why nothing can be done with the row."""
    standing = find_open(organisation.id) or last_ended(organisation.id)
    is_former = _is_former(cells)
    if standing is None:
        if signatory.when is None:
            return False, Remark("getekend", _("Vul in wanneer is ondertekend."))
        former = _("Een voormalig ondertekenaar kunt u niet invoeren.")
        return not is_former, Remark("status", former) if is_former else None
    if standing.state == SignatureState.ENDED:
        ended = _(
            "Deze organisatie is voormalig ondertekenaar. Voer een nieuwe ondertekening zelf in."
        )
        return False, None if is_former else Remark("status", ended)
    if standing.state != SignatureState.ADMITTED:
        return False, Remark("naam", _("Er loopt al een ondertekening van deze organisatie."))
    return False, _other_day(standing, signatory)


def _other_day(signature: Signature, signatory: Signatory) -> Remark | None:
    """Return that it signed on another day than stands here; None when that could be the same."""
    when = signatory.when
    earliest, latest = signature.signed_earliest, signature.signed_latest
    if when is None or earliest is None or latest is None:
        return None
    if (when.earliest or earliest) <= latest and earliest <= (when.latest or latest):
        return None
    shown = signature.signed_words or date_words(earliest)
    message = _(
        "Hier staat een andere dag van ondertekening: %(here)s, niet %(there)s. Een import wijzigt "
        "die niet.",
        here=shown,
        there=days_of(when),
    )
    return Remark("getekend", message)
