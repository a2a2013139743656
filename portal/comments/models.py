"""Discussions, comments, and the versions of a comment's text."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.lifecycle import CommentState, TextState
from portal.services.models import Hideable, index_of_hidden


class Discussion(Base):
    """Where people comment: the thing that is discussed owns it and keeps its address and title."""

    __tablename__ = "discussion"
    thing: ClassVar[str] = "discussion"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(400))
    title: Mapped[str] = mapped_column(String(300))
    # Of the title.
    language: Mapped[str] = spoken_in()
    # The organisation whose page this is: its people answer officially, and do not moderate here.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_open: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    placed_count: Mapped[int] = mapped_column(default=0)
    pending_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Comment(Hideable, Base):
    """A comment or a reply; what readers see of it is copied from its placed version."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_order", "discussion_id", "thread_rank", "thread_id", "reply_rank", "id"),
        Index("ix_comment_author", "author_id", "id"),
        index_of_hidden("comment"),
    )
    thing: ClassVar[str] = "comment"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussion.id"))
    # The comment at the top of its thread: its own id for a comment, its parent's for a reply.
    thread_id: Mapped[int] = mapped_column(default=0)
    # The order in which they stand: what the organisation whose page it is says, comes first. See
    # queries/answers.py.
    thread_rank: Mapped[int] = mapped_column(default=1, server_default="1")
    reply_rank: Mapped[int] = mapped_column(default=2, server_default="2")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    # None: op persoonlijke titel.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation_name: Mapped[str | None] = mapped_column(String(200))
    # Said in the name of the vereniging, whose name of that day `organisation_name` then is.
    is_of_vereniging: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[CommentState] = mapped_column(StateColumn(CommentState, 20))
    html: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    # No foreign key: the two tables would point at each other.
    placed_version_id: Mapped[int | None]
    placed_reply_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]

    discussion: Mapped[Discussion] = relationship(lazy="joined")

    @property
    def is_published(self) -> bool:
        """Whether it is placed, or withdrawn above replies, in a public discussion."""
        is_shown = self.state == CommentState.PLACED or (
            self.state == CommentState.WITHDRAWN and self.placed_reply_count > 0
        )
        return is_shown and self.discussion.is_public

    @property
    def is_public(self) -> bool:
        """Whether visitors see it; of a hidden one with replies they see only that it was there."""
        return self.is_published and not self.is_hidden

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        numbers = (self.organisation_id, self.discussion.organisation_id)
        return tuple(number for number in numbers if number is not None)


class CommentVersion(Base):
    """One text of a comment, with a state of its own: a placed one stays while another waits."""

    __tablename__ = "comment_version"
    __table_args__ = (
        UniqueConstraint("comment_id", "number"),
        # With what is asked of each that waits: they are counted on every page of a moderator.
        Index("ix_comment_version_state", "state", "created_at", "id", "comment_id"),
    )
    thing: ClassVar[str] = "comment_version"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    state: Mapped[TextState] = mapped_column(StateColumn(TextState, 20))
    created_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship(foreign_keys=[comment_id], lazy="joined")

    @property
    def author_id(self) -> int:
        return self.comment.author_id

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return self.comment.concerned_organisation_ids


class WriterRecord(Base):
    """What became of the texts of one writer; without a row nothing was decided on yet."""

    __tablename__ = "writer_record"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    # Texts that stand there, or stood there until a later one of the same comment.
    placed_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
