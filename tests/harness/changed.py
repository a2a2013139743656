"""The inner loop: style, layers, types, and the tests of what changed; SQLite, no browser."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

# What a changed file leads to, when it is not a file with tests; the first that fits.
LEADS: tuple[tuple[str, list[str]], ...] = (
    (r"tests/journeys/.*", []),
    (r"tests/(?:harness/.*|conftest\.py)", ["tests/test_harness.py", "tests/test_suite.py"]),
    (r"tests/factories/.*", ["tests/test_factories.py"]),
    (r"tests/(\w+)/.*", [r"tests/\1"]),
    (r"portal/policy/.*", ["tests/test_policy.py", "tests/test_doors.py"]),
    (r"portal/web/.*", ["tests/web", "tests/test_doors.py"]),
    (r"portal/(\w+)/views.*", [r"tests/\1", "tests/test_doors.py"]),
    (r"portal/(?:serve|cli)\.py", ["tests/served"]),
    (r"portal/(\w+)(?:/.*|\.py)", [r"tests/\1", r"tests/test_\1.py"]),
    (r"templates/mail/(\w+?)_.*", ["tests/services/test_mail.py"]),
    (r"templates/(\w+)/.*", [r"tests/\1"]),
    (r"static/.*", ["tests/web/test_assets.py"]),
    (r"migrations/.*", ["tests/test_migrations.py"]),
    (r"README\.md", ["tests/test_readme.py"]),
    (r"bench/.*", ["tests/test_bench.py"]),
)
# These look at the whole house, whatever changed.
ALWAYS = ("tests/test_house.py",)
TEST_FILE = re.compile(r"tests/(?!journeys/).*test_\w+\.py")


def tests_of(changed: Iterable[str]) -> list[str]:
    """Return the files and folders with the tests of these files, as far as they are there."""
    found = set(ALWAYS)
    for name in changed:
        if TEST_FILE.fullmatch(name):
            found.add(name)
            continue
        for pattern, tests in LEADS:
            if fits := re.fullmatch(pattern, name):
                found.update(fits.expand(test) for test in tests)
                break
    return sorted(test for test in found if Path(test).exists())


def _git(*asked: str) -> list[str]:
    answer = subprocess.run(["git", *asked], capture_output=True, text=True, check=False)
    return answer.stdout.splitlines() if answer.returncode == 0 else []


def since(asked: str) -> str:
    """Return the commit to compare with: the one asked for, where the branch began, or the last.

    On a branch with nothing of its own the commit before the last one counts.
    """
    if asked:
        return asked
    [head] = _git("rev-parse", "HEAD")
    base = _git("merge-base", "origin/main", "HEAD")
    return base[0] if base and base[0] != head else "HEAD~1"


def changed_since(commit: str) -> list[str]:
    """Return what is not as it was at this commit, files that git does not know yet included."""
    return [
        *_git("diff", "--name-only", "--no-renames", commit),
        *_git("ls-files", "--others", "--exclude-standard"),
    ]


def main() -> int:
    """Check what changed since the commit that is asked for; 0 when it is in order."""
    begun = time.monotonic()
    commit = since(sys.argv[1] if len(sys.argv) > 1 else "")
    tests = tests_of(changed_since(commit))
    verbs = ["make", "--no-print-directory", "lint", "types"]
    checks = subprocess.Popen(verbs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"==> Tests of what changed since {commit[:12]}: {' '.join(tests)}", flush=True)
    asked = ["-q", "-n", "2", "--dist=worksteal", "--no-browser", "--database=sqlite", *tests]
    code = subprocess.run([sys.executable, "-m", "pytest", *asked], check=False).returncode
    written, _none = checks.communicate()
    print(written)
    print(f"==> {time.monotonic() - begun:.0f} s")
    return code or checks.returncode


if __name__ == "__main__":
    sys.exit(main())
