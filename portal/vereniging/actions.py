"""Every write of the vereniging's settings and legal texts."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core import clock
from portal.documents.actions import keep_picture
from portal.documents.upload import KeptUpload
from portal.policy import Person
from portal.services.history import record
from portal.services.vereniging import Vereniging
from portal.vereniging.models import LegalText
from portal.vereniging.queries import html_of


def edit_vereniging(
    row: Vereniging, *, settings: Mapping[str, object], logo: KeptUpload | None, by: Person
) -> None:
    """Set name, contact and logo of the vereniging.

    `settings` holds a value for the name of each column; without a `logo` the old one stays.
    """
    for name, value in settings.items():
        setattr(row, name, "" if value is None else value)
    if logo is not None:
        picture = keep_picture(logo, by=by)
        row.logo_key = picture.storage_key
        row.logo_width, row.logo_height = picture.width, picture.height
    record(row, "edited", by=by)


def edit_legal_text(
    row: LegalText, *, title_nl: str, title_en: str, body_nl: str, body_en: str, by: Person
) -> None:
    """Set a legal text in both languages; its HTML is rendered now, not when it is read."""
    row.title_nl, row.title_en = title_nl, title_en
    row.body_nl, row.body_en = body_nl, body_en
    row.html_nl = html_of(body_nl)
    row.html_en = html_of(body_en)
    row.edited_at = clock.now()
    record(row, "edited", by=by)
