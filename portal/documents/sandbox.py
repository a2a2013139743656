"""Hostile files opened in a child process with limits, so that none can stop or fill the portal."""

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

_ENTRY = Path(__file__).with_name("sandbox_entry.py")
_MAX_ANSWER = 4_000_000
# Every child may use its whole memory limit: two at once bound what uploads cost the machine.
_SLOTS = threading.BoundedSemaphore(2)


class SandboxBusy(Exception):
    """Other files were being read for longer than a request can wait."""


class SandboxFailed(Exception):
    """The reader crashed, or needed more time or memory than it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use, and how long a request waits for its turn."""

    cpu_seconds: int = 3
    wall_seconds: float = 15.0
    memory_bytes: int = 640 * 1024 * 1024
    wait_seconds: float = 20.0


def run_reader(
    reader: Path, argument: str, content: bytes = b"", limits: Limits | None = None
) -> dict[str, object]:
    """Return what `read(argument)` of the reader answers; `content` is its standard input.

    The reader is a file that imports nothing of the portal. SandboxFailed and SandboxBusy are the
    only other ways out. Starts a new process and forks no threads: safe from any thread.
    """
    limits = limits or Limits()
    if not _SLOTS.acquire(timeout=limits.wait_seconds):
        raise SandboxBusy
    try:
        returncode, output = _run(reader, argument, content, limits)
    finally:
        _SLOTS.release()
    return _answer(reader, returncode, output)


def _run(reader: Path, argument: str, content: bytes, limits: Limits) -> tuple[int | None, bytes]:
    command = [sys.executable, "-I", str(_ENTRY), str(limits.cpu_seconds)]
    command += [str(limits.memory_bytes), str(reader), argument]
    # No environment: it holds secrets of the portal.
    with subprocess.Popen(  # noqa: S603
        command,
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


def _answer(reader: Path, returncode: int | None, output: bytes) -> dict[str, object]:
    try:
        answer = json.loads(output)
    except ValueError:
        answer = {"failed": f"{len(output)} bytes, return code {returncode}"}
    if not isinstance(answer, dict) or "failed" in answer:
        failure = str(answer)
        event("file_reader_failed", level=logging.WARNING, reader=reader.stem, answer=failure)
        raise SandboxFailed
    return answer
