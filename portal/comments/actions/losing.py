"""What becomes of a text in the name of an organisation when its writer loses the role there."""

from __future__ import annotations

from portal.accounts.events import StaffRoleTaken
from portal.accounts.models import Account
from portal.comments import mails
from portal.comments.actions.counters import rank
from portal.comments.models import Comment
from portal.comments.queries.finding import texts_of, waiting_in_name_of
from portal.comments.queries.voices import find_voice, is_of_staff
from portal.core.db import db, lock_row
from portal.lifecycle import CommentState, TextState
from portal.organisations.events import MemberDropped
from portal.policy import Person
from portal.services.history import advance, record


def drop_voice(dropped: MemberDropped) -> None:
    """Let nobody go on speaking for an organisation that they no longer belong to.

    A comment that waits becomes one of the writer alone; a change of a placed one is withdrawn.
    """
    if find_voice(dropped.account_id, dropped.organisation_id) is not None:
        return
    for comment in waiting_in_name_of(dropped.account_id, dropped.organisation_id):
        _take_voice(comment, by=dropped.by)


def drop_staff_voice(taken: StaffRoleTaken) -> None:
    """Let nobody go on speaking for the vereniging without a role in it, as for an organisation."""
    if is_of_staff(taken.account_id):
        return
    for comment in waiting_in_name_of(taken.account_id):
        _take_voice(comment, by=taken.by)


def _take_voice(comment: Comment, *, by: Person | None) -> None:
    lock_row(comment.discussion)
    lock_row(comment)
    if comment.state == CommentState.PENDING:
        speak_personally(comment, by=by)
    elif comment.state == CommentState.PLACED:
        _withdraw_change(comment, by=by)


def has_lost_voice(comment: Comment) -> bool:
    """Return whether a comment speaks in a name in which its writer has no role now."""
    if comment.is_of_vereniging:
        return not is_of_staff(comment.author_id)
    number = comment.organisation_id
    return number is not None and find_voice(comment.author_id, number) is None


def speak_personally(comment: Comment, *, by: Person | None) -> None:
    """Let a comment that waits speak for its writer alone, who gets a mail about it."""
    name = comment.organisation_name or ""
    comment.organisation_id = comment.organisation_name = None
    comment.is_of_vereniging = False
    comment.job_title = ""
    rank(comment)
    record(comment, "voice_lost", by=by, reason=name)
    _tell(comment, name)


def _withdraw_change(comment: Comment, *, by: Person | None) -> None:
    is_withdrawn = False
    for version in texts_of(comment.id):
        if version.state not in (TextState.PENDING, TextState.CHANGE_ASKED):
            continue
        if version.state == TextState.PENDING:
            comment.discussion.pending_count -= 1
        advance(version, "withdraw", by=by)
        is_withdrawn = True
    if is_withdrawn:
        record(comment, "voice_lost", by=by, reason=comment.organisation_name or "")
        _tell(comment, comment.organisation_name or "")


def _tell(comment: Comment, organisation: str) -> None:
    writer = db.session.get_one(Account, comment.author_id)
    mails.voice_lost(comment, writer, organisation=organisation)
