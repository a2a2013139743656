"""The mails about what the vereniging entered before an organisation had people here."""

from __future__ import annotations

from portal.organisations import queries
from portal.organisations.models import Membership, Organisation
from portal.services import mail, telling
from portal.services.entered import Beside
from portal.services.telling import NOBODY, Audience, told_of

CLAIMING = {
    **told_of(
        "disowning",
        {
            "hide": telling.mail("hidden", Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX),
            "restore": telling.mail(
                "restored", Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX
            ),
            "confirm_hidden": NOBODY,
        },
    ),
    **told_of("arrival", {"seen": NOBODY, "unseen": NOBODY}),
}


def claim_disowned(
    organisation: Organisation, *, kind: str, beside: Beside, reason: str, writer: str
) -> None:
    """Tell the moderators that a signatory says that something is not its word.

    `kind` is facts, signature or commitment.
    """
    for moderator in queries.moderators():
        mail.send(
            "claim_disowned",
            to=moderator.email,
            locale=moderator.locale,
            addressee=moderator.name,
            organisation=organisation.name,
            kind=kind,
            claim=beside.title,
            path=beside.path,
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
        addressee=account.name,
        organisation=membership.organisation.name,
        organisation_id=membership.organisation_id,
    )


def corrected(organisation: Organisation, *, reason: str) -> None:
    """Tell the owners and the mailbox that the vereniging changed facts that it had entered."""
    for owner in queries.owners_and_mailbox(organisation.id):
        mail.send(
            "organisation_corrected",
            to=owner.email,
            locale=owner.locale,
            addressee=owner.name,
            organisation=organisation.name,
            organisation_id=organisation.id,
            reason=reason,
        )
