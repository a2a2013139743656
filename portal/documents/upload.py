"""A file that was taken in: what forms hand to actions."""

from __future__ import annotations

from dataclasses import dataclass

from portal.documents.checks import Check, check_of


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

    @property
    def check(self) -> Check:
        """How well everybody can use it; unknown of a picture."""
        return check_of(Found(self))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file that was taken in, as the check asks for it."""

    upload: KeptUpload

    @property
    def media_type(self) -> str:
        return self.upload.media_type

    @property
    def is_tagged(self) -> bool | None:
        return self.upload.is_tagged

    @property
    def has_text(self) -> bool | None:
        return self.upload.has_text

    @property
    def file_title(self) -> str | None:
        return self.upload.title

    @property
    def file_language(self) -> str | None:
        return self.upload.language

    @property
    def attachment_count(self) -> int | None:
        return self.upload.attachment_count

    @property
    def is_checked(self) -> bool:
        return self.upload.attachment_count is not None
