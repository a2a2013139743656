"""A decision is undone: the thing waits again, and whoever was told of the decision hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.db import row_id
from portal.core.errors import StepNotOpen
from portal.lifecycle import Stateful
from portal.policy import Person
from portal.services import mail
from portal.services.history import advance, hold, last_row
from portal.services.mail import Reader

# The steps by which a moderator decides on what waits.
DECISIONS = frozenset(
    {"admit", "announce", "approve", "ask_change", "ask_more", "decline", "place", "refuse"}
)
# The steps after which everybody sees what was decided on.
PUBLISHING = ("admit", "place")


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone: the step, why it is undone, and who need not hear since no mail had left."""

    step: str
    reason: str
    unaware: frozenset[str]

    @property
    def was_public(self) -> bool:
        """Whether everybody could see what was decided on."""
        return self.step in PUBLISHING


def hold_decision(item: Stateful, decision_id: int | None) -> str:
    """Lock `item`, look again, and return the step of its last decision, which can be undone now.

    StepNotOpen when something followed it, or when it is not the one with the history id
    `decision_id` (None: whichever is the last).
    """
    hold(item, "undo")
    last = last_row(item.thing, row_id(item))
    if last is None or last.step not in DECISIONS or decision_id not in (None, last.id):
        raise StepNotOpen(item, "undo")
    return last.step


def undo(item: Stateful, *, decision_id: int | None, reason: str, by: Person) -> Undone:
    """Let `item` wait again, and take back the mails about the decision that wait still.

    Raises what `hold_decision` raises.
    """
    step = hold_decision(item, decision_id)
    advance(item, "undo", by=by, reason=reason)
    return Undone(step, reason.strip(), mail.take_back(item))


def tell(
    undone: Undone,
    readers: Iterable[Reader],
    title: str,
    path: str,
    *,
    organisation_id: int | None = None,
) -> None:
    """Mail those who were told of the decision that it no longer counts; nobody else.

    `title` is of what it was about; `path`, without language, where they find it now.
    `organisation_id`: whose people they are, when they are those of one.
    """
    for reader in readers:
        if reader.email in undone.unaware:
            continue
        mail.send(
            "decision_undone",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            title=title,
            organisation_id=organisation_id,
            path=("/en" if reader.locale == "en" else "") + path,
            was_public=undone.was_public,
            reason=undone.reason,
        )
