"""What changed in the register: a page for every month, and a feed of all of it."""

from __future__ import annotations

from datetime import date

from flask import (
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.asked import TagChoices, tag_choices
from portal.commitments.words import PROGRESS
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.words import MONTHS
from portal.following import queries
from portal.following.asked import filters_of, parts_of
from portal.following.kinds import LABELS, ChangeKind
from portal.following.queries import ADDRESSES, Change, ChangeFilter
from portal.following.views.blueprint import bp
from portal.lifecycle.claims import EnteredAs
from portal.web.address import cursor_in_address, in_short
from portal.web.atom import Entry, feed
from portal.web.cached import keep_as
from portal.web.guard import public
from portal.web.templating import vereniging

MOST_ENTRIES = 50
FIRST_YEAR, LAST_YEAR = 1900, 2199


def month_words(month: date) -> str:
    """Return "november 2026", or "November 2026"."""
    names = MONTHS[current_locale()].split()
    return f"{names[month.month - 1]} {month.year}"


def _month_address(month: date, filters: ChangeFilter, cursor: str | None = None) -> str:
    return url_for(
        "following.changes",
        year=month.year,
        month=month.month,
        na=cursor,
        **filters.arguments(),  # type: ignore[arg-type]
    )


@bp.get("/veranderingen")
@public()
@in_short
def newest() -> ResponseReturnValue:
    """Lead to the last month in which something changed, or to this one."""
    filters = filters_of(request.args, tag_choices())
    month = queries.latest_month(filters) or clock.today().replace(day=1)
    return redirect(_month_address(month, filters))


def _load_month(year: int, month: int) -> date:
    """Return the first day of a month that has begun, or 404."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise NotFound
    first = date(year, month, 1)
    if first > clock.today():
        raise NotFound
    return first


def _address_of(change: Change) -> str:
    endpoint, name = ADDRESSES[change.thing]
    return url_for(endpoint, **{name: change.slug})  # type: ignore[arg-type]


# What the page needs besides its rows.
WORDS = {
    "labels": LABELS,
    "progress_words": PROGRESS,
    "month_words": month_words,
    "month_address": _month_address,
    "address_of": _address_of,
}


@bp.get("/veranderingen/<int:year>/<int:month>")
@public(load=_load_month)
@in_short
def changes(month: date) -> ResponseReturnValue:
    """What became public in a month, the newest first, and the ways to the months beside it."""
    tags = tag_choices()
    filters = filters_of(request.args, tags)
    keep_as(_month_address(month, filters))
    page = queries.changes_in(month, filters, cursor_in_address())
    return render_template(
        "following/changes.html",
        month=month,
        filters=filters,
        list=page,
        beside=queries.months_beside(month, filters),
        chips=_chips(month, filters, tags),
        **WORDS,
    )


@bp.get("/veranderingen.atom")
@public()
@in_short
def atom() -> ResponseReturnValue:
    """The latest changes as a feed, with the same filters as the pages."""
    tags = tag_choices()
    filters = filters_of(request.args, tags)
    keep_as(url_for("following.atom", **filters.arguments()))  # type: ignore[arg-type]
    entries = [_entry(change) for change in queries.latest(filters, MOST_ENTRIES)]
    labels = [label for label, _without in parts_of(filters, tags)]
    name = ", ".join([_("Wat er veranderde"), *labels])
    title = f"{vereniging().site_name}: {name}"
    path = url_for("following.newest", **filters.arguments())  # type: ignore[arg-type]
    return feed(title, path, entries)


def _entry(change: Change) -> Entry:
    words = get_template_attribute("following/_change.html", "told")
    return Entry(
        name=f"verandering-{change.id}",
        title=f"{str(LABELS[ChangeKind(change.kind)]).capitalize()}. {change.about}",
        address=full_path(_address_of(change)),
        updated=change.at,
        author=_author_of(change),
        content=words(change, PROGRESS).strip(),
        language=current_locale(),
    )


def _author_of(change: Change) -> str:
    """Return who did it: the organisation, or "" for the vereniging."""
    is_own = change.entered_as != EnteredAs.VERENIGING and change.step != "end_by_vereniging"
    return change.organisation_name or "" if is_own else ""


def _chips(month: date, filters: ChangeFilter, tags: TagChoices) -> list[tuple[str, str]]:
    """Return each part of the filter: its label, and the address of the month without it."""
    parts = parts_of(filters, tags)
    return [(label, _month_address(month, without)) for label, without in parts]
