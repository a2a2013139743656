"""The vereniging's settings and legal texts; usual ones before the beheerder has set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from portal.core import clock, markdown
from portal.core.db import db, in_write_section
from portal.services.vereniging import UNSET_NAME, UNSET_SITE_NAME, Vereniging
from portal.vereniging.models import LegalText

TEXTS = Path(__file__).parent / "texts"
Row = TypeVar("Row", Vereniging, LegalText)
SLUGS = ("spelregels", "privacy", "toegankelijkheid", "colofon")


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A legal text in the language of the page; `edited_at` is None for the portal's own text."""

    slug: str
    title: str
    html: str
    edited_at: datetime | None


def slugs_edited() -> frozenset[str]:
    """Return the legal texts that the beheerder saved: those that somebody has read."""
    return frozenset(db.session.scalars(select(LegalText.slug)))


def editable_vereniging() -> Vereniging:
    """Return the settings row to be edited; inside a write section a missing one is added."""
    query = select(Vereniging).limit(1)
    row = db.session.scalars(query).first()
    if row is not None:
        return row
    row = Vereniging(
        id=1,
        name=UNSET_NAME,
        site_name=UNSET_SITE_NAME,
        email="",
        phone="",
        post_address="",
        website="",
        security_contact="",
        four_eyes=True,
        version=1,
    )
    return _made(row, query)


def _made(row: Row, query: Select[Row]) -> Row:
    """Add a first row inside a write section; return it, or the one that came before it."""
    if not in_write_section():
        return row
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        return db.session.scalars(query).one()
    return row


@cache
def default_text(slug: str, locale: str) -> tuple[str, str]:
    """Return title and body (Markdown) of the text that the portal comes with."""
    first, _newline, body = (TEXTS / f"{slug}.{locale}.md").read_text().partition("\n")
    return first.removeprefix("# ").strip(), body.strip() + "\n"


@lru_cache(maxsize=64)
def html_of(body: str) -> str:
    """Return a legal text as its page shows it."""
    return markdown.render(body, first_heading=2)


def legal_page(slug: str, locale: str) -> LegalPage:
    """Return a legal text in `locale`, or 404."""
    if slug not in SLUGS:
        raise NotFound
    row = db.session.scalars(select(LegalText).where(LegalText.slug == slug)).first()
    if row is None:
        title, body = default_text(slug, locale)
        return LegalPage(slug, title, html_of(body), None)
    title = row.title_en if locale == "en" else row.title_nl
    html = row.html_en if locale == "en" else row.html_nl
    return LegalPage(slug, title, html, row.edited_at)


def editable_legal_text(slug: str) -> LegalText:
    """Return the row of a legal text to be edited, or 404; a new one holds the portal's text."""
    if slug not in SLUGS:
        raise NotFound
    query = select(LegalText).where(LegalText.slug == slug)
    row = db.session.scalars(query).first()
    if row is not None:
        return row
    (title_nl, body_nl), (title_en, body_en) = default_text(slug, "nl"), default_text(slug, "en")
    row = LegalText(
        slug=slug,
        title_nl=title_nl,
        title_en=title_en,
        body_nl=body_nl,
        body_en=body_en,
        html_nl=html_of(body_nl),
        html_en=html_of(body_en),
        edited_at=clock.now(),
        version=1,
    )
    return _made(row, query)
