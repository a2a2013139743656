"""Where files go and come from: the storage, and the turns of those who read hostile ones."""

from __future__ import annotations

from pathlib import Path

from portal.core.settings import settings
from portal.documents.sandbox import Limits, Turns
from portal.services.storage import new_key, storage


def reader_limits() -> Limits:
    """Return what a reader of files may use; their turns are counted in the folder for data."""
    current = settings()
    return Limits(turns=Turns(current.data_dir / "readers", current.file_readers))


def store(extension: str, source: Path | bytes) -> str:
    """Return the key under which `source` now stands in the storage."""
    key = new_key(extension)
    storage().put(key, source)
    return key
