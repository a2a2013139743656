"""Tables that were taken along, read back by programs that know nothing of this portal."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

from odfdo import Document

from tests.harness.client import Client

Rows = list[dict[str, Any]]


def read_csv(body: bytes) -> Rows:
    """Return the rows of a CSV by its heads."""
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_ods(body: bytes, sheet: int = 1) -> list[list[Any]]:
    """Return the cells of a sheet, the row of its heads first."""
    table = Document(BytesIO(body)).body.tables[sheet]
    return [list(row) for row in table.iter_values()]


def taken(client: Client, address: str, query: str = "") -> tuple[Rows, list[list[Any]], Any]:
    """Return what stands at an address as CSV, as ODS, and as JSON."""
    as_csv, as_ods, as_json = (
        client.get(f"{address}.{ending}{query}").body for ending in ("csv", "ods", "json")
    )
    return read_csv(as_csv), read_ods(as_ods), json.loads(as_json)
