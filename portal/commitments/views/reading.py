"""Views in which commitments are read: the list, one page, its history, a preview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.comments.queries.threads import THREAD_PARAMETER, thread_for
from portal.commitments.asked import TagChoices, filters_of, tag_choices
from portal.commitments.forms import TermPreview
from portal.commitments.queries.alike import alike_to, tagged
from portal.commitments.queries.facets import Facets, facets
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import due_years, listing
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.part_rows import PartRows
from portal.commitments.queries.parts import Parts, part_rows, parts_of
from portal.commitments.queries.rows import CommitmentRow
from portal.commitments.views.blueprint import bp
from portal.commitments.views.filters import (
    chips_of,
    list_address,
    narrowing_of,
    order_of,
)
from portal.commitments.views.hiding import hiding_of
from portal.commitments.views.loading import load_draft_page, load_page
from portal.commitments.views.versions import newest_of
from portal.commitments.words import KINDS, PROGRESS, STANDINGS
from portal.core import clock
from portal.core.settings import settings
from portal.lifecycle import open_steps
from portal.policy import Permission, can, is_outside_moderator
from portal.services.finding import word_index
from portal.signatures.queries import admitted_signature_of, first_signing
from portal.web.address import cursor_in_address, in_short
from portal.web.cached import cached_page, cached_part, keep_as
from portal.web.figures import counted_once
from portal.web.guard import public, requires
from portal.web.past import AsAt, as_at
from portal.web.person import viewer
from portal.web.templating import vereniging

MOST_TERM_CHARACTERS = 200
LABELS = {"kinds": KINDS, "standings": STANDINGS}


@bp.get("/toezeggingen")
@public()
@in_short
def index() -> ResponseReturnValue:
    """The list of commitments, with filters that stand in the address."""
    tags, at = tag_choices(), as_at(first_signing)
    filters, order = filters_of(request.args, tags), order_of(request.args)
    context = _list_context(filters, order, tags, at)

    def render_list() -> str:
        address = partial(list_address, filters, order, at)
        return render_template("commitments/_list.html", **context, **LABELS, page_address=address)

    def render() -> str:
        part = cached_part("list", context, render_list)
        return render_template("commitments/index.html", **context, part=part)

    return cached_page(context, render)


def _list_context(
    filters: CommitmentFilter, order: str, tags: TagChoices, at: AsAt
) -> dict[str, object]:
    """Return what the list of this address shows, and what can be filtered on."""
    keep_as(list_address(filters, order))
    numbers = _facets(filters, at)
    return {
        "at": at,
        "facets": numbers,
        "narrowing": narrowing_of(filters, order, tags, numbers, at),
        "filters": filters,
        "order": order,
        "tags": tags,
        # Asked first: what comes in meanwhile can be found.
        "is_behind": bool(filters.words) and word_index().is_behind(),
        "list": listing(
            filters,
            on=at.on,
            grace_days=settings().grace_days,
            order=order,
            cursor=cursor_in_address(),
            is_past=at.is_past,
        ),
        "years": due_years(at.past),
        "chips": chips_of(filters, order, tags, at),
        "instead": word_index().instead_of(filters.words),
    }


def _facets(filters: CommitmentFilter, at: AsAt) -> Facets:
    """Return what each choice opens; words and earlier days are without end, so not kept."""
    grace_days = settings().grace_days
    count = partial(facets, filters, on=at.on, grace_days=grace_days, is_past=at.is_past)
    if at.is_past or filters.words:
        return count()
    return counted_once("facets", (filters, at.on, grace_days), count)


@bp.get("/toezeggingen/<slug>")
@requires(Permission.COMMITMENT_READ, load=load_page)
def show(page: CommitmentPage) -> ResponseReturnValue:
    """One commitment with its discussion."""
    thread = thread_for(page.row.discussion_id, viewer(), cursor_in_address(THREAD_PARAMETER))
    rows = part_rows(page)
    alike = _alike(page, rows)

    def render() -> str:
        below = _below(page, rows, alike)
        shown = {"article": _article(page, rows), "below": below, "thread": thread}
        return render_template("commitments/show.html", page=page, **shown)

    return cached_page((page, *rows, alike, thread), render)


def _alike(page: CommitmentPage, rows: PartRows) -> Sequence[CommitmentRow]:
    """Return the promises that share most with this one; of a page that is not public, none."""
    if not page.is_public:
        return ()
    tags = [(tag.of, tag.slug) for tag in rows.tags]
    among = counted_once("tagged", (), tagged) if tags else ()
    return alike_to(
        page.row.id,
        page.organisation_id,
        tags=tags,
        among=among,
        on=clock.today(),
        grace_days=settings().grace_days,
    )


def _below(page: CommitmentPage, rows: PartRows, alike: Sequence[CommitmentRow]) -> Markup:
    """Return how to cite the commitment, and what is like it; rendered once for all viewers."""
    newest, about = newest_of(page, rows), _about(parts_of(rows))

    def render() -> str:
        shown = {"newest": newest, "alike": alike, "about": about}
        return render_template("commitments/_below.html", page=page, commitment=page.row, **shown)

    made_of = (page, newest, alike, about, clock.today(), vereniging().site_name)
    return cached_part("below", made_of, render)


def _about(parts: Parts) -> dict[str, list[str]]:
    """Return the arguments of the list of all promises with these layers and themes."""
    tags = {"laag": parts.layers, "thema": parts.principles}
    return {name: [slug for slug, _name in found] for name, found in tags.items() if found}


@bp.get("/toezeggingen/<int:commitment_id>/concept")
@requires(Permission.COMMITMENT_READ, load=load_draft_page)
def preview(page: CommitmentPage) -> ResponseReturnValue:
    """A draft as readers will see it."""
    if page.is_published:
        return redirect(url_for("commitments.show", slug=page.row.slug))
    return render_template(
        "commitments/preview.html",
        page=page,
        commitment=page.row,
        article=_article(page, part_rows(page)),
    )


@bp.get("/termijn")
@public()
def term() -> ResponseReturnValue:
    """Return how the portal reads `?tekst=` when said on `?op=`, as a piece of a page."""
    words = request.args.get("tekst", "").replace("\x00", "").strip()[:MOST_TERM_CHARACTERS]
    try:
        said_on = date.fromisoformat(request.args.get("op", ""))
    except ValueError:
        said_on = None
    return render_template("commitments/_term_reading.html", form=TermPreview(words, said_on))


def _article(page: CommitmentPage, rows: PartRows) -> Markup:
    """Return everything but the discussion; rendered once for all viewers with the same rights."""
    person = viewer()
    is_editor = can(person, Permission.COMMITMENT_EDIT, page)
    steps = tuple(step.name for step in open_steps(page, person)) if is_editor else ()
    may_publish = "publish" not in steps or admitted_signature_of(page.organisation_id) is not None
    hiding = hiding_of(page, rows, person)
    # Of each message its own row says whether it is the vereniging's: see the template.
    may_retract = is_outside_moderator(person, page)

    def render() -> str:
        return render_template(
            "commitments/_article.html",
            page=page,
            commitment=page.row,
            parts=parts_of(rows),
            kind_words=KINDS[page.row.kind],
            progress_words=PROGRESS,
            is_editor=is_editor,
            steps=steps,
            may_publish=may_publish,
            hiding=hiding,
            may_retract=may_retract,
        )

    # Why something is hidden comes with the address at which to ask for another look.
    contact = vereniging() if hiding.has_reasons else None
    made_of = (page, *rows, is_editor, steps, may_publish, may_retract, hiding, contact)
    return cached_part("commitment", made_of, render)
