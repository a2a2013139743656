"""Who waits for an answer of an organisation, and what was said of it without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, literal_column, select, union_all

from portal.accounts.models import Account
from portal.commitments.models import Commitment, Update
from portal.core.db import Columnar, read_as
from portal.lifecycle import AccessRequestState, CommitmentState, MailboxState, SignatureState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import AccessRequest, Mailbox, Organisation
from portal.services.reach import unreachable_among
from portal.signatures.models import Signature
from portal.work.part import Part, part_of


class RequestRow(NamedTuple):
    """Somebody who asks to join an organisation."""

    id: int
    organisation_id: int
    organisation_name: str
    author_name: str
    job_title: str
    created_at: datetime


class MailboxRow(NamedTuple):
    """The mailbox of an organisation, where mail does not arrive."""

    organisation_id: int
    organisation_name: str
    email: str


class ClaimRow(NamedTuple):
    """An organisation, and to how many claims of the vereniging it has not answered."""

    organisation_id: int
    organisation_name: str
    number: int


_REQUESTS: Columnar = (
    select(
        AccessRequest.id,
        AccessRequest.organisation_id,
        Organisation.name,
        Account.name,
        AccessRequest.job_title,
        AccessRequest.created_at,
    )
    .join(Organisation, Organisation.id == AccessRequest.organisation_id)
    .join(Account, Account.id == AccessRequest.author_id)
    .where(AccessRequest.state == AccessRequestState.OPEN)
)
_PROMISED = (
    Commitment.state == CommitmentState.PUBLISHED,
    Commitment.hidden_at.is_(None),
)
# As `register.claims.about_us` counts them; a test holds the two equal.
_CLAIMS = union_all(
    select(Organisation.id.label("organisation_id")).where(
        Organisation.published_at.is_not(None),
        Organisation.entered_as == EnteredAs.VERENIGING,
        Organisation.stance.is_(None),
    ),
    select(Signature.organisation_id).where(
        Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED)),
        Signature.entered_as == EnteredAs.VERENIGING,
        Signature.stance.is_(None),
    ),
    select(Commitment.organisation_id).where(
        *_PROMISED,
        Commitment.entered_as == EnteredAs.VERENIGING,
        Commitment.stance.is_(None),
    ),
    select(Commitment.organisation_id)
    .join(Update, Update.commitment_id == Commitment.id)
    .where(
        *_PROMISED,
        Update.entered_as == EnteredAs.VERENIGING,
        Update.stance.is_(None),
        Update.retracted_at.is_(None),
        Update.hidden_at.is_(None),
    ),
).subquery("claims")
_NUMBER = func.count(literal_column("1"))


def open_requests(organisations: Sequence[int]) -> Part[RequestRow]:
    """Return who asks to join these organisations, the oldest question first."""
    asked = _REQUESTS.where(AccessRequest.organisation_id.in_(organisations))
    return part_of(RequestRow, asked.order_by(AccessRequest.created_at, AccessRequest.id))


def open_claims(organisations: Sequence[int]) -> Part[ClaimRow]:
    """Return how much the vereniging entered about these organisations that has no answer."""
    counted: Columnar = (
        select(_CLAIMS.c.organisation_id, Organisation.name, _NUMBER)
        .join(Organisation, Organisation.id == _CLAIMS.c.organisation_id)
        .where(_CLAIMS.c.organisation_id.in_(organisations))
        .group_by(_CLAIMS.c.organisation_id, Organisation.name)
        .order_by(Organisation.name)
    )
    return part_of(ClaimRow, counted)


_MAILBOXES: Columnar = (
    select(Mailbox.organisation_id, Organisation.name, Mailbox.email)
    .join(Organisation, Organisation.id == Mailbox.organisation_id)
    .where(Mailbox.state == MailboxState.IN_USE)
    .order_by(Organisation.sort_name, Mailbox.id)
)


def unreached_mailboxes(organisations: Sequence[int]) -> Part[MailboxRow]:
    """Return the mailboxes of organisations at which mail does not arrive."""
    ours = read_as(MailboxRow, _MAILBOXES.where(Mailbox.organisation_id.in_(organisations)))
    unreached = unreachable_among(row.email for row in ours) if ours else ()
    rows = tuple(row for row in ours if row.email in unreached)
    return Part(rows, len(rows))
