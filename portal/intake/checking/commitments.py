"""A row of a promise, held against what stands here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from portal.commitments.models import Commitment
from portal.commitments.standing import Progress
from portal.commitments.words import KINDS, PROGRESS
from portal.core.folding import fold
from portal.core.i18n import LOCALES, speak
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.intake.checking.cells import Cells, differs
from portal.intake.checking.texts import Promise, Tags, read_promise
from portal.intake.checking.whose import Whose
from portal.intake.queries.known import Titled, find_commitment, promises_of
from portal.intake.verdicts import NEW, SKIP, Outcome, Remark, Row, Verdict
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import EnteredAs
from portal.services.entered import Source

__all__ = ["Promise", "check_commitment"]

ALIKE = 0.88
# The column of each text that is compared as it stands.
_TEXTS = {
    "titel": "title",
    "wat": "what",
    "voor_wie": "for_whom",
    "waarom": "why",
    "resultaat": "result",
}


def check_commitment(
    row: Row,
    whose: Whose,
    tags: Tags,
    source: Source,
    *,
    twin: int | None,
    is_near_asked: bool = True,
) -> tuple[Outcome, Promise]:
    """Return what bringing the row in would do, and what it says.

    `whose` finds the signatory; `twin` is the number of an earlier row with the same promise.
    Without `is_near_asked` titles that only look like others are let be: somebody has seen those.
    """
    cells = Cells(row)
    promise = read_promise(cells, tags, source)
    if row.choice == SKIP:
        return Outcome(Verdict.SKIPPED), promise
    if twin is not None:
        cells.refuse("titel", _("Deze toezegging staat ook op regel %(number)s.", number=twin))
    if cells.faults:
        return Outcome(Verdict.WRONG, [*cells.faults, *cells.remarks]), promise
    outcome = whose.find(promise.organisation)
    if outcome.verdict is not Verdict.EQUAL:
        return outcome, promise
    number = outcome.organisation_id
    there = promises_of(number) if number is not None else []
    meant = _meant(row, promise, there, is_near_asked=is_near_asked)
    return _against(number, meant, cells, promise, whose), promise


def _against(
    organisation_id: int | None,
    meant: int | list[int] | None,
    cells: Cells,
    promise: Promise,
    whose: Whose,
) -> Outcome:
    """Return what becomes different of the promise that is meant, or which it could be."""
    if isinstance(meant, list):
        message = _("Dit lijkt op een toezegging die hier al staat. Kies welke het is, of nieuw.")
        remarks = [Remark("titel", message)]
        return Outcome(Verdict.DOUBTFUL, remarks, organisation_id, candidates=meant)
    commitment = find_commitment(meant) if meant is not None else None
    if commitment is None:
        return _as_new(organisation_id, cells, promise, whose)
    return _changed(commitment, promise, whose)


def _meant(
    row: Row, promise: Promise, there: Sequence[Titled], *, is_near_asked: bool
) -> int | list[int] | None:
    """Return the promise that is meant, those that could be, or None for a new one."""
    ids = [one.id for one in there]
    if row.choice == NEW:
        return None
    if row.choice.isdigit() and int(row.choice) in ids:
        return int(row.choice)
    key = fold(promise.title)
    same = [one.id for one in there if one.key == key]
    if same:
        return same[0]
    if not is_near_asked:
        return None
    number = row.cells.get("nummer", "")
    alike = [one.id for one in there if str(one.id) == number or _is_alike(one.key, key)]
    return alike or None


def _is_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _as_new(organisation_id: int | None, cells: Cells, promise: Promise, whose: Whose) -> Outcome:
    cells.needed("wat", promise.texts.get("what", ""), _("Schrijf op wat de toezegging is."))
    message = _("Vul in op welke dag dit is toegezegd.")
    cells.needed("toegezegd_op", promise.promised_on, message)
    if _is_withdrawn(cells):
        cells.refuse("status", _("Wat is ingetrokken, kunt u niet invoeren."))
    refusal = whose.why_not_new(organisation_id)
    if refusal:
        cells.refuse("ondertekenaar", refusal)
    verdict = Verdict.WRONG if cells.faults else Verdict.NEW
    return Outcome(verdict, list(cells.faults), organisation_id)


def _is_withdrawn(cells: Cells) -> bool:
    """Return whether a table of ours says that the promise was taken back, in either language."""
    status = fold(cells.line("status", most=80))
    for locale in LOCALES:
        with speak(locale):
            if status == fold(str(PROGRESS[Progress.WITHDRAWN])):
                return True
    return False


def _changed(commitment: Commitment, promise: Promise, whose: Whose) -> Outcome:
    """Return what becomes different of a promise that is here, or why nothing can."""
    number, changes = commitment.organisation_id, dict(_changes(commitment, promise))
    fixed = list(_fixed(commitment, promise))
    outcome = Outcome(Verdict.EQUAL, [], number, commitment.id)
    if not changes and not fixed:
        return outcome
    refusal = _why_not_changed(commitment) or whose.why_not_new(number)
    if refusal:
        outcome.verdict = Verdict.WRONG
        outcome.remarks.append(Remark("titel", refusal))
        return outcome
    outcome.remarks += fixed
    outcome.changes = changes
    outcome.verdict = Verdict.CHANGED if changes else Verdict.WRONG
    return outcome


def _why_not_changed(commitment: Commitment) -> str:
    """Return why the text of a promise is not the vereniging's to change; "" when it is."""
    if commitment.entered_as != EnteredAs.VERENIGING or not commitment.is_of_vereniging:
        return str(_("De ondertekenaar zegt dit zelf anders, dus dit blijft zoals het is."))
    if commitment.is_disowned or commitment.is_hidden:
        return str(
            _("Deze toezegging is verborgen, of “niet van ons”. Een import wijzigt die niet.")
        )
    if commitment.state != CommitmentState.PUBLISHED:
        return str(_("Deze toezegging is een concept of ingetrokken. Een import wijzigt die niet."))
    return ""


def _changes(commitment: Commitment, promise: Promise) -> Iterator[tuple[str, list[str]]]:
    """Yield column, and what stands here with what it becomes; an empty cell changes nothing."""
    texts = promise.texts
    for column, name in _TEXTS.items():
        old, new = getattr(commitment, name), texts.get(name)
        if isinstance(new, str) and new and differs(old, new):
            yield column, [old, new]
    kind = texts.get("kind")
    if kind is not None and kind != commitment.kind:
        yield "soort", [str(KINDS[commitment.kind]), str(KINDS[kind])]
    for column, mine, theirs in (
        ("lagen", commitment.layers, texts.get("layers")),
        ("themas", commitment.principles, texts.get("principles")),
    ):
        if theirs and {tag.id for tag in theirs} != {tag.id for tag in mine}:
            yield column, ["; ".join(tag.name_nl for tag in tags) for tags in (mine, theirs)]


def _fixed(commitment: Commitment, promise: Promise) -> Iterator[Remark]:
    """Yield what differs and is never changed by a file: a term is moved, with its reason."""
    day, words = promise.promised_on, promise.term.words
    if day is not None and day != commitment.promised_on:
        here = date_words(commitment.promised_on)
        yield Remark(
            "toegezegd_op",
            _(
                "Hier staat een andere dag van toezeggen: %(here)s. Een import wijzigt die niet.",
                here=here,
            ),
        )
    if (
        words
        and fold(words) != fold(commitment.term_words)
        and _has_other_days(commitment, promise)
    ):
        yield Remark(
            "termijn",
            _(
                "Hier staat een andere termijn: %(here)s. Een import verschuift die niet. Doe dat "
                "op de pagina van de toezegging, met de reden.",
                here=commitment.term_words or "-",
            ),
        )


def _has_other_days(commitment: Commitment, promise: Promise) -> bool:
    term = promise.term.term
    days = (term.earliest, term.latest) if term is not None else (None, None)
    return days != (commitment.term_earliest, commitment.term_latest) or days == (None, None)
