"""Makes the archive: each file aside, then into the archive, never more than a piece in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import delete

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.settings import settings
from portal.core.snapshots import one_moment
from portal.opendata.contents import Part, parts
from portal.opendata.models import RegisterArchive
from portal.opendata.queries import find_archive, taken_away
from portal.services.storage import new_key, storage

# The file by which the others are checked: `sha256sum --check SHA256SUMS`.
SUMS = "SHA256SUMS"
PIECE = 1024 * 1024


def make_archive() -> RegisterArchive:
    """Make the archive of this moment, store it, and delete the one before; return its row."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.zip"
        with one_moment():
            began, taken = clock.now(), taken_away()
            write_archive(path, began)
        key = new_key("zip")
        storage().put(key, path)
        row = RegisterArchive(
            archive_key=key,
            sha256=_sum_of(path),
            size=path.stat().st_size,
            made_at=began,
            counted_from=taken.counted_from,
            taken_away=taken.number,
        )
    former = _replace(row)
    if former is not None:
        storage().delete(former)
    return row


def _replace(row: RegisterArchive) -> str | None:
    """Let this be the archive, and return the key of the one before."""
    db.session.rollback()
    with write_section():
        former = find_archive()
        key = former.archive_key if former is not None else None
        db.session.execute(delete(RegisterArchive))
        db.session.add(row)
    return key


def write_archive(path: Path, began: datetime) -> None:
    """Write the register as everybody may see it now as a ZIP."""
    moment = began.astimezone(clock.AMSTERDAM).timetuple()[:6]
    sums = []
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part in parts(began=began, grace_days=settings().grace_days):
            sums.append(f"{_add(archive, part, moment)}  {part.name}\n")
        archive.writestr(_entry(SUMS, moment), "".join(sums))


def _add(archive: ZipFile, part: Part, moment: tuple[int, ...]) -> str:
    """Add one file and return its SHA-256."""
    found = hashlib.sha256()
    with TemporaryFile() as aside:
        part.write(aside)
        aside.seek(0)
        with archive.open(_entry(part.name, moment), "w", force_zip64=True) as member:
            for piece in _pieces(aside):
                found.update(piece)
                member.write(piece)
    return found.hexdigest()


def _entry(name: str, moment: tuple[int, ...]) -> ZipInfo:
    entry = ZipInfo(name, moment)  # type: ignore[arg-type]
    entry.compress_type = ZIP_DEFLATED
    return entry


def _sum_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        for piece in _pieces(file):
            found.update(piece)
    return found.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
