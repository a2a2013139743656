"""Signatures of organisations under the pact, and the links mailed to their signatories."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.addresses import address_key
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.documents.models import Document
from portal.lifecycle import EndingState, SignatureState
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion, SigningEvent
from portal.services.entered import Claimed
from portal.services.languages import keeps_language
from portal.services.models import Numbered, repeats_reason

CLOSED_STATES = (SignatureState.CANCELLED, SignatureState.ENDED)
OPEN_ENDINGS = (
    EndingState.ASKED,
    EndingState.CONFIRMED,
    EndingState.MORE_ASKED,
    EndingState.PROPOSED,
    EndingState.WAITING,
)
_OPEN_ENDINGS = ", ".join(f"'{state}'" for state in OPEN_ENDINGS)
OPEN_ENDING = f"state IN ({_OPEN_ENDINGS})"
OPEN = f"state NOT IN ('{SignatureState.CANCELLED}', '{SignatureState.ENDED}')"


class Signature(Claimed, Numbered, Base):
    """One signature from preparation to withdrawal; an organisation has one open at a time."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(
            "uq_signature_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_signature_organisation", "organisation_id", "state", "id"),
        Index("ix_signature_waits", "state", "waits_since", "id"),
    )
    thing: ClassVar[str] = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[SignatureState] = mapped_column(StateColumn(SignatureState, 24))
    # None: nobody wrote down which text was signed.
    pact_version_id: Mapped[int | None] = mapped_column(ForeignKey("pact_version.id"))
    pact_sha256: Mapped[str | None] = mapped_column(String(64))
    # The account that prepared it.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_function: Mapped[str] = mapped_column(String(120), default="")
    signatory_email: Mapped[str | None] = mapped_column(String(254))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    mandate_note: Mapped[str] = mapped_column(Text, default="")
    # Of that note.
    language: Mapped[str] = spoken_in()
    confirmed_at: Mapped[datetime | None]
    # When the vereniging last got it: at the confirmation, or when an addition was sent in.
    waits_since: Mapped[datetime | None]
    # The day of signing: in words, with the first and the last day that they can mean.
    signed_words: Mapped[str | None] = mapped_column(String(120))
    signed_earliest: Mapped[date | None]
    signed_latest: Mapped[date | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("signing_event.id"))
    place: Mapped[str | None] = mapped_column(String(200))
    is_historic: Mapped[bool] = mapped_column(default=False)
    admitted_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(Text, info=repeats_reason())
    end_language: Mapped[str] = spoken_in()
    discussion_id: Mapped[int | None] = mapped_column(ForeignKey("discussion.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    pact_version: Mapped[PactVersion | None] = relationship(lazy="joined")
    event: Mapped[SigningEvent | None] = relationship(lazy="joined")
    mandate: Mapped[Document | None] = relationship()
    discussion: Mapped[Discussion | None] = relationship()

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        """The organisation that signs: none of its members decides on it."""
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        """The address of the authorised signatory, who may be a moderator with an account."""
        return (address_key(self.signatory_email),) if self.signatory_email else ()

    @property
    def has_confirmation(self) -> bool:
        """Whether a confirmation of the authorised signatory stands."""
        return self.confirmed_at is not None

    @property
    def needs_confirmation(self) -> bool:
        """Whether the authorised signatory must still confirm, or confirm again."""
        return not self.has_confirmation

    @property
    def seen_as(self) -> str:
        """The versions that a moderator reads, as one word that differs after every change."""
        return f"{self.version}-{self.organisation.version}"


class EndingKind(StrEnum):
    """Who ends a signature."""

    BY_SIGNATORY = "by_signatory"
    BY_VERENIGING = "by_vereniging"


class Ending(Base):
    """One attempt to end a signature, by the signatory or by the vereniging; one open at a time."""

    __tablename__ = "ending"
    __table_args__ = (
        Index(
            "uq_ending_open",
            "signature_id",
            unique=True,
            sqlite_where=text(OPEN_ENDING),
            postgresql_where=text(OPEN_ENDING),
        ),
        Index("ix_ending_signature", "signature_id", "id"),
        Index("ix_ending_state", "state", "ends_at", "id"),
    )
    thing: ClassVar[str] = "ending"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"))
    kind: Mapped[EndingKind] = mapped_column(StateColumn(EndingKind, 16))
    state: Mapped[EndingState] = mapped_column(StateColumn(EndingState, 16))
    # The account that asked for it, or that proposed it for the vereniging.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # The person who confirms it; empty where the vereniging ends it.
    name: Mapped[str] = mapped_column(String(120), default="")
    function: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    # Whether that is the person who was known as tekenbevoegde when it was asked.
    is_known: Mapped[bool] = mapped_column(default=False)
    # Whether the organisation says that the known tekenbevoegde no longer works there.
    has_left: Mapped[bool] = mapped_column(default=False)
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    proof_note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str | None] = mapped_column(Text, info=repeats_reason(of="signature_id"))
    # Of the note and the reason.
    language: Mapped[str] = spoken_in()
    # The day on which it is to take effect; None: as soon as it can.
    asked_for_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]
    # When the vereniging last got it to look at.
    waits_since: Mapped[datetime | None]
    # Until this moment it can be stopped, from this moment on it takes effect.
    ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    signature: Mapped[Signature] = relationship(lazy="joined")
    proof: Mapped[Document | None] = relationship()

    @property
    def organisation_id(self) -> int:
        """The organisation whose signature ends."""
        return self.signature.organisation_id

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        """The organisation whose signature ends: none of its members decides on it."""
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        """The addresses of the person who signed and of the person who ends."""
        return tuple(
            address_key(email) for email in (self.signature.signatory_email, self.email) if email
        )

    @property
    def seen_as(self) -> str:
        """What a moderator reads, as one word that differs once it waits anew with other proof."""
        return self.waits_since.isoformat() if self.waits_since is not None else ""

    @property
    def is_by_vereniging(self) -> bool:
        """Whether the vereniging ends it, and not the organisation itself."""
        return self.kind == EndingKind.BY_VERENIGING

    @property
    def is_by_known_signatory(self) -> bool:
        """Whether the person who confirms is still the one known as tekenbevoegde."""
        known = self.signature.signatory_email
        if not self.is_known or not known or not self.email:
            return False
        return address_key(known) == address_key(self.email)

    @property
    def is_due(self) -> bool:
        """Whether the days to stop it are over, and it must take effect.

        It waits while the organisation is frozen, and can be stopped until it no longer is.
        """
        is_over = self.ends_at is not None and clock.now() >= self.ends_at
        is_held_up = self.signature.organisation.is_frozen
        return self.state == EndingState.WAITING and is_over and not is_held_up

    @property
    def is_stoppable(self) -> bool:
        """Whether it is proposed, or its days still run."""
        return self.state in (EndingState.PROPOSED, EndingState.WAITING) and not self.is_due

    @property
    def ends_on(self) -> date | None:
        """The first day on which the organisation is no signatory; None while that is unknown."""
        return clock.day_of(self.ends_at) if self.ends_at is not None else None


class StopLink(Base):
    """A link mailed to somebody concerned, with which an ending is stopped without an account."""

    __tablename__ = "ending_stop_link"
    __table_args__ = (Index("ix_ending_stop_link_ending", "ending_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ending_id: Mapped[int] = mapped_column(ForeignKey("ending.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    # The account that it was mailed to as eigenaar; None: to the person who signed or confirmed.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    ending: Mapped[Ending] = relationship(lazy="joined")


class SignatureLink(Base):
    """A link mailed to the authorised signatory: to confirm the signature, or its ending."""

    __tablename__ = "signature_link"
    __table_args__ = (Index("ix_signature_link_signature", "signature_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"))
    purpose: Mapped[str] = mapped_column(String(10))  # confirm, end
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    # What it confirms, of a link to end.
    ending_id: Mapped[int | None] = mapped_column(ForeignKey("ending.id"))
    # The person it was mailed to: the one who ends a signature need not be the one who set it.
    name: Mapped[str] = mapped_column(String(120))
    function: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    signature: Mapped[Signature] = relationship(lazy="joined")
    ending: Mapped[Ending | None] = relationship(lazy="joined")


keeps_language(Signature.language, Signature.mandate_note)
keeps_language(Ending.language, Ending.proof_note, Ending.reason)
