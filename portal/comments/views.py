"""Comments: posting, answering, editing, withdrawing, and one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.sessions import signed_in_viewer
from portal.comments import actions
from portal.comments.forms import CommentForm, EditCommentForm
from portal.comments.models import Comment
from portal.comments.queries.finding import (
    DiscussionRow,
    get_comment,
    get_discussion,
    latest_version,
    placed_versions,
)
from portal.comments.queries.own import comments_by, decisions_on
from portal.comments.queries.places import SENT_PARAMETER, Posted, address_of
from portal.comments.queries.threads import Thread
from portal.core.i18n import gettext as _
from portal.core.words import moment_words
from portal.lifecycle import CommentState, is_open_for, step_of
from portal.policy import Concern, Permission, can
from portal.services.grounds import TEXT_GROUNDS
from portal.web.address import cursor_in_address
from portal.web.cached import cached_part
from portal.web.forms import ButtonForm, PortalForm
from portal.web.guard import requires
from portal.web.limiting import Limit, Moment, by_account
from portal.web.person import viewer

bp = Blueprint("comments", __name__)

# Nothing is slow before a comment is written.
OFTEN = Limit("comment_account", by_account, Moment.ACTS)


@bp.app_template_global("comment_form")
def comment_form(thread: Thread) -> CommentForm:
    """Return the form below a discussion, with what the viewer typed before signing in."""
    return CommentForm.open(thread)


@bp.app_template_global("can_write_in")
def can_write_in(thread: Thread) -> bool:
    """Return whether the viewer may add something to a discussion."""
    return viewer().is_confirmed and thread.is_open and thread.is_public


@bp.app_template_global("sent_and_waits")
def sent_and_waits(thread: Thread) -> bool:
    """Return whether the address names a comment of the viewer's own that waits, on this page.

    Whoever follows a link of somebody else's is told nothing: they wrote none.
    """
    number = request.args.get(SENT_PARAMETER, type=int)
    return any(row.id == number and row.state == CommentState.PENDING for row in thread.rows)


@bp.app_template_global("comment_list")
def comment_list(thread: Thread) -> Markup:
    """Return the comments of a discussion; rendered once for all viewers who see the same."""
    person = viewer()
    writer_id = person.id if person.is_confirmed else None
    may_write = can_write_in(thread)
    # Viewers who wrote none of these comments see the same, so they share one rendering.
    own = [row.id for row in thread.rows if row.author_id == writer_id]
    moderated = _moderated(thread)

    def render() -> str:
        return render_template(
            "comments/_list.html",
            thread=thread,
            writer_id=writer_id,
            may_write=may_write,
            moderated=moderated,
        )

    made_of = (thread.rows, thread.waiting, thread.organisation_id, own, may_write, moderated)
    return cached_part("comments", made_of, render)


def _moderated(thread: Thread) -> tuple[int, ...]:
    """Return the ids of the placed comments that the viewer may hide, or bring back."""
    person = viewer()
    if not can(person, Permission.QUEUE_READ):
        return ()
    ids = []
    for row in thread.rows:
        organisations = (row.organisation_id, thread.organisation_id)
        concern = Concern(row.author_id, [each for each in organisations if each is not None])
        if row.state == CommentState.PLACED and can(person, Permission.HIDING_DECIDE, concern):
            ids.append(row.id)
    return tuple(ids)


@bp.app_template_global("comment_fields")
def comment_fields(form: CommentForm) -> Markup:
    """Return the fields of the form; empty ones are rendered once for each set of choices."""

    def render() -> str:
        return render_template("comments/_text_fields.html", form=form)

    if form.body.data or form.errors:
        return Markup(render())  # noqa: S704
    choices = [(choice.value, choice.label) for choice in form.speaks_for.choices]
    voice = (form.speaks_for.data, form.own_voice, form.parent_id.data is None)
    made_of = (signed_in_viewer().name, choices, voice, form.body.flags.most)
    return cached_part("comment fields", made_of, render)


def _way_to(comment: Comment | Posted) -> str:
    return request.script_root + address_of(comment)


@bp.app_template_filter("time_element")
@lru_cache(maxsize=8192)
def time_element(moment: datetime, locale: str) -> Markup:
    """Return `moment` as an element, in words and for machines; cached, since it takes long."""
    label = moment_words(moment, locale)
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), label)


@bp.route("/reacties/<int:discussion_id>", methods=["GET", "POST"])
@requires(
    step_of("comment", "post"),
    load=get_discussion,
    form=CommentForm,
    page="comments/post.html",
    limits=(OFTEN,),
)
def post(discussion: DiscussionRow, form: CommentForm) -> ResponseReturnValue:
    """Post a comment or a reply; a page of its own when something must be put right."""
    comment = actions.post(
        discussion,
        body=form.body.data,
        html=form.html,
        organisation_id=form.organisation_id,
        is_of_vereniging=form.is_of_vereniging,
        parent_id=form.parent_id.data,
        by=viewer(),
    )
    return redirect(_way_to(comment))


def _unless_open(act: str) -> Callable[[Comment, PortalForm], ResponseReturnValue | None]:
    """Return what leads a viewer to their own comments when one is not open to `act` any more."""
    step = step_of("comment", act)

    def instead(comment: Comment, _form: PortalForm) -> ResponseReturnValue | None:
        if request.method == "GET" and not is_open_for(step, comment):
            return redirect(url_for("comments.mine"))
        return None

    return instead


def _latest(comment: Comment, _form: EditCommentForm) -> dict[str, object]:
    """Return the newest text of a comment, and what was decided on it."""
    latest = latest_version(comment.id)
    decision = decisions_on([latest.id]).get(latest.id)
    return {"latest": latest, "decision": decision, "grounds": TEXT_GROUNDS}


@bp.route("/reacties/<int:comment_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("comment", "edited"),
    load=get_comment,
    form=EditCommentForm,
    page="comments/edit.html",
    context=_latest,
    instead=_unless_open("edited"),
    limits=(OFTEN,),
)
def edit(comment: Comment, form: EditCommentForm) -> ResponseReturnValue:
    """Write another text for a comment of one's own."""
    actions.edit(
        comment,
        body=form.body.data,
        html=form.html,
        organisation_id=form.organisation_id,
        is_of_vereniging=form.is_of_vereniging,
        by=viewer(),
    )
    flash(_("Uw wijziging wacht op moderatie. U krijgt een mail als een moderator heeft besloten."))
    return redirect(_way_to(comment))


@bp.route("/reacties/<int:comment_id>/intrekken", methods=["GET", "POST"])
@requires(
    step_of("comment", "withdraw"),
    load=get_comment,
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
@requires(Permission.COMMENT_READ, load=get_comment)
def history(comment: Comment) -> ResponseReturnValue:
    """Every text of a comment that was placed."""
    return render_template(
        "comments/history.html",
        comment=comment,
        versions=placed_versions(comment),
        way_back=_way_to(comment),
    )


@bp.get("/account/reacties")
@requires(Permission.ACCOUNT_EDIT)
def mine() -> ResponseReturnValue:
    """One's own comments, with what was decided."""
    return render_template(
        "comments/mine.html",
        comments=comments_by(signed_in_viewer().id, cursor_in_address()),
        grounds=TEXT_GROUNDS,
    )
