"""The vereniging's settings, legal texts and statement; usual ones until they are set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from portal.core import clock, markdown
from portal.core.db import db
from portal.services.first_rows import first_of
from portal.services.models import HistoryRow
from portal.services.vereniging import UNSET_NAME, UNSET_SITE_NAME, Vereniging
from portal.vereniging.models import AccessibilityStatement, LegalText
from portal.vereniging.statement import LOOKED_AT_EVERY, Statement, has_lapsed

TEXTS = Path(__file__).parent / "texts"
ACCESSIBILITY = "toegankelijkheid"
SLUGS = ("spelregels", "privacy", ACCESSIBILITY, "colofon")
STATEMENT = select(AccessibilityStatement).limit(1)
VERENIGING_ID = 1
# What says where a leak is reported is looked at once a year; RFC 9116 asks for less than that.
SECURITY_TXT_LASTS = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A legal text in the language of the page; `edited_at` is None for the portal's own text.

    That on accessibility has a statement around it.
    """

    slug: str
    title: str
    html: str
    edited_at: datetime | None
    statement: Statement | None = None


def security_txt_expires() -> datetime:
    """Return until when security.txt holds: a year after somebody saved who the vereniging is.

    Where nobody did, the row is as the portal made it today.
    """
    saved = select(func.max(HistoryRow.at)).where(
        HistoryRow.subject == Vereniging.thing,
        HistoryRow.subject_id == VERENIGING_ID,
        HistoryRow.step == "edited",
    )
    return (db.session.scalar(saved) or clock.now()) + SECURITY_TXT_LASTS


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
        id=VERENIGING_ID,
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
    return first_of(row, query)


@cache
def default_text(slug: str, locale: str) -> tuple[str, str]:
    """Return title and body (Markdown) of the text that the portal comes with."""
    first, _newline, body = (TEXTS / f"{slug}.{locale}.md").read_text().partition("\n")
    return first.removeprefix("# ").strip(), body.strip() + "\n"


@lru_cache(maxsize=64)
def html_of(body: str) -> str:
    """Return a legal text as its page shows it."""
    return markdown.render(body, first_heading=2)


@lru_cache(maxsize=8)
def _failings_html(body: str) -> str:
    return markdown.render(body, first_heading=3)


def legal_page(slug: str, locale: str, *, on: date) -> LegalPage:
    """Return a legal text in `locale` as it stands on a day, or 404."""
    if slug not in SLUGS:
        raise NotFound
    page = _text_page(slug, locale)
    if slug != ACCESSIBILITY:
        return page
    statement = current_statement(locale, on=on)
    moments = [moment for moment in (page.edited_at, statement.edited_at) if moment is not None]
    return replace(page, edited_at=max(moments, default=None), statement=statement)


def current_statement(locale: str, *, on: date) -> Statement:
    """Return what the vereniging states about accessibility, as far as it holds on a day."""
    row = db.session.scalars(STATEMENT).first()
    if row is None:
        return Statement()
    is_english = locale == "en" and bool(row.failings_en)
    return Statement(
        status=row.status,
        duty=row.duty,
        researched_on=row.researched_on,
        report_url=row.report_url,
        planned_on=row.planned_on,
        register_url=row.register_url,
        failings=_failings_html(row.failings_en if is_english else row.failings_nl),
        failings_language="en" if is_english else "nl",
        answer_days=row.answer_days,
        edited_at=row.edited_at,
        has_lapsed=has_lapsed(row.status, row.researched_on, row.planned_on, on=on),
        is_due=on - clock.day_of(row.edited_at) > LOOKED_AT_EVERY,
    )


def editable_statement() -> AccessibilityStatement:
    """Return the row of the statement to be edited, as `editable_vereniging` does."""
    row = db.session.scalars(STATEMENT).first()
    if row is not None:
        return row
    empty = Statement()
    return first_of(
        AccessibilityStatement(
            id=1,
            status=empty.status,
            duty=empty.duty,
            report_url="",
            register_url="",
            failings_nl="",
            failings_en="",
            answer_days=empty.answer_days,
            edited_at=clock.now(),
            version=1,
        ),
        STATEMENT,
    )


def _text_page(slug: str, locale: str) -> LegalPage:
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
    return first_of(row, query)
