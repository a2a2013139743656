"""Both runs of the tests, one after the other, and the two counts side by side."""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

DATABASES = ("sqlite", "postgresql")
RESULTS = Path("test-results")
PROCESSES = "2"
# More than this is no crowding: then nothing is tried again.
FEW = 10


@dataclass(frozen=True)
class Outcome:
    """What one run counted."""

    server: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int

    def __str__(self) -> str:
        return (
            f"{self.passed} passed, {self.failed} failed, {self.skipped} stepped aside "
            f"in {self.seconds:.0f} s on {self.server}"
        )


def run(database: str) -> Outcome:
    """Run every test on one database and count."""
    report = RESULTS / f"{database}.xml"
    report.unlink(missing_ok=True)
    print(f"\n==> Tests on {database}", flush=True)
    begun = time.monotonic()
    # Stealing work: the journeys in a browser stand side by side, and would all go to one process.
    asked = ["-n", PROCESSES, "--dist=worksteal", f"--database={database}"]
    asked += [f"--junitxml={report}", *sys.argv[1:]]
    code = subprocess.run([sys.executable, "-m", "pytest", *asked], check=False).returncode
    seconds = time.monotonic() - begun
    if not report.exists():
        return Outcome(database, 0, 0, 0, seconds, code or 1)
    root = ET.parse(report).getroot()
    server = root.find(".//property[@name='server']")
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in root.iter("testsuite"):
        counts = {name: total + int(suite.get(name, 0)) for name, total in counts.items()}
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    named = database if server is None else str(server.get("value"))
    if 0 < failed <= FEW and passed_alone(database, failed):
        passed, failed, code = passed + failed, 0, 0
    return Outcome(named, passed, failed, counts["skipped"], seconds, code)


def passed_alone(database: str, failed: int) -> bool:
    """Run the few tests that failed once more, with the machine to themselves, and say so.

    Browsers and served portals share two cores with each other: what fails twice is broken, what
    passes alone was crowded out, and stands here for whoever wants to make it sturdier.
    """
    print(f"\n==> {failed} failed beside the others: once more, alone, on {database}", flush=True)
    asked = ["--last-failed", "--last-failed-no-failures=none", f"--database={database}"]
    return subprocess.run([sys.executable, "-m", "pytest", *asked], check=False).returncode == 0


def main() -> int:
    """Run on every database; 0 only when all passed and the counts are equal."""
    RESULTS.mkdir(exist_ok=True)
    outcomes = [run(database) for database in DATABASES]
    print("\n==> Both runs")
    for outcome in outcomes:
        print(f"    {outcome}")
    if any(outcome.code or outcome.failed for outcome in outcomes):
        print("Some tests failed.")
        return 1
    if len({outcome.passed for outcome in outcomes}) != 1 or not outcomes[0].passed:
        print("The counts must be equal, and more than zero.")
        return 1
    total = sum(outcome.passed for outcome in outcomes)
    print(f"{total} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
