"""The change log says of every version what it brings and what an operator does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from portal.core.version import VERSION

ROOT = Path(__file__).parents[1]
HEADING = re.compile(r"^## (\d+\.\d+\.\d+)$", re.MULTILINE)


def test_it_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = HEADING.findall(text)
    assert versions[0] == VERSION
    assert len(versions) == len(set(versions))
    for chapter in HEADING.split(text)[2::2]:
        assert "### Wat u moet doen" in chapter


def test_it_has_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
