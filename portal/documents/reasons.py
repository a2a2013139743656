"""Why a file is refused: one name for each reason, so that each gets a message of its own."""

from __future__ import annotations

from enum import StrEnum

from portal.core.errors import PortalError


class Reason(StrEnum):
    """Why a document is refused."""

    ARCHIVE = "archive"
    BOMB = "bomb"
    BUSY = "busy"
    EMPTY = "empty"
    HTML = "html"
    ODF_FALSE = "odf_false"
    ODF_LOCKED = "odf_locked"
    ODF_MACROS = "odf_macros"
    ODF_OTHER_KIND = "odf_other_kind"
    OFFICE = "office"
    PDF_LAUNCH = "pdf_launch"
    PDF_LOCKED = "pdf_locked"
    PDF_SCRIPT = "pdf_script"
    PICTURE = "picture"
    SVG = "svg"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    WRONG_EXTENSION = "wrong_extension"


class PictureReason(StrEnum):
    """Why a picture is refused."""

    BUSY = "busy"
    EMPTY = "empty"
    NOT_A_PICTURE = "not_a_picture"
    SVG = "svg"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNREADABLE = "unreadable"


class DocumentRefused(PortalError):
    """This file is not taken as a document; `reason` says why."""

    status = 422

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class PictureRefused(PortalError):
    """This file is not taken as a picture; `reason` says why."""

    status = 422

    def __init__(self, reason: PictureReason) -> None:
        super().__init__(reason=reason)
        self.reason = reason
