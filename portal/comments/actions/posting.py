"""A new comment: what people do most, so its rows go past the session."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.answers import OTHER, reply_rank_of, thread_rank_of
from portal.comments.queries.finding import DiscussionRow, get_discussion
from portal.comments.queries.own import find_placed_thread, find_waiting_double
from portal.comments.queries.places import Posted
from portal.comments.queries.voices import FROZEN_VOICE, Spoken, find_voice
from portal.core import clock
from portal.core.db import connection, db, read_anew
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.policy import Permission, Person, can
from portal.services.history import create_row
from portal.services.vereniging import current_vereniging

# A comment that answers none is the top of its own thread, so its id must be known beforehand.
_NUMBER = {
    "sqlite": select((func.coalesce(func.max(Comment.id), 0) + 1).label("id")),
    "postgresql": select(func.nextval(func.pg_get_serial_sequence("comment", "id")).label("id")),
}
_BOUND = (
    "discussion_id",
    "thread_rank",
    "reply_rank",
    "parent_id",
    "author_id",
    "job_title",
    "organisation_id",
    "organisation_name",
    "is_of_vereniging",
    "state",
    "created_at",
)


def _adding(number: Select[int]) -> TypedReturnsRows[int, int]:
    taken = number.subquery("taken")
    types = {column.name: column.type for column in Comment.__table__.c}
    author = select(Account.name).where(Account.id == bindparam("author_id"))
    columns: dict[str, ColumnElement[object]] = {
        "id": taken.c.id,
        "thread_id": func.coalesce(bindparam("thread_id", type_=Integer), taken.c.id),
        "author_name": author.scalar_subquery(),
        "placed_reply_count": literal(0),
        **{name: bindparam(name, type_=types[name]) for name in _BOUND},
    }
    row = select(*columns.values())
    adding = insert(Comment).from_select(list(columns), row, include_defaults=False)
    return adding.returning(Comment.id, Comment.thread_id)


ADD = {dialect: _adding(number) for dialect, number in _NUMBER.items()}
ADD_TEXT = insert(CommentVersion).returning(CommentVersion.id)
ONE_MORE_WAITS = (
    update(Discussion)
    .where(Discussion.id == bindparam("discussion"))
    .values(pending_count=Discussion.pending_count + 1)
)


def post(
    discussion: Discussion | DiscussionRow,
    *,
    body: str,
    by: Person,
    html: str | None = None,
    organisation_id: int | None = None,
    is_of_vereniging: bool = False,
    parent_id: int | None = None,
) -> Posted:
    """Return where a new comment stands, or a reply to `parent_id`; it waits for a moderator.

    `html` is `body` rendered beforehand. A text that its writer sent already and that still waits
    makes no second comment: the first is returned. FieldRefused for a discussion that was closed
    or hidden, a parent that is not placed here, and a name in which `by` has no role.
    """
    row = _locked(discussion)
    _refuse_closed(row)
    above = _thread_of(row, parent_id)
    voice = voice_for(organisation_id, by, is_of_vereniging=is_of_vereniging)
    double = find_waiting_double(row.id, parent_id, voice, body, by.id)
    if double is not None:
        return Posted(double.id, double.thread_id, by.id, row, is_last=False)
    thread = above or (None, thread_rank_of(voice.organisation_id, row.organisation_id))
    comment = _add(row, thread, parent_id, voice, by)
    _submit(comment.id, body, html, by)
    connection().execute(ONE_MORE_WAITS, {"discussion": row.id})
    read_anew(Discussion, row.id)
    return Posted(comment.id, comment.thread_id, by.id, row, is_last=thread == (None, OTHER))


def _locked(discussion: Discussion | DiscussionRow) -> DiscussionRow:
    """Return the discussion as it is now, locked until the end of the write section."""
    if isinstance(discussion, DiscussionRow) and discussion.is_locked:
        return discussion
    db.session.flush()
    return get_discussion(discussion.id)


def _refuse_closed(row: DiscussionRow) -> None:
    if not row.is_public:
        raise FieldRefused("body", _("Dit onderwerp staat intussen niet meer op de site."))
    if not row.is_open:
        raise FieldRefused("body", _("U kunt hier niet meer reageren. Het onderwerp is gesloten."))


def _thread_of(row: DiscussionRow, parent_id: int | None) -> tuple[int, int] | None:
    """Return thread and rank of the comment that is answered, None for one that begins its own."""
    if parent_id is None:
        return None
    thread = find_placed_thread(row.id, parent_id)
    if thread is None:
        raise FieldRefused(
            "parent_id",
            _(
                "De reactie waarop u antwoordt, staat er niet meer. "
                "Verstuur uw tekst opnieuw om er een gewone reactie van te maken."
            ),
        )
    return thread


def voice_for(organisation_id: int | None, by: Person, *, is_of_vereniging: bool = False) -> Spoken:
    """Return the name in which `by` speaks, and what they do there; none for themselves alone.

    FieldRefused when `by` has no role there, or the vereniging has frozen the organisation.
    """
    if is_of_vereniging:
        if not can(by, Permission.COMMENT_SPEAK_FOR_VERENIGING):
            raise FieldRefused(
                "speaks_for", _("U hebt geen rol meer in de vereniging. Kies opnieuw.")
            )
        return Spoken(None, current_vereniging("nl").name, is_of_vereniging=True)
    if organisation_id is None:
        return Spoken()
    voice = find_voice(by.id, organisation_id)
    if voice is None:
        raise FieldRefused(
            "speaks_for", _("U hebt geen rol meer bij die organisatie. Kies opnieuw.")
        )
    if voice.frozen_at is not None:
        raise FieldRefused("speaks_for", str(FROZEN_VOICE))
    return Spoken(organisation_id, voice.name, voice.job_title)


def _add(
    row: DiscussionRow,
    thread: tuple[int | None, int],
    parent_id: int | None,
    voice: Spoken,
    by: Person,
) -> Row[int, int]:
    thread_id, rank = thread
    organisation_id, is_top = voice.organisation_id, thread_id is None
    return create_row(
        ADD[connection().dialect.name],
        Comment.thing,
        "post",
        by=by,
        discussion_id=row.id,
        thread_id=thread_id,
        thread_rank=rank,
        reply_rank=reply_rank_of(organisation_id, row.organisation_id, is_top=is_top),
        parent_id=parent_id,
        author_id=by.id,
        created_at=clock.now(),
        **voice._asdict(),
    )


def _submit(comment_id: int, body: str, html: str | None, by: Person) -> None:
    create_row(
        ADD_TEXT,
        CommentVersion.thing,
        "submit",
        by=by,
        comment_id=comment_id,
        number=1,
        body=body,
        html=html if html is not None else render_typed(body),
        created_at=clock.now(),
    )
