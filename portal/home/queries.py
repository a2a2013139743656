"""Which public pages there are, for search engines: in parts, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select

from portal.commitments.models import Commitment
from portal.commitments.queries.subjects import visible_to as visible_commitments
from portal.core.db import read_rows
from portal.news.models import Article
from portal.news.queries import visible_to as visible_articles
from portal.organisations.models import Organisation
from portal.organisations.queries import visible_to as visible_organisations
from portal.pact.queries import versions
from portal.policy import VISITOR
from portal.vereniging.queries import SLUGS

# A part holds what has one of so many successive numbers: it never grows, and costs one query.
PART_SIZE = 1000


class Kind(StrEnum):
    """A kind of public pages, as addresses name it."""

    PAGES = "paginas"
    SIGNATORIES = "ondertekenaars"
    COMMITMENTS = "toezeggingen"
    ARTICLES = "nieuws"


class Part(NamedTuple):
    """One part of the map of this site; the first has number 0."""

    kind: Kind
    number: int


class PublicPage(NamedTuple):
    """A page that everybody may read: its endpoint and the values of its address."""

    endpoint: str
    values: Mapping[str, str]


FIXED = (
    "home.show",
    "overview.show",
    "overview.timeline",
    "overview.reports",
    "register.signatories",
    "commitments.index",
    "opendata.show",
    "news.index",
    "pact.show",
)
ENDPOINTS = {
    Kind.SIGNATORIES: "register.signatory",
    Kind.COMMITMENTS: "commitments.show",
    Kind.ARTICLES: "news.show",
}


def _numbered(kind: Kind) -> Select[int, str | None]:
    """Return the number and the slug of everything of a kind that a visitor may read."""
    if kind == Kind.SIGNATORIES:
        organisations = visible_organisations(VISITOR)
        return organisations.with_only_columns(Organisation.id, Organisation.slug)
    if kind == Kind.ARTICLES:
        return visible_articles(VISITOR).with_only_columns(Article.id, Article.slug)
    return visible_commitments(VISITOR).with_only_columns(Commitment.id, Commitment.slug)


def parts() -> list[Part]:
    """Return the parts that hold a page, of every kind."""
    whole = [Part(Kind.PAGES, 0)]
    for kind in ENDPOINTS:
        whole += [Part(kind, number) for number in _numbers(kind)]
    return whole


def _numbers(kind: Kind) -> Iterator[int]:
    """Yield the numbers of the parts of a kind; of each part only its first page is looked up."""
    number = _numbered(kind).subquery().c[0]
    first = select(number).where(number >= bindparam("start")).order_by(number).limit(1)
    start = 0
    while found := read_rows(first, start=start):
        part = found[0][0] // PART_SIZE
        yield part
        start = (part + 1) * PART_SIZE


def pages_in(part: Part) -> list[PublicPage]:
    """Return the pages of a part, none when there is no such part."""
    if part.kind == Kind.PAGES:
        return _fixed_pages() if part.number == 0 else []
    rows = _numbered(part.kind).subquery()
    number, slug = rows.c
    first = part.number * PART_SIZE
    within = select(slug).where(number >= first, number < first + PART_SIZE).order_by(number)
    return [
        PublicPage(ENDPOINTS[part.kind], {"slug": str(found)}) for (found,) in read_rows(within)
    ]


def _fixed_pages() -> list[PublicPage]:
    return [
        *(PublicPage(endpoint, {}) for endpoint in FIXED),
        *(PublicPage("pact.version", {"label": version.label}) for version in versions()),
        *(PublicPage("vereniging.legal", {"slug": slug}) for slug in SLUGS),
    ]
