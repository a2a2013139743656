"""The vereniging's settings and legal texts; sensible words before the beheerder has set them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from portal.core import clock, markdown
from portal.core.db import connection, db, in_write_section
from portal.core.i18n import current_locale
from portal.documents.models import Picture
from portal.pages.models import LegalText, Vereniging

TEXTS = Path(__file__).parent / "texts"
Row = TypeVar("Row", Vereniging, LegalText)
SLUGS = ("spelregels", "privacy", "toegankelijkheid", "colofon")


@dataclass(frozen=True, slots=True)
class VerenigingFacts:
    """What every page says of the vereniging."""

    name: str
    site_name: str
    email: str
    phone: str
    post_address: str
    website: str
    security_contact: str
    logo_url: str | None


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A legal text in the language of the page."""

    slug: str
    title: str
    html: str
    edited_at: object


UNSET = VerenigingFacts("De vereniging", "Groeipact Common Ground", "", "", "", "", "", None)

FACTS = select(
    Vereniging.name,
    Vereniging.site_name,
    Vereniging.email,
    Vereniging.phone,
    Vereniging.post_address,
    Vereniging.website,
    Vereniging.security_contact,
    Picture.storage_key.label("logo_key"),
).outerjoin(Picture, Picture.id == Vereniging.logo_id)


def current_vereniging() -> VerenigingFacts:
    """Return the settings that pages show; plain words before they are set."""
    row = connection().execute(FACTS).first()
    if row is None:
        return replace(UNSET, name=_("De vereniging"))
    logo = None if row.logo_key is None else f"/beelden/{row.logo_key}"
    return VerenigingFacts(*row[:7], logo)


def editable_vereniging() -> Vereniging:
    """Return the settings row to be edited; inside a write section it is made if need be."""
    query = select(Vereniging).limit(1)
    row = db.session.scalars(query).first()
    if row is not None:
        return row
    row = Vereniging(
        id=1,
        name=UNSET.name,
        site_name=UNSET.site_name,
        email="",
        phone="",
        post_address="",
        website="",
        security_contact="",
        version=1,
    )
    return _made(row, query)


def _made(row: Row, query: Select[Row]) -> Row:
    """Keep a first row inside a write section; somebody else may have been first after all."""
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
    """Return title and body of the text that the portal comes with."""
    first, _newline, body = (TEXTS / f"{slug}.{locale}.md").read_text().partition("\n")
    return first.removeprefix("# ").strip(), body.strip() + "\n"


@lru_cache(maxsize=64)
def _rendered(body: str) -> str:
    return markdown.render(body, first_heading=2)


def legal_page(slug: str) -> LegalPage:
    """Return a legal text in the language of the page, or 404."""
    if slug not in SLUGS:
        raise NotFound
    locale = current_locale()
    row = db.session.scalars(select(LegalText).where(LegalText.slug == slug)).first()
    if row is None:
        title, body = default_text(slug, locale)
        return LegalPage(slug, title, _rendered(body), None)
    title = row.title_en if locale == "en" else row.title_nl
    html = row.html_en if locale == "en" else row.html_nl
    return LegalPage(slug, title, html, row.edited_at)


def editable_legal_text(slug: str) -> LegalText:
    """Return the row of a legal text to be edited, begun with the text that the portal has."""
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
        html_nl=_rendered(body_nl),
        html_en=_rendered(body_en),
        edited_at=clock.now(),
        version=1,
    )
    return _made(row, query)
