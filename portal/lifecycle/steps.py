"""What a row of a table is: an act, whence and where to, who may, and whether it asks a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from portal.policy import Permission

# A step to SAME is an act that moves no state.
SAME = None


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table; `sources` empty means that the step makes the thing, or has no state."""

    name: str
    sources: tuple[StrEnum, ...]
    target: StrEnum | None
    # None: no door leads there, the portal does it or the link from a mail is the proof.
    permission: Permission | None
    needs_reason: bool = False
    # A question that the thing itself must answer with yes for the step to be offered.
    offered_if: str = ""
    # True: it takes a thing out of sight. False: it is open only while the thing is hidden, and
    # brings it back or confirms that it stays hidden. All leave its state as it is.
    hides: bool | None = None
    # Closed while the thing is hidden.
    is_in_sight: bool = False
    thing: str = ""

    @property
    def is_first(self) -> bool:
        """Whether the step makes the thing in its first state."""
        return not self.sources and self.target is not None


Table = dict[str, Step]
Sources = StrEnum | tuple[StrEnum, ...] | None


def step(
    name: str,
    sources: Sources,
    target: StrEnum | None,
    permission: Permission | None,
    *,
    needs_reason: bool = False,
    offered_if: str = "",
    is_in_sight: bool = False,
) -> Step:
    """Return a row; `sources` is a state, several, or None for a beginning."""
    return Step(
        name,
        _several(sources),
        target,
        permission,
        needs_reason,
        offered_if,
        is_in_sight=is_in_sight,
    )


def hide(sources: Sources) -> Step:
    """Return the row that takes a thing out of sight: its state stays, and others read why."""
    decide = Permission.HIDING_DECIDE
    return Step("hide", _several(sources), SAME, decide, needs_reason=True, hides=True)


def restore(sources: Sources) -> Step:
    """Return the row that brings a hidden thing back, in the state that it has."""
    return Step("restore", _several(sources), SAME, Permission.HIDING_DECIDE, hides=False)


def confirm_hidden(sources: Sources) -> Step:
    """Return the row by which a second moderator says that a thing stays hidden."""
    return Step("confirm_hidden", _several(sources), SAME, Permission.HIDING_CONFIRM, hides=False)


def _several(sources: Sources) -> tuple[StrEnum, ...]:
    if sources is None:
        return ()
    return (sources,) if isinstance(sources, StrEnum) else sources


def act(name: str, permission: Permission | None, *, needs_reason: bool = False) -> Step:
    """Return a row of a thing that has no states."""
    return Step(name, (), SAME, permission, needs_reason)


def answers(sources: Sources, permission: Permission) -> tuple[Step, ...]:
    """Return the rows by which a signatory answers to what the vereniging entered about it."""
    states = _several(sources)
    return (
        Step("taken_over", states, SAME, permission, offered_if="is_open_to_take_over"),
        Step("disowned", states, SAME, permission, True, offered_if="waits_for_answer"),
        Step("disown_undone", states, SAME, permission, offered_if="is_disowned"),
    )


def table(thing: str, *steps: Step) -> Table:
    """Return the rows of `thing` by their names."""
    return {row.name: replace(row, thing=thing) for row in steps}
