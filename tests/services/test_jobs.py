"""Jobs: written with the act, done at least once and by one worker, parked when hopeless."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.config import Settings
from portal.core import clock
from portal.core.db import db, write_section
from portal.services import jobs, mail, upkeep
from portal.services.job_figures import waiting_and_parked
from portal.services.jobs import Hopeless, enqueue, run_due
from portal.services.models import Job, JobState
from tests import factories as make
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines
from tests.harness.mailbox import Mailbox

ROOT = Path(__file__).parents[2]
SetClock = Callable[[datetime | None], None]
WORKERS = 3


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Payloads that were worked on; a payload that is an exception is raised."""
    worked: list[Any] = []
    faults: dict[str, Exception] = {
        "fails": ConnectionError("noor@example.org is not there"),
        "hopeless": Hopeless("nobody can"),
    }

    def work(payload: dict[str, Any]) -> None:
        worked.append(payload)
        if payload["what"] in faults:
            raise faults[payload["what"]]

    monkeypatch.setitem(jobs._kinds, "test", work)
    yield worked


def _add(what: str = "works", **how: Any) -> None:
    with write_section():
        enqueue("test", {"what": what}, **how)


def _job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def test_it_does_a_job_once_and_forgets_what_was_in_it(app: Flask, done: list[Any]) -> None:
    _add()
    assert run_due() == 1
    assert run_due() == 0
    assert done == [{"what": "works"}]
    job = _job()
    assert (job.state, job.payload, job.tries) == ("done", {}, 1)
    assert job.done_at is not None


def test_it_does_nothing_of_an_act_that_was_undone(app: Flask, done: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), write_section():
        enqueue("test", {"what": "works"})
        raise ZeroDivisionError
    assert run_due() == 0
    assert done == []


def test_it_takes_a_key_once(app: Flask, done: list[Any]) -> None:
    for _ in range(2):
        _add(key="welcome-7")
    run_due()
    _add(key="welcome-7")
    with write_section():
        enqueue("test", {"what": "works"}, key="welcome-7")
        enqueue("test", {"what": "works"}, key="welcome-8")
    run_due()
    assert len(done) == 2


def test_it_does_the_oldest_first_and_waits_for_the_moment(
    app: Flask, done: list[Any], set_clock: SetClock
) -> None:
    begun = clock.now()
    set_clock(begun)
    _add("later", run_at=begun + timedelta(hours=1))
    _add("first", run_at=begun - timedelta(hours=2))
    _add("second")
    assert run_due() == 2
    set_clock(begun + timedelta(hours=1))
    assert run_due() == 1
    assert [found["what"] for found in done] == ["first", "second", "later"]


def test_it_tries_again_with_longer_and_longer_waits_and_then_parks(
    app: Flask, done: list[Any], set_clock: SetClock, log_lines: LogLines
) -> None:
    _add("fails")
    waits = []
    for _ in range(jobs.MAX_TRIES):
        moment = _job().run_at
        set_clock(moment)
        assert run_due() == 1
        waits.append((_job().run_at - moment).total_seconds())

    *tried, _parked = waits
    assert tried == sorted(tried)
    assert tried[0] == 5
    assert sum(tried[:4]) <= 75, "back within the time that is promised for mail"
    assert sum(tried) > timedelta(days=1).total_seconds()
    job = _job()
    assert (job.state, job.tries) == ("parked", jobs.MAX_TRIES)
    assert waiting_and_parked() == (0, 1)
    set_clock(clock.now() + timedelta(days=30))
    assert run_due() == 0, "it is no longer tried"
    told = log_lines()
    assert [line["event"] for line in told[-2:]] == ["job_failed", "job_parked"]
    assert "example.org" not in str(told)


def test_it_parks_at_once_what_cannot_be_helped(app: Flask, done: list[Any]) -> None:
    _add("hopeless")
    run_due()
    job = _job()
    assert (job.state, job.tries, job.last_error) == ("parked", 1, "Hopeless: nobody can")


def test_it_parks_what_nobody_knows_how_to_do(app: Flask) -> None:
    with write_section():
        enqueue("unheard_of", {})
    run_due()
    assert _job().state == "parked"


def test_it_goes_on_with_the_next_job_when_one_fails(app: Flask, done: list[Any]) -> None:
    for what in ("fails", "works", "hopeless", "works"):
        _add(what)
    run_due()
    assert len(done) == 4


def test_it_takes_over_from_a_worker_that_died(
    app: Flask, done: list[Any], set_clock: SetClock
) -> None:
    _add()
    leased = jobs._lease()
    assert leased is not None
    assert run_due() == 0, "somebody is at it"

    set_clock(clock.now() + app.extensions["portal_settings"].job_lease + timedelta(seconds=1))
    second = jobs._lease()
    assert second is not None
    jobs._finish(leased, jobs.Outcome.PARKED, state=JobState.PARKED)
    assert _job().state == "waiting", "who lost the job changes nothing of it"
    jobs._finish(second, jobs.Outcome.DONE, state=JobState.DONE)
    assert (_job().state, _job().tries) == ("done", 2)


def test_it_holds_a_job_for_as_long_as_the_work_lasts(
    app: Flask, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    period: timedelta = app.extensions["portal_settings"].job_lease
    monkeypatch.setattr(jobs, "_renewed_every", lambda _period: 0.01)
    others: list[bool] = []

    def work(_payload: dict[str, Any]) -> None:
        for _ in range(3):
            set_clock(clock.now() + period * 0.9)
            wait_until(lambda: (_job().leased_until or clock.now()) > clock.now() + period * 0.9)
            others.append(jobs.run_one())

    monkeypatch.setitem(jobs._kinds, "test", work)
    set_clock(clock.now())
    _add()
    assert run_due() == 1
    assert others == [False] * 3, "another worker took it meanwhile"
    assert (_job().state, _job().tries) == ("done", 1)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline, "nobody renewed it"
        time.sleep(0.01)


class TestSecrets:
    """Links in what was mailed: they stand in a job for as long as it waits."""

    SENT = {
        "template": "account_reset",
        "to": "noor@example.org",
        "words": {"name": "Noor", "token": "geheim"},
        "back": "/uitnodiging/geheim",
    }

    def _parked(self, payload: dict[str, Any]) -> Job:
        with write_section():
            enqueue("unheard_of", payload)
        run_due()
        return _job()

    def test_it_forgets_them_when_it_parks_a_job(
        self, app: Flask, sign_in: Callable[..., Client]
    ) -> None:
        job = self._parked(self.SENT)
        assert job.state == "parked"
        assert job.payload["words"] == {"name": "Noor"}
        assert "geheim" not in str(job.payload)

    def test_it_offers_no_second_try_of_a_mail_without_its_link(
        self, app: Flask, sign_in: Callable[..., Client]
    ) -> None:
        job = self._parked(self.SENT)
        with write_section():
            enqueue("unheard_of", {"template": "account_password_set", "to": "noor@example.org"})
        run_due()
        reader = sign_in(make.make_beheerder())
        page = reader.get("admin.jobs")
        assert "Wij bewaren de link uit deze mail niet" in page.main
        assert page.main.count("Probeer opnieuw") == 1
        fields = {name: value or "" for name, value in page.form().fields.items()}
        assert reader.post(f"/beheer/taken/{job.id}/opnieuw", data=fields).status == 404
        assert db.session.get_one(Job, job.id).state == "parked"

    @pytest.mark.parametrize("token", [None, ""])
    def test_it_tries_again_what_had_no_link(self, app: Flask, token: str | None) -> None:
        job = self._parked({**self.SENT, "words": {"token": token}})
        assert job.is_retriable

    def test_it_keeps_them_while_it_tries_again(self, app: Flask, done: list[Any]) -> None:
        with write_section():
            enqueue("test", {"what": "fails", "token": "geheim"})
        run_due()
        assert _job().payload["token"] == "geheim"


def test_it_lets_the_beheerder_see_and_try_again(
    app: Flask, done: list[Any], sign_in: Callable[..., Client]
) -> None:
    _add("hopeless")
    run_due()
    reader = sign_in(make.make_beheerder())
    page = reader.get("admin.jobs")
    assert "nobody can" in page.main

    page.form().submit()

    assert _job().state == "waiting"
    assert run_due() == 1
    assert len(done) == 2


def test_it_goes_on_working_while_the_database_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
) -> None:
    rounds = iter([ConnectionError("away"), ConnectionError("away"), None, None])

    def regular() -> None:
        fault = next(rounds)
        if fault is not None:
            raise fault

    monkeypatch.setattr(upkeep, "_works", {"regular": (timedelta(0), regular)})
    looked: list[int] = []

    def should_stop() -> bool:
        looked.append(1)
        return len(looked) > 4

    jobs.work(should_stop, pause=0)
    assert [line["event"] for line in log_lines()] == ["worker_stumbled"] * 2


def _worker(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {
        **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")},
        "PORTAL_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "PUBLIC_URL": settings.public_url,
        "MAIL_SERVER": str(settings.mail_server),
        "MAIL_PORT": str(settings.mail_port),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def test_it_sends_what_a_killed_worker_had_in_hand_once_and_after_its_lease(
    app: Flask, make_app: Callable[..., Flask], mailbox: Mailbox, set_clock: SetClock
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        # It takes the connection and says nothing, so the worker waits.
        asked = {"mail_port": silent.getsockname()[1]}
        with write_section():
            mail.send("account_exists", to="noor@example.org", token="", minutes=60)
        planned = _job().payload["message_id"]
        db.session.remove()
        with _worker(replace(app.extensions["portal_settings"], **asked)) as killed:
            silent.settimeout(60)
            connection, _address = silent.accept()
            killed.kill()
            killed.communicate()
        connection.close()
    assert run_due() == 0, "it is held for the one that was killed"
    set_clock(clock.now() + app.extensions["portal_settings"].job_lease + timedelta(seconds=1))
    assert run_due() == 1
    assert run_due() == 0
    [arrived] = mailbox.messages
    assert arrived.message["Message-ID"] == planned


def test_it_lets_workers_share_the_work_and_do_each_job_once(app: Flask, mailbox: Mailbox) -> None:
    with write_section():
        for number in range(60):
            mail.send("account_exists", to=f"naam{number}@example.org", token="", minutes=60)
    db.session.remove()

    workers = [_worker(app.extensions["portal_settings"]) for _ in range(WORKERS)]
    outputs = [worker.communicate(timeout=90)[0].decode() for worker in workers]

    assert [worker.returncode for worker in workers] == [0] * WORKERS
    counts = [int(output.split()[0]) for output in outputs]
    assert sum(counts) == 60
    arrived = [found.to for found in mailbox.messages]
    assert sorted(arrived) == sorted(f"naam{number}@example.org" for number in range(60))
    assert len({found.message["Message-ID"] for found in mailbox.messages}) == 60
    assert db.session.scalars(select(Job.state).distinct()).all() == ["done"]
