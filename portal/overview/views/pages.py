"""Where we stand, on one page of pictures."""

from __future__ import annotations

from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.asked import tag_choices
from portal.commitments.queries.outcomes import Counted, promised
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.overview.lists import ListsAt
from portal.overview.pictures import pictures_of_promises, pictures_of_signatories
from portal.overview.taking import cells, columns
from portal.overview.views.blueprint import bp
from portal.services.tables import table_of
from portal.signatures.queries import first_signing
from portal.signatures.queries.counting import Signed, signed
from portal.web.address import in_short
from portal.web.cached import cached_page
from portal.web.drawing import Picture
from portal.web.figures import counted_once
from portal.web.guard import public
from portal.web.past import AsAt, as_at
from portal.web.taking import ENDING, take


@bp.get("/waar-staan-we")
@public()
@in_short
def show() -> ResponseReturnValue:
    """How promises stand and who signed, in pictures; as at an earlier day when that is asked."""
    at = as_at(first_signing)
    tags = tag_choices()
    standings, signings = figures(at)

    def render() -> str:
        pictures = pictures_of_promises(standings, tags, ListsAt(at))
        years, provinces = pictures_of_signatories(signings, ListsAt(at))
        context = {"pictures": pictures, "years": years, "provinces": provinces}
        return render_template("overview/show.html", at=at, **context)

    return cached_page((standings, signings, tags, at), render)


@bp.get(f"/waar-staan-we.{ENDING}")
@public()
@in_short
def sheet(ending: str) -> ResponseReturnValue:
    """Every figure of the page as a table."""
    at = as_at(first_signing)
    path = url_for("overview.show", **at.arguments())  # type: ignore[arg-type]
    name = ("waar-staan-we", _("Waar staan we?"))
    return take(table_of(*name, path, columns(), cells(pictures_at(at)), on=at.on), ending)


def pictures_at(at: AsAt) -> tuple[Picture, ...]:
    """Return every picture of the page, as at a day."""
    standings, signings = figures(at)
    of_promises = pictures_of_promises(standings, tag_choices(), ListsAt(at))
    return (*of_promises, *pictures_of_signatories(signings, ListsAt(at)))


def figures(at: AsAt) -> tuple[tuple[Counted, ...], tuple[Signed, ...]]:
    """Return what is counted as at a day; of earlier days there are too many to keep."""
    grace_days = settings().grace_days
    count = partial(_count, at, grace_days)
    return count() if at.is_past else counted_once("overview", (at.on, grace_days), count)


def _count(at: AsAt, grace_days: int) -> tuple[tuple[Counted, ...], tuple[Signed, ...]]:
    return promised(on=at.on, grace_days=grace_days, is_past=at.is_past), signed(at.past)
