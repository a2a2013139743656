"""What a moderator does with the text of a comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.accounts.models import Account
from portal.comments import mails
from portal.comments.actions.counters import count_decision, count_reply
from portal.comments.actions.losing import has_lost_voice, speak_personally
from portal.comments.models import CommentVersion
from portal.comments.queries.finding import first_placed_number, texts_of
from portal.comments.queries.places import address_of
from portal.core import clock
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused, StepNotOpen
from portal.core.i18n import gettext as _
from portal.lifecycle import CommentState, TextState
from portal.policy import Person
from portal.services import review
from portal.services.history import advance, last_row


@dataclass(frozen=True, slots=True)
class ReviewedComment:
    """A text of a comment, as `services/review.py` decides on it."""

    version: CommentVersion
    mails: ClassVar[str] = "comment"

    @property
    def placed(self) -> CommentVersion | None:
        number = self.version.comment.placed_version_id
        return db.session.get_one(CommentVersion, number) if number is not None else None

    @property
    def writer(self) -> Account:
        return db.session.get_one(Account, self.version.comment.author_id)

    def lock(self) -> None:
        lock_row(self.version.comment.discussion)
        lock_row(self.version.comment)
        if self.version.comment.is_hidden:
            # A change waits until the comment is back: else it would bring that back unseen.
            raise StepNotOpen(self.version.comment, "place")

    def check_voice(self, by: Person) -> None:
        """Let nobody be placed in the name of an organisation in which they have no role."""
        comment = self.version.comment
        if not has_lost_voice(comment):
            return
        if comment.state == CommentState.PLACED:
            message = _(
                "De schrijver hoort niet meer bij deze organisatie. Plaats deze wijziging niet."
            )
            raise FieldRefused("", message)
        speak_personally(comment, by=by)

    def show(self, *, is_first: bool, by: Person) -> None:
        comment = self.version.comment
        if is_first:
            advance(comment, "place", by=by)
            comment.placed_at = clock.now()
            comment.discussion.placed_count += 1
            count_reply(comment, +1)
        else:
            comment.edited_at = clock.now()
        comment.html, comment.language = self.version.html, self.version.language
        comment.placed_version_id = self.version.id

    def leave_queue(self) -> None:
        self.version.comment.discussion.pending_count -= 1

    @property
    def newest(self) -> CommentVersion:
        return texts_of(self.version.comment_id)[-1]

    def stand_again(self) -> CommentVersion | None:
        comment = self.version.comment
        if comment.placed_reply_count:
            message = _("Er staan antwoorden onder deze reactie. U kunt de reactie wel verbergen.")
            raise FieldRefused("reason", message)
        earlier = [v for v in texts_of(comment.id) if v.state == TextState.SUPERSEDED]
        before = review.superseded_by(self.version, earlier[-1] if earlier else None)
        comment.placed_version_id = before.id if before is not None else None
        comment.html = before.html if before is not None else None
        if before is not None:
            comment.language = before.language
        comment.edited_at = _edited_at(before)
        return before

    def enter_queue(self) -> None:
        self.version.comment.discussion.pending_count += 1

    def turn_back(self, *, by: Person) -> None:
        comment = self.version.comment
        if comment.placed_version_id is not None or comment.state == CommentState.PENDING:
            return
        if comment.state == CommentState.PLACED:
            comment.placed_at = None
            comment.discussion.placed_count -= 1
            count_reply(comment, -1)
        advance(comment, "undo", by=by)

    @property
    def path(self) -> str:
        return path_to("my-comments")

    @property
    def title(self) -> str:
        return self.version.comment.discussion.title

    def turn_away(self, *, ground: str, reason: str, by: Person) -> None:
        comment = self.version.comment
        if comment.state == CommentState.PENDING:
            advance(comment, "refuse", by=by, ground=ground, reason=reason)

    def mail_words(self, locale: str) -> dict[str, str | int | bool]:
        comment = self.version.comment
        return {
            "title": comment.discussion.title,
            "comment_id": comment.id,
            "path": ("/en" if locale == "en" else "") + address_of(comment),
            "has_placed_text": comment.state == CommentState.PLACED,
        }


def _edited_at(version: CommentVersion | None) -> datetime | None:
    """Return when a placed text took the place of an earlier one; None for the first one."""
    if version is None or version.number == first_placed_number(version.comment_id):
        return None
    placed = last_row(version.thing, version.id, "place")
    return placed.at if placed is not None else None


def place(version: CommentVersion, *, by: Person) -> None:
    """Put the text before everybody, in place of an earlier one; its writer gets a mail.

    So does whom a first text answers, and the people of the organisation whose page it is on.

    A first text in the name of an organisation that its writer no longer belongs to is placed as
    one of the writer alone; FieldRefused for a later one.
    """
    text = ReviewedComment(version)
    text.lock()
    text.check_voice(by)
    former, is_first = version.state, text.placed is None
    review.place(text, by=by)
    count_decision(version, former)
    if is_first:
        mails.placed(version)


def ask_change(version: CommentVersion, *, ground: str, reason: str, by: Person) -> None:
    """Ask the writer for another text; FieldRefused or ReasonMissing without a ground or reason."""
    review.ask_change(ReviewedComment(version), ground=ground, reason=reason, by=by)


def refuse(version: CommentVersion, *, ground: str, reason: str, by: Person) -> None:
    """Do not place the text; a comment with a placed one goes on showing that.

    FieldRefused without a ground, ReasonMissing without a reason.
    """
    former = version.state
    review.refuse(ReviewedComment(version), ground=ground, reason=reason, by=by)
    count_decision(version, former)


def undo_decision(
    version: CommentVersion, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let a text wait again that was placed, sent back or refused; what stood before stands again.

    `decision_id` is the history id of the decision that is undone. StepNotOpen when something
    followed it; FieldRefused when the text was answered, or another one was sent.
    """
    text = ReviewedComment(version)
    text.lock()
    if version.comment.state == CommentState.WITHDRAWN:
        raise StepNotOpen(version.comment, "undo")
    former = version.state
    undone = review.undo(text, decision_id=decision_id, reason=reason, by=by)
    if undone.was_public and text.placed is None:
        mails.placing_undone(version.comment, undone.unaware)
    count_decision(version, former)
