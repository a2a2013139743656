"""Commitments, and which documents belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, TypedDict

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.comments.models import Discussion
from portal.commitments.standing import FINISHED, PUBLIC_STATES, is_late
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.core.folding import LONGEST_KEY
from portal.documents.models import Document
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.pact.models import Layer, Principle
from portal.services.entered import WORD, Claimed, Sourced
from portal.services.languages import keeps_language
from portal.services.models import Hideable, Numbered, index_of_hidden, repeats_reason
from portal.terms import Precision, Term

FAR = date(9999, 12, 31)
_COUNTED = (
    "state",
    "hidden_at",
    "progress",
    "term_latest",
    "news_on",
    "done_on",
    "move_count",
    "earlier_count",
)


def _index_of_shown(name: str, *order: str) -> Index:
    """Return an index of what is not hidden, in an order, from which a page of it can be read."""
    shown = text("hidden_at IS NULL")
    columns = [*order, "state"]
    return Index(f"ix_commitment_{name}", *columns, sqlite_where=shown, postgresql_where=shown)


class Texts(TypedDict, total=False):
    """What is written down of a commitment; what is left out stays as it was, or empty."""

    kind: str
    title: str
    what: str
    for_whom: str
    why: str
    result: str
    source_url: str | None
    source_title: str
    layers: Sequence[Layer]
    principles: Sequence[Principle]


commitment_layer = Table(
    "commitment_layer",
    Base.metadata,
    Column("commitment_id", ForeignKey("commitment.id"), primary_key=True),
    Column("layer_id", ForeignKey("layer.id"), primary_key=True, index=True),
)

commitment_principle = Table(
    "commitment_principle",
    Base.metadata,
    Column("commitment_id", ForeignKey("commitment.id"), primary_key=True),
    Column("principle_id", ForeignKey("principle.id"), primary_key=True, index=True),
)


class Commitment(Claimed, Hideable, Numbered, Base):
    """A promise of an organisation, with its term in the words in which it was made."""

    __tablename__ = "commitment"
    __table_args__ = (
        # Orders of the list; the state is looked at on the way.
        _index_of_shown("published", "published_at", "id"),
        _index_of_shown("group", "sort_group", "sort_latest", "sort_earliest", "id"),
        _index_of_shown("term", "sort_latest", "sort_earliest", "id"),
        _index_of_shown("title", "sort_title", "id"),
        _index_of_shown("updated", "updated_at", "id"),
        Index("ix_commitment_organisation", "organisation_id", "state", "id"),
        # For what is counted only: it holds all that the figures and the lists ask for a count.
        Index("ix_commitment_counted", *_COUNTED),
        index_of_hidden("commitment"),
    )
    thing: ClassVar[str] = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Fixed at first publication.
    slug: Mapped[str | None] = mapped_column(String(140), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # whitepaper, plan, realisatie, standaard, beeindiging, overig
    kind: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    what_html: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    # Of these texts.
    language: Mapped[str] = spoken_in()
    state: Mapped[CommitmentState] = mapped_column(StateColumn(CommitmentState, 20))
    # Of `Progress`: by updates, by whose word it is, and at its end.
    progress: Mapped[str] = mapped_column(String(12), default="gepland")
    promised_on: Mapped[date]
    term_words: Mapped[str] = mapped_column(String(200), default="")
    term_language: Mapped[str] = spoken_in()
    term_earliest: Mapped[date | None]
    term_latest: Mapped[date | None]
    term_precision: Mapped[str | None] = mapped_column(String(20))
    term_said_on: Mapped[date | None]
    term_edtf: Mapped[str | None] = mapped_column(String(60))
    # The writer picked the dates by hand, since the words were not understood.
    term_is_picked: Mapped[bool] = mapped_column(default=False)
    term_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # What lists are sorted by.
    sort_title: Mapped[str] = mapped_column(String(LONGEST_KEY), default="", server_default="")
    # Of `standing.sort_group`, by its progress.
    sort_group: Mapped[int] = mapped_column(default=0, server_default="0")
    # The latest and earliest date, or the far end of time: never NULL, for keyset paging.
    sort_latest: Mapped[date] = mapped_column(default=FAR)
    sort_earliest: Mapped[date] = mapped_column(default=FAR)
    move_count: Mapped[int] = mapped_column(default=0)
    # Of the moves those to an earlier day.
    earlier_count: Mapped[int] = mapped_column(default=0, server_default="0")
    update_count: Mapped[int] = mapped_column(default=0)
    done_on: Mapped[date | None]
    # The last day of which there is news of the signatory, by `standing.news_on`.
    news_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None] = mapped_column(Text, info=repeats_reason())
    withdraw_language: Mapped[str] = spoken_in()
    withdraw_source_title: Mapped[str] = mapped_column(String(200), default="")
    withdraw_source_url: Mapped[str | None] = mapped_column(String(500))
    withdrawn_as: Mapped[EnteredAs | None] = mapped_column(StateColumn(EnteredAs, WORD))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussion.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    discussion: Mapped[Discussion] = relationship()
    layers: Mapped[list[Layer]] = relationship(secondary=commitment_layer, order_by=Layer.position)
    principles: Mapped[list[Principle]] = relationship(
        secondary=commitment_principle, order_by=Principle.position
    )
    documents: Mapped[list[CommitmentDocument]] = relationship(
        order_by="CommitmentDocument.position"
    )

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it, unless it is hidden."""
        return self.state in PUBLIC_STATES

    @property
    def is_public(self) -> bool:
        return self.is_published and not self.is_hidden

    @property
    def has_owner(self) -> bool:
        return self.organisation.has_owner

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()

    @property
    def is_unfinished(self) -> bool:
        return self.progress not in FINISHED

    @property
    def seen_as(self) -> str:
        """The version that somebody reads who is about to publish it."""
        return str(self.version)

    @property
    def term(self) -> Term | None:
        """The term that was confirmed; None for one without a date."""
        if self.term_precision is None:
            return None
        return Term(
            self.term_words,
            self.term_earliest,
            self.term_latest,
            Precision(self.term_precision),
            self.term_said_on or self.promised_on,
        )

    @property
    def layer_ids(self) -> list[int]:
        return [layer.id for layer in self.layers]

    @property
    def principle_ids(self) -> list[int]:
        return [principle.id for principle in self.principles]

    def is_late(self, today: date, grace_days: int) -> bool:
        """Return whether the term and the grace after it have passed while it is not done."""
        return is_late(
            self.state, self.progress, self.term_latest, today=today, grace_days=grace_days
        )


class CommitmentDocument(Sourced, Base):
    """A document that belongs to a commitment, or that is evidence of its progress."""

    __tablename__ = "commitment_document"
    __table_args__ = (UniqueConstraint("commitment_id", "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    position: Mapped[int]
    is_evidence: Mapped[bool] = mapped_column(default=False)

    document: Mapped[Document] = relationship(lazy="joined")


keeps_language(
    Commitment.language,
    Commitment.title,
    Commitment.what,
    Commitment.for_whom,
    Commitment.why,
    Commitment.result,
)
keeps_language(Commitment.term_language, Commitment.term_words)
