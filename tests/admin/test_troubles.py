"""A trouble is told once when it stands, and once when it is over; never a storm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal.admin import running_checks, watching
from portal.admin.models import Trouble
from portal.admin.watching import Watch
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.schema import newest_revision
from portal.services.jobs import enqueue, run_due
from portal.services.models import Job, JobState
from tests import factories as make
from tests.harness.mailbox import Mail, Mailbox

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=clock.AMSTERDAM)
MINUTE = timedelta(minutes=1)


class Days:
    """Lets time go by, with a look at the portal in each minute."""

    def __init__(self, place: Path, set_clock: Callable[[datetime | None], None]) -> None:
        self.watch = Watch(place)
        self._set_clock = set_clock
        self._now = BEGAN
        set_clock(self._now)

    def pass_minutes(self, minutes: int) -> None:
        """Look once in each minute."""
        for _number in range(minutes):
            self._now += MINUTE
            self._set_clock(self._now)
            make.make_process(kind="worker")
            db.session.rollback()
            self.watch.look()


@pytest.fixture
def days(
    app: Flask,
    tmp_path: Path,
    set_clock: Callable[[datetime | None], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Days]:
    """Days that begin in the morning, in a portal with two beheerders."""
    for name, email, locale in (("Bea", "bea@example.nl", "nl"), ("Ed", "ed@example.nl", "en")):
        account = make.make_beheerder(name=name, email=email)
        account.locale = locale
    db.session.commit()
    # PostgreSQL goes by the real clock.
    monkeypatch.setattr(running_checks, "_moment_of_database", clock.now)
    passing = Days(tmp_path / "not-yet-there", set_clock)
    yield passing
    passing.watch.close()


def fail_a_job() -> None:
    with write_section():
        enqueue("unknown", {})
    run_due()


def mend_the_jobs() -> None:
    with write_section():
        db.session.query(Job).update({"state": JobState.DONE})


def to_bea(mailbox: Mailbox) -> list[Mail]:
    return mailbox.to("bea@example.nl")


def test_it_tells_once_and_then_that_it_is_over(days: Days, mailbox: Mailbox) -> None:
    days.pass_minutes(10)
    assert not mailbox.messages, "calm when all is well"
    fail_a_job()
    days.pass_minutes(4)
    assert not mailbox.messages, "what passes by itself is nobody's trouble"
    days.pass_minutes(120)
    (told,) = to_bea(mailbox)
    assert told.subject == "1 punt vraagt om iemand"
    assert "Beste Bea," in told.text
    text = told.text.replace("\r\n", "\n")
    assert "Taken, sinds 24 november 2026 om 9.11 uur\n1 taak is niet gelukt.\n" in text
    assert "probeer die opnieuw" in told.text
    assert told.paths == ["/beheer/draaien"]
    english = mailbox.last("ed@example.nl")
    assert "Jobs, since 24 November 2026 at 09:11" in english.text

    mend_the_jobs()
    days.pass_minutes(30)
    over = to_bea(mailbox)[1:]
    assert [mail.subject for mail in over] == ["Het portaal draait weer goed"]
    words = "Taken, van 24 november 2026 om 9.11 uur tot 24 november 2026 om 11.14 uur"
    assert words in over[0].text


def test_it_tells_of_what_begins_together_in_one_mail(days: Days, mailbox: Mailbox) -> None:
    fail_a_job()
    make.make_process(kind="web", version="0.0.9", beat_at=BEGAN + 6 * MINUTE)
    days.pass_minutes(23)
    (told, over) = to_bea(mailbox)
    assert told.subject == "2 punten vragen om iemand"
    assert "Er draaien twee versies naast elkaar: 0.0.9." in told.text
    assert "Webprocessen" in over.text and "Taken" not in over.text


def test_it_makes_no_storm_of_what_comes_and_goes(days: Days, mailbox: Mailbox) -> None:
    for _number in range(6):
        fail_a_job()
        days.pass_minutes(10)
        mend_the_jobs()
        days.pass_minutes(10)
    assert len(to_bea(mailbox)) == 2, "the first time, and that it was over"
    fail_a_job()
    days.pass_minutes(70)
    assert len(to_bea(mailbox)) == 3, "what stays is told again"


def test_it_tells_afterwards_when_mail_itself_was_away(days: Days, mailbox: Mailbox) -> None:
    mailbox.go_down()
    fail_a_job()
    days.pass_minutes(20)
    row = db.session.query(Trouble).one()
    assert (row.told_at, row.over_at) == (None, None)
    mend_the_jobs()
    days.pass_minutes(20)
    mailbox.come_back()
    days.pass_minutes(10)
    (told,) = to_bea(mailbox)
    assert told.subject == "Het portaal draait weer goed"
    days.pass_minutes(10)
    assert len(to_bea(mailbox)) == 1


def test_it_reaches_those_who_can_be_reached(days: Days, mailbox: Mailbox) -> None:
    mailbox.refuse("bea@example.nl")
    fail_a_job()
    days.pass_minutes(60)
    assert [mail.to for mail in mailbox.messages] == ["ed@example.nl"]


def test_it_asks_for_no_backup_before_there_is_something_to_lose(
    days: Days, mailbox: Mailbox, set_clock: Callable[[datetime | None], None]
) -> None:
    make.make_signature()
    days.pass_minutes(20)
    assert not mailbox.messages
    days._now += timedelta(days=3)
    days.pass_minutes(10)
    (told,) = to_bea(mailbox)
    assert "Er is nog nooit een back-up gemaakt." in told.text


def test_it_tells_without_a_database_that_it_is_gone(
    days: Days, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        def connect(self) -> None:
            raise OperationalError("SELECT 1", {}, Exception("gone"))

    days.pass_minutes(1)
    there = watching.watching_engine
    monkeypatch.setattr(watching, "watching_engine", lambda: Gone())
    # Of the vereniging, too, nothing can be asked.
    monkeypatch.setattr("portal.services.mail.current_vereniging", None)
    days.pass_minutes(30)
    (told,) = to_bea(mailbox)
    assert "De database antwoordt niet." in told.text
    assert "sinds 24 november 2026 om 9.02 uur" in told.text
    assert mailbox.last("ed@example.nl").subject == "1 point needs a person"
    monkeypatch.setattr(watching, "watching_engine", there)
    days.pass_minutes(5)
    assert to_bea(mailbox)[1].subject == "Het portaal draait weer goed"
    assert len(mailbox.messages) == 4


@pytest.mark.parametrize(
    ("schema", "words", "remedy"),
    [
        ("0001", "een ouder schema", "Typ flask db upgrade."),
        ("9999", "een nieuwer schema", "zet een back-up van daarvoor terug"),
    ],
)
def test_it_tells_that_the_schema_is_of_another_version_and_what_to_do(
    days: Days, mailbox: Mailbox, schema: str, words: str, remedy: str
) -> None:
    def put(number: str) -> None:
        with write_section():
            db.session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": number})

    days.pass_minutes(1)
    put(schema)
    days.pass_minutes(30)
    (told,) = to_bea(mailbox)
    assert words in told.text
    assert remedy in " ".join(told.text.split())
    put(newest_revision())
    days.pass_minutes(5)
    assert to_bea(mailbox)[1].subject == "Het portaal draait weer goed"


def test_one_process_of_a_machine_looks_and_the_next_goes_on(
    days: Days, tmp_path: Path, mailbox: Mailbox
) -> None:
    other = Watch(tmp_path / "not-yet-there")
    assert days.watch._leads()
    assert not other._leads()
    days.watch.close()
    assert other._leads()
    other.close()
