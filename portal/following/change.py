"""One thing that changed for everybody, as pages, feeds and mails tell it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from portal.core import clock
from portal.core.short_numbers import short_number
from portal.lifecycle.claims import EnteredAs


class Change(NamedTuple):
    """One thing that changed for everybody, as `following/_change.html` says it."""

    # Of the act in the log.
    id: int
    at: datetime
    # Of `ChangeKind`, and the thing and the act that made it.
    kind: str
    thing: str
    step: str
    # What it is about: the last part of its address, and its title.
    slug: str
    # By which it is cited; None for news and for the text of the pact.
    short_number: int | None
    title: str
    language: str
    organisation_name: str | None
    organisation_slug: str | None
    # In which capacity it was written down; None where that is beside the point.
    entered_as: EnteredAs | None
    term_words: str | None
    term_language: str | None
    old_words: str | None
    old_language: str | None
    new_words: str | None
    new_language: str | None
    # What a message reports, and the day that it is about.
    progress: str | None
    told_on: date | None
    signed_words: str | None
    signed_earliest: date | None
    signed_latest: date | None
    # Who did it, and of which organisation it is.
    account_id: int | None
    organisation_id: int | None

    @property
    def about(self) -> str:
        """The title, with whose promise it is and the number by which it is cited."""
        of = f"{self.organisation_name}: " if self.thing == "commitment" else ""
        cited = f" ({short_number(self.short_number)})" if self.short_number else ""
        return f"{of}{self.title}{cited}"

    @property
    def day(self) -> date:
        """The day on which it became public."""
        return clock.day_of(self.at)
