"""What happened in the meantime, for the page of a person who came second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.core.db import row_id
from portal.lifecycle import Recorded
from portal.services.history import last_row


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """The last step that was taken with a thing, for the 409 page."""

    thing: str
    step: str
    # A word that the component `status` knows; "" for a thing without states.
    state: str
    at: datetime
    reason: str | None
    language: str


def last_step_of(item: Recorded) -> Meanwhile | None:
    """Return the last step that was taken with `item`, None without any."""
    row = last_row(item.thing, row_id(item))
    if row is None:
        return None
    state = "hidden" if row.step == "hide" else row.to_state or ""
    return Meanwhile(row.subject, row.step, state, row.at, row.reason, row.language)
