"""Every write of the vereniging's settings, legal texts and statement."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core import clock
from portal.documents.actions import keep_picture
from portal.documents.upload import KeptUpload
from portal.policy import Person
from portal.services.history import record
from portal.services.vereniging import Vereniging, VerenigingFacts
from portal.vereniging import mails
from portal.vereniging.models import AccessibilityStatement, LegalText
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


def edit_statement(
    row: AccessibilityStatement, *, settings: Mapping[str, object], by: Person
) -> None:
    """Set what the vereniging states about accessibility.

    `settings` holds a value for the name of each column.
    """
    for name, value in settings.items():
        setattr(row, name, value)
    row.edited_at = clock.now()
    record(row, "edited", by=by)


def report_barrier(
    *, page: str, words: str, answer_to: str | None, locale: str, vereniging: VerenigingFacts
) -> None:
    """Mail the vereniging what somebody could not use; nothing of it is stored here.

    `answer_to` is the e-mail address for an answer, None without one; `locale` is the language it
    was written in.
    """
    mails.barrier_reported(
        page=page, words=words, answer_to=answer_to, locale=locale, to=vereniging.email
    )
