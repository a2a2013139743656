"""Mails one act to many who follow: what the act costs, what the worker takes, and kill -9.

    python -m bench.followers [--many 10000] [--kills 3]

It fills a small register in a folder of its own, lets so many addresses follow one signatory,
and times a message of progress with nobody and with everybody following. Then `flask worker` mails
one message to a mail server in this process. Now and then the worker is killed with SIGKILL, and
another is started.
At the end it says how many mails arrived, how many of them twice, and the most memory that a worker
took at the beginning and at the end.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from aiosmtpd.controller import Controller
from sqlalchemy import func, insert, select

from bench.fill import SMALL, fill
from bench.place import Place
from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.following.actions import note_told
from portal.following.jobs import tell_followers
from portal.following.links import new_code
from portal.following.models import Follow, Follower
from portal.following.rhythms import SETTLED, Rhythm
from portal.lifecycle import CommitmentState
from portal.organisations.models import Organisation
from portal.services.models import Job, JobState

LEASE_SECONDS = 3
READER = "volger"
# A worker is killed this many mails after it was started.
BEFORE_A_KILL = 400


class Sink:
    """A mail server that counts what it takes, by Message-ID and by address."""

    def __init__(self) -> None:
        self.messages: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        # The register that was filled has mails of its own.
        if not envelope.rcpt_tos[0].startswith(READER):
            return "250 OK"
        head = message_from_bytes(envelope.content)
        self.messages[str(head["Message-ID"])] += 1
        self.addresses[envelope.rcpt_tos[0]] += 1
        return "250 OK"


def _follow(slug: str, many: int) -> None:
    """Let so many addresses follow an organisation, since an hour ago."""
    since = clock.now() - timedelta(hours=1)
    rows = [
        {
            "id": number,
            "email": f"{READER}{number}@voorbeeld.example",
            "email_key": f"{READER}{number}@voorbeeld.example",
            "locale": "nl",
            "code": new_code(),
            "created_at": since,
        }
        for number in range(1, many + 1)
    ]
    what = f"organisatie={slug}"
    follows = [
        {"follower_id": row["id"], "what": what, "rhythm": Rhythm.AT_ONCE, "created_at": since}
        for row in rows
    ]
    with write_section():
        db.session.execute(insert(Follower), rows)
        db.session.execute(insert(Follow), follows)


def _post(commitment: Commitment, times: int) -> float:
    """Return the milliseconds that a message of progress takes, in the middle of so many."""
    taken = []
    for _number in range(times):
        begun = time.perf_counter()
        with write_section():
            actions.report(
                db.session.merge(commitment),
                progress="loopt",
                body="Het loopt.",
                told_on=clock.today(),
                by=None,
            )
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


@contextmanager
def _working(place: Place, environment: dict[str, str]) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with (place.folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield psutil.Process(worker.pid)
    finally:
        if worker.poll() is None:
            worker.terminate()
        worker.wait(30)


def _waiting() -> int:
    db.session.rollback()
    query = select(func.count()).where(Job.state == JobState.WAITING)
    return db.session.scalar(query) or 0


def _mail_all(
    place: Place, environment: dict[str, str], sink: Sink, many: int, kills: int
) -> list[float]:
    """Let workers mail everybody; return the memory in MB that they took, as it was looked at."""
    memory: list[float] = []
    while _waiting():
        limit = sink.messages.total() + BEFORE_A_KILL
        with _working(place, environment) as worker:
            while _waiting():
                time.sleep(1)
                memory.append(worker.memory_info().rss / 1e6)
                if kills and sink.messages.total() >= limit:
                    kills -= 1
                    os.kill(worker.pid, signal.SIGKILL)
                    break
                print(f"{sink.messages.total():6} of {many}, {memory[-1]:.0f} MB", end="\r")
    return memory


def measure(folder: Path, many: int, kills: int) -> bool:
    """Fill, post and mail; return whether everybody got it, and nobody more than one in flight."""
    place, sink = Place.at(folder), Sink()
    fill(place, SMALL)
    server = Controller(sink, hostname="127.0.0.1", port=_free_port())
    with _listening(server) as port:
        changed = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(port),
            "DECISION_MAIL_SECONDS": "0",
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        }
        app = place.portal(**changed)
        with app.app_context():
            return _measure(place, place.environment(**changed), sink, many, kills)


def _measure(place: Place, environment: dict[str, str], sink: Sink, many: int, kills: int) -> bool:
    tell_followers()
    published = select(Commitment).where(Commitment.state == CommitmentState.PUBLISHED).limit(1)
    chosen = db.session.scalars(published).one()
    alone = _post(chosen, 15)
    organisation = db.session.get_one(Organisation, chosen.organisation_id)
    _follow(str(organisation.slug), many)
    followed = _post(chosen, 15)
    with write_section():
        note_told(rhythm=Rhythm.AT_ONCE, until=clock.now())
    _post(chosen, 1)
    # What was written just now is told once it is surely committed.
    time.sleep(SETTLED.total_seconds() + 1)
    tell_followers()
    begun = time.perf_counter()
    memory = _mail_all(place, environment, sink, many, kills)
    seconds = time.perf_counter() - begun
    twice = sink.messages.total() - len(sink.messages)
    early, late = max(memory[: len(memory) // 4 + 1]), max(memory[-len(memory) // 4 :])
    print(f"a post: {alone:.1f} ms with no follower, {followed:.1f} ms with {many}")
    print(
        f"{len(sink.addresses)} of {many} got it in {seconds:.0f} s, {many / seconds:.0f} a second"
    )
    print(f"killed {kills} times, {twice} of the messages arrived twice")
    print(f"memory of the worker: {early:.0f} MB at the beginning, {late:.0f} MB at the end")
    return len(sink.addresses) == many and twice <= kills and max(sink.addresses.values()) <= 2


@contextmanager
def _listening(server: Controller) -> Iterator[int]:
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Measure in a folder that is thrown away; 1 when somebody got none, or one too many."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    options.add_argument("--many", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return int(not measure(Path(folder), asked.many, asked.kills))


if __name__ == "__main__":
    sys.exit(main())
