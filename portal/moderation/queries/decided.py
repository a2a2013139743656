"""What was decided at the desk: by whom, when and why, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core.db import Columnar, db, read_rows
from portal.core.paging import Key, Listing, listing_of
from portal.moderation.kinds import KINDS, find_kind
from portal.moderation.waiting import Item, Kind, WayBack
from portal.organisations.models import AccessRequest, Membership, PastMembership
from portal.policy import Person
from portal.services.models import HistoryReason, HistoryRow

PER_PAGE = 20
# Further back nobody counts what was decided: every page would count it anew.
MOST_COUNTED = 99
# The steps that take a decision back.
UNDOING = ("undo", "set_back", "stop")


class Refused(StrEnum):
    """Why a decision cannot be undone by whoever reads of it."""

    FOLLOWED = "followed"
    NOT_BY_YOU = "not by you"


class _Row(NamedTuple):
    id: int
    subject: str
    subject_id: int
    step: str
    to_state: str
    at: datetime
    by: str
    ground: str | None
    reason: str | None
    # Of the reason.
    language: str | None
    next_step: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, with the thing as it is now."""

    row: _Row
    item: Item

    @property
    def is_undone(self) -> bool:
        return self.row.next_step in UNDOING

    def can_be_undone_by(self, person: Person) -> bool:
        """Return whether nothing followed it, and `person` may decide on the thing."""
        return self.row.next_step is None and self.item.can_be_undone(self.row.step, person)

    def why_not_undone_by(self, person: Person) -> Refused | None:
        """Return why `person` cannot undo what nothing else was done with; None where they can."""
        if self.row.next_step is not None or not self.item.is_undoable(self.row.step):
            return None
        if not self.item.may_be_decided_by(person):
            return Refused.NOT_BY_YOU
        return Refused.FOLLOWED if self.item.is_followed else None

    def way_back_for(self, person: Person) -> WayBack | None:
        """Return the act that takes it back instead, where nothing followed and `person` may."""
        return None if self.row.next_step else self.item.way_back(self.row.step, person)


_Later = aliased(HistoryRow)
_NEXT = (
    select(_Later.step)
    .where(
        _Later.subject == HistoryRow.subject,
        _Later.subject_id == HistoryRow.subject_id,
        _Later.id > HistoryRow.id,
    )
    .order_by(_Later.id)
    .limit(1)
    .correlate(HistoryRow)
    .scalar_subquery()
)
# An eigenaar answers requests as well, at another desk.
_BY_MEMBER = or_(
    *(
        exists().where(
            AccessRequest.id == HistoryRow.subject_id,
            model.organisation_id == AccessRequest.organisation_id,
            model.account_id == HistoryRow.account_id,
        )
        for model in (Membership, PastMembership)
    )
)


def _is_decision(kind: Kind) -> ColumnElement[bool]:
    of_kind = and_(
        HistoryRow.subject == kind.thing,
        HistoryRow.step.in_(kind.decided_steps),
        HistoryRow.account_id.is_not(None),
    )
    return and_(of_kind, ~_BY_MEMBER) if kind.thing == AccessRequest.thing else of_kind


_ROWS: Columnar = (
    select(
        HistoryRow.id,
        HistoryRow.subject,
        HistoryRow.subject_id,
        HistoryRow.step,
        HistoryRow.to_state,
        HistoryRow.at,
        Account.name.label("by"),
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryReason.language,
        _NEXT.label("next_step"),
    )
    .join(Account, Account.id == HistoryRow.account_id)
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
)
_KEYS = (Key(HistoryRow.id, "id", descending=True),)


def _numbers(kinds: Sequence[Kind]) -> Columnar:
    return select(HistoryRow.id).where(or_(*(_is_decision(kind) for kind in kinds)))


# Thing -> the ids of what was decided on it; "": on all.
_KINDS_OF = {"": KINDS, **{kind.thing: (kind,) for kind in KINDS}}
_NUMBERS = {thing: _numbers(kinds) for thing, kinds in _KINDS_OF.items()}


def decided_page(thing: str, cursor: str | None) -> Listing[Decided]:
    """Return the page of what was decided on one kind of thing, or on all (""); the latest first.

    The first query finds the ids in an index, the second reads the rows of those only; one more
    for each kind on the page, and two to count where there are more pages.
    """
    page = listing_of(
        db.session, _NUMBERS[thing], _KEYS, size=PER_PAGE, cursor=cursor, most=MOST_COUNTED
    )
    query = _ROWS.where(HistoryRow.id.in_([row.id for row in page.rows]))
    rows = [_Row(*row) for row in read_rows(query.order_by(HistoryRow.id.desc()))]
    items = _items_of(rows)
    decided = [Decided(row, items[row.subject, row.subject_id]) for row in rows]
    return Listing(decided, page.next, page.previous, page.start, page.count, page.is_cut)


def _items_of(rows: Sequence[_Row]) -> dict[tuple[str, int], Item]:
    items = {}
    for thing in sorted({row.subject for row in rows}):
        kind = find_kind(thing)
        assert kind is not None  # noqa: S101
        numbers = {row.subject_id for row in rows if row.subject == thing}
        columns = kind.rows.add_columns(kind.followed.label("is_followed"))
        query = columns.where(kind.id.in_(sorted(numbers)))
        for found in read_rows(query, **kind.moments()):
            items[thing, found.id] = Item(kind, found)
    return items
