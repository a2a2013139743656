"""The one write section, beside whoever else writes, on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.core.db import (
    WriteLock,
    db,
    in_write_section,
    lock_row,
    read_row,
    read_rows,
    row_id,
    short_transaction,
    write_section,
)
from portal.services.models import HistoryRow, Job, LimitCounter
from tests import factories as make
from tests.harness.client import Client

ROOT = Path(__file__).parents[2]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def elsewhere(app: Flask) -> Callable[..., None]:
    """Write as somebody else does, on another connection."""

    def write(statement: object) -> None:
        with db.engine.connect() as connection:
            connection.execution_options(portal_write=True)
            connection.execute(statement)  # type: ignore[call-overload]
            connection.commit()

    return write


def _name(account: Account) -> str:
    db.session.rollback()
    return db.session.get_one(Account, account.id).name


class TestWriteSection:
    def test_it_keeps_everything_at_its_end(self, app: Flask) -> None:
        account = make.make_account(name="Noor")
        with write_section():
            assert in_write_section()
            db.session.get_one(Account, account.id).name = "Noor Jansen"
        assert not in_write_section()
        assert _name(account) == "Noor Jansen"

    @pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
    def test_it_keeps_nothing_when_it_breaks_off(
        self, app: Flask, fault: type[BaseException]
    ) -> None:
        account = make.make_account(name="Noor")
        with pytest.raises(fault), write_section():
            db.session.get_one(Account, account.id).name = "Noor Jansen"
            db.session.flush()
            raise fault
        assert _name(account) == "Noor"
        with write_section():
            assert in_write_section(), "and it lets the next one in"

    def test_it_reads_again_what_was_read_before(
        self, app: Flask, elsewhere: Callable[..., None]
    ) -> None:
        account = make.make_account(name="Noor")
        assert account.name == "Noor"
        db.session.rollback()
        elsewhere(update(Account).values(name="Noor Jansen"))
        with write_section():
            assert account.name == "Noor Jansen"

    def test_it_opens_once(self, app: Flask) -> None:
        with write_section():
            with pytest.raises(RuntimeError, match="open already"), write_section():
                pass
            with pytest.raises(RuntimeError, match="inside a write section"), short_transaction():
                pass
            assert in_write_section()

    def test_it_goes_on_after_a_refusal_inside_a_nested_one(self, app: Flask) -> None:
        make.make_account(email="noor@example.org")
        with write_section():
            with pytest.raises(IntegrityError), db.session.begin_nested():
                make.make_account(email="noor@example.org")
            make.make_account(email="anders@example.org")
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Account)) == 2


class TestShortTransaction:
    def test_it_stays_whatever_becomes_of_the_request(self, app: Flask) -> None:
        with short_transaction() as connection:
            connection.execute(
                LimitCounter.__table__.insert().values(  # type: ignore[attr-defined]
                    name="x", key="y", started_at=datetime.now(UTC), count=1
                )
            )
        db.session.rollback()
        assert read_row(select(LimitCounter.count)).count == 1

    def test_it_leaves_nothing_when_it_fails_and_lets_the_next_one_in(self, app: Flask) -> None:
        account = make.make_account(name="Noor")
        with pytest.raises(ZeroDivisionError), short_transaction() as connection:
            connection.execute(update(Account).values(name="Anders"))
            raise ZeroDivisionError
        assert _name(account) == "Noor"
        with short_transaction() as connection:
            connection.execute(update(Account).values(name="Nu wel"))
        assert _name(account) == "Nu wel"

    @pytest.mark.parametrize("is_vital", [True, False])
    def test_it_waits_for_the_disk_again_after_it_hurried(self, app: Flask, is_vital: bool) -> None:
        make.make_account(name="Noor")
        asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
        how = text(asked[db.engine.dialect.name])
        with db.engine.connect() as connection:
            always = connection.execute(how).scalar()
        for fails in (False, True):
            try:
                with short_transaction(is_vital=is_vital) as connection:
                    connection.execute(update(Account).values(name=f"Noor {fails}"))
                    hurries = is_vital is False and connection.dialect.name == "sqlite"
                    assert connection.execute(how).scalar() == (1 if hurries else always)
                    if fails:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass
            with db.engine.connect() as connection:
                assert connection.execute(how).scalar() == always
        assert db.session.scalar(select(Account.name)) == "Noor False"


class TestRows:
    def test_it_looks_at_a_row_again_when_it_locks_it(
        self, app: Flask, elsewhere: Callable[..., None]
    ) -> None:
        account = make.make_account(name="Noor")
        elsewhere(update(Account).values(name="Noor Jansen"))
        with write_section():
            lock_row(account)
            assert account.name == "Noor Jansen"

    def test_it_locks_a_row_that_is_read_together_with_others(self, app: Flask) -> None:
        comment = make.make_comment()
        with write_section():
            lock_row(comment)
            assert comment.discussion.is_public

    def test_it_gives_a_new_thing_its_number(self, app: Flask) -> None:
        job = Job(kind="x", payload={}, state="waiting", run_at=datetime.now(UTC), tries=0)
        job.created_at = job.run_at
        with write_section():
            db.session.add(job)
            assert row_id(job) == job.id

    def test_it_reads_columns(self, app: Flask) -> None:
        names = [make.make_account().name for _ in range(3)]
        query = select(Account.name).order_by(Account.id)
        assert [row.name for row in read_rows(query)] == names
        assert read_row(query).name == names[0]
        assert read_row(query.where(Account.id == 0)) is None

    def test_it_refuses_what_points_nowhere(self, app: Flask) -> None:
        comment = make.make_comment()
        with pytest.raises(IntegrityError), write_section():
            db.session.execute(
                update(Comment).where(Comment.id == comment.id).values(author_id=9999)
            )


MOMENTS = [
    datetime(2019, 7, 3, 14, 5, 6, 789_012, tzinfo=UTC),
    datetime(2019, 7, 3, 14, 5, 6, tzinfo=UTC),
    datetime(2019, 7, 3, 0, 30, tzinfo=AMSTERDAM),
    datetime(2020, 10, 25, 2, 30, fold=0, tzinfo=AMSTERDAM),
    datetime(2020, 10, 25, 2, 30, fold=1, tzinfo=AMSTERDAM),
    datetime(1901, 12, 31, tzinfo=UTC),
    datetime(9000, 1, 1, tzinfo=UTC),
]


class TestMoments:
    @pytest.mark.parametrize("moment", MOMENTS, ids=str)
    def test_it_reads_back_the_moment_that_was_written(self, app: Flask, moment: datetime) -> None:
        account = make.make_account(created_at=moment)
        db.session.expire_all()
        for found in (account.created_at, read_row(select(Account.created_at)).created_at):
            assert found == moment.astimezone(UTC)
            assert found.utcoffset() == timedelta(0)

    def test_it_reads_nothing_as_nothing(self, app: Flask) -> None:
        account = make.make_account(is_confirmed=False)
        db.session.expire_all()
        assert account.confirmed_at is None

    def test_it_orders_and_compares_in_time(self, app: Flask) -> None:
        made = [
            (moment.astimezone(UTC), make.make_account(created_at=moment).id) for moment in MOMENTS
        ]
        ordered = [number for _moment, number in sorted(made)]
        assert db.session.scalars(select(Account.id).order_by(Account.created_at)).all() == ordered
        middle = datetime(2019, 7, 3, 16, 5, 6, tzinfo=AMSTERDAM)
        before = select(func.count()).select_from(Account).where(Account.created_at < middle)
        assert db.session.scalar(before) == 2


class TestProcesses:
    def test_it_loses_no_write_of_processes_that_write_at_once(self, app: Flask) -> None:
        account = make.make_account()
        before = db.session.scalar(select(func.count()).select_from(HistoryRow)) or 0
        found = app.extensions["portal_settings"]
        writers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.core.writer", str(account.id), "40"],
                cwd=ROOT,
                env={
                    **_environment(),
                    "PORTAL_ENV": "test",
                    "DATABASE_URL": found.database_url,
                    "DATA_DIR": str(found.data_dir),
                },
            )
            for _ in range(3)
        ]
        assert [writer.wait(timeout=90) for writer in writers] == [0, 0, 0]
        db.session.rollback()
        assert db.session.get_one(Account, account.id).version == 121
        rows = db.session.scalar(select(func.count()).select_from(HistoryRow)) or 0
        assert rows == before + 120

    def test_it_lets_the_next_one_in_when_a_writer_is_killed(self, tmp_path: Path) -> None:
        place = tmp_path / "write.lock"
        held = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(place)],
            cwd=ROOT,
            env=_environment(),
            stdout=subprocess.PIPE,
        )
        assert held.stdout is not None
        assert held.stdout.readline() == b"held\n"
        held.send_signal(signal.SIGKILL)
        held.wait(timeout=30)
        held.stdout.close()

        lock = WriteLock(place)
        lock.acquire()
        lock.release()


HOLD = """
import sys, time
from pathlib import Path
from portal.core.db import WriteLock
WriteLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(60)
"""


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}


class TestDurability:
    def test_it_asks_the_database_to_sync_every_commit(self, app: Flask) -> None:
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                asked = {
                    name: connection.execute(text(f"PRAGMA {name}")).scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
                }
                assert asked == {
                    "journal_mode": "wal",
                    "synchronous": 2,
                    "foreign_keys": 1,
                    "busy_timeout": 5000,
                }
            else:
                # What the operator set; the portal itself never asks for less.
                source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"
                assert connection.execute(text(source)).scalar() in (
                    "default",
                    "configuration file",
                )

    def test_it_reads_on_when_nothing_can_be_written_and_recovers_by_itself(
        self, app: Flask, sign_in: Callable[[Account], Client]
    ) -> None:
        discussion = make.make_article().discussion
        number, address = discussion.id, discussion.address
        reader = sign_in(make.make_account())
        form = reader.get("comments.post", discussion_id=number).form()

        with _no_room():
            refused = form.submit(body="Dit lukt niet.")
            assert refused.status == 503
            assert refused.headers["Retry-After"] == "30"
            assert reader.get(address).status == 200
            assert Client(app).get("home.show").status == 200

        taken = form.submit(body="Dit lukt wel.", follow=False)
        assert taken.status == 302
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Comment)) == 1


@contextmanager
def _no_room() -> Iterator[None]:
    """Let nothing be written, as on a full disk."""
    on = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    }[db.engine.dialect.name]

    def refuse(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(on)
        cursor.close()
        connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", refuse)
        db.session.remove()
        db.engine.dispose()
