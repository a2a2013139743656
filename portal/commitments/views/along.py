"""What people take along: terms in their calendar, a list in their feed reader."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from portal.commitments.asked import TagChoices, filters_of, labels_of, tag_choices
from portal.commitments.calendar import MIME_TYPE, calendar_of, term_words
from portal.commitments.queries.along import TermRow, latest_updated, terms_of, terms_of_one
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.taking import taken
from portal.commitments.taking import cells, columns
from portal.commitments.views.blueprint import bp
from portal.commitments.views.filters import chips_of, list_address, order_of
from portal.commitments.views.loading import load_page
from portal.commitments.words import PROGRESS
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.core.short_numbers import short_number
from portal.policy import Permission
from portal.services.tables import table_of
from portal.signatures.queries import first_signing
from portal.web.address import in_short
from portal.web.atom import Entry, feed
from portal.web.cached import keep_as
from portal.web.downloads import attachment
from portal.web.guard import public, requires
from portal.web.past import as_at
from portal.web.taking import ENDING, take
from portal.web.templating import vereniging

MOST_ENTRIES = 50


@bp.get("/toezeggingen.ics")
@public()
@in_short
def calendar() -> ResponseReturnValue:
    """The terms of the list with the filter in the address; a program can subscribe to it."""
    tags = tag_choices()
    filters = filters_of(request.args, tags)
    keep_as(url_for("commitments.calendar", **filters.arguments()))  # type: ignore[arg-type]
    rows = terms_of(filters, on=clock.today(), grace_days=settings().grace_days)
    name = _name(_("Termijnen van toezeggingen"), filters, tags)
    return _calendar(calendar_of(name, rows), "toezeggingen.ics")


@bp.get("/toezeggingen/<slug>/termijn.ics")
@requires(Permission.COMMITMENT_READ, load=load_page)
def calendar_of_one(page: CommitmentPage) -> ResponseReturnValue:
    """The term of one commitment."""
    row = page.row
    return _calendar(calendar_of(row.title, terms_of_one(row.id)), f"{row.slug}.ics")


@bp.get("/toezeggingen.atom")
@public()
@in_short
def atom() -> ResponseReturnValue:
    """The list with the filter in the address as a feed: what was updated last comes first."""
    tags = tag_choices()
    filters = filters_of(request.args, tags)
    keep_as(url_for("commitments.atom", **filters.arguments()))  # type: ignore[arg-type]
    rows = latest_updated(filters, MOST_ENTRIES, on=clock.today(), grace_days=settings().grace_days)
    path = url_for("commitments.index", **filters.arguments())  # type: ignore[arg-type]
    entries = [_entry(row) for row in rows]
    return feed(_name(_("Toezeggingen"), filters, tags), path, entries)


@bp.get(f"/toezeggingen.{ENDING}")
@public()
@in_short
def sheet(ending: str) -> ResponseReturnValue:
    """The list with the filter in the address as a table, all of it."""
    tags, at, grace_days = tag_choices(), as_at(first_signing), settings().grace_days
    filters, order = filters_of(request.args, tags), order_of(request.args)
    rows = taken(filters, on=at.on, grace_days=grace_days, order=order, is_past=at.is_past)
    table = table_of(
        *("toezeggingen", _("Toezeggingen"), list_address(filters, order, at), columns()),
        cells(rows, tags, on=at.on, grace_days=grace_days),
        labels=[label for label, _without in labels_of(filters, tags)],
        on=at.on,
    )
    return take(table, ending)


def _entry(row: TermRow) -> Entry:
    progress = _("Status: %(progress)s", progress=PROGRESS[row.progress])
    words = _("Termijn: %(words)s", words=term_words(row))
    number = f"{short_number(row.short_number)}. " if row.short_number else ""
    return Entry(
        name=f"toezegging-{row.id}",
        title=f"{row.organisation_name}: {row.title}",
        address=full_path(url_for("commitments.show", slug=row.slug)),
        updated=row.updated_at,
        author="" if row.is_of_vereniging else row.organisation_name,
        content=escape(f"{number}{progress}. {words}."),
        language=row.language,
    )


def _name(about: str, filters: CommitmentFilter, tags: TagChoices) -> str:
    labels = [label for label, _without in chips_of(filters, order_of(request.args), tags)]
    return f"{vereniging().site_name}: {', '.join([about, *labels])}"


def _calendar(content: bytes, file_name: str) -> Response:
    answer = Response(content, content_type=f"{MIME_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = attachment(file_name)
    return answer
