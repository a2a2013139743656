"""Which mails went out, or are to: what each was about, to whom in short, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from portal.core.db import db
from portal.core.paging import Key, Page, page_of
from portal.services.models import Job, JobState

PER_PAGE = 50


class Fate(StrEnum):
    """What became of a mail, as addresses name it."""

    WAITING = "wacht"
    # It was tried, and is tried again.
    FAILED = "opnieuw"
    SENT = "verstuurd"
    # There was no reason left to send it, or its address is unreachable.
    UNSENT = "niet-verstuurd"
    PARKED = "mislukt"


_FATES: dict[Fate, tuple[ColumnElement[bool], ...]] = {
    Fate.WAITING: (Job.state == JobState.WAITING, Job.last_error.is_(None)),
    Fate.FAILED: (Job.state == JobState.WAITING, Job.last_error.is_not(None)),
    Fate.SENT: (Job.state == JobState.DONE, Job.last_error.is_(None)),
    Fate.UNSENT: (Job.state == JobState.DONE, Job.last_error.is_not(None)),
    Fate.PARKED: (Job.state == JobState.PARKED,),
}


@dataclass(frozen=True, slots=True)
class MailFilter:
    """Which mails are shown: of one fate, and about one subject; "" leaves out none."""

    fate: str = ""
    # Begins of the names of templates.
    about: tuple[str, ...] = ()


class SentMail(NamedTuple):
    """One mail; `recipient` is shortened, `at` is when it went or is tried."""

    id: int
    template: str
    recipient: str
    state: JobState
    created_at: datetime
    done_at: datetime | None
    run_at: datetime
    tries: int
    last_error: str | None

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.state == JobState.PARKED:
            return Fate.PARKED
        if self.state == JobState.DONE:
            return Fate.UNSENT if self.last_error else Fate.SENT
        return Fate.FAILED if self.last_error else Fate.WAITING

    @property
    def at(self) -> datetime:
        """When it went, or is to go."""
        return self.done_at or self.run_at


def sent_mails(filters: MailFilter, cursor: str | None = None) -> Page[SentMail]:
    """Return the page at `cursor` of the mails of the last months, the newest first."""
    query = select(
        Job.id,
        func.coalesce(Job.template, ""),
        func.coalesce(Job.recipient, ""),
        Job.state,
        Job.created_at,
        Job.done_at,
        Job.run_at,
        Job.tries,
        Job.last_error,
    ).where(Job.template.is_not(None))
    if filters.fate in list(Fate):
        query = query.where(*_FATES[Fate(filters.fate)])
    if filters.about:
        begins = (Job.template.startswith(each, autoescape=True) for each in filters.about)
        query = query.where(or_(*begins))
    keys = [Key(Job.id, "id", descending=True)]
    page = page_of(db.session, query, keys, size=PER_PAGE, cursor=cursor)
    return Page([SentMail(*row) for row in page.rows], page.next, page.previous)
