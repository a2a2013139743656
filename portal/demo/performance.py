"""The performance of the demo: every act in order of time, on a stopped clock, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.accounts.passwords import seal
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import PortalError
from portal.core.settings import settings
from portal.demo import (
    commitments,
    files,
    news,
    organisations,
    people,
    rounds,
    signatures,
    vereniging,
)
from portal.demo.script import Act
from portal.demo.stage import Stage
from portal.services.models import Job, JobState

# A link in a mail that is younger than this still works, so that mail is still to be sent.
OLD_MAIL = timedelta(days=6)


def was_played() -> bool:
    """Return whether the demo is in the database already."""
    query = select(Account.id).where(Account.email_key == address_key(people.first_address()))
    return db.session.scalar(query) is not None


def play(app: Flask) -> None:
    """Fill the database with the demo, all of it or nothing."""
    now = clock.now()
    password = seal(people.PASSWORD, long_from=settings().password_min_staff)
    stage = Stage(now, password, files.take_in(app))
    try:
        with write_section():
            for act in sorted(_acts(now), key=lambda act: act.at):
                _perform(act, stage)
            _count_as_sent(before=now - OLD_MAIL)
    finally:
        clock.set_now(None)


def _perform(act: Act, stage: Stage) -> None:
    clock.set_now(act.at.astimezone(UTC))
    try:
        act.play(stage)
        db.session.flush()
    except (PortalError, LookupError, ValueError) as fault:
        fault.add_note(f"the act of {act.at}: {act.play}")
        raise
    # The next act reads everything anew, as a request of its own would.
    db.session.expire_all()


def _acts(now: datetime) -> Iterator[Act]:
    for chapter in (people, vereniging, organisations, signatures, commitments, news, rounds):
        yield from chapter.acts(now)


def _count_as_sent(*, before: datetime) -> None:
    """Let no mail go out about what happened long ago, and no rappel that went out then."""
    db.session.execute(
        update(Job)
        .where(
            Job.kind.in_(("mail", "rappel_out")),
            Job.state == JobState.WAITING,
            Job.created_at < before,
        )
        .values(state=JobState.DONE, payload={}, done_at=Job.created_at)
    )
