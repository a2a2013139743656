"""The terms of promises as bars on a line of time, with the filters of the list of promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.asked import TagChoices, filters_of, labels_of, tag_choices
from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.listing import count, due_years
from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.paging import Listing
from portal.core.settings import settings
from portal.core.words import MONTHS
from portal.overview import queries
from portal.overview.lines import lines_of
from portal.overview.periods import QUARTERS, Period, Slice, period_of
from portal.overview.queries import Spanning
from portal.overview.views.blueprint import bp
from portal.web.address import cursor_in_address, in_short
from portal.web.cached import cached_page, keep_as
from portal.web.guard import public


@bp.get("/waar-staan-we/tijdlijn")
@public()
@in_short
def timeline() -> ResponseReturnValue:
    """The terms of the list with the filter in the address, in the period that it names."""
    tags, today = tag_choices(), clock.today()
    filters = filters_of(request.args, tags)
    period = period_of(request.args.get("periode", ""), due_years(), today)
    context = _context(filters, period, tags)

    def render() -> str:
        lines = lines_of(context["list"].rows, period, today)
        return render_template("overview/timeline.html", **context, lines=lines)

    return cached_page((context, today), render)


def _context(filters: CommitmentFilter, period: Period, tags: TagChoices) -> dict[str, Any]:
    """Return the page of the list, the period with the ways to others, and the filters."""
    on, grace_days = clock.today(), settings().grace_days
    asked = request.args.get("periode", "")
    keep_as(address_of(filters, period.word if asked else ""))
    found = spans_of(filters, period)
    undated = replace(filters, due=WITHOUT)
    return {
        "list": found,
        "filters": filters,
        "period": period_words(period),
        "slices": [(slice_words(each), _way(filters, each.word)) for each in period.slices],
        "ways": {
            "earlier": _way(filters, period.earlier),
            "later": _way(filters, period.later),
            "wider": None if period.wider is None else address_of(filters, period.wider),
            "previous": address_of(filters, period.word, found.previous)
            if found.previous
            else None,
            "next": address_of(filters, period.word, found.next) if found.next else None,
        },
        "undated": 0 if filters.due else count(undated, on=on, grace_days=grace_days),
        "undated_list": url_for("commitments.index", **_arguments(undated)),
        "papers": _papers(filters, period),
        "chips": _chips(filters, period.word, tags),
    }


def spans_of(filters: CommitmentFilter, period: Period) -> Listing[Spanning]:
    """Return the promises with this filter in a period, of the page that the address names."""
    return queries.spans(
        filters,
        start=period.start,
        end=period.end,
        on=clock.today(),
        grace_days=settings().grace_days,
        cursor=cursor_in_address(),
    )


def _arguments(filters: CommitmentFilter) -> Mapping[str, Any]:
    return filters.arguments()


def address_of(filters: CommitmentFilter, period: str, cursor: str | None = None) -> str:
    """Return the address of a page of the timeline."""
    arguments = {**_arguments(filters), "periode": period or None, "na": cursor}
    return url_for("overview.timeline", **arguments)


def _way(filters: CommitmentFilter, period: str) -> str | None:
    return address_of(filters, period) if period else None


def _papers(filters: CommitmentFilter, period: Period) -> dict[str, Any]:
    """Return the arguments in the address of this page as a paper."""
    return {**_arguments(filters), "periode": period.word, "na": cursor_in_address()}


def _chips(filters: CommitmentFilter, period: str, tags: TagChoices) -> list[tuple[str, str]]:
    return [
        (label, address_of(replace(filters, **change), period))
        for label, change in labels_of(filters, tags)
    ]


def slice_words(piece: Slice) -> str:
    """Return "2021", "1e kwartaal" or "januari"."""
    if not piece.word:
        return MONTHS[current_locale()].split()[piece.start.month - 1]
    if "-" in piece.word:
        return str(_("%(number)se kwartaal", number=piece.word[-1]))
    return piece.word


def period_words(period: Period) -> str:
    """Return "2019 tot en met 2028", "2021" or "1e kwartaal 2021"."""
    if period.wider:
        number = (period.start.month - 1) // (12 // QUARTERS) + 1
        return str(_("%(number)se kwartaal %(year)s", number=number, year=period.start.year))
    first, last = period.start.year, period.end.year
    return (
        str(first) if first == last else _("%(first)s tot en met %(last)s", first=first, last=last)
    )
