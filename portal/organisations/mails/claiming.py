"""The mails about what the vereniging entered before an organisation had people here."""

from __future__ import annotations

from portal.organisations import queries
from portal.organisations.models import Membership, Organisation
from portal.services import mail


def claim_disowned(
    organisation: Organisation, *, kind: str, claim: str, path: str, reason: str, writer: str
) -> None:
    """Tell the moderators that a signatory says that something is not its word.

    `kind` is facts, signature or commitment; `path` is where everybody reads it, in Dutch.
    """
    for moderator in queries.moderators():
        mail.send(
            "claim_disowned",
            to=moderator.email,
            locale=moderator.locale,
            organisation=organisation.name,
            kind=kind,
            claim=claim,
            path=path,
            reason=reason,
            writer=writer,
        )


def about_us(membership: Membership) -> None:
    """Lead a new eigenaar to what the vereniging entered before anybody was there."""
    account = membership.account
    mail.send(
        "organisation_about_us",
        to=account.email,
        locale=account.locale,
        organisation=membership.organisation.name,
        organisation_id=membership.organisation_id,
    )


def corrected(organisation: Organisation, *, reason: str) -> None:
    """Tell the owners that the vereniging changed the facts that it had entered itself."""
    for owner in queries.owners_of(organisation.id):
        mail.send(
            "organisation_corrected",
            to=owner.email,
            locale=owner.locale,
            organisation=organisation.name,
            organisation_id=organisation.id,
            reason=reason,
        )
