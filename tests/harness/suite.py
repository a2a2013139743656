"""Every check: style, layers and types beside the pure tests, then the tests on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.seen import SEEN
from tests.harness.spent import dearest

# What each of the three runs takes; the last two take the same tests.
RUNS = {
    "pure": ["--kind=pure"],
    "sqlite": ["--kind=database", "--database=sqlite"],
    "postgresql": ["--kind=database", "--database=postgresql"],
}
RESULTS = Path("test-results")
PROCESSES = "2"
# More than this is no crowding: then nothing is tried again.
FEW = 10
# So many files are named that cost most.
DEAREST = 5


@dataclass
class Outcome:
    """What one run counted."""

    name: str
    server: str = "nothing was counted"
    collected: int = 0
    outcomes: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    code: int = 1
    # What failed beside the others, and passed alone.
    shaky: list[str] = field(default_factory=list)
    # Test -> processor seconds.
    spent: dict[str, float] = field(default_factory=dict)

    def those(self, outcome: str) -> list[str]:
        """The tests of which this came."""
        return sorted(test for test, came in self.outcomes.items() if came == outcome)

    @property
    def passed(self) -> int:
        return len(self.those("passed"))

    @property
    def failed(self) -> int:
        return len(self.those("failed"))

    def __str__(self) -> str:
        counts = f"{self.passed} passed, {self.failed} failed, {len(self.those('skipped'))} skipped"
        return f"{self.name:<10} {counts} in {self.seconds:.0f} s: {self.server}"


def pytest(*arguments: str) -> int:
    """Run tests in a process of their own; return its exit code."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


def run(name: str, arguments: Sequence[str]) -> Outcome:
    """Run the tests of this name and count; the few that fail are tried once more, alone."""
    counts = RESULTS / f"{name}.json"
    counts.unlink(missing_ok=True)
    print(f"\n==> Tests: {name}", flush=True)
    begun = time.monotonic()
    # One by one: the journeys in a browser come first and are long, and no process gets them all.
    shared = ["-n", PROCESSES, "--dist=load", "--maxschedchunk=1", f"--counts={counts}"]
    code = pytest(*shared, *RUNS[name], *arguments)
    outcome = Outcome(name, code=code)
    if counts.exists():
        found = json.loads(counts.read_text())
        outcome.server, outcome.collected = found["server"], found["collected"]
        outcome.outcomes, outcome.spent = found["outcomes"], found["spent"]
    if 0 < outcome.failed <= FEW:
        try_alone(outcome)
    outcome.seconds = time.monotonic() - begun
    return outcome


def try_alone(outcome: Outcome) -> None:
    """Run the few tests that failed once more, with the machine to themselves.

    Browsers and served portals share two cores with each other: what fails twice is broken, what
    passes alone was crowded out. It is named and counted, for whoever wants to make it sturdier.
    """
    failed = outcome.those("failed")
    print(f"\n==> {len(failed)} failed beside the others: once more, alone", flush=True)
    if pytest(*RUNS[outcome.name], *failed) == 0:
        outcome.outcomes.update(dict.fromkeys(failed, "passed"))
        outcome.shaky, outcome.code = failed, 0


def faults_of(outcomes: Sequence[Outcome]) -> list[str]:
    """Return why the whole has failed: nothing, when all passed and the counts are as they must."""
    faults = []
    if any(outcome.code or outcome.failed for outcome in outcomes):
        faults.append("Some tests failed.")
    pure, *databases = outcomes
    if len({outcome.passed for outcome in databases}) != 1 or not databases[0].passed:
        faults.append("The counts of the databases must be equal, and more than zero.")
    for outcome in databases:
        if len(pure.outcomes) + len(outcome.outcomes) != outcome.collected:
            faults.append(f"There are {outcome.collected} tests, and not all have run.")
    return faults


def told(outcomes: Sequence[Outcome], seconds: float) -> list[str]:
    """Return the last lines but one: what each run counted, what is shaky, and the time."""
    lines = ["", "==> What came of it", *(f"    {outcome}" for outcome in outcomes)]
    shaky = [f"{test} ({outcome.name})" for outcome in outcomes for test in outcome.shaky]
    lines.append(f"    wankel (failed beside the others, passed alone): {len(shaky)}")
    lines += [f"        {test}" for test in shaky]
    lines.append("    the dearest files, in processor seconds:")
    lines += [
        f"        {line}" for line in dearest([outcome.spent for outcome in outcomes], DEAREST)
    ]
    minutes, rest = divmod(round(seconds), 60)
    return [*lines, f"    the whole took {minutes} min {rest} s"]


def main() -> int:
    """Run everything; 0 only when all of it is in order."""
    begun = time.monotonic()
    RESULTS.mkdir(exist_ok=True)
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="groeipact-seen-") as seen:
        os.environ[SEEN] = seen
        with (RESULTS / "checks.txt").open("w+") as written:
            verbs = ["make", "--no-print-directory", "lint", "types"]
            checks = subprocess.Popen(verbs, stdout=written, stderr=subprocess.STDOUT)
            outcomes = [run("pure", arguments)]
            code = checks.wait()
            written.seek(0)
            print(f"\n{written.read()}", flush=True)
        if code:
            print("Style, layers or types are not in order.")
            return 1
        outcomes += [run(name, arguments) for name in RUNS if name != "pure"]
    print("\n".join(told(outcomes, time.monotonic() - begun)))
    faults = faults_of(outcomes)
    print("\n".join(faults), end="\n" if faults else "")
    if faults:
        return 1
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
