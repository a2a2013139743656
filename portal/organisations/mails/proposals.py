"""The mails about what a moderator decided on other details of an organisation."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import speak
from portal.lifecycle import ProposalState
from portal.organisations import queries
from portal.organisations.models import IdentityProposal, Organisation
from portal.services import mail
from portal.services.grounds import PROPOSAL_GROUNDS


def proposal_decided(
    organisation: Organisation, proposal: IdentityProposal, *, ground: str = "", reason: str = ""
) -> None:
    """Tell the proposer what a moderator did; every eigenaar too of what stands now."""
    is_changed = proposal.state in (ProposalState.PLACED, ProposalState.SET_BACK)
    addresses = _proposer(proposal)
    if is_changed:
        owners = queries.owners_of(organisation.id)
        addresses |= {owner.email: (owner.name, owner.locale) for owner in owners}
    for address, (name, locale) in addresses.items():
        with speak(locale):
            changes = queries.changes_of(proposal.old, proposal.new, locale)
            ground_words = str(PROPOSAL_GROUNDS[ground]) if ground else ""
        mail.send(
            f"organisation_proposal_{proposal.state}",
            to=address,
            locale=locale,
            addressee=name,
            organisation=organisation.name,
            organisation_id=organisation.id,
            changes="\n".join(_line(row) for row in changes if row.is_changed),
            ground=ground_words,
            reason=reason.strip(),
        )


def _proposer(proposal: IdentityProposal) -> dict[str, tuple[str, str]]:
    """Return address -> name and language of the account that proposed it."""
    account = db.session.get(Account, proposal.author_id) if proposal.author_id else None
    return {account.email: (account.name, account.locale)} if account is not None else {}


def _line(row: queries.ChangeRow) -> str:
    return f"- {row.label}: {row.old or '–'} → {row.new or '–'}"
