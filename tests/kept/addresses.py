"""The addresses at which a visitor sees something of the world of tests/rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portal.comments.models import Comment
from portal.commitments.models import Commitment
from portal.core.db import db
from portal.news.models import Article
from portal.organisations.models import Organisation

FIXED = (
    "/",
    "/groeipact",
    "/groeipact/versies/1.0",
    "/groeipact/versies/1.0/tekst",
    "/nieuws",
    "/ondertekenaars",
    "/ondertekenaars?soort=gemeente&status=ondertekenaar",
    "/ondertekenen",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/ondertekenaars-0.xml",
    "/sitemap/toezeggingen-0.xml",
    "/spelregels",
    "/colofon",
    "/toegankelijkheid",
    "/toegankelijkheid/gemeld",
    "/toezeggingen",
    "/toezeggingen?laag=data",
    "/en",
    "/en/toezeggingen",
    "/toezeggingen.atom",
    "/toezeggingen.ics",
    "/jaarverslagen",
    "/veranderingen.atom",
    "/waar-staan-we",
    "/waar-staan-we/tijdlijn",
)


def addresses(each: int = 8) -> list[str]:
    """Return fixed addresses, and those of so many of every kind of page."""
    found = list(FIXED)
    found += _paths("/ondertekenaars/{}", Organisation.slug, each)
    found += _paths("/toezeggingen/{}", Commitment.slug, each)
    found += _paths("/toezeggingen/{}/geschiedenis", Commitment.slug, 3)
    found += _paths("/toezeggingen/{}/versies/1", Commitment.slug, 3)
    found += _paths("/nieuws/{}", Article.slug, 4)
    found += _paths("/reacties/{}/geschiedenis", Comment.id, each)
    db.session.rollback()
    return found


def _paths(pattern: str, column: Any, most: int) -> list[str]:
    query = select(column).where(column.is_not(None)).order_by(column).limit(most)
    return [pattern.format(value) for value in db.session.scalars(query)]
