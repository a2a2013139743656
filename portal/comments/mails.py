"""The mails about comments, and whom the acts of comments concern."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.hosts import host_of
from portal.comments.models import Comment, CommentVersion
from portal.comments.queries.places import address_of
from portal.core.db import db
from portal.lifecycle import CommentState
from portal.organisations.queries import mailbox_reader, writers_of
from portal.services import mail as mailing
from portal.services.mail import Reader
from portal.services.telling import NOBODY, Audience, both, mail, told_of


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


def placed(version: CommentVersion) -> None:
    """Tell whom a comment answers, and whose page or article it stands below, that it is there.

    Nobody hears twice, or of what they wrote; the people of an organisation not of what it says
    itself. The mails wait a while, so that undoing the placing takes them back.
    """
    comment = version.comment
    for template, reader in _concerned(comment):
        prefix = "/en" if reader.locale == "en" else ""
        mailing.send(
            template,
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            decision=version,
            organisation_id=comment.discussion.organisation_id,
            thread=f"discussion-{comment.discussion_id}",
            title=comment.discussion.title,
            name=comment.author_name,
            organisation=comment.organisation_name or "",
            is_page=comment.discussion.organisation_id is not None,
            text=version.body,
            path=prefix + address_of(comment),
            answer_path=f"{prefix}{comment.discussion.address}?antwoord={comment.id}#plaats-reactie",
        )


def placing_undone(comment: Comment, unaware: frozenset[str]) -> None:
    """Tell those who heard of a comment that it is gone; not who had no mail yet (`unaware`)."""
    for _template, reader in _concerned(comment):
        if reader.email not in unaware:
            mailing.send(
                "comment_gone",
                to=reader.email,
                locale=reader.locale,
                addressee=reader.name,
                thread=f"discussion-{comment.discussion_id}",
                organisation_id=comment.discussion.organisation_id,
                title=comment.discussion.title,
                name=comment.author_name,
                path=("/en" if reader.locale == "en" else "") + comment.discussion.address,
            )


def _concerned(comment: Comment) -> list[tuple[str, Reader]]:
    """Return whom the placing of a comment concerns, each with the mail that tells of it."""
    told: dict[int, tuple[str, Reader]] = {}
    parent = db.session.get(Comment, comment.parent_id) if comment.parent_id is not None else None
    if parent is not None:
        asker = db.session.get_one(Account, parent.author_id)
        if asker.blocked_at is None:
            told[asker.id] = "comment_answered", asker
    page_of = comment.discussion.organisation_id
    mailbox = None
    host = host_of()(comment.discussion_id) if page_of is None else None
    if host is not None:
        told.setdefault(host.id, ("comment_below", host))
    if page_of is not None and page_of != comment.organisation_id:
        for member in writers_of(page_of):
            told.setdefault(member.account_id, ("comment_below", member))
        author = db.session.get_one(Account, comment.author_id)
        hear = [reader for _template, reader in told.values()]
        mailbox = mailbox_reader(page_of, [author, *hear])
    told.pop(comment.author_id, None)
    return [*told.values(), *([("comment_below", mailbox)] if mailbox is not None else [])]


_PEOPLE_OF_PAGE = (Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX)
WHO_IS_TOLD = {
    **told_of(
        "comment",
        {
            "post": NOBODY,
            "place": both(
                mail("comment_answered", Audience.PERSON),
                mail("comment_below", Audience.HOST, *_PEOPLE_OF_PAGE, is_news=True),
            ),
            "refuse": NOBODY,
            # The writer hears of it by the text.
            "undo": mail("comment_gone", Audience.PERSON, Audience.HOST, *_PEOPLE_OF_PAGE),
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
