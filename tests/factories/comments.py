"""Discussions, and comments with the versions of their text."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.actions.counters import count_decision
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.answers import reply_rank_of, thread_rank_of
from portal.core import clock
from portal.core.db import db
from portal.core.markdown import render_typed
from portal.lifecycle import TextState
from portal.organisations.models import Organisation
from tests.factories.accounts import make_account
from tests.factories.states import REASON, add, bring_to, committed, number

# State of a comment -> state of its first version.
VERSIONS = {
    "pending": "pending",
    "placed": "placed",
    "refused": "refused",
    "withdrawn": "withdrawn",
}


def new_discussion(
    address: str, title: str, *, organisation: Organisation | None = None, is_public: bool = True
) -> Discussion:
    """Return a discussion that is not committed yet, for whatever owns it."""
    return Discussion(
        address=address,
        title=title,
        organisation_id=organisation.id if organisation else None,
        is_open=True,
        is_public=is_public,
        placed_count=0,
        pending_count=0,
        created_at=clock.now(),
    )


@committed
def make_discussion(
    *,
    organisation: Organisation | None = None,
    is_open: bool = True,
    is_public: bool = True,
    address: str | None = None,
    title: str | None = None,
) -> Discussion:
    """Return a discussion of nothing in particular; its address is the home page."""
    discussion = new_discussion(
        address or "/",
        title or f"Onderwerp {number()}",
        organisation=organisation,
        is_public=is_public,
    )
    discussion.is_open = is_open
    add(discussion)
    return discussion


@committed
def make_comment(
    discussion: Discussion | None = None,
    *,
    state: str = "placed",
    body: str = "Een **goed** plan.",
    author: Account | None = None,
    parent: Comment | None = None,
    organisation: Organisation | None = None,
    reason: str = REASON,
) -> Comment:
    """Return a comment with one version; with `parent` it is a reply in that thread."""
    subject = discussion or (parent.discussion if parent else make_discussion())
    person = author or make_account()
    comment = Comment(
        discussion_id=subject.id,
        thread_id=0,
        parent_id=parent.id if parent else None,
        author_id=person.id,
        author_name=person.name,
        job_title="Adviseur" if organisation else "",
        organisation_id=organisation.id if organisation else None,
        organisation_name=organisation.name if organisation else None,
        created_at=clock.now(),
    )
    bring_to(comment, state, by=person, reason=reason)
    comment.thread_id = parent.thread_id if parent else comment.id
    spoken, owner = comment.organisation_id, subject.organisation_id
    comment.thread_rank = parent.thread_rank if parent else thread_rank_of(spoken, owner)
    comment.reply_rank = reply_rank_of(spoken, owner, is_top=parent is None)
    version = make_comment_version(
        comment, state=VERSIONS[state], body=body, author=person, reason=reason
    )
    if state == "placed":
        _place(comment, version, subject, parent)
    elif state == "pending":
        subject.pending_count += 1
    add(comment)
    return comment


@committed
def make_comment_version(
    comment: Comment,
    *,
    state: str = "pending",
    body: str = "Een **beter** plan.",
    author: Account | None = None,
    reason: str = REASON,
) -> CommentVersion:
    """Return one more version of a comment; it does not touch what is placed."""
    numbers = db.session.query(CommentVersion).filter_by(comment_id=comment.id).count()
    version = CommentVersion(
        comment_id=comment.id,
        number=numbers + 1,
        body=body,
        html=render_typed(body),
        created_at=clock.now(),
    )
    by = author or db.session.get_one(Account, comment.author_id)
    bring_to(version, state, by=by, reason=reason)
    add(version)
    count_decision(version, TextState.PENDING)
    return version


def _place(
    comment: Comment, version: CommentVersion, discussion: Discussion, parent: Comment | None
) -> None:
    comment.html = version.html
    comment.placed_version_id = version.id
    comment.placed_at = clock.now()
    discussion.placed_count += 1
    if parent is not None:
        parent.placed_reply_count += 1
