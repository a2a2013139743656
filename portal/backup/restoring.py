"""Reads a backup: verifies it, and puts it back into an empty place."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

from sqlalchemy import Connection, delete

from portal.backup.archive import Damaged, NoBackup
from portal.backup.encryption import decrypted
from portal.backup.manifest import Manifest
from portal.backup.reading import Part, Reading
from portal.backup.rows import (
    FILLED_BY_MIGRATIONS,
    Shape,
    count_on,
    first_filled,
    insert_lines,
    shapes_of,
    table_of,
)
from portal.core.db import db, short_transaction
from portal.core.gate import StillAtWork, UpgradeUnderWay, alone
from portal.core.private import make_folder
from portal.core.schema import is_known, migrate, newest_revision, revision_of
from portal.core.sealing import key_names
from portal.core.settings import settings
from portal.services.storage import storage

# How long whoever works in this place is waited for.
GATE_SECONDS = 5.0

Progress = Callable[[int], object]


class Refused(NoBackup):
    """A backup that cannot be put back here; nothing was changed, and the words say why."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was put back, and whether newer migrations were run over it."""

    manifest: Manifest
    was_upgraded: bool


def verify(place: Path, *, identity: Path | None, progress: Progress) -> Manifest:
    """Return what a backup holds when all of it can be read; Damaged otherwise.

    `progress` is told how many bytes were read.
    """
    with decrypted(place, identity) as source:
        reading = Reading(source)
        for part in reading.parts():
            while piece := part.source.read():
                progress(len(piece))
        return reading.manifest


def restore(
    place: Path, *, identity: Path | None, loses_secrets: bool, progress: Progress
) -> PutBack:
    """Put a backup back into an empty place, all of it or nothing; Refused and Damaged say why.

    With `loses_secrets` also where a key is lacking that sealed secrets in it.
    """
    with _kept_alone():
        manifest = put_back(
            place, identity=identity, loses_secrets=loses_secrets, progress=progress
        )
        is_older = manifest.schema != newest_revision()
        if is_older:
            migrate(newest_revision())
    return PutBack(manifest, is_older)


@contextmanager
def _kept_alone() -> Iterator[None]:
    """Let nobody begin to work in this place before everything is there."""
    try:
        with alone(GATE_SECONDS):
            yield
    except (UpgradeUnderWay, StillAtWork) as refusal:
        raise Refused("The portal runs in this place: restore needs an empty one.") from refusal


def put_back(
    place: Path, *, identity: Path | None, loses_secrets: bool, progress: Progress
) -> Manifest:
    """Put a backup back as `restore` does, and leave its schema as it is."""
    manifest = verify(place, identity=identity, progress=progress)
    _refuse_schema(manifest)
    _refuse_keys(manifest, loses_secrets=loses_secrets)
    _refuse_full(manifest)
    make_folder(settings().data_dir)
    migrate(manifest.schema)
    with (
        decrypted(place, identity) as source,
        _files_or_none() as files,
        short_transaction() as connection,
    ):
        _Putting(connection, manifest, files, progress).put(Reading(source))
    return manifest


def _refuse_schema(manifest: Manifest) -> None:
    if not is_known(manifest.schema):
        raise Refused(
            f"It has schema {manifest.schema}, and this code knows no later one than "
            f"{newest_revision()}. Install portal {manifest.portal} or later."
        )


def _refuse_keys(manifest: Manifest, *, loses_secrets: bool) -> None:
    lacking = set(manifest.key_names) - set(key_names())
    if manifest.sealed_secrets and lacking and not loses_secrets:
        raise Refused(
            f"{manifest.sealed_secrets} telephones for signing in are sealed with a SECRET_KEY "
            "that is not set here. Give the keys of the old place as SECRET_KEY and "
            "SECRET_KEY_FALLBACKS. If they are lost, add --without-key: then only recovery codes "
            "let these people in, or flask account reset-second-factor."
        )


def _refuse_full(manifest: Manifest) -> None:
    if next(iter(storage().files()), None) is not None:
        raise Refused("There are stored files here already: restore needs an empty DATA_DIR.")
    with db.engine.connect() as connection:
        if not shapes_of(connection):
            return
        revision, filled = revision_of(connection), first_filled(connection)
    if filled is not None:
        raise Refused(f"The database is not empty: {filled} has rows.")
    if revision != manifest.schema:
        raise Refused(
            f"The database has empty tables of schema {revision}, and the backup has "
            f"{manifest.schema}. Give a database without tables: restore makes them."
        )


@contextmanager
def _files_or_none() -> Iterator[list[str]]:
    """Collect the keys of files that are put back, and remove them if it comes to nothing."""
    keys: list[str] = []
    try:
        yield keys
    except BaseException:
        for key in keys:
            storage().delete(key)
        raise


@dataclass(slots=True)
class _Putting:
    """A backup that is being put back."""

    connection: Connection
    manifest: Manifest
    files: list[str]
    progress: Progress
    shapes: dict[str, Shape] = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = {shape.name: shape for shape in shapes_of(self.connection)}

    def put(self, reading: Reading) -> None:
        """Put every part back; Damaged when there is something that does not fit."""
        self._refuse_other_columns()
        for name in FILLED_BY_MIGRATIONS:
            if name in self.shapes:
                self.connection.execute(delete(table_of(self.shapes[name])))
        for part in reading.parts():
            folder, _, name = part.name.partition("/")
            if folder == "rows":
                self._put_rows(name.removesuffix(".jsonl.gz"), part)
            elif folder == "files":
                self._put_file(name, part)
            self.progress(part.size)
        for shape in self.shapes.values():
            count_on(self.connection, shape)

    def _refuse_other_columns(self) -> None:
        wanted = {name: dict(table.kinds) for name, table in self.manifest.tables.items()}
        here = {name: dict(shape.kinds) for name, shape in self.shapes.items()}
        for name in sorted(wanted.keys() | here.keys()):
            if wanted.get(name) != here.get(name):
                raise Refused(f"The table {name} has other columns here than in the backup.")

    def _put_rows(self, name: str, part: Part) -> None:
        # In the order of the backup, which is that of the database it came from.
        shape = Shape(name, self.manifest.tables[name].kinds, self.manifest.tables[name].key)
        with gzip.GzipFile(fileobj=cast(Any, part.source), mode="rb") as lines:
            count = insert_lines(self.connection, shape, lines)
        if count != self.manifest.tables[name].rows:
            raise Damaged(f"{part.name} holds {count} rows, not what the manifest says.")

    def _put_file(self, key: str, part: Part) -> None:
        with NamedTemporaryFile(dir=settings().data_dir) as spool:
            while piece := part.source.read():
                spool.write(piece)
            spool.flush()
            storage().put(key, Path(spool.name))
        self.files.append(key)
