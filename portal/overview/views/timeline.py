"""The terms of promises as bars on a line of time, with the filters of the list of promises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.asked import TagChoices, filters_of, labels_of, tag_choices
from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.listing import count, due_years
from portal.commitments.words import KINDS, STANDINGS
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
from portal.signatures.queries import first_signing
from portal.web.address import cursor_in_address, in_short
from portal.web.cached import cached_page, keep_as
from portal.web.guard import public
from portal.web.past import AsAt, as_at


@dataclass(frozen=True, slots=True)
class Shown:
    """What a timeline shows: which promises, as at which day."""

    filters: CommitmentFilter
    at: AsAt

    def address(self, period: str, cursor: str | None = None) -> str:
        """Return the address of a page of the timeline in a period."""
        arguments = {**self.arguments(), "periode": period or None, "na": cursor}
        return url_for("overview.timeline", **arguments)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments that name the same promises and day in other addresses."""
        return {**self.filters.arguments(), **self.at.arguments()}

    def way(self, period: str) -> str | None:
        """Return the address of another period, None for none."""
        return self.address(period) if period else None


def shown_in_address(tags: TagChoices) -> Shown:
    """Return the filter and the day that the address names.

    TooMany for a network address that asks for past days too fast.
    """
    return Shown(filters_of(request.args, tags), as_at(first_signing))


@bp.get("/waar-staan-we/tijdlijn")
@public()
@in_short
def timeline() -> ResponseReturnValue:
    """The terms of the list with the filter in the address, in the period that it names."""
    tags = tag_choices()
    shown = shown_in_address(tags)
    period = period_of(request.args.get("periode", ""), due_years(shown.at.past), shown.at.on)
    context = _context(shown, period, tags)

    def render() -> str:
        lines = lines_of(context["list"].rows, period, shown.at.on)
        labels = {"kinds": KINDS, "standings": STANDINGS}
        return render_template("overview/timeline.html", **context, **labels, lines=lines)

    return cached_page(context, render)


def _context(shown: Shown, period: Period, tags: TagChoices) -> dict[str, Any]:
    """Return the page of the list, the period with the ways to others, and the filters."""
    filters, asked = shown.filters, request.args.get("periode", "")
    keep_as(shown.address(period.word if asked else ""))
    found = spans_of(shown, period)
    undated = replace(filters, due=WITHOUT)
    return {
        "list": found,
        "at": shown.at,
        "filters": filters,
        "tags": tags,
        "years": due_years(shown.at.past),
        "word": period.word,
        "period": period_words(period),
        "slices": [(slice_words(each), shown.way(each.word)) for each in period.slices],
        "ways": _ways(shown, period, found),
        "undated": 0 if filters.due else _count(undated, shown.at),
        "undated_list": url_for("commitments.index", **Shown(undated, shown.at).arguments()),
        "papers": {**shown.arguments(), "periode": period.word, "na": cursor_in_address()},
        "chips": _chips(shown, period.word, tags),
    }


def _ways(shown: Shown, period: Period, found: Listing[Spanning]) -> dict[str, str | None]:
    """Return the addresses of other periods, of other pages, and of the same as a list."""
    word = period.word
    return {
        "earlier": shown.way(period.earlier),
        "later": shown.way(period.later),
        "wider": None if period.wider is None else shown.address(period.wider),
        "previous": shown.address(word, found.previous) if found.previous else None,
        "next": shown.address(word, found.next) if found.next else None,
        "list": url_for("commitments.index", **shown.arguments()),
        "today": Shown(shown.filters, AsAt(clock.today())).address(word),
    }


def _count(filters: CommitmentFilter, at: AsAt) -> int:
    return count(filters, on=at.on, grace_days=settings().grace_days, is_past=at.is_past)


def spans_of(shown: Shown, period: Period) -> Listing[Spanning]:
    """Return the promises that are shown in a period, of the page that the address names."""
    return queries.spans(
        shown.filters,
        start=period.start,
        end=period.end,
        on=shown.at.on,
        grace_days=settings().grace_days,
        cursor=cursor_in_address(),
        is_past=shown.at.is_past,
    )


def _chips(shown: Shown, period: str, tags: TagChoices) -> list[tuple[str, str]]:
    return [
        (label, replace(shown, filters=replace(shown.filters, **change)).address(period))
        for label, change in labels_of(shown.filters, tags)
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
