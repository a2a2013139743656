"""Makes, verifies and restores a large backup, and says how much memory each took at most.

    python -m bench.keep [--megabytes 1000] [--folder /var/tmp]

The same is done with a tenth of it: when memory is flat, the ratio of the two peaks is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.fill import SMALL, fill
from bench.place import Place
from portal.backup.commands import Incomplete
from portal.services.storage import new_key, storage

FILE_BYTES = 10_000_000
# In seconds.
LOOK_EVERY = 0.02
STEPS = ("backup", "verify", "restore")


def peak_of(place: Place, *words: str) -> int:
    """Run a command of the portal on this place; return its largest memory, in bytes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=place.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # What the system counts for a child that ended also holds what its parent was.
    peak = 0
    while process.poll() is None:
        peak = max(peak, _high_water(process.pid))
        time.sleep(LOOK_EVERY)
    # The large database names documents that were never stored, which a backup says.
    if process.returncode not in (0, Incomplete.exit_code):
        raise SystemExit(f"flask {words[0]} ended with {process.returncode}")
    return peak


def _high_water(number: int) -> int:
    """Return the largest memory that a running process had so far, in bytes; 0 when it ended."""
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def fill_files(place: Place, size: int) -> None:
    """Store files of this many bytes together, at least one."""
    with place.portal().app_context():
        for _number in range(max(1, size // FILE_BYTES)):
            storage().put(new_key("pdf"), os.urandom(min(size, FILE_BYTES)))


def measure(folder: Path, size: int) -> dict[str, int]:
    """Return the largest memory of each step, in bytes, with files of `size` bytes."""
    full, empty = Place.at(folder / "full"), Place.at(folder / "empty")
    fill(full, SMALL)
    fill_files(full, size)
    kept = str(folder / "kept.tar")
    return {
        "backup": peak_of(full, "backup", kept),
        "verify": peak_of(full, "backup", "--verify", kept),
        "restore": peak_of(empty, "restore", kept),
    }


def report(folder: Path, size: int) -> float:
    """Print both sizes and their ratio; return the largest ratio."""
    found = []
    for bytes_kept in (size // 10, size):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            found.append(measure(Path(place), bytes_kept))
        told = ", ".join(f"{step} {found[-1][step] / 1e6:.0f} MB" for step in STEPS)
        print(f"{bytes_kept / 1e6:7.0f} MB of files: {told}")
    ratios = {step: found[1][step] / found[0][step] for step in STEPS}
    print("ratio of the peaks: " + ", ".join(f"{step} {ratios[step]:.2f}" for step in STEPS))
    return max(ratios.values())


def main() -> int:
    """Measure; 1 when memory grows with what is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    asked = parser.parse_args()
    return int(report(asked.folder, asked.megabytes * 1_000_000) > 1.2)


if __name__ == "__main__":
    sys.exit(main())
