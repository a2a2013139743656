"""Taking a commitment, or a message or document of it, out of sight, and bringing it back."""

from __future__ import annotations

from sqlalchemy import select

from portal.commitments.actions.writing import address_of, address_of_prognosis, address_of_update
from portal.commitments.models import Commitment, CommitmentDocument, Prognosis, Revision, Update
from portal.core.db import db
from portal.documents.models import DocumentVersion
from portal.organisations.queries import writers_and_mailbox
from portal.policy import Person
from portal.services import hiding
from portal.services.hiding import Notice


def hide(commitment: Commitment, *, ground: str, reason: str, by: Person) -> None:
    """Take a public commitment and its discussion out of sight, but not for its organisation."""
    hiding.hide(commitment, _notice(commitment), ground=ground, reason=reason, by=by)
    commitment.discussion.is_public = False


def restore(commitment: Commitment, *, reason: str = "", by: Person) -> None:
    """Bring a hidden commitment back, in the state that it has."""
    hiding.restore(commitment, _notice(commitment), reason=reason, by=by)
    commitment.discussion.is_public = commitment.is_public


def _notice(commitment: Commitment) -> Notice:
    readers = writers_and_mailbox(commitment.organisation_id)
    return Notice(
        readers,
        commitment.title,
        address_of(commitment),
        commitment.what,
        commitment.organisation_id,
    )


def hide_update(update: Update, *, ground: str, reason: str, by: Person) -> None:
    """Take the words of a message out of sight, not how far it says the commitment is.

    Evidence of it shows nothing while it is hidden.
    """
    hiding.hide(update, _notice_of_update(update), ground=ground, reason=reason, by=by)


def restore_update(update: Update, *, reason: str = "", by: Person) -> None:
    """Bring a hidden message back."""
    hiding.restore(update, _notice_of_update(update), reason=reason, by=by)


def _notice_of_update(update: Update) -> Notice:
    commitment = update.commitment
    address = address_of_update(update)
    number = commitment.organisation_id
    return Notice(writers_and_mailbox(number), commitment.title, address, update.body, number)


def hide_prognosis(prognosis: Prognosis, *, ground: str, reason: str, by: Person) -> None:
    """Take the words of a prognosis out of sight; that there is one is still said."""
    hiding.hide(prognosis, _notice_of_prognosis(prognosis), ground=ground, reason=reason, by=by)


def restore_prognosis(prognosis: Prognosis, *, reason: str = "", by: Person) -> None:
    """Bring a hidden prognosis back."""
    hiding.restore(prognosis, _notice_of_prognosis(prognosis), reason=reason, by=by)


def _notice_of_prognosis(prognosis: Prognosis) -> Notice:
    commitment = prognosis.commitment
    address, number = address_of_prognosis(prognosis), commitment.organisation_id
    return Notice(writers_and_mailbox(number), commitment.title, address, prognosis.body, number)


def hide_text(revision: Revision, *, ground: str, reason: str, by: Person) -> None:
    """Take an old text of a promise out of sight: its versions stay, and say that it is hidden."""
    hiding.hide(revision, _notice_of_text(revision), ground=ground, reason=reason, by=by)


def restore_text(revision: Revision, *, reason: str = "", by: Person) -> None:
    """Bring a hidden old text of a promise back."""
    hiding.restore(revision, _notice_of_text(revision), reason=reason, by=by)


def _notice_of_text(revision: Revision) -> Notice:
    commitment = revision.commitment
    address, number = f"{address_of(commitment)}/geschiedenis", commitment.organisation_id
    text = str(revision.fields.get("what", ""))
    return Notice(writers_and_mailbox(number), commitment.title, address, text, number)


def hide_version(version: DocumentVersion, *, ground: str, reason: str, by: Person) -> None:
    """Take one version of a document out of sight: its address gives it to its people only."""
    notice = _notice_of_version(version)
    hiding.hide(version, notice, ground=ground, reason=reason, by=by)


def restore_version(version: DocumentVersion, *, reason: str = "", by: Person) -> None:
    """Bring a hidden version of a document back."""
    hiding.restore(version, _notice_of_version(version), reason=reason, by=by)


def _notice_of_version(version: DocumentVersion) -> Notice:
    """Return what the people of its commitment are told; nobody, of a document of none."""
    query = (
        select(Commitment)
        .join(CommitmentDocument, CommitmentDocument.commitment_id == Commitment.id)
        .where(CommitmentDocument.document_id == version.document_id)
        .order_by(Commitment.id)
    )
    commitment = db.session.scalars(query).first()
    if commitment is None:
        return Notice((), version.document.title, "/")
    readers = writers_and_mailbox(commitment.organisation_id)
    return Notice(
        readers,
        version.document.title,
        address_of(commitment),
        organisation_id=commitment.organisation_id,
    )
