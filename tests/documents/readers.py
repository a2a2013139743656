"""Readers of files: what they may use in a test, and which of them are still running."""

from __future__ import annotations

from contextlib import suppress

import psutil

from portal.documents.sandbox import Limits, Turns
from tests.harness.databases import run_folder

LIMITS = Limits(turns=Turns(run_folder() / "readers", 2))


def readers_running() -> list[psutil.Process]:
    """Return the children that read files: a browser or a served portal may be there too."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if any("sandbox/entry" in word for word in child.cmdline()):
                found.append(child)
    return found
