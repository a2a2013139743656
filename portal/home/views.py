"""The front page of the portal, and the map of its public pages for search engines."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.queries.outcomes import Counted, outcomes
from portal.commitments.queries.rows import latest_published
from portal.core import clock
from portal.core.addresses import full_address
from portal.core.i18n import LOCALES
from portal.core.paging import LARGEST
from portal.core.settings import settings
from portal.home import queries
from portal.news.queries import latest_published as latest_articles
from portal.overview.lists import ListsAt
from portal.overview.pictures import summary
from portal.pact.queries import layers
from portal.register.queries import Figures, figures
from portal.web.cached import cached_page
from portal.web.figures import counted_once
from portal.web.guard import public
from portal.web.past import AsAt

bp = Blueprint("home", __name__)

XML = "application/xml; charset=utf-8"


@bp.get("/")
@public()
def show() -> ResponseReturnValue:
    """The front page: what this is, how far we are, what is new."""
    on, grace_days = clock.today(), settings().grace_days
    counted, ways = counted_once("home", (on, grace_days), partial(_count, on, grace_days))
    context = {
        "figures": counted,
        "summary": summary(ways, ListsAt(AsAt(on))),
        "commitments": latest_published(5, on=on, grace_days=grace_days),
        "articles": latest_articles(3),
        "layers": layers(),
    }
    return cached_page(context, lambda: render_template("home/show.html", **context))


def _count(on: date, grace_days: int) -> tuple[Figures, tuple[Counted, ...]]:
    return figures(on=on, grace_days=grace_days), outcomes(on=on, grace_days=grace_days)


@bp.get("/sitemap.xml")
@public()
def sitemap() -> ResponseReturnValue:
    """The parts of the map of public pages."""
    addresses = [
        full_address("home.sitemap_part", kind=part.kind, number=part.number)
        for part in queries.parts()
    ]
    return Response(render_template("home/sitemap.xml", addresses=addresses), content_type=XML)


def _load_part(kind: str, number: int) -> list[queries.PublicPage]:
    """Return the pages of a part of the map, or 404."""
    if kind not in list(queries.Kind) or number > LARGEST // queries.PART_SIZE:
        raise NotFound
    pages = queries.pages_in(queries.Part(queries.Kind(kind), number))
    if not pages:
        raise NotFound
    return pages


@bp.get("/sitemap/<kind>-<int:number>.xml")
@public(load=_load_part)
def sitemap_part(pages: list[queries.PublicPage]) -> ResponseReturnValue:
    """One part of the map: its pages in both languages, each with its twin."""
    addresses = [
        {locale: full_address(page.endpoint, locale, **page.values) for locale in LOCALES}
        for page in pages
    ]
    return Response(render_template("home/sitemap_part.xml", pages=addresses), content_type=XML)
