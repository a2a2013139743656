"""The mails about proposals to change who an organisation is."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import speak
from portal.lifecycle import ProposalState
from portal.organisations import queries
from portal.organisations.models import IdentityProposal, Organisation
from portal.services import mail, telling
from portal.services.grounds import PROPOSAL_GROUNDS
from portal.services.telling import NOBODY, Audience, told_of

_CONCERNED = (Audience.WRITER, Audience.OWNERS, Audience.MAILBOX)
PROPOSING = told_of(
    "identity_proposal",
    {
        # It waits at the desk, where moderators hear of what waits too long.
        "propose": NOBODY,
        "place": telling.mail("organisation_proposal_placed", *_CONCERNED),
        "ask_change": telling.mail("organisation_proposal_change_asked", Audience.WRITER),
        "refuse": telling.mail("organisation_proposal_refused", Audience.WRITER),
        "replace": NOBODY,
        "withdraw": NOBODY,
        "set_back": telling.mail("organisation_proposal_set_back", *_CONCERNED),
        "undo": telling.mail("decision_undone", Audience.WRITER),
    },
)


def proposal_decided(
    organisation: Organisation, proposal: IdentityProposal, *, ground: str = "", reason: str = ""
) -> None:
    """Tell the proposer what a moderator did; every eigenaar and the mailbox too of what stands."""
    is_changed = proposal.state in (ProposalState.PLACED, ProposalState.SET_BACK)
    addresses = _proposer(proposal)
    if is_changed:
        owners = queries.owners_and_mailbox(organisation.id)
        addresses |= {owner.email: (owner.name, owner.locale) for owner in owners}
    if proposal.state == ProposalState.SET_BACK:
        # Who did not hear yet that it was placed, need not hear that it was set back.
        for address in mail.take_back(proposal):
            addresses.pop(address, None)
    for address, (name, locale) in addresses.items():
        with speak(locale):
            changes = queries.changes_of(proposal.old, proposal.new, locale)
            ground_words = str(PROPOSAL_GROUNDS[ground]) if ground else ""
        mail.send(
            f"organisation_proposal_{proposal.state}",
            to=address,
            locale=locale,
            addressee=name,
            decision=proposal,
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
