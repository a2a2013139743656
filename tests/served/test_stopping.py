"""Stopping, dying and starting again: nothing acknowledged is lost, nobody stays behind."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import psutil
import pytest
from sqlalchemy import select, text

from portal.comments.models import Comment, CommentVersion
from portal.core.db import db
from portal.serve import FIRST_PROCESS, first_process, watch_first
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.served.reader import GONE, Reader

Serve = Callable[..., ServedPortal]
STREAMS = 4
ENOUGH = 25


class Stream(threading.Thread):
    """Posts one comment after the other, and notes which were acknowledged."""

    def __init__(self, served: ServedPortal, number: int) -> None:
        super().__init__(daemon=True)
        self.taken: list[str] = []
        self.stopping = threading.Event()
        self._reader = Reader(served, make.make_account())
        self._path = f"/reacties/{make.make_discussion().id}"
        self._form = self._reader.get(self._path).form()
        self._number = number

    def run(self) -> None:
        number = 0
        while not self.stopping.is_set():
            number += 1
            words = f"Reactie {number} van schrijver {self._number}"
            fields = {**self._form.fields, "body": words, "once": f"s{self._number}n{number}"}
            sent = {name: value for name, value in fields.items() if value is not None}
            try:
                page = self._reader.post(self._path, data=sent)
            except GONE:
                return
            if page.status in (302, 303):
                self.taken.append(words)


@pytest.fixture
def streams() -> Iterator[Callable[[ServedPortal], list[Stream]]]:
    """Start streams of comments, and wait until enough have been taken."""
    begun: list[Stream] = []

    def start(served: ServedPortal) -> list[Stream]:
        begun.extend(Stream(served, number) for number in range(STREAMS))
        for stream in begun:
            stream.start()
        while sum(len(stream.taken) for stream in begun) < ENOUGH:
            assert all(stream.is_alive() for stream in begun), "they broke off by themselves"
            time.sleep(0.01)
        return begun

    yield start
    for stream in begun:
        stream.stopping.set()
        stream.join(30)


def _kept() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(CommentVersion.body)))


def _assert_whole(served: ServedPortal, streams: list[Stream]) -> None:
    """Everything that was acknowledged is there once, and the database is in order."""
    for stream in streams:
        stream.join(30)
    taken = [words for stream in streams for words in stream.taken]
    kept = _kept()
    assert not set(taken) - set(kept), "acknowledged and lost"
    assert len(kept) == len(set(kept)), "there twice"
    assert len(kept) - len(taken) <= STREAMS, "no more than were on their way"
    comments = db.session.query(Comment).count()
    assert comments == len(kept), "half a comment"
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    db.session.rollback()
    db.session.remove()


def _tree(served: ServedPortal) -> list[psutil.Process]:
    top = psutil.Process(served.pid)
    return [top, *top.children(recursive=True)]


def test_it_ends_its_whole_tree_when_it_is_asked_to_stop(
    serve: Serve, streams: Callable[[ServedPortal], list[Stream]]
) -> None:
    served = serve(is_loaded=False)
    with served.app.app_context():
        writing = streams(served)
        tree = _tree(served)
        assert len(tree) >= 4, "two for the web, the worker, and what holds them"

        code = served.stop()

        assert code == 0
        _gone, alive = psutil.wait_procs(tree, timeout=10)
        assert not alive, "somebody stayed behind"
        _assert_whole(served, writing)


@pytest.mark.parametrize("_round", range(2))
def test_it_loses_nothing_that_was_acknowledged_when_it_is_killed(
    serve: Serve, streams: Callable[[ServedPortal], list[Stream]], _round: int
) -> None:
    served = serve(is_loaded=False)
    with served.app.app_context():
        writing = streams(served)

        served.kill()
        served.start()

        _assert_whole(served, writing)
        assert Reader(served).get("home.show").status == 200
        assert Reader(served, make.make_account()).get("accounts.overview").status == 200
        db.session.remove()


def test_it_leaves_nobody_behind_when_only_the_first_process_dies(serve: Serve) -> None:
    served = serve(is_loaded=False)
    top, *others = _tree(served)
    top.kill()
    _gone, alive = psutil.wait_procs(others, timeout=30)
    assert not alive, f"these go on without anybody who looks after them: {alive}"


def test_a_process_that_is_up_only_after_the_first_has_died_ends_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = subprocess.Popen(["true"])
    first.wait()
    monkeypatch.setenv(FIRST_PROCESS, str(first.pid))
    has_left = threading.Event()
    watch_first(first_process(), has_left.set)
    assert has_left.wait(10)


@pytest.mark.parametrize("which", ["web", "worker"])
def test_it_starts_a_process_again_that_died(serve: Serve, which: str) -> None:
    served = serve(is_loaded=False)
    with served.app.app_context():
        top = psutil.Process(served.pid)

        def members() -> dict[int, psutil.Process]:
            found = {}
            for child in top.children(recursive=True):
                try:
                    is_worker = "worker" in child.cmdline()
                except psutil.Error:
                    continue
                if is_worker == (which == "worker"):
                    found[child.pid] = child
            return found

        before = members()
        victim = next(iter(before.values()))
        victim.kill()
        deadline = time.monotonic() + 40
        while not set(members()) - set(before) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert set(members()) - set(before), "nobody took its place"
        # What was in hand of the one that died is lost; whoever asks next waits for nobody.
        while not all(served.is_well() for _ in range(5)) and time.monotonic() < deadline:
            time.sleep(0.05)

        assert Reader(served).get("home.show").status == 200
        reader = Reader(served)
        form = reader.get("accounts.register").form()
        form.submit(name="Noor", email="noor@example.org", password=make.PASSWORD)
        assert served.mailbox.wait_for("noor@example.org").links
        db.session.remove()


def test_it_finishes_a_form_that_came_in_before_the_stop(serve: Serve) -> None:
    served = serve(is_loaded=False)
    with served.app.app_context():
        reader = Reader(served, make.make_account())
        form = reader.get(f"/reacties/{make.make_discussion().id}").form()
        fields = {name: value for name, value in form.fields.items() if value is not None}
        statuses: list[int] = []
        asked = threading.Thread(
            target=lambda: statuses.append(
                reader.post(form.action, data={**fields, "body": "Net op tijd"}).status
            )
        )
        release = _hold_writers(served)
        asked.start()
        _wait_until(lambda: _is_at_work(served), "the form did not come in")
        os.kill(served.pid, signal.SIGTERM)
        _wait_until(lambda: "Shutting down" in served.log_text(), "it does not stop")
        release()
        asked.join(40)
        assert statuses == [302]
        assert _kept() == ["Net op tijd"]
        assert served.stop() == 0
        db.session.remove()


def test_it_ends_well_however_often_it_is_asked_to_stop(serve: Serve) -> None:
    served = serve(is_loaded=False)
    tree = _tree(served)
    while (code := served.ended()) is None:
        os.kill(served.pid, signal.SIGTERM)
        time.sleep(0.001)
    assert code == 0
    _gone, alive = psutil.wait_procs(tree, timeout=10)
    assert not alive, "somebody stayed behind"


STARTING = """
import os, signal, time
from portal.serve import take_the_first_stop
take_the_first_stop()
begun, says_so = os.pipe()
child = os.fork()
if child == 0:
    os.write(says_so, b"x")
    time.sleep(60)
    os._exit(7)
os.read(begun, 1)
os.kill(child, signal.{number})
{then}
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(
    ("number", "then", "code"),
    [("SIGTERM", "", "0"), ("SIGINT", "time.sleep(0.2); os.kill(child, signal.SIGKILL)", "-9")],
    ids=["told by the first process", "a key that every process sees"],
)
def test_a_web_process_that_still_starts_ends_when_it_is_told(
    number: str, then: str, code: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STARTING.format(number=number, then=then)],
        capture_output=True,
        text=True,
        timeout=40,
        check=True,
    )
    assert ended.stdout.strip() == code


def _wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + 40
    while not is_so():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.01)


def _is_at_work(served: ServedPortal) -> bool:
    """Whether one of its processes has a request in hand, and somebody waits to write."""
    connections = [found for process in _tree(served) for found in process.net_connections()]
    if not any(
        found.status == psutil.CONN_ESTABLISHED and found.laddr.port == served.port
        for found in connections
    ):
        return False
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
    with (served.folder / "write.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _hold_writers(served: ServedPortal) -> Callable[[], None]:
    """Keep everybody from writing, as a long write does; calling it lets them in."""
    url = served.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")

        def release() -> None:
            with closing(connection):
                connection.execute("ROLLBACK")

        return release
    held = db.engine.connect()
    held.execute(text("LOCK TABLE comment IN ACCESS EXCLUSIVE MODE"))

    def unlock() -> None:
        held.rollback()
        held.close()

    return unlock
