"""Where we stand as a paper: the whole page, one picture of it, or a timeline."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.asked import labels_of, tag_choices
from portal.commitments.queries.listing import due_years
from portal.core.i18n import gettext as _
from portal.overview.lines import lines_of, place_of
from portal.overview.papers import terms_of
from portal.overview.periods import Period, period_of
from portal.overview.views.blueprint import bp
from portal.overview.views.pages import pictures_at
from portal.overview.views.timeline import (
    Shown,
    period_words,
    shown_in_address,
    slice_words,
    spans_of,
)
from portal.papers.paper import Block, Heading, Terms
from portal.papers.pictures import blocks_of
from portal.papers.taking import PAPER_ENDING, paper_of, take_paper
from portal.signatures.queries import first_signing
from portal.web.address import cursor_in_address, in_short
from portal.web.guard import public
from portal.web.past import as_at


@bp.get(f"/waar-staan-we.{PAPER_ENDING}")
@public()
@in_short
def paper(form: str) -> ResponseReturnValue:
    """Every picture of the page on one paper."""
    at = as_at(first_signing)
    arguments: dict[str, Any] = {**at.arguments()}
    blocks = list(blocks_of(pictures_at(at)))
    page = url_for("overview.show", **arguments)
    whole = paper_of(_("Waar staan we?"), page, blocks, on=at.on)
    return take_paper(whole, "waar-staan-we", form)


@bp.get(f"/waar-staan-we/<picture>.{PAPER_ENDING}")
@public()
@in_short
def paper_of_one(picture: str, form: str) -> ResponseReturnValue:
    """One picture of the page, by its name; 404 for a name that none has."""
    at = as_at(first_signing)
    chosen = [each for each in pictures_at(at) if each.name == picture]
    if not chosen:
        raise NotFound
    arguments: dict[str, Any] = {**at.arguments(), "_anchor": picture}
    # Its title is that of the paper.
    blocks = list(blocks_of(chosen))[1:]
    page = url_for("overview.show", **arguments)
    return take_paper(paper_of(chosen[0].title, page, blocks, on=at.on), picture, form)


@bp.get(f"/waar-staan-we/tijdlijn.{PAPER_ENDING}")
@public()
@in_short
def timeline_paper(form: str) -> ResponseReturnValue:
    """The terms of one page of the timeline, with its filter and its period."""
    tags = tag_choices()
    shown = shown_in_address(tags)
    period = period_of(request.args.get("periode", ""), due_years(shown.at.past), shown.at.on)
    labels = [label for label, _change in labels_of(shown.filters, tags)]
    page = shown.address(period.word, cursor_in_address())
    blocks: list[Block] = [Heading(period_words(period)), _terms(shown, period)]
    title = _("Tijdlijn van de termijnen")
    return take_paper(
        paper_of(title, page, blocks, labels=labels, on=shown.at.on), "tijdlijn", form
    )


def _terms(shown: Shown, period: Period) -> Terms:
    rows, on = spans_of(shown, period).rows, shown.at.on
    paths = [url_for("commitments.show", slug=row.slug) for row in rows]
    slices = [slice_words(each) for each in period.slices]
    return terms_of(lines_of(rows, period, on), slices, place_of(on, period), paths)
