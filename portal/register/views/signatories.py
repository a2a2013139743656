"""The public pages of the signatories, and of one signatory."""

from __future__ import annotations

from functools import partial

from flask import get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from portal.comments.queries.threads import THREAD_PARAMETER, thread_for
from portal.commitments.queries.counting import counts_by_organisation
from portal.commitments.queries.filtering import DONE, LATE, PROMISED
from portal.commitments.queries.rows import published_of
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.organisations.models import Organisation
from portal.organisations.provinces import PROVINCES, province_name
from portal.organisations.queries import (
    kind_name,
    kinds,
    logo_key,
    reasons_to_hide,
    shown_logo,
    shown_profile,
)
from portal.pact.queries import versions
from portal.policy import Concern, Permission, can
from portal.register import queries
from portal.register.taking import cells, columns
from portal.register.views.blueprint import bp
from portal.register.views.filters import (
    Choices,
    Shape,
    chips_of,
    filters_of,
    heads_of,
    list_address,
    narrowing_of,
    other_shape,
    shape_labels,
    shape_of,
)
from portal.services.finding import word_index
from portal.services.tables import table_of
from portal.signatures.queries import first_signing, public_signatures
from portal.signatures.queries.facets import SignatoryFacets, signatory_facets
from portal.signatures.queries.filtering import SignatoryFilter
from portal.web.address import cursor_in_address, in_short
from portal.web.atom import Entry, feed
from portal.web.cached import cached_page, cached_part, keep_as
from portal.web.figures import counted_once
from portal.web.guard import public, requires
from portal.web.past import AsAt, as_at
from portal.web.person import viewer
from portal.web.taking import ENDING, take
from portal.web.templating import vereniging

MOST_ENTRIES = 50
# The columns of the table that count, each with the list whose length is the number.
COUNTED = {"published": PROMISED, "done": DONE, "late": LATE}


@bp.get("/ondertekenaars")
@public()
@in_short
def signatories() -> ResponseReturnValue:
    """The list of signatories; its filters stand in the address."""
    choices, at = _choices(), as_at(first_signing)
    filters, shape = filters_of(request.args, choices), shape_of(request.args, at)
    context = _list_context(filters, shape, choices, at)

    def render_list() -> str:
        address = partial(list_address, filters, shape, at)
        return render_template("register/_signatories.html", **context, page_address=address)

    def render() -> str:
        part = cached_part("signatories", context, render_list)
        return render_template("register/signatories.html", **context, part=part)

    return cached_page(context, render)


@bp.get("/ondertekenaars.atom")
@public()
@in_short
def atom() -> ResponseReturnValue:
    """The list with the filter in the address as a feed: who came here last comes first."""
    choices = _choices()
    filters = filters_of(request.args, choices)
    newest = Shape(queries.NEWEST)
    keep_as(url_for("register.atom", **filters.arguments()))  # type: ignore[arg-type]
    labels = [label for label, _without in chips_of(filters, newest, choices)]
    name = ", ".join([_("Ondertekenaars"), *labels])
    entries = [_entry(row) for row in queries.newest(filters, MOST_ENTRIES)]
    path = list_address(filters, newest)
    return feed(f"{vereniging().site_name}: {name}", path, entries)


@bp.get(f"/ondertekenaars.{ENDING}")
@public()
@in_short
def sheet(ending: str) -> ResponseReturnValue:
    """The list with the filter in the address as a table, all of it."""
    choices, at, grace_days = _choices(), as_at(first_signing), settings().grace_days
    filters, shape = filters_of(request.args, choices), shape_of(request.args, at)
    rows = queries.taken(
        filters, on=at.on, grace_days=grace_days, order=shape.order, is_past=at.is_past
    )
    path, labels = list_address(filters, shape, at), chips_of(filters, shape, choices)
    table = table_of(
        *("ondertekenaars", _("Ondertekenaars"), path, columns(), cells(rows)),
        labels=[label for label, _without in labels],
        on=at.on,
    )
    return take(table, ending)


def _entry(row: queries.NewSignatory) -> Entry:
    signed = get_template_attribute("signatures/_signed.html", "signed")
    return Entry(
        name=f"ondertekenaar-{row.id}",
        title=row.name,
        address=full_path(url_for("register.signatory", slug=row.slug)),
        updated=row.shown_at,
        author=row.name,
        content=escape(_("Getekend: %(signed)s.", signed=signed(row))),
        language=current_locale(),
    )


def _choices() -> Choices:
    locale = current_locale()
    return Choices(
        kinds={kind.slug: kind_name(kind, locale) for kind in kinds()},
        provinces=PROVINCES,
        states={"ondertekenaar": _("ondertekenaar"), "voormalig": _("voormalig ondertekenaar")},
        events=queries.event_named(request.args.get("gelegenheid", "")),
    )


def _list_context(
    filters: SignatoryFilter, shape: Shape, choices: Choices, at: AsAt
) -> dict[str, object]:
    """Return what the template of the list shows: page, figures, and filters to choose."""
    grace_days = settings().grace_days
    keep_as(list_address(filters, shape))
    numbers = _facets(filters, at)
    return {
        "at": at,
        "filters": filters,
        # Asked first: what comes in meanwhile can be found.
        "is_behind": bool(filters.words) and word_index().is_behind(),
        "list": queries.listing(
            filters,
            on=at.on,
            grace_days=grace_days,
            order=shape.order,
            cursor=cursor_in_address(),
            is_past=at.is_past,
            with_news=shape.is_table,
        ),
        "figures": queries.figures(on=clock.today(), grace_days=grace_days),
        "choices": choices,
        "facets": numbers,
        "narrowing": narrowing_of(filters, shape, choices, numbers, at),
        "chips": chips_of(filters, shape, choices, at),
        "instead": word_index().instead_of(filters.words),
        **_shown(filters, shape, at),
    }


def _shown(filters: SignatoryFilter, shape: Shape, at: AsAt) -> dict[str, object]:
    """Return how the list is shown: as cards or as a table, and the way to the other."""
    return {
        "shape": shape,
        "shape_labels": shape_labels(shape),
        "other_shape": list_address(filters, other_shape(shape), at),
        "heads": heads_of(filters, shape, at) if shape.is_table else (),
        "counted": {name: each.arguments() for name, each in COUNTED.items()},
    }


def _facets(filters: SignatoryFilter, at: AsAt) -> SignatoryFacets:
    """Return what each choice opens; words and earlier days are without end, so not kept."""
    count = partial(signatory_facets, filters, at.past)
    if at.is_past or filters.words:
        return count()
    return counted_once("signatory_facets", filters, count)


@bp.get("/ondertekenaars/<slug>")
@requires(Permission.ORGANISATION_READ, load=queries.get_signatory)
def signatory(organisation: Organisation) -> ResponseReturnValue:
    """One signatory: its signatures, its commitments, and the comments on them."""
    at = as_at(first_signing)
    return render_template(
        "register/signatory.html",
        at=at,
        organisation=organisation,
        kind=kind_name(organisation.kind, current_locale()),
        province=province_name(organisation.province),
        **_promised(organisation, at),
        disownings=reasons_to_hide(organisation.id, viewer()),
        **_presented(organisation),
        **_signed(organisation, at),
    )


def _promised(organisation: Organisation, at: AsAt) -> dict[str, object]:
    """Return the commitments of a signatory as at a day, and how many are how far."""
    number, grace_days = organisation.id, settings().grace_days
    counts = counts_by_organisation([number], on=at.on, grace_days=grace_days, is_past=at.is_past)
    return {
        "commitments": published_of(number, on=at.on, grace_days=grace_days, is_past=at.is_past),
        "counts": counts.get(number),
    }


def _presented(organisation: Organisation) -> dict[str, object]:
    """Return logo and short description, and which of them the viewer may hide."""
    return {
        "logo_key": logo_key(organisation),
        "profile": shown_profile(organisation),
        "moderated": _moderated(organisation),
    }


def _moderated(organisation: Organisation) -> dict[str, int]:
    """Return the number of what stands here and the viewer may hide, by its word in addresses."""
    person = viewer()
    if not can(person, Permission.QUEUE_READ):
        return {}
    profile, logo = shown_profile(organisation), shown_logo(organisation)
    writers: dict[str, tuple[int, int | None]] = {}
    if profile is not None:
        writers["omschrijving"] = profile.id, profile.author_id
    if logo is not None:
        writers["logo"] = logo.id, logo.created_by
    return {
        word: number
        for word, (number, writer) in writers.items()
        if can(person, Permission.HIDING_DECIDE, Concern(writer, (organisation.id,)))
    }


def _signed(organisation: Organisation, at: AsAt) -> dict[str, object]:
    """Return the signatures with their text and event, and the discussion of the newest.

    As at an earlier day, those that had been set; comments are about today.
    """
    signatures = public_signatures(organisation.id)
    discussion_id = signatures[0].discussion_id if signatures and not at.is_past else None
    if at.is_past:
        signatures = [each.as_at(at.on) for each in signatures if each.was_set_by(at.on)]
    thread = (
        thread_for(discussion_id, viewer(), cursor_in_address(THREAD_PARAMETER))
        if discussion_id is not None
        else None
    )
    return {
        "signatures": signatures,
        "ended_by_vereniging": bool(signatures) and queries.is_ended_by_vereniging(signatures[0]),
        "pact_versions": {version.id: version for version in versions()},
        "events": {event.id: event for event in queries.events_of(signatures)},
        "thread": thread,
    }
