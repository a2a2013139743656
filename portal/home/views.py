"""The front page of the portal."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.commitments.queries.rows import latest_published
from portal.core import clock
from portal.core.settings import settings
from portal.news.queries import latest_published as latest_articles
from portal.pact.queries import layers
from portal.register.queries import figures
from portal.web.cached import cached_page
from portal.web.guard import public

bp = Blueprint("home", __name__)


@bp.get("/")
@public()
def show() -> ResponseReturnValue:
    """The front page: what this is, how far we are, what is new."""
    on, grace_days = clock.today(), settings().grace_days
    context = {
        "figures": figures(on=on, grace_days=grace_days),
        "commitments": latest_published(5, on=on, grace_days=grace_days),
        "articles": latest_articles(3),
        "layers": layers(),
    }
    return cached_page(context, lambda: render_template("home/show.html", **context))
