"""The child process that reads hostile files: what it may not do, and what is left of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from portal.documents import sandbox
from portal.documents.sandbox import SandboxBusy, SandboxFailed, Turns, missing, run_reader
from tests.documents.readers import LIMITS, readers_running
from tests.harness.databases import run_folder
from tests.harness.log_fixtures import LogLines

QUICK = replace(LIMITS, cpu_seconds=1, wall_seconds=1.5, memory_bytes=200_000_000)
# A reader that tells what became of an attempt instead of an answer.
ATTEMPT = """
import ctypes, os, resource, signal, socket, sys, threading, time


def attempt(argument):
    {body}


def read(argument):
    try:
        return {{"did": str(attempt(argument))}}
    except OSError as refusal:
        return {{"refused": refusal.errno}}
"""
# What hostile code would do -> the part of the kernel that keeps it from that.
FILES, CALLS = "landlock", "seccomp"
ATTEMPTS = {
    "environment of the portal": (
        FILES,
        "return open(f'/proc/{os.getppid()}/environ', 'rb').read()",
    ),
    "database": (FILES, "return open(argument, 'rb').read()"),
    "change the database": (FILES, "return open(argument, 'r+b')"),
    "files of the machine": (FILES, "return open('/etc/passwd').read()"),
    "look around": (FILES, "return os.listdir(os.path.dirname(argument))"),
    "remove": (FILES, "return os.unlink(argument)"),
    "make a folder": (FILES, "return os.mkdir(argument + '.new')"),
    "open the database to others": (CALLS, "return os.chmod(argument, 0o666)"),
    "socket": (CALLS, "return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    "socket of a program": (CALLS, "return socket.socket(socket.AF_UNIX)"),
    "new process": (CALLS, "return os.fork() or os._exit(0)"),
    "program": (CALLS, "return os.execv('/bin/true', ['true'])"),
    "program by another way": (CALLS, "return os.posix_spawn('/bin/true', ['true'], {})"),
    "stop the portal": (CALLS, "return os.kill(os.getppid(), 0)"),
    "slow the portal": (CALLS, "return os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)"),
    "limit the portal": (
        CALLS,
        "return resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
    ),
}


@pytest.fixture
def reader(tmp_path: Path) -> Callable[[str], Path]:
    def write(body: str) -> Path:
        path = tmp_path / "reader.py"
        path.write_text(f"import os, signal, sys, time\n\n\ndef read(argument):\n    {body}\n")
        return path

    return write


@pytest.fixture
def attempt(tmp_path: Path) -> Callable[..., dict[str, object]]:
    """What becomes of an attempt of hostile code in a reader."""

    def run(body: str, argument: str = "", file: Path | None = None) -> dict[str, object]:
        path = tmp_path / "hostile.py"
        path.write_text(ATTEMPT.format(body=body))
        return run_reader(path, argument, limits=LIMITS, file=file)

    return run


@pytest.fixture(scope="module")
def lacking() -> list[str]:
    """What the kernel of this machine lacks."""
    return missing(LIMITS)


def test_answers_with_what_the_reader_says(reader: Callable[[str], Path]) -> None:
    body = "return {'argument': argument, 'bytes': len(sys.stdin.read())}"
    said = run_reader(reader(body), "é", limits=LIMITS, content=b"abc")
    assert said == {"argument": "é", "bytes": 3}


class TestReach:
    @pytest.mark.parametrize("name", ATTEMPTS)
    def test_keeps_hostile_code_from_all_that_the_kernel_can_keep_it_from(
        self,
        attempt: Callable[..., dict[str, object]],
        lacking: list[str],
        tmp_path: Path,
        name: str,
    ) -> None:
        database = tmp_path / "portal.sqlite3"
        database.write_text("geheim")
        database.chmod(0o600)
        part, body = ATTEMPTS[name]
        became = attempt(body, str(database))
        assert ("refused" in became) is (part not in lacking), became
        if part not in lacking:
            assert database.read_text() == "geheim"
            assert database.stat().st_mode & 0o777 == 0o600

    def test_keeps_it_from_a_server_that_listens(
        self, attempt: Callable[..., dict[str, object]], lacking: list[str]
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            became = attempt(f"return socket.create_connection(('127.0.0.1', {port}), 2)")
        assert ("refused" in became) is (CALLS not in lacking)

    def test_lets_it_open_the_file_that_it_is_to_read_and_nothing_beside_it(
        self, attempt: Callable[..., dict[str, object]], lacking: list[str], tmp_path: Path
    ) -> None:
        for name in ("upload", "other"):
            (tmp_path / name).write_text(name)
        body = "return open(argument).read()"
        file = tmp_path / "upload"
        assert attempt(body, str(file), file) == {"did": "upload"}
        beside = attempt(body, str(tmp_path / "other"), file)
        assert ("refused" in beside) is (FILES not in lacking)
        written = attempt("return open(argument, 'r+').write('x')", str(file), file)
        assert "refused" in written or FILES in lacking
        assert file.read_text() == "upload"

    def test_hands_it_nothing_of_the_portal(
        self, attempt: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "geheim")
        assert "geheim" not in str(attempt("return dict(os.environ)"))
        with (run_folder() / "held").open("w") as held:
            os.set_inheritable(held.fileno(), True)
            open_now = "return [n for n in range(64) if ctypes.CDLL(None).fcntl(n, 1) >= 0]"
            assert attempt(open_now) == {"did": "[0, 1, 2]"}

    def test_still_lets_it_use_threads(self, attempt: Callable[..., dict[str, object]]) -> None:
        body = "said = []; t = threading.Thread(target=said.append, args=(1,)); t.start(); t.join()"
        assert attempt(f"{body}; return said") == {"did": "[1]"}

    def test_says_what_the_kernel_lacks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An older kernel answers to these calls that it does not know them."""
        folder = Path(sandbox.__file__).parent
        code = (folder / "confine.py").read_text().replace("444, 445, 446", "1444, 1445, 1446")
        (tmp_path / "confine.py").write_text(code.replace('"x86_64": (', '"other": ('))
        (tmp_path / "entry.py").write_text((folder / "entry.py").read_text())
        monkeypatch.setattr(sandbox, "_ENTRY", tmp_path / "entry.py")
        assert missing(LIMITS)[0] == "landlock"


class TestMistakes:
    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ("time.sleep(60); return {}", "return code -9"),
            ("return {'x': len(bytearray(400_000_000))}", "MemoryError"),
            ("import ctypes; ctypes.string_at(1)", "return code -11"),
            ("os._exit(0)", "0 bytes, return code 0"),
            ("raise RuntimeError('broken')", "RuntimeError('broken')"),
            ("return ['no', 'object']", "['no', 'object']"),
            ("return {'x': 'x' * 9_000_000}", "4000000 bytes"),
        ],
        ids=["asleep", "memory", "crash", "silent", "error", "shape", "flood"],
    )
    def test_ends_a_reader_that_goes_wrong_and_tells_the_operator(
        self, reader: Callable[[str], Path], log_lines: LogLines, body: str, told: str
    ) -> None:
        with pytest.raises(SandboxFailed):
            run_reader(reader(body), "x", limits=QUICK)
        assert readers_running() == []
        (line,) = log_lines()
        assert line["event"] == "file_reader_failed"
        assert told in line["answer"]

    def test_ends_a_reader_that_only_burns_time(
        self, reader: Callable[[str], Path], log_lines: LogLines
    ) -> None:
        with pytest.raises(SandboxFailed):
            limits = replace(LIMITS, cpu_seconds=1, wall_seconds=60)
            run_reader(reader("while True: pass"), "x", limits=limits)
        assert f"return code -{signal.SIGXCPU:d}" in log_lines()[0]["answer"]

    def test_survives_a_reader_that_does_not_listen(self, reader: Callable[[str], Path]) -> None:
        with pytest.raises(SandboxFailed):
            run_reader(reader("os._exit(1)"), "x", limits=QUICK, content=bytes(5_000_000))


class TestTurns:
    @pytest.fixture
    def turns(self, tmp_path: Path) -> Turns:
        return Turns(tmp_path / "turns", 2)

    def test_says_that_it_is_busy_instead_of_waiting_without_end(
        self, reader: Callable[[str], Path], turns: Turns
    ) -> None:
        limits = replace(LIMITS, turns=turns, wait_seconds=0.1)
        answering = reader("return {}")
        with turns.one(0), turns.one(0), pytest.raises(SandboxBusy):
            run_reader(answering, "x", limits=limits)
        assert run_reader(answering, "x", limits=limits) == {}

    def test_counts_over_all_processes_and_frees_the_turn_of_one_that_died(
        self, turns: Turns
    ) -> None:
        code = (
            "import sys, time, pathlib; from portal.documents.sandbox.turns import Turns\n"
            "with Turns(pathlib.Path(sys.argv[1]), 2).one(0): print('taken', flush=True)"
            "; time.sleep(60)"
        )
        command = [sys.executable, "-c", code, str(turns.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"taken\n"
            with turns.one(0), pytest.raises(SandboxBusy), turns.one(0):
                pass
            other.kill()
        with turns.one(0), turns.one(0):
            pass

    def test_lets_the_next_one_in_as_soon_as_a_turn_is_free(
        self, turns: Turns, reader: Callable[[str], Path]
    ) -> None:
        answering, held = reader("return {}"), ExitStack()
        held.enter_context(turns.one(0))
        held.enter_context(turns.one(0))
        waiting = replace(LIMITS, turns=turns, wait_seconds=60)
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(run_reader, answering, "x", limits=waiting)
            threading.Event().wait(0.2)
            assert not answer.done()
            held.close()
            assert answer.result() == {}
