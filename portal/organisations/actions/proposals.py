"""Proposals of a public organisation to change who it is: made, decided on, set back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import clock
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused, StaleVersion
from portal.core.i18n import gettext as _
from portal.lifecycle.claims import EnteredAs
from portal.organisations import mails, queries
from portal.organisations.actions.claiming import take_back_answer
from portal.organisations.actions.identity import (
    apply_identity,
    refuse_day,
    refuse_taken,
    take_back_identity,
)
from portal.organisations.events import MemberDropped
from portal.organisations.identity import Identity, identity_of
from portal.organisations.models import IdentityProposal, Organisation
from portal.policy import Person
from portal.services import undoing
from portal.services.entered import follow_writer
from portal.services.grounds import PROPOSAL_GROUNDS
from portal.services.history import advance, create, hold, record


def propose(
    organisation: Organisation,
    after: Identity,
    *,
    renamed_on: date | None = None,
    note: str,
    source_url: str | None = None,
    by: Person,
) -> IdentityProposal:
    """Return a proposal that waits for a moderator; what stands stays, and an earlier one goes.

    Without `renamed_on` a name is only corrected. Refused with FieldRefused for an organisation
    that is not public, without a change, and for the name or a number of another public one.
    """
    lock_row(organisation)
    before = _refuse_impossible(organisation, after, renamed_on)
    proposal = IdentityProposal(
        organisation_id=organisation.id,
        old=before.values(),
        new=after.values(),
        renamed_on=renamed_on if after.name != before.name else None,
        note=note,
        source_url=source_url or None,
        created_at=clock.now(),
        author_id=by.id,
    )
    _put_forward(proposal, by)
    return proposal


def _put_forward(proposal: IdentityProposal, by: Person) -> None:
    """Let a proposal wait, in place of an earlier one that is open."""
    earlier = queries.find_open_proposal(proposal.organisation_id)
    if earlier is not None:
        advance(earlier, "replace", by=by)
        db.session.flush()
    try:
        with db.session.begin_nested():
            create(proposal, "propose", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("Een collega deed net een ander voorstel.")) from clash


def _refuse_impossible(
    organisation: Organisation, after: Identity, renamed_on: date | None
) -> Identity:
    """Return who the organisation is now; FieldRefused when it cannot become `after`."""
    if not organisation.is_public:
        raise FieldRefused("name", _("Deze organisatie is nog geen ondertekenaar."))
    before = identity_of(organisation)
    if after == before:
        raise FieldRefused("name", _("U hebt niets veranderd."))
    if renamed_on is not None and after.name != before.name:
        refuse_day(organisation, renamed_on)
    refuse_taken(organisation, before, after)
    return before


def place_proposal(proposal: IdentityProposal, *, by: Person) -> None:
    """Let the organisation be who the proposal says, and mail the proposer and the eigenaren.

    Refused with StaleVersion when it is no longer who it was when this was proposed, and with
    FieldRefused when another public organisation has the name or a number by now.
    """
    organisation = _locked(proposal)
    advance(proposal, "place", by=by)
    if identity_of(organisation) != proposal.before:
        stale = StaleVersion(organisation)
        stale.message = _(
            "De gegevens van deze organisatie zijn veranderd sinds dit voorstel. Neem het niet "
            "over, en vraag om een nieuw voorstel."
        )
        raise stale
    refuse_taken(organisation, proposal.before, proposal.after)
    summary = apply_identity(organisation, proposal.after, renamed_on=proposal.renamed_on)
    _close(organisation, proposal)
    record(organisation, "identity_placed", by=by, reason=summary)
    # Its eigenaar proposed it: what the vereniging had entered is corrected by the signatory.
    follow_writer(organisation, EnteredAs.SIGNATORY)
    mails.proposal_decided(organisation, proposal)


def ask_proposal_change(
    proposal: IdentityProposal, *, ground: str, reason: str, by: Person
) -> None:
    """Ask the proposer for another proposal; refused without a ground or a reason."""
    _turn_down(proposal, "ask_change", ground, reason, by)


def refuse_proposal(proposal: IdentityProposal, *, ground: str, reason: str, by: Person) -> None:
    """Leave the organisation who it is, and mail why; refused without a ground or a reason."""
    _turn_down(proposal, "refuse", ground, reason, by)


def _turn_down(proposal: IdentityProposal, step: str, ground: str, reason: str, by: Person) -> None:
    if ground not in PROPOSAL_GROUNDS:
        raise FieldRefused("ground", _("Kies een reden."))
    organisation = _locked(proposal)
    advance(proposal, step, by=by, ground=ground, reason=reason)
    proposal.decided_at = clock.now()
    mails.proposal_decided(organisation, proposal, ground=ground, reason=reason)


def undo_proposal_decision(
    proposal: IdentityProposal, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let a proposal wait again that was sent back or refused, and mail the proposer if need be.

    StepNotOpen when something followed; FieldRefused when the organisation changed meanwhile, or
    another proposal waits.
    """
    organisation = _locked(proposal)
    undoing.hold_decision(proposal, decision_id)
    waiting = queries.find_open_proposal(organisation.id)
    if waiting not in (None, proposal) or identity_of(organisation) != proposal.before:
        raise FieldRefused("reason", _("De gegevens van de organisatie zijn intussen veranderd."))
    undone = undoing.undo(proposal, decision_id=decision_id, reason=reason, by=by)
    proposal.decided_at = None
    author = db.session.get(Account, proposal.author_id) if proposal.author_id else None
    path = path_to("organisation", organisation_id=organisation.id)
    undoing.tell(undone, [author] if author is not None else [], organisation.name, path)


def withdraw_proposal(proposal: IdentityProposal, *, by: Person) -> None:
    """Take a proposal back that is not placed."""
    _locked(proposal)
    advance(proposal, "withdraw", by=by)


def drop_proposer(dropped: MemberDropped) -> None:
    """Take back what waits of an eigenaar who is none any more."""
    proposal = queries.find_open_proposal(dropped.organisation_id)
    if proposal is not None and proposal.author_id == dropped.account_id:
        advance(proposal, "withdraw", by=dropped.by)


def set_back(proposal: IdentityProposal, *, reason: str, by: Person) -> None:
    """Let the organisation be again who it was before a placed proposal, and mail why.

    A name that it got then is forgotten, and what the vereniging had entered is no longer the word
    of the signatory by this proposal. Refused with FieldRefused when a later one was placed,
    which goes first, and when another public organisation has the old name or a number by now.
    """
    organisation = _locked(proposal)
    hold(proposal, "set_back", reason=reason)
    newest = queries.newest_placed_proposal(organisation.id)
    if newest != proposal or identity_of(organisation) != proposal.after:
        raise FieldRefused(
            "reason",
            _("Na dit voorstel zijn de gegevens nog eens veranderd. Zet eerst het nieuwste terug."),
        )
    refuse_taken(organisation, proposal.after, proposal.before)
    summary = take_back_identity(organisation, proposal.before, renamed_on=proposal.renamed_on)
    advance(proposal, "set_back", by=by, reason=reason)
    db.session.flush()
    take_back_answer(organisation)
    organisation.version += 1
    record(organisation, "identity_set_back", by=by, reason=summary)
    mails.proposal_decided(organisation, proposal, reason=reason)


def _locked(proposal: IdentityProposal) -> Organisation:
    """Return the organisation of a proposal, locked: it is the first row that these acts lock."""
    organisation = queries.get_organisation(proposal.organisation_id)
    lock_row(organisation)
    return organisation


def _close(organisation: Organisation, proposal: IdentityProposal) -> None:
    proposal.decided_at = clock.now()
    # Forms that stand open show the old values.
    organisation.version += 1
