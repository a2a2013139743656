"""The shape of a kind of thing that waits at the desk, and of one thing of a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, Select, false
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.addresses import address_key
from portal.core import clock
from portal.core.db import Base
from portal.lifecycle import SAME, Step, is_open, step_of
from portal.moderation.working_days import is_late
from portal.policy import Permission, Person, Refusal, Tie, can, why_not

# Rows of a kind have columns of their own, and these at least: id, since, state, title,
# author_id, author_name, organisation_id.
Rows = Select[*tuple[Any, ...]]
# Translated when it is shown: lazy where a kind is written down.
Label = object
Act = Callable[..., object]


class Waiting(Protocol):
    """A row of the database that a decision is about."""

    id: int

    @property
    def thing(self) -> str: ...
    @property
    def state(self) -> str: ...


class Question(StrEnum):
    """What a moderator fills in for a decision: names of form fields and of arguments."""

    GROUND = "ground"
    REASON = "reason"
    ROLE = "role"
    # A hidden field, which holds what stood on the page.
    SEEN = "seen"
    PROOF = "proof"
    # A tick: the moderator looked at the proof of mandate.
    MANDATE = "is_mandate_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A step that a moderator takes: the end of its address, its button, and its action.

    `label` opens what is asked, `press` takes the decision: no single key or click ever does.
    `act` gets the thing, an argument for each of `asks`, and `by`. `done` is the message after it,
    in which %(name)s stands for the title of the thing.
    """

    step: str
    path: str
    label: Label
    key: str
    act: Act
    done: Label
    press: Label
    # What follows from it, above `press`.
    note: Label = ""
    asks: tuple[Question, ...] = ()
    is_refusal: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the moderator fills in."""
        return tuple(question for question in self.asks if question is not Question.SEEN)

    def done_message(self, item: Item) -> str:
        """Return the message that the moderator sees after it."""
        return str(self.done) % {"name": item.row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """An act of its own that takes a decision back: its step, its page, and the way to that."""

    step: str
    endpoint: str
    # The name of the number of the thing in the address of the page.
    argument: str
    label: Label

    def arguments_for(self, number: int) -> dict[str, Any]:
        """Return the arguments of the address of the page for one thing."""
        return {self.argument: number}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """A kind of thing that waits: its rows, which of them wait and since when, and its decisions.

    `thing` names its lifecycle. `template` is its page, `summary` what the list shows of it.
    """

    thing: str
    path: str
    rows: Rows
    waits: ColumnElement[bool]
    id: InstrumentedAttribute[int]
    since: InstrumentedAttribute[Any]
    decisions: tuple[Decision, ...]
    # Lets it wait again after a decision.
    undo: Act
    # Whether something followed on a decision, so that undoing it would be refused.
    followed: ColumnElement[bool] = field(default_factory=false)
    # The decisions that something else takes back.
    ways_back: Mapping[str, WayBack] = field(default_factory=dict)
    # What things like this are called together.
    heading: Label
    name: Callable[[Item], Label]
    template: str = "moderation/text.html"
    summary: str = "moderation/_text.html"
    grounds: Mapping[str, Label] = field(default_factory=dict)
    reason_label: Label = ""
    reason_missing: Label = ""
    # The columns that hold the organisations and the e-mail addresses that it concerns.
    organisations: tuple[str, ...] = ("organisation_id",)
    emails: tuple[str, ...] = ()
    # Whether it counts what became of earlier texts of the writer.
    has_record: bool = False
    # Returns the values of the bound parameters of `waits`.
    moments: Callable[[], Mapping[str, datetime]] = dict
    # The steps of decisions that have no button of their own.
    also_decided: tuple[str, ...] = ()
    # Returns what its page shows beside a row, from the thing itself.
    beside: Callable[[Any], Mapping[str, object]] | None = None

    def step_of(self, decision: Decision) -> Step:
        """Return the step of the lifecycle that a decision takes."""
        return step_of(self.thing, decision.step)

    @property
    def decided_steps(self) -> tuple[str, ...]:
        """The steps that move it on from where it waits, by which it is decided."""
        steps = [one.step for one in self.decisions if self.step_of(one).target is not SAME]
        return (*steps, *self.also_decided)

    @property
    def model(self) -> type[Base]:
        """The model of the things that its decisions are about."""
        return cast(type[Base], self.id.class_)

    @property
    def permission(self) -> Permission:
        """The permission for its decisions: one for all of them."""
        permission = self.step_of(self.decisions[0]).permission
        assert permission is not None  # noqa: S101
        return permission

    @property
    def endpoint(self) -> str:
        """The route of its page."""
        return f"moderation.{self.thing}"

    def endpoint_of(self, decision: Decision) -> str:
        """Return the route of one of its decisions."""
        return f"moderation.{self.thing}_{decision.step}"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, or that was decided; `row` has the columns of its kind."""

    kind: Kind
    row: Any

    @property
    def name(self) -> str:
        """What a thing like this is called."""
        return str(self.kind.name(self))

    @property
    def position(self) -> tuple[datetime, str, int]:
        """Where it stands in the queue."""
        return self.row.since, self.kind.thing, self.row.id

    @property
    def author_id(self) -> int | None:
        number: int | None = self.row.author_id
        return number

    @property
    def organisation_id(self) -> int | None:
        number: int | None = self.row.organisation_id
        return number

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        numbers = (getattr(self.row, column) for column in self.kind.organisations)
        return tuple(number for number in numbers if number is not None)

    def tie_of(self, person: Person) -> Tie | None:
        """Return what ties `person` to an organisation that it concerns, without a role there."""
        ties = (person.ties.get(number) for number in self.concerned_organisation_ids)
        return next((tie for tie in ties if tie is not None), None)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        addresses = (getattr(self.row, column) for column in self.kind.emails)
        return tuple(address_key(address) for address in addresses if address)

    @property
    def is_for_owners(self) -> bool:
        """Whether those who belong to the organisation still have time to answer it."""
        return bool(getattr(self.row, "is_for_owners", False))

    @property
    def waited(self) -> timedelta:
        since: datetime = self.row.since
        return clock.now() - since

    @property
    def is_late(self) -> bool:
        """Whether it waits for more than one working day."""
        return is_late(self.row.since)

    @property
    def is_waiting(self) -> bool:
        """Whether it is in a state from which a moderator decides."""
        return bool(self.open_decisions)

    @property
    def open_decisions(self) -> list[Decision]:
        """The decisions that lead on from the state that it is in."""
        step_of = self.kind.step_of
        return [one for one in self.kind.decisions if is_open(step_of(one), self.row.state)]

    def may_be_decided_by(self, person: Person) -> bool:
        """Return whether `person` may decide: a moderator with nothing at stake."""
        return can(person, self.kind.permission, self)

    def way_back(self, last_step: str, person: Person) -> WayBack | None:
        """Return the act by which `person` may take back its last decision, if it has its own."""
        way = self.kind.ways_back.get(last_step)
        if way is None or not is_open(step_of(self.kind.thing, way.step), self.row.state):
            return None
        return way if self.may_be_decided_by(person) else None

    def is_undoable(self, last_step: str) -> bool:
        """Return whether the last step that was taken with it is one that can be undone."""
        is_decision = last_step in self.kind.decided_steps
        return is_decision and is_open(step_of(self.kind.thing, "undo"), self.row.state)

    @property
    def is_followed(self) -> bool:
        """Whether something followed that keeps its decision; only lists ask that."""
        return bool(getattr(self.row, "is_followed", False))

    def can_be_undone(self, last_step: str, person: Person) -> bool:
        """Return whether `person` may undo the last step that was taken with it."""
        is_open_now = self.is_undoable(last_step) and not self.is_followed
        return is_open_now and self.may_be_decided_by(person)

    def why_not(self, person: Person) -> Refusal | None:
        """Return why `person` may not decide, None when they may."""
        return why_not(person, self.kind.permission, self)
