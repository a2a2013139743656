"""The bytes of stored files; their names, types and owners stand in the database, never here."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from portal.core.db import Bound
from portal.core.errors import PortalError

_KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}\.[a-z0-9]{2,5}")
_EXTENSION = re.compile(r"[a-z0-9]{2,5}")
_UNFINISHED = ".unfinished"
MOST_LEFT_FREE = 256 * 1024 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class BadKey(ValueError):
    """This is not a key that `new_key` gave out."""


class KeyTaken(Exception):
    """A file is stored under this key already; nothing was changed."""


class NotStored(Exception):
    """No file is stored under this key."""


class StorageFull(PortalError):
    """There is no room for another file; nothing was stored."""

    status = 507


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the store itself knows of a file."""

    key: str
    size: int
    stored_at: datetime


class Storage(Protocol):
    """A store of bytes under keys. It knows no names, types or owners, so any object store fits.

    Every method raises BadKey for a key that `new_key` cannot have made.
    """

    def put(self, key: str, source: Path | bytes) -> None:
        """Store the bytes, safe on disk when this returns; KeyTaken or StorageFull otherwise."""

    def open(self, key: str) -> BinaryIO:
        """Return the bytes from their start, which the caller closes; NotStored without any."""

    def path(self, key: str) -> Path | None:
        """Return where the file stands on this machine; None when the store is elsewhere."""

    def exists(self, key: str) -> bool:
        """Return whether a file is stored under the key."""

    def delete(self, key: str) -> None:
        """Delete the file; one that is gone already is no fault."""

    def files(self) -> Iterator[StoredFile]:
        """Yield every stored file, for the sweep of those that no row knows."""

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what a `put` that broke off before that moment left behind; return how many."""

    def free_space(self) -> int | None:
        """Return how many bytes still fit; None when the store does not say."""


storage: Bound[Storage] = Bound("storage")


def is_key(text: str) -> bool:
    """Return whether `new_key` can have made this."""
    return _KEY.fullmatch(text) is not None


def new_key(extension: str) -> str:
    """Return a key that nobody can guess, in two levels of folders so that none grows large."""
    if not _EXTENSION.fullmatch(extension):
        raise BadKey(extension)
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}.{extension}"


class LocalStorage:
    """Files under a folder of this machine; a part of the disk stays free for the database.

    That is a fiftieth of the disk, at least `keep_free` bytes and at most MOST_LEFT_FREE: a
    sender who fills the disk with files only stops others from sending files.
    """

    def __init__(self, root: Path, *, keep_free: int = 4 * 1024 * 1024) -> None:
        self.root = root.resolve()
        self.keep_free = keep_free

    def put(self, key: str, source: Path | bytes) -> None:
        """Store the bytes, safe on disk when this returns; KeyTaken or StorageFull otherwise."""
        path = self._path_of(key)
        with _room():
            self._refuse_when_full(len(source) if isinstance(source, bytes) else _size(source))
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._drafts() / secrets.token_hex(16)
            try:
                _write(draft, source)
                # Renaming replaces, so the name is claimed first, by the one call that cannot.
                _claim(path)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent, self.root):
                _sync_folder(folder)

    def open(self, key: str) -> BinaryIO:
        """Return the bytes from their start, which the caller closes; NotStored without any."""
        try:
            return self._path_of(key).open("rb")
        except FileNotFoundError as error:
            raise NotStored(key) from error

    def path(self, key: str) -> Path:
        """Return where the file stands on this machine, or would stand."""
        return self._path_of(key)

    def exists(self, key: str) -> bool:
        """Return whether a file is stored under the key."""
        return self._path_of(key).is_file()

    def delete(self, key: str) -> None:
        """Delete the file; one that is gone already is no fault."""
        path = self._path_of(key)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)

    def files(self) -> Iterator[StoredFile]:
        """Yield every stored file, for the sweep of those that no row knows."""
        for path in self.root.glob("??/??/*"):
            key = path.relative_to(self.root).as_posix()
            if _KEY.fullmatch(key):
                status = path.stat()
                yield StoredFile(key, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what a `put` that broke off before that moment left behind; return how many."""
        count = 0
        for draft in (self.root / _UNFINISHED).glob("*"):
            if datetime.fromtimestamp(draft.stat().st_mtime, UTC) < before:
                draft.unlink(missing_ok=True)
                count += 1
        return count

    def free_space(self) -> int:
        """Return how many bytes still fit before a `put` is refused."""
        there = next(folder for folder in (self.root, *self.root.parents) if folder.exists())
        disk = shutil.disk_usage(there)
        left_free = max(self.keep_free, min(disk.total // 50, MOST_LEFT_FREE))
        return max(disk.free - left_free, 0)

    def _path_of(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BadKey(key)
        return self.root / key

    def _refuse_when_full(self, size: int) -> None:
        if size > self.free_space():
            raise StorageFull

    def _drafts(self) -> Path:
        folder = self.root / _UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StorageFull from error
        raise


def _size(source: Path) -> int:
    return source.stat().st_size


def _write(draft: Path, source: Path | bytes) -> None:
    with draft.open("xb") as file:
        if isinstance(source, bytes):
            file.write(source)
        else:
            with source.open("rb") as original:
                shutil.copyfileobj(original, file)
        file.flush()
        os.fsync(file.fileno())


def _claim(path: Path) -> None:
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise KeyTaken(path.name) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
