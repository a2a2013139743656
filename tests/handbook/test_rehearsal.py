"""The handbook, followed word for word: install, first day, backup, and back on another machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.handbook.machine import run_on_a_machine
from tests.harness.databases import Database


def rehearse(folder: Path, *words: str) -> dict[str, Any]:
    """Follow the handbook on a machine whose disk is `folder`; return what was seen there."""
    folder.mkdir()
    done = run_on_a_machine(folder, "tests.handbook.rehearsal", *words)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    found: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return found


@pytest.mark.timeout(600)
def test_who_follows_it_has_a_portal_and_gets_it_back_as_it_was(
    database: Database, worker: str, tmp_path: Path
) -> None:
    one, other = (database.blank(f"handbook_{name}_{worker}") for name in ("one", "other"))
    first = rehearse(tmp_path / "one", "first", one)
    again = rehearse(tmp_path / "other", "second", other, str(tmp_path / "one"))

    assert len(first["shown"]) > 40
    assert any(path.endswith(".pdf") for path in first["shown"])
    assert again["shown"] == first["shown"]
    # Two moderators with telephones: each read the same on both machines.
    assert len(first["desk"]) == 2
    assert all("Een goed plan." in read for read in first["desk"])
    assert again["desk"] == first["desk"]

    proxy = first["proxy"]
    assert proxy["home"].startswith("HTTP/2 200")
    assert "strict-transport-security: max-age=" in proxy["home"].lower()
    assert proxy["open"].startswith("HTTP/1.1 301")
    assert "Location: https://groeipact.example/groeipact" in proxy["open"]
    assert proxy["challenge"].endswith("proof")
    assert proxy["health"].startswith("HTTP/2 404")
    assert proxy["by its side"].startswith("HTTP/1.0 200")
    # A name of somebody else's gets nothing of the portal.
    assert proxy["another name"] == "nothing\n"
