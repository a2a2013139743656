"""Views in which commitments are read: the list, one page, its history, a preview."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.comments.queries import thread_for
from portal.commitments.forms import TermPreview
from portal.commitments.queries import (
    CommitmentPage,
    Parts,
    due_years,
    get_draft_page,
    get_page,
    listing,
    part_rows,
    parts_of,
    revisions_of,
)
from portal.commitments.views.asking import asked_of, filters_on, list_url, tag_choices
from portal.commitments.views.blueprint import bp
from portal.commitments.views.past import old_texts
from portal.commitments.words import KINDS, PROGRESS, STANDINGS
from portal.lifecycle import open_steps
from portal.policy import Permission, can
from portal.web.guard import public, requires
from portal.web.kept import kept_page
from portal.web.person import actor

MOST_TERM_CHARACTERS = 200


@bp.get("/toezeggingen")
@public()
def index() -> ResponseReturnValue:
    tags = tag_choices()
    asked = asked_of(request.args, tags)
    found, years, chips = listing(asked), due_years(), filters_on(asked, tags)

    def render() -> str:
        return render_template(
            "commitments/index.html",
            asked=asked,
            found=found,
            tags=tags,
            years=years,
            chips=chips,
            kinds=KINDS,
            standings=STANDINGS,
            page_url=_page_url,
        )

    return kept_page((found, years, chips, tags), render)


@bp.get("/toezeggingen/<slug>")
@requires(Permission.COMMITMENT_READ, load=get_page)
def show(page: CommitmentPage) -> ResponseReturnValue:
    thread = thread_for(page.row.discussion_id, viewer=actor())
    rows = part_rows(page)

    def render() -> str:
        words = _words_of(page, parts_of(rows))
        return render_template("commitments/show.html", thread=thread, **words)

    return kept_page((page, *rows, thread), render)


@bp.get("/toezeggingen/<int:commitment_id>/concept")
@requires(Permission.COMMITMENT_READ, load=get_draft_page)
def preview(page: CommitmentPage) -> ResponseReturnValue:
    if page.is_public:
        return redirect(url_for("commitments.show", slug=page.row.slug))
    return render_template("commitments/preview.html", **_words_of(page, parts_of(part_rows(page))))


@bp.get("/toezeggingen/<slug>/geschiedenis")
@requires(Permission.COMMITMENT_READ, load=get_page)
def history(page: CommitmentPage) -> ResponseReturnValue:
    parts = parts_of(part_rows(page))
    texts = old_texts(page, parts, revisions_of(page.row.id))
    return render_template("commitments/history.html", texts=texts, **_words_of(page, parts))


@bp.get("/termijn")
@public()
def term() -> ResponseReturnValue:
    """Return what is read in `?tekst=` when said on `?op=`, as a piece of a page; keeps nothing."""
    words = request.args.get("tekst", "").replace("\x00", "").strip()[:MOST_TERM_CHARACTERS]
    try:
        said_on = date.fromisoformat(request.args.get("op", ""))
    except ValueError:
        said_on = None
    return render_template("commitments/_term_reading.html", form=TermPreview(words, said_on))


def _words_of(page: CommitmentPage, parts: Parts) -> dict[str, Any]:
    person = actor()
    is_editor = can(person, Permission.COMMITMENT_EDIT, page)
    return {
        "page": page,
        "commitment": page.row,
        "parts": parts,
        "kind_words": KINDS[page.row.kind],
        "progress_words": PROGRESS,
        "is_editor": is_editor,
        "steps": {step.name for step in open_steps(page, person)} if is_editor else frozenset(),
    }


def _page_url(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = request.args.to_dict(flat=False)
    return list_url({**kept, "na": cursor})
