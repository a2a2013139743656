"""Columns of a claim: who entered it, from which source, and what the signatory says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import db, row_id
from portal.core.errors import StepNotOpen
from portal.core.i18n import current_locale
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs, Stance, Whose
from portal.policy import Person
from portal.services.history import hold, record
from portal.services.models import Disowning, repeats_reason

WORD = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where the vereniging read a claim: the title of the text, and its web address."""

    title: str = ""
    url: str | None = None


NO_SOURCE = Source()


class Sourced:
    """Columns that say in which capacity a claim was entered, and from which source."""

    # What nobody says of a row counts as entered by the vereniging.
    entered_as: Mapped[EnteredAs] = mapped_column(
        StateColumn(EnteredAs, WORD), default=EnteredAs.VERENIGING
    )
    source_url: Mapped[str | None] = mapped_column(String(500))
    source_title: Mapped[str] = mapped_column(String(200), default="")


class Claimed(Sourced):
    """Columns of a claim to which the signatory can answer."""

    thing: ClassVar[str]

    stance: Mapped[Stance | None] = mapped_column(StateColumn(Stance, WORD))
    stance_at: Mapped[datetime | None]
    # Why the signatory disowns it: it stands beside the claim.
    stance_reason: Mapped[str | None] = mapped_column(Text, info=repeats_reason())
    stance_language: Mapped[str] = spoken_in()

    @property
    def is_of_vereniging(self) -> bool:
        """Whether the vereniging entered it and the signatory has not taken it over."""
        return self.entered_as == EnteredAs.VERENIGING and self.stance not in TAKEN_OVER

    @property
    def is_disowned(self) -> bool:
        return self.stance == Stance.DISOWNED

    @property
    def is_open_to_take_over(self) -> bool:
        """Whether the signatory can still say that it is right: also what it disowned before."""
        return self.is_of_vereniging

    @property
    def waits_for_answer(self) -> bool:
        """Whether the signatory has not said yet whether it is right."""
        return self.entered_as == EnteredAs.VERENIGING and self.stance is None


def whose(entered_as: EnteredAs, stance: Stance | None, stance_at: datetime | None) -> Whose:
    """Return whose word a claim is, from what its columns hold."""
    return Whose(entered_as, stance, clock.day_of(stance_at) if stance_at is not None else None)


class Beside(NamedTuple):
    """Of which organisation a claim is, what it is about, and the path of where it stands."""

    organisation_id: int
    title: str
    # Without language.
    path: str


def take_over(claim: Claimed, *, by: Person | None) -> None:
    """Let what the vereniging entered count as confirmed by the signatory.

    StepNotOpen for a claim of the signatory itself, and for one that it has taken over.
    """
    _answer(claim, "taken_over", (None, Stance.DISOWNED), Stance.CONFIRMED, by=by)


def disown(claim: Claimed, beside: Beside, *, reason: str, by: Person | None) -> None:
    """Let the signatory say in public that what the vereniging entered is not its word.

    It stays, with the reason beside it. ReasonMissing without a reason; StepNotOpen as above.
    """
    _answer(claim, "disowned", (None,), Stance.DISOWNED, by=by, reason=reason)
    claim.stance_reason, claim.stance_language = reason.strip(), current_locale()
    disowning = Disowning(
        subject=claim.thing,
        subject_id=row_id(claim),
        organisation_id=beside.organisation_id,
        title=beside.title,
        address=beside.path,
        reason=claim.stance_reason,
        author_id=by.id if by is not None else None,
        created_at=clock.now(),
    )
    db.session.add(disowning)
    db.session.flush()


def take_back_disowning(claim: Claimed, *, by: Person | None) -> None:
    """Let a claim that was disowned stand as before; StepNotOpen when it was not disowned."""
    _answer(claim, "disown_undone", (Stance.DISOWNED,), None, by=by)


def _answer(
    claim: Claimed,
    act: str,
    before: tuple[Stance | None, ...],
    stance: Stance | None,
    *,
    reason: str = "",
    by: Person | None,
) -> None:
    hold(claim, act, reason=reason)
    if claim.entered_as != EnteredAs.VERENIGING or claim.stance not in before:
        raise StepNotOpen(claim, act)
    record(claim, act, by=by, reason=reason)
    _set_stance(claim, stance)


def _set_stance(claim: Claimed, stance: Stance | None) -> None:
    if claim.is_disowned:
        _take_back_reason(claim)
    claim.stance = stance
    claim.stance_at = clock.now() if stance is not None else None
    claim.stance_reason = None


def _take_back_reason(claim: Claimed) -> None:
    disowning = newest_disowning(claim.thing, row_id(claim))
    if disowning is not None and disowning.taken_back_at is None:
        disowning.taken_back_at = clock.now()


def newest_disowning(thing: str, number: int) -> Disowning | None:
    """Return why a claim was disowned last, taken back since or not; None if it never was."""
    query = select(Disowning).where(Disowning.subject == thing, Disowning.subject_id == number)
    return db.session.scalars(query.order_by(Disowning.id.desc()).limit(1)).first()


def reasons_about(organisation_id: int) -> dict[tuple[str, int], Disowning]:
    """Return why an organisation disowns what it disowns now, by kind and number of the claim."""
    query = select(Disowning).where(
        Disowning.organisation_id == organisation_id, Disowning.taken_back_at.is_(None)
    )
    return {(row.subject, row.subject_id): row for row in db.session.scalars(query)}


def answer_anew(claim: Claimed, stance: Stance | None, *, at: datetime | None) -> None:
    """Let an earlier answer of the signatory count again, as of the moment `at`; None: no answer.

    For what follows from another act, which is recorded. A reason that is hidden stays hidden.
    """
    _set_stance(claim, stance)
    claim.stance_at = at
    if stance == Stance.DISOWNED:
        disowning = newest_disowning(claim.thing, row_id(claim))
        if disowning is not None:
            disowning.taken_back_at = None
            claim.stance_reason = None if disowning.is_hidden else disowning.reason
            claim.stance_language = disowning.language


def follow_writer(claim: Claimed, writes_as: EnteredAs, how: Stance = Stance.CORRECTED) -> None:
    """Let a claim of the vereniging that the signatory changes itself be one that it took over."""
    if writes_as == EnteredAs.SIGNATORY and claim.entered_as == EnteredAs.VERENIGING:
        _set_stance(claim, how)
