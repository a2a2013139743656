"""What keeps the portal from starting, said in one line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.serve import PortTaken, wait_for_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Another portal: it shares its port with whoever allows that."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        found.bind(("127.0.0.1", 0))
        found.listen()
        yield found


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("sqlite:///{folder}/leeg.sqlite3", "db upgrade"),
        ("postgresql://nobody@127.0.0.1:1/nowhere", "does not answer"),
    ],
)
def test_it_refuses_a_database_that_it_cannot_work_with(
    tmp_path: Path, command: str, database: str, words: str
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "test",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database.format(folder=tmp_path),
    }
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", command]
    ended = subprocess.run(
        asked, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_it_takes_no_port_that_somebody_listens_on(listener: socket.socket) -> None:
    host, port = listener.getsockname()
    said: list[str] = []
    with pytest.raises(PortTaken):
        wait_for_port(host, port, said.append, patience=0)
    assert said == []


def test_it_says_that_it_waits_and_goes_on_when_the_port_is_free(listener: socket.socket) -> None:
    host, port = listener.getsockname()
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        listener.close()

    wait_for_port(host, port, say, patience=30)
    assert said == [f"Port {port} is in use. Waiting for whoever has it to stop."]
