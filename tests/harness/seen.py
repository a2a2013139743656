"""What this run has looked at already, whichever of its processes did, on whichever database."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from tests.harness.databases import run_folder

SEEN = "PORTAL_TEST_SEEN"


def folder_of(name: str) -> Path:
    """Return a folder that the runs of one suite share, or the processes of one run."""
    folder = Path(os.environ.get(SEEN) or run_folder()) / name
    folder.mkdir(exist_ok=True)
    return folder


class Seen:
    """Things of one kind that passed their check; what did not pass is never put in."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._known: set[str] = set()

    def _mark(self, thing: str) -> Path:
        return folder_of("seen") / sha256(f"{self._kind} {thing}".encode()).hexdigest()

    def __contains__(self, thing: str) -> bool:
        return thing in self._known or self._mark(thing).exists()

    def add(self, thing: str) -> None:
        """Say that this passed."""
        self._known.add(thing)
        self._mark(thing).touch()
