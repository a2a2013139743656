"""History rows, jobs, counters of limits, drafts, and used one-time keys."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base


class HistoryRow(Base):
    """One step that was taken: append-only, the log of the portal."""

    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_subject", "subject", "subject_id", "id"),
        # What moderators decided, of one kind or of all.
        Index("ix_history_step", "subject", "step", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    step: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str | None] = mapped_column(String(40))
    to_state: Mapped[str | None] = mapped_column(String(40))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    # The one who did it without an account: "tekenbevoegde", "portaal".
    actor: Mapped[str | None] = mapped_column(String(200))
    ground: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(index=True)
    # Of the reason in UTF-8; its text stands in a table of its own, which the law may empty.
    reason_sha256: Mapped[str | None] = mapped_column(String(64))

    reason_row: Mapped[HistoryReason | None] = relationship(lazy="joined", viewonly=True)

    @property
    def reason(self) -> str | None:
        """The text of the reason; None without one, and when it was emptied."""
        return self.reason_row.reason if self.reason_row is not None else None

    @property
    def language(self) -> str:
        """The language of the reason."""
        return self.reason_row.language if self.reason_row is not None else "nl"


class HistoryReason(Base):
    """The text of the reason of one step: it never changes, but can be emptied for the law."""

    __tablename__ = "history_reason"

    history_id: Mapped[int] = mapped_column(ForeignKey("history.id"), primary_key=True)
    reason: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    emptied_at: Mapped[datetime | None]
    emptied_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


REPEATS_REASON = "repeats_reason"


def repeats_reason(of: str = "id") -> dict[str, str]:
    """Return what marks a column as one that holds words of a reason in the log once more.

    `of` names the column with the number of the thing whose reason it is; "id": of the row itself.
    Where the words are emptied, the column holds an empty text; NULL: there never was a reason.
    """
    return {REPEATS_REASON: of}


class ShortNumber(Base):
    """A number of the one series of promises and signatures: never given twice, never deleted."""

    __tablename__ = "short_number"
    # SQLite would else give the highest number once more when its row is gone.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    # What it was given to.
    thing: Mapped[str] = mapped_column(String(20))


class Numbered:
    """The column of what gets a short number once it is public, and keeps it for ever."""

    thing: ClassVar[str]

    short_number: Mapped[int | None] = mapped_column(
        ForeignKey("short_number.id"), index=True, unique=True
    )


def index_of_hidden(table: str) -> Index:
    """Return the index of the few rows of a Hideable table that are hidden."""
    is_hidden = text("hidden_at IS NOT NULL")
    return Index(
        f"ix_{table}_hidden", "hidden_at", sqlite_where=is_hidden, postgresql_where=is_hidden
    )


class Hideable:
    """Columns of what can be hidden: an axis of its own, beside the state."""

    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    hidden_ground: Mapped[str | None] = mapped_column(String(40))

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class Disowning(Hideable, Base):
    """Why a signatory says that a claim is not its word: it stands beside it, unless hidden."""

    __tablename__ = "disowning"
    __table_args__ = (
        Index("ix_disowning_claim", "subject", "subject_id", "id"),
        Index("ix_disowning_organisation", "organisation_id"),
        index_of_hidden("disowning"),
    )
    thing: ClassVar[str] = "disowning"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The claim: its kind, as in the log, and its number.
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # What the claim is about, and the path of the page where it stands.
    title: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, info=repeats_reason(of="subject_id"))
    language: Mapped[str] = spoken_in()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    # Since then the signatory says so no more.
    taken_back_at: Mapped[datetime | None]


class JobState(StrEnum):
    """Whether a job is still to be done."""

    WAITING = "waiting"
    DONE = "done"
    # Given up after several tries, and shown to the beheerder.
    PARKED = "parked"


class Job(Base):
    """Something to be done outside a request: a mail, a first-page picture, a check."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "state", "run_at", "id"),
        Index(
            "ix_job_decision",
            "decision",
            sqlite_where=text("decision IS NOT NULL"),
            postgresql_where=text("decision IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(StateColumn(JobState, 12), default=JobState.WAITING)
    run_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    # One job per key, for as long as its row is kept: a second is refused silently.
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    # The thing that was decided on, as "comment_version:7", where it tells of a decision.
    decision: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    # Of a mail: which one it is, and its address in short; both stay when the payload is emptied.
    template: Mapped[str | None] = mapped_column(String(60))
    recipient: Mapped[str | None] = mapped_column(String(254))

    @property
    def is_retriable(self) -> bool:
        """Whether it can be done once more: not when it was a mail whose link is forgotten."""
        return not self.payload.get("lost_link")


class UnreachableAddress(Base):
    """An address at which mail does not arrive, as a fingerprint."""

    __tablename__ = "unreachable_address"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)


class JobTally(Base):
    """How often jobs of one kind ended in one way, since the portal began."""

    __tablename__ = "job_tally"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class LimitCounter(Base):
    """How often something happened in the running window, for one hashed key."""

    __tablename__ = "limit_counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime]
    count: Mapped[int]


class Draft(Base):
    """What was typed into a form that could not be sent yet; it stands in the fields afterwards.

    Of an account, or of a browser in which nobody was signed in; of both from the moment that an
    account is made in that browser until somebody signs in there.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("account_id", "address"),
        UniqueConstraint("mark_hash", "address"),
        CheckConstraint("account_id IS NOT NULL OR mark_hash IS NOT NULL", name="has_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    mark_hash: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    # In bytes, as they are stored.
    size: Mapped[int]
    typed_at: Mapped[datetime] = mapped_column(index=True)
    # Thrown away by its account, which can put it back for a while.
    dropped_at: Mapped[datetime | None]


class UsedKey(Base):
    """A one-time key of a form, and the address of what it made."""

    __tablename__ = "used_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    used_at: Mapped[datetime] = mapped_column(index=True)
