"""What the worker does with one version: look at it, draw its text, draw its pages."""

from __future__ import annotations

from pathlib import Path

from portal.core.db import db, write_section
from portal.core.settings import settings
from portal.documents.actions import keep_check, keep_pages, keep_pictures
from portal.documents.drawing import MOST_PICTURES, pictures_in, stored_file, texts_in
from portal.documents.inspection import DocumentRefused, Reason, inspect_document
from portal.documents.inspection.kinds import PDF
from portal.documents.models import DocumentVersion
from portal.documents.queries import drawn_until
from portal.documents.sandbox import SandboxBusy, SandboxFailed
from portal.documents.storing import reader_limits, store
from portal.services.storage import NotStored


def read_version(version: DocumentVersion) -> None:
    """Draw the text of a version, and look at it when nobody did; once, whatever comes of it.

    SandboxBusy when its turn has not come; reads outside the write section.
    """
    number, key, media_type = version.id, version.storage_key, version.media_type
    name, is_checked = version.file_name, version.checked_at is not None
    db.session.rollback()
    try:
        with stored_file(key) as path:
            if not is_checked:
                _check(number, path, name)
            texts = texts_in(path, media_type)
    except (SandboxFailed, NotStored):
        texts = []
    with write_section():
        keep_pages(number, texts)


def _check(number: int, path: Path, name: str) -> None:
    most = max(settings().max_file_bytes, path.stat().st_size)
    try:
        found = inspect_document(path, name, max_bytes=most, limits=reader_limits())
    except DocumentRefused as refusal:
        if refusal.reason is Reason.BUSY:
            raise SandboxBusy from refusal
        # It was taken once, by other rules: then nothing is said of it.
        return
    with write_section():
        keep_check(number, found)


def draw_pages(version: DocumentVersion) -> None:
    """Store the first pages of a version as pictures; of what has no fixed pages, none.

    SandboxBusy when its turn has not come; draws outside the write section.
    """
    number, key = version.id, version.storage_key
    at = drawn_until(number) + 1
    most = min(version.page_count or 0, MOST_PICTURES) if version.media_type == PDF else 0
    db.session.rollback()
    try:
        with stored_file(key) as path:
            while at <= most:
                drawn = pictures_in(path, at, most - at + 1)
                if not drawn:
                    break
                # Files first: one that no row points to is swept, a row without a file is a fault.
                stored = [None if one is None else (store("webp", one.webp), one) for one in drawn]
                with write_section():
                    keep_pictures(number, at, stored)
                at += len(drawn)
    except (SandboxFailed, NotStored):
        pass
    with write_section():
        keep_pictures(number, at, [], is_last=True)
