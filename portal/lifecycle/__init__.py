"""LAW 2: the states of everything that has one, and every act that is done with a thing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from portal.lifecycle.states import (
    AccessProposalState,
    AccessRequestState,
    ArticleState,
    CommentState,
    CommitmentState,
    EndingState,
    IntakeState,
    InvitationState,
    MailboxState,
    PactVersionState,
    ProposalState,
    RappelState,
    ReportState,
    SignatureState,
    TextState,
)
from portal.lifecycle.steps import SAME, Step
from portal.lifecycle.tables import LIFECYCLES
from portal.policy import Person, can

__all__ = [
    "LIFECYCLES",
    "SAME",
    "AccessProposalState",
    "AccessRequestState",
    "ArticleState",
    "CommentState",
    "CommitmentState",
    "EndingState",
    "IntakeState",
    "InvitationState",
    "MailboxState",
    "PactVersionState",
    "ProposalState",
    "RappelState",
    "Recorded",
    "ReportState",
    "SignatureState",
    "Stateful",
    "Step",
    "TextState",
    "is_open",
    "is_open_for",
    "open_steps",
    "states_of",
    "step_of",
]


class Recorded(Protocol):
    """Something with a table of its own: what is done with it is written down."""

    @property
    def thing(self) -> str:
        """The name of its table."""


class Stateful(Recorded, Protocol):
    """Something that moves by steps."""

    @property
    def state(self) -> str:
        """Where it stands."""


def step_of(thing: str, name: str) -> Step:
    """Return the row; KeyError when the table has no such step or act."""
    return LIFECYCLES[thing][name]


def is_open(step: Step, state: str | None) -> bool:
    """Return whether the step leads on from `state` (None: it does not exist yet, or has none)."""
    return state in step.sources if step.sources else state is None


def is_open_for(step: Step, item: object) -> bool:
    """Return whether the step can be taken with `item` now: its state, and whether it is hidden."""
    is_hidden = getattr(item, "is_hidden", False)
    if step.hides == is_hidden or (step.is_in_sight and is_hidden):
        return False
    return is_open(step, getattr(item, "state", None))


def open_steps(item: Stateful, person: Person) -> list[Step]:
    """Return what `person` may do with `item` now: it draws every action bar."""
    return [
        step
        for step in LIFECYCLES[item.thing].values()
        if (step.sources or step.hides is not None)
        and is_open_for(step, item)
        and _is_offered(step, item, person)
    ]


def _is_offered(step: Step, item: Stateful, person: Person) -> bool:
    if step.permission is None or not can(person, step.permission, item):
        return False
    return not step.offered_if or bool(getattr(item, step.offered_if))


def states_of(thing: str) -> Sequence[StrEnum]:
    """Return every state that `thing` can be in, in the order of its table; none for many."""
    targets = (step.target for step in LIFECYCLES[thing].values())
    return list(dict.fromkeys(target for target in targets if target is not None))
