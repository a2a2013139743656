"""The child process that reads hostile files: what it may not do, and what is left of it."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.documents.sandbox import Limits, SandboxBusy, SandboxFailed, run_reader
from tests.documents.readers import readers_running

QUICK = Limits(cpu_seconds=1, wall_seconds=1.5, memory_bytes=200_000_000)


@pytest.fixture
def reader(tmp_path):
    def write(body: str) -> Path:
        path = tmp_path / "reader.py"
        path.write_text(f"import os, signal, sys, time\n\n\ndef read(argument):\n    {body}\n")
        return path

    return write


def test_answers_with_what_the_reader_says(reader):
    said = run_reader(
        reader("return {'argument': argument, 'bytes': len(sys.stdin.read())}"), "é", b"abc"
    )
    assert said == {"argument": "é", "bytes": 3}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("time.sleep(60); return {}", "return code -9"),
        ("return {'x': len(bytearray(400_000_000))}", "MemoryError"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "return code -11"),
        ("os._exit(0)", "0 bytes, return code 0"),
        ("raise RuntimeError('broken')", "RuntimeError('broken')"),
        ("return ['no', 'object']", "['no', 'object']"),
        ("return {'x': 'x' * 9_000_000}", "4000000 bytes"),
    ],
    ids=["asleep", "memory", "crash", "silent", "error", "shape", "flood"],
)
def test_ends_a_reader_that_goes_wrong_and_tells_the_operator(reader, log_lines, body, told):
    with pytest.raises(SandboxFailed):
        run_reader(reader(body), "x", limits=QUICK)
    assert readers_running() == []
    (line,) = log_lines()
    assert line["event"] == "file_reader_failed"
    assert told in line["answer"]


def test_ends_a_reader_that_only_burns_time(reader, log_lines):
    with pytest.raises(SandboxFailed):
        run_reader(reader("while True: pass"), "x", limits=Limits(cpu_seconds=1, wall_seconds=60))
    assert f"return code -{signal.SIGXCPU:d}" in log_lines()[0]["answer"]


def test_gives_the_reader_no_environment(reader, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    assert "geheim" not in str(run_reader(reader("return dict(os.environ)"), "x"))


def test_lets_the_reader_write_no_file(reader, tmp_path):
    target = tmp_path / "written"
    with pytest.raises(SandboxFailed):
        run_reader(
            reader("os.write(os.open(argument, os.O_CREAT | os.O_WRONLY), b'x'); return {}"),
            str(target),
        )
    assert not target.exists() or target.read_bytes() == b""


def test_survives_a_reader_that_does_not_listen(reader):
    with pytest.raises(SandboxFailed):
        run_reader(reader("os._exit(1)"), "x", bytes(5_000_000), QUICK)


def test_says_that_it_is_busy_instead_of_waiting_without_end(reader, tmp_path):
    body = "os.mkdir(argument)\n    while os.path.isdir(argument): time.sleep(0.02)\n    return {}"
    waiting = reader(body)
    places = [tmp_path / "one", tmp_path / "two"]
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(run_reader, waiting, str(place)) for place in places]
        while not all(
            place.exists() or answer.done() for place, answer in zip(places, answers, strict=True)
        ):
            threading.Event().wait(0.02)
        with pytest.raises(SandboxBusy):
            run_reader(waiting, str(tmp_path / "three"), limits=Limits(wait_seconds=0.01))
        for place in places:
            place.rmdir()
        assert [answer.result() for answer in answers] == [{}, {}]
    assert run_reader(reader("return {}"), "x") == {}
