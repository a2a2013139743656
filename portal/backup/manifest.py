"""What a backup says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.backup.archive import Damaged

FORMAT = 1


@dataclass(frozen=True, slots=True)
class TableSaid:
    """A table: the kind of each column, how many rows, and the SHA-256 of its lines."""

    kinds: Mapping[str, str]
    key: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup, and what it was made of."""

    format: int
    portal: str
    # In UTC, with seconds.
    made_at: str
    # The newest migration of the database that was read.
    schema: str
    # With the version of its server.
    database: str
    # What the keys are known by that sealed secrets; see core/sealing.py.
    key_names: tuple[str, ...]
    sealed_secrets: int
    tables: Mapping[str, TableSaid]
    files: int
    file_bytes: int
    # Files that rows name and the store did not have.
    missing: tuple[str, ...]

    def written(self) -> bytes:
        """Return it as it stands in a backup."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode() + b"\n"

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def read_manifest(written: bytes) -> Manifest:
    """Return what a manifest says; Damaged for none, and for one of a later portal."""
    try:
        said: dict[str, Any] = json.loads(written)
        if said["format"] != FORMAT:
            raise Damaged(f"It has format {said['format']}; this portal reads format {FORMAT}.")
        said["tables"] = {
            name: TableSaid(**(table | {"key": tuple(table["key"])}))
            for name, table in said["tables"].items()
        }
        said["key_names"], said["missing"] = tuple(said["key_names"]), tuple(said["missing"])
        return Manifest(**said)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Damaged("Its manifest cannot be read.") from fault
