"""Slots: named places on the page of a thing where a desk above may lend a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from flask import Flask

from portal.core.db import Bound
from portal.policy import Person
from portal.web.person import viewer


class Slot(StrEnum):
    """A place on the page of a thing; create_app says who lends to it."""

    # Beside the buttons of the work page of a signature.
    SIGNATURE = "signature"


class Lent(NamedTuple):
    """A link that a desk lends: its words and its address."""

    label: str
    address: str


# Gets what the page is about and who looks; None where there is nothing to lend.
Lender = Callable[[Any, Person], Lent | None]

lenders: Bound[Mapping[Slot, Sequence[Lender]]] = Bound("lenders")


def lent_to(slot: Slot | str, subject: object) -> list[Lent]:
    """Return the links that desks lend to a slot of the page about `subject`, for the viewer."""
    person = viewer()
    links = (lend(subject, person) for lend in lenders()[Slot(slot)])
    return [link for link in links if link is not None]


class SlotWithoutLenders(RuntimeError):
    """Nothing is said of who lends to a slot, be it nobody: the app does not start."""


def check_slots(app: Flask) -> None:
    """Refuse to start when a slot is not bound; an empty tuple says that nobody lends to it."""
    missing = [slot for slot in Slot if slot not in app.extensions["portal_lenders"]]
    if missing:
        raise SlotWithoutLenders(", ".join(missing))
