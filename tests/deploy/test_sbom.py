"""The bills of materials: valid, and every package of both locks stands in them."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion

from tests.deploy.files import ROOT, run

PINNED = re.compile(r"(?m)^([a-z0-9-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")


@pytest.fixture(scope="module")
def bills() -> Path:
    """The folder in which `make sbom` wrote."""
    run("make", "--no-print-directory", "sbom")
    return ROOT / "sbom"


def packages_in(bill: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["name"], one["version"]) for one in bill["components"]}


def locked_by_pip() -> set[tuple[str, str]]:
    """Return what the lock of the portal itself has."""
    return set(PINNED.findall((ROOT / "requirements/base.txt").read_text()))


def locked_by_npm() -> set[tuple[str, str]]:
    """Return what package-lock.json has, but for what only builds."""
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {
        (place.rpartition("node_modules/")[2], one["version"])
        for place, one in lock.items()
        if place and not one.get("dev") and not one.get("devOptional")
    }


@pytest.mark.parametrize(
    ("name", "version", "locked"),
    [
        ("python", SchemaVersion.V1_6, locked_by_pip()),
        ("front-end", SchemaVersion.V1_5, locked_by_npm()),
    ],
    ids=["python", "front-end"],
)
def test_it_is_valid_and_names_every_package(
    bills: Path, name: str, version: SchemaVersion, locked: set[tuple[str, str]]
) -> None:
    # Imported here: it reads grammars for seconds, and every process of the tests would wait.
    validation = import_module("cyclonedx.validation.json")
    text = (bills / f"{name}.cdx.json").read_text()
    fault = validation.JsonStrictValidator(version).validate_str(text)
    assert fault is None, fault
    assert len(locked) > 10
    assert packages_in(json.loads(text)) == locked
