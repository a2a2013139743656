"""Hostile files opened in a child process that reaches nothing else and fills no machine."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.core.log import event
from portal.documents.sandbox.turns import SandboxBusy, Turns

__all__ = ["Limits", "SandboxBusy", "SandboxFailed", "Turns", "missing", "run_reader"]

_ENTRY = Path(__file__).with_name("entry.py")
_READ_NOTHING = Path(__file__).with_name("read_nothing.py")
_MAX_ANSWER = 4_000_000


class SandboxFailed(Exception):
    """The reader crashed, or needed more time or memory than it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use, and how long a request waits for one of the turns."""

    turns: Turns
    cpu_seconds: int = 3
    wall_seconds: float = 15.0
    memory_bytes: int = 640 * 1024 * 1024
    wait_seconds: float = 20.0


def run_reader(
    reader: Path, argument: str, *, limits: Limits, content: bytes = b"", file: Path | None = None
) -> dict[str, object]:
    """Return what `read(argument)` of the reader answers; `content` is its standard input.

    The reader imports nothing of the portal, and can open no file but `file`. SandboxFailed and
    SandboxBusy are the only other ways out. Starts a new process and forks no threads: safe from
    any thread.
    """
    with limits.turns.one(limits.wait_seconds):
        _missing, answer = _said(reader, argument, content, str(file or ""), limits)
    return answer


def missing(limits: Limits) -> list[str]:
    """Return what the kernel lacks to keep readers from everything: landlock, seccomp.

    SandboxFailed when readers do not start at all here.
    """
    return _said(_READ_NOTHING, "", b"", "", limits)[0]


def _said(
    reader: Path, argument: str, content: bytes, file: str, limits: Limits
) -> tuple[list[str], dict[str, object]]:
    """Return what is missing, and the answer; SandboxFailed without one, and the log says why."""
    returncode, output = _run([str(reader), argument, file], content, limits)
    try:
        said = json.loads(output)
    except ValueError:
        said = {"failed": f"{len(output)} bytes, return code {returncode}"}
    answer = said.get("answer") if isinstance(said, dict) else None
    if not isinstance(answer, dict):
        event("file_reader_failed", level=logging.WARNING, reader=reader.stem, answer=str(said))
        raise SandboxFailed
    return said["missing"], answer


def _run(asked: list[str], content: bytes, limits: Limits) -> tuple[int | None, bytes]:
    command = [sys.executable, "-I", str(_ENTRY), str(limits.cpu_seconds)]
    # No environment: it holds secrets of the portal.
    with subprocess.Popen(  # noqa: S603
        [*command, str(limits.memory_bytes), *asked],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    ) as child:
        alarm = threading.Timer(limits.wall_seconds, child.kill)
        alarm.start()
        try:
            output = _talk(child, content)
        finally:
            alarm.cancel()
            child.kill()
    return child.returncode, output


def _talk(child: subprocess.Popen[bytes], content: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        return b""
    # A child that died reads nothing; its return code and its output say that it died.
    with suppress(BrokenPipeError):
        child.stdin.write(content)
    with suppress(BrokenPipeError):
        child.stdin.close()
    return child.stdout.read(_MAX_ANSWER)
