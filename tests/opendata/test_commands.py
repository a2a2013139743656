"""Making the archive by hand."""

from __future__ import annotations

from flask import Flask

from portal.opendata.queries import find_archive
from tests.harness.client import Client


def test_an_operator_makes_it_by_hand(app: Flask, client: Client) -> None:
    result = app.test_cli_runner().invoke(args=["register", "zip"])
    assert result.exit_code == 0, result.output
    found = find_archive()
    assert found is not None and found.sha256 in result.output
    assert found.sha256 in client.get("opendata.show").main
