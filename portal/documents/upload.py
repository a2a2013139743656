"""A file that was taken in: what forms hand to actions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A file that stands in the storage, and what is known of it; no row points to it yet."""

    storage_key: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    page_count: int | None = None
    title: str | None = None
    language: str | None = None
    is_tagged: bool | None = None
    has_text: bool | None = None
    attachment_count: int | None = None
    preview_key: str | None = None
    width: int | None = None
    height: int | None = None
