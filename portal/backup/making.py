"""Makes a backup while the portal runs: one moment of the database, then the files."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Connection, text

from portal.backup.archive import NoBackup, Tally, Writing
from portal.backup.encryption import encrypted
from portal.backup.manifest import FORMAT, Manifest, TableSaid
from portal.backup.models import BackupMade
from portal.backup.rows import Shape, count_rows, line_of, rows_of, shapes_of
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.schema import newest_revision, revision_of
from portal.core.sealing import key_names
from portal.core.version import VERSION
from portal.services.storage import NotStored, is_key, storage

# Columns that hold the key of a stored file, and those whose text is sealed with SECRET_KEY.
FILE_COLUMN = "_key"
SEALED_COLUMN = "sealed_"
# Fast rather than small: a backup is mostly documents, which no longer shrink.
EFFORT = 3

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands where it was wanted."""

    path: Path
    size: int
    manifest: Manifest
    is_encrypted: bool


def place_in(folder: Path, *, is_encrypted: bool) -> Path:
    """Return where in a folder a backup of this moment stands."""
    name = f"groeipact-{clock.now():%Y%m%d-%H%M%S}.tar"
    return folder / (f"{name}.age" if is_encrypted else name)


def work_ahead() -> int:
    """Return how many rows and files a backup would hold now, for a progress bar."""
    with one_moment() as connection:
        rows = sum(count_rows(connection, shape) for shape in shapes_of(connection))
    return rows + sum(1 for _file in storage().files())


def make(place: Path, *, recipients: Sequence[str], progress: Progress) -> Made:
    """Write a backup aside and give it its name when it is whole; NoBackup where one stands.

    `progress` is told how many rows and files were added. Whatever was acknowledged before the
    call is in it. The database keeps that it was made, unless its schema is an older one.
    """
    if place.exists():
        raise NoBackup(f"{place} is there already: it was left as it is.")
    aside = place.with_name(f".{place.name}.unfinished")
    try:
        with open(aside, "xb", opener=_for_us_alone) as file:
            manifest = _write(file, place.parent, recipients, progress)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        aside.rename(place)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    made = Made(place, size, manifest, is_encrypted=bool(recipients))
    if manifest.schema == newest_revision():
        keep_note(made)
    return made


def keep_note(made: Made) -> None:
    """Keep that a backup was made, in a database whose schema fits."""
    with write_section():
        db.session.add(
            BackupMade(
                made_at=datetime.fromisoformat(made.manifest.made_at),
                size=made.size,
                is_encrypted=made.is_encrypted,
                missing=len(made.manifest.missing),
            )
        )


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(
    file: IO[bytes], folder: Path, recipients: Sequence[str], progress: Progress
) -> Manifest:
    with encrypted(file, recipients) as target, TemporaryFile(dir=folder) as parts:
        return _Backup(Writing(target, parts), folder, progress).write()


@contextmanager
def one_moment() -> Iterator[Connection]:
    """Give a connection that sees the database as it is now, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        yield connection


class _Backup:
    """A backup in the making."""

    def __init__(self, writing: Writing, folder: Path, progress: Progress) -> None:
        self._writing, self._folder, self._progress = writing, folder, progress
        self._tables: dict[str, TableSaid] = {}
        self._named: set[str] = set()
        self._sealed = 0

    def write(self) -> Manifest:
        """Write rows, files and what they are; return the last."""
        made_at = clock.now()
        with one_moment() as connection:
            shapes = shapes_of(connection)
            if not shapes:
                raise NoBackup("There is no portal here: its database has no tables.")
            schema = revision_of(connection) or ""
            database = _server_of(connection)
            for shape in shapes:
                self._add_table(connection, shape)
        found, size = self._add_files()
        manifest = Manifest(
            format=FORMAT,
            portal=VERSION,
            made_at=made_at.isoformat(timespec="seconds"),
            schema=schema,
            database=database,
            key_names=key_names(),
            sealed_secrets=self._sealed,
            tables=self._tables,
            files=len(found),
            file_bytes=size,
            missing=tuple(sorted(self._named - found)),
        )
        self._writing.finish(manifest.written())
        return manifest

    def _add_table(self, connection: Connection, shape: Shape) -> None:
        tally, count = Tally(), 0
        with TemporaryFile(dir=self._folder) as packed:
            with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=EFFORT, mtime=0) as lines:
                for row in rows_of(connection, shape):
                    self._notice(shape, row)
                    lines.write(tally.add(line_of(row)))
                    count += 1
                    self._progress(1)
            size = packed.tell()
            packed.seek(0)
            self._writing.add(f"rows/{shape.name}.jsonl.gz", packed, size)
        self._tables[shape.name] = TableSaid(shape.kinds, shape.key, count, tally.sha256)

    def _notice(self, shape: Shape, row: list[object]) -> None:
        for column, value in zip(shape.kinds, row, strict=True):
            if column.startswith(SEALED_COLUMN) and value is not None:
                self._sealed += 1
            if column.endswith(FILE_COLUMN) and isinstance(value, str) and is_key(value):
                self._named.add(value)

    def _add_files(self) -> tuple[set[str], int]:
        """Add every stored file; return their keys, and how many bytes they are."""
        found, size = set(), 0
        for file in sorted(storage().files(), key=lambda file: file.key):
            try:
                source = storage().open(file.key)
            except NotStored:
                # Swept away meanwhile. If a row names it, the manifest says that it is missing.
                continue
            with source:
                self._writing.add(f"files/{file.key}", source, file.size)
            found.add(file.key)
            size += file.size
            self._progress(1)
        return found, size


def _server_of(connection: Connection) -> str:
    version = ".".join(str(part) for part in connection.dialect.server_version_info or ())
    return f"{connection.dialect.name} {version}"
