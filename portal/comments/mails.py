"""The mails about comments, and whom the acts of comments concern."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.lifecycle import CommentState
from portal.services import mail as mailing
from portal.services.telling import NEWS, NOBODY, Audience, mail, told_of


def voice_lost(comment: Comment, writer: Account, *, organisation: str) -> None:
    """Tell a writer that a text no longer speaks for an organisation that they left."""
    mailing.send(
        "comment_voice_lost",
        to=writer.email,
        locale=writer.locale,
        addressee=writer.name,
        organisation=organisation,
        title=comment.discussion.title,
        comment_id=comment.id,
        has_placed_text=comment.state == CommentState.PLACED,
    )


WHO_IS_TOLD = {
    **told_of(
        "comment",
        {
            "post": NOBODY,
            "place": NEWS,
            "refuse": NOBODY,
            # Its text tells of it.
            "undo": NOBODY,
            "edited": NOBODY,
            "withdraw": NOBODY,
            "hide": mail("hidden", Audience.WRITER),
            "restore": mail("restored", Audience.WRITER),
            "confirm_hidden": NOBODY,
            "voice_lost": mail("comment_voice_lost", Audience.WRITER),
        },
    ),
    **told_of(
        "comment_version",
        {
            "submit": NOBODY,
            "place": mail("comment_placed", Audience.WRITER),
            "ask_change": mail("comment_change_asked", Audience.WRITER),
            "refuse": mail("comment_refused", Audience.WRITER),
            "replace": NOBODY,
            "supersede": NOBODY,
            "undo": mail("decision_undone", Audience.WRITER),
            "stand_again": NOBODY,
            "withdraw": NOBODY,
        },
    ),
}
