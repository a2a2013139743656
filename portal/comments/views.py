"""Comments: posting, answering, editing, withdrawing, and one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.sessions import signed_in_viewer
from portal.comments import actions, queries
from portal.comments.forms import CommentForm, EditCommentForm
from portal.comments.models import Comment
from portal.core.i18n import gettext as _
from portal.core.words import moment_words
from portal.lifecycle import is_open, step_of
from portal.policy import Permission
from portal.services.grounds import TEXT_GROUNDS
from portal.web.address import cursor_in_address
from portal.web.cached import cached_part
from portal.web.forms import ButtonForm, PortalForm
from portal.web.guard import requires
from portal.web.person import viewer

bp = Blueprint("comments", __name__)


@bp.app_template_global("comment_form")
def comment_form(thread: queries.Thread) -> CommentForm:
    """Return the form below a discussion, with what its reader typed before signing in."""
    return CommentForm.open(thread)


@bp.app_template_global("can_write_in")
def can_write_in(thread: queries.Thread) -> bool:
    """Return whether the reader may add something to a discussion."""
    return viewer().is_confirmed and thread.is_open and thread.is_public


@bp.app_template_global("comment_list")
def comment_list(thread: queries.Thread) -> Markup:
    """Return the comments of a discussion; rendered once for all readers who see the same."""
    person = viewer()
    writer_id = person.id if person.is_confirmed else None
    may_write = can_write_in(thread)
    # Whoever wrote none of them sees what others see who did not.
    own = [row.id for row in thread.rows if row.author_id == writer_id]

    def render() -> str:
        return render_template(
            "comments/_list.html", thread=thread, writer_id=writer_id, may_write=may_write
        )

    made_of = (thread.rows, thread.waiting, thread.organisation_id, own, may_write)
    return cached_part("comments", made_of, render)


@bp.app_template_global("comment_fields")
def comment_fields(form: CommentForm) -> Markup:
    """Return the fields of the form; empty ones are rendered once for who has the same voices."""

    def render() -> str:
        return render_template("comments/_text_fields.html", form=form)

    if form.body.data or form.errors:
        return Markup(render())  # noqa: S704
    choices = [(choice.value, choice.label) for choice in form.speaks_for.choices]
    made_of = (signed_in_viewer().name, choices, form.speaks_for.data, form.body.flags.maxlength)
    return cached_part("comment fields", made_of, render)


def _way_to(comment: Comment | queries.Posted) -> str:
    return request.script_root + queries.address_of(comment)


@bp.app_template_filter("time_element")
@lru_cache(maxsize=8192)
def time_element(moment: datetime, locale: str) -> Markup:
    """Return `moment` as an element: in words, and for machines. The dearest part of a comment."""
    words = moment_words(moment, locale)
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), words)


@bp.route("/reacties/<int:discussion_id>", methods=["GET", "POST"])
@requires(
    step_of("comment", "post"),
    load=queries.get_discussion,
    form=CommentForm,
    page="comments/post.html",
    limits=("comment_account",),
)
def post(discussion: queries.DiscussionRow, form: CommentForm) -> ResponseReturnValue:
    """Post a comment or a reply; a page of its own when something must be put right."""
    comment = actions.post(
        discussion,
        body=form.body.data,
        html=form.html,
        organisation_id=form.organisation_id,
        parent_id=form.parent_id.data,
        by=viewer(),
    )
    flash(_("Uw reactie wacht op moderatie. U krijgt een mail als een moderator heeft besloten."))
    return redirect(_way_to(comment))


def _unless_open(act: str) -> Callable[[Comment, PortalForm], ResponseReturnValue | None]:
    """Return what leads to the list of one's own when a comment is not open to `act` (any more)."""
    step = step_of("comment", act)

    def instead(comment: Comment, _form: PortalForm) -> ResponseReturnValue | None:
        if request.method == "GET" and not is_open(step, comment.state):
            return redirect(url_for("comments.mine"))
        return None

    return instead


def _latest(comment: Comment, _form: EditCommentForm) -> dict[str, object]:
    """Return the newest text of a comment, and what was decided on it."""
    latest = queries.latest_version(comment.id)
    decision = queries.decisions_on([latest.id]).get(latest.id)
    return {"latest": latest, "decision": decision, "grounds": TEXT_GROUNDS}


@bp.route("/reacties/<int:comment_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("comment", "edited"),
    load=queries.get_comment,
    form=EditCommentForm,
    page="comments/edit.html",
    context=_latest,
    instead=_unless_open("edited"),
    limits=("comment_account",),
)
def edit(comment: Comment, form: EditCommentForm) -> ResponseReturnValue:
    """Write another text for a comment of one's own."""
    actions.edit(
        comment,
        body=form.body.data,
        html=form.html,
        organisation_id=form.organisation_id,
        by=viewer(),
    )
    flash(_("Uw wijziging wacht op moderatie. U krijgt een mail als een moderator heeft besloten."))
    return redirect(_way_to(comment))


@bp.route("/reacties/<int:comment_id>/intrekken", methods=["GET", "POST"])
@requires(
    step_of("comment", "withdraw"),
    load=queries.get_comment,
    form=ButtonForm,
    page="comments/withdraw.html",
    instead=_unless_open("withdraw"),
)
def withdraw(comment: Comment, _form: ButtonForm) -> ResponseReturnValue:
    """Take a comment of one's own back."""
    actions.withdraw(comment, by=viewer())
    flash(_("U hebt uw reactie ingetrokken."))
    return redirect(url_for("comments.mine"))


@bp.get("/reacties/<int:comment_id>/geschiedenis")
@requires(Permission.COMMENT_READ, load=queries.get_comment)
def history(comment: Comment) -> ResponseReturnValue:
    """Every text of a comment that was placed."""
    return render_template(
        "comments/history.html",
        comment=comment,
        versions=queries.placed_versions(comment),
        way_back=_way_to(comment),
    )


@bp.get("/account/reacties")
@requires(Permission.ACCOUNT_EDIT)
def mine() -> ResponseReturnValue:
    """One's own comments, with what was decided."""
    account_id: Any = viewer().id
    return render_template(
        "comments/mine.html",
        comments=queries.comments_by(account_id, cursor_in_address()),
        grounds=TEXT_GROUNDS,
    )
