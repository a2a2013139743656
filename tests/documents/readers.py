"""Which readers of files this process has left running."""

from __future__ import annotations

from contextlib import suppress

import psutil


def readers_running() -> list[psutil.Process]:
    """Return the children that read files: a browser or a served portal may be there too."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if any("sandbox_entry" in word for word in child.cmdline()):
                found.append(child)
    return found
