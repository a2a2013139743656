"""Portals that begin as copies of one process, which has loaded everything once.

Loading is most of a start, and a portal loads twice: its first process and its worker. What a copy
does from then on is what `python -m flask --app wsgi serve` does. Tests about starting, stopping
and dying ask for processes of their own, see `serve` in served_fixtures.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from portal import front
from portal import serve as tree
from tests.harness.databases import RUN
from tests.harness.seen import SEEN, folder_of

ROOT = Path(__file__).parents[2]
SERVE = ["flask", "--app", "wsgi", "serve"]
WORK = ["flask", "--app", "wsgi", "worker"]
Command = tuple[Sequence[str], Mapping[str, str]]


class Begun:
    """A process that was not begun by `subprocess`, with what the portal and tests ask of one."""

    def __init__(self, pid: int, ended: Callable[[], int | None]) -> None:
        self.pid = pid
        self._ended = ended
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        if self._code is None:
            self._code = self._ended()
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code once it has ended; TimeoutExpired when that takes longer."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if timeout is not None and until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _code_of(pid: int) -> int | None:
    """Return the exit code of a process that this one began, None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


class Copies:
    """The process with everything loaded; it begins portals, and says how they ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel, other = socket.socketpair()
        wanted = ("PATH", "HOME", "LANG", "TMPDIR", RUN, SEEN)
        kept = {name: value for name, value in os.environ.items() if name in wanted}
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.harness.warm", str(other.fileno())],
                cwd=ROOT,
                env=kept,
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                start_new_session=True,
            )
        self._answers = self._channel.makefile()
        atexit.register(self.close)

    def _ask(self, **question: object) -> Any:
        with self._lock:
            self._channel.sendall(json.dumps(question).encode() + b"\n")
            return json.loads(self._answers.readline())

    def begin(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> Begun:
        """Begin a process that runs this module of Python, in a session of its own."""
        pid = self._ask(command=list(command), environment=dict(environment), log=str(log))
        return Begun(pid, lambda: self._ask(ended=pid))

    def close(self) -> None:
        """End it; what it began goes on."""
        self._answers.close()
        self._channel.close()
        self._process.wait()


_copies: list[Copies] = []


def copies() -> Copies:
    """The process that begins the portals of this one."""
    if not _copies:
        _copies.append(Copies())
    return _copies[0]


def _asked(channel: socket.socket) -> Command:
    """Answer until somebody wants a copy; return in that copy, with what it is to run."""
    with channel, channel.makefile() as lines:
        for line in lines:
            question = json.loads(line)
            if "ended" in question:
                answer = _code_of(question["ended"])
            elif (answer := os.fork()) == 0:
                os.setsid()
                log = os.open(question["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
                for stream in (1, 2):
                    os.dup2(log, stream)
                os.close(log)
                return question["command"], question["environment"]
            channel.sendall(json.dumps(answer).encode() + b"\n")
    sys.exit()


def _beside_its_worker(first: Command) -> Command:
    """Begin the worker as a copy too; return in each of both, with what it is to run."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(writing)
        with os.fdopen(reading) as told:
            # Nothing is told when the first process ends before it wants a worker.
            environment = told.read() or sys.exit()
        return WORK, json.loads(environment)
    os.close(reading)
    again = tree.start_worker

    def start_worker() -> Any:
        tree.start_worker = again
        with os.fdopen(writing, "w") as telling:
            json.dump(tree.environment_of_worker(), telling)
        return Begun(pid, lambda: _code_of(pid))

    tree.start_worker = start_worker
    return first


def _find_templates(folder: Path, flask: Flask) -> int:
    """Let a web process find its templates as others have compiled them, instead of compiling."""
    flask.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return 0


def main() -> None:
    """Be the process that portals are copies of, and then one of them."""
    front.warm_templates = partial(_find_templates, folder_of("templates"))
    gc.collect()
    gc.freeze()
    command, environment = _asked(socket.socket(fileno=int(sys.argv[1])))
    if command == SERVE:
        command, environment = _beside_its_worker((command, environment))
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [*command]
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
