"""Posts comments to a served portal on SQLite from many connections, beside a plain sketch.

    python -m bench.post_comments [--folder data/bench] [--seconds 4] [--rounds 3]

The portal runs as an operator runs it: `flask serve`, two web processes and the worker,
synchronous=FULL, limits counted (their number raised). Every post carries a session, the key
against forgery and a one-time key of its own; it writes a comment, its text, two steps of history
and the key. The sketch, in bench/sketch.py, takes the database at the start of a request and adds
one row to one table. Both are measured in alternation, and both sync every commit to disk.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

import psutil

from bench.figures import record
from bench.load import Load, send
from bench.people import cookie_of
from bench.place import FOLDER, Place
from bench.words import comment_text

CONNECTIONS = 16
PROCESSES = 2


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], port: int, log: Path
) -> Iterator[psutil.Process]:
    """Run a server until the end; it is there once the port is."""
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=environment, stdout=written, stderr=written)
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise SystemExit(f"{command[0]} ended: see {log}")
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(30)


def _busy(server: psutil.Process) -> float:
    """Return the seconds that all processes of a server have computed."""
    times = [each.cpu_times() for each in [server, *server.children(recursive=True)]]
    return float(sum(each.user + each.system for each in times))


def _wait_until_calm(server: psutil.Process, seconds: float = 300.0) -> None:
    """Wait until a server has nothing left to do: its worker begins with what the data brings."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        before = _busy(server)
        time.sleep(3)
        if _busy(server) - before < 0.15:
            return
    raise SystemExit("the worker has so much to do that posts cannot be measured")


@dataclass(frozen=True)
class Target:
    """A server, and the writers that post to it."""

    server: psutil.Process
    port: int
    writers: list[Writer]

    def load(self, seconds: float, texts: list[str]) -> Load:
        """Post for so many seconds; return how many posts, how fast, and with which answers."""
        before = _busy(self.server)
        load = send(
            self.port,
            CONNECTIONS,
            seconds,
            lambda connection, number: self.writers[connection].request(
                f"{texts[number % len(texts)]} {uuid4().hex}"
            ),
        )
        load.busy = _busy(self.server) - before
        return load


@dataclass(frozen=True)
class Writer:
    """A signed-in account, and the form that it posts."""

    path: str
    cookie: str
    token: str

    def request(self, body: str) -> bytes:
        """Return one post, with a one-time key of its own."""
        fields = {"csrf_token": self.token, "once": uuid4().hex, "speaks_for": "0", "body": body}
        sent = urlencode(fields).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(sent)}\r\n\r\n"
        )
        return head.encode() + sent


def _writer(port: int, cookie: str, discussion: int) -> Writer:
    """Open the form as a browser does; return a writer with its form key and its cookie."""
    path = f"/reacties/{discussion}"
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as page:
        text = page.read().decode()
        cookie = page.headers.get("Set-Cookie", cookie).split(";")[0]
    form_key = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    if form_key is None:
        raise SystemExit(f"{path} shows no form")
    return Writer(path, cookie, form_key.group(1))


@contextmanager
def copy_of(place: Place) -> Iterator[Place]:
    """Give a copy of the large database, so that the next measurement begins with the same one."""
    folder = place.folder / "posting"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (
        closing(sqlite3.connect(place.folder / "portal.sqlite3")) as source,
        closing(sqlite3.connect(folder / "portal.sqlite3")) as target,
    ):
        source.backup(target)
        # The worker would read all texts into the index of words while the posts are measured.
        target.execute("DELETE FROM search_due")
        target.commit()
    yield Place.at(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _rounds(targets: dict[str, Target], rounds: int, seconds: float) -> dict[str, list[Load]]:
    texts = [comment_text(Random(number)) for number in range(50)]
    loads: dict[str, list[Load]] = {name: [] for name in targets}
    for target in targets.values():
        target.load(1.0, texts)
    for _ in range(rounds):
        for name, target in targets.items():
            loads[name].append(target.load(seconds, texts))
    return loads


def _print(measured: dict[str, list[Load]]) -> dict[str, Load]:
    print(f"Python {platform.python_version()}, {CONNECTIONS} connections, {PROCESSES} processes")
    print(
        f"{'':10}{'posts/s':>9}{'of sketch':>11}{'cpu ms':>8}{'p50 ms':>8}{'p99 ms':>8}  statuses"
    )
    whole = {}
    for name, loads in measured.items():
        whole[name] = load = Load()
        for each in loads:
            load.add(each)
        shares = [a.rate / b.rate for a, b in zip(loads, measured["sketch"], strict=True)]
        cost = load.busy / len(load.took) * 1000
        print(
            f"{name:10}{load.rate:9.0f}{median(shares):11.2f}{cost:8.2f}"
            f"{load.at(0.5):8.1f}{load.at(0.99):8.1f}  {dict(load.statuses)}"
        )
    return whole


def measure(place: Place, rounds: int, seconds: float) -> bool:
    """Print what both servers take; return whether the portal took every post."""
    with copy_of(place) as copy:
        ports = {"portal": _free_port(), "sketch": _free_port()}
        settings = {
            "PORT": str(ports["portal"]),
            "WEB_PROCESSES": str(PROCESSES),
            "RATE_LIMITS": "on",
            "LIMIT_COMMENT": "1000000",
        }
        bare = {**os.environ, "BENCH_SKETCH": str(copy.folder / "sketch.sqlite3")}
        granian = str(Path(sys.executable).with_name("granian"))
        sketch = [granian, "--interface", "wsgi", "--factory", "bench.sketch:application"]
        sketch += ["--workers", str(PROCESSES), "--blocking-threads", "4"]
        sketch += ["--port", str(ports["sketch"]), "--no-ws"]
        serve = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        logs = {name: place.folder / f"{name}.log" for name in ports}
        with (
            _running(
                serve, copy.environment(**settings), ports["portal"], logs["portal"]
            ) as portal,
            _running(sketch, bare, ports["sketch"], logs["sketch"]) as plain,
        ):
            app = copy.portal()
            writers = [
                _writer(ports["portal"], cookie_of(app, account_id=1000 + n), discussion=1 + n * 7)
                for n in range(CONNECTIONS)
            ]
            targets = {
                "portal": Target(portal, ports["portal"], writers),
                "sketch": Target(plain, ports["sketch"], writers),
            }
            _wait_until_calm(portal)
            whole = _print(_rounds(targets, rounds, seconds))
    load = whole["portal"]
    cost, slowest = load.busy / len(load.took) * 1000, load.at(0.99)
    record(place.folder, "bench.post_comments", post_cpu=cost, post_p99=slowest)
    refused = {status: n for status, n in whole["portal"].statuses.items() if status != 302}
    locked = logs["portal"].read_text().count("locked")
    print(f"portal: {locked} lock errors in the log, refused: {refused or 'none'}")
    return not refused and not locked


def main() -> int:
    """Read the command line and measure; 1 when a post was refused."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    return int(not measure(Place.at(options.folder).filled(), options.rounds, options.seconds))


if __name__ == "__main__":
    sys.exit(main())
