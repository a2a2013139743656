"""Undoing what the vereniging decided about rights over an organisation."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.lifecycle import AccessRequestState, InvitationState
from portal.organisations import mails, queries
from portal.organisations.actions.access import refuse_unfit
from portal.organisations.actions.people import take_out
from portal.organisations.events import AccessMoved
from portal.organisations.models import AccessProposal, AccessRequest, Arrival, Membership
from portal.policy import Person
from portal.services import undoing
from portal.services.events import tell
from portal.services.history import acted_since, advance, last_row
from portal.services.mail import Reader
from portal.services.undoing import Undone


class _Invited(NamedTuple):
    """Somebody who was invited, and may have no account."""

    email: str
    locale: str
    name: str = ""


def undo_access_proposal_decision(
    proposal: AccessProposal, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let a proposal for access wait again for a second person, and mail those who were told.

    What was given is taken away, what was announced is not given. StepNotOpen when something
    followed; FieldRefused when the one who got in did something since, when it may no longer be
    given, or when there is another proposal.
    """
    lock_row(proposal.organisation)
    step = undoing.hold_decision(proposal, decision_id)
    readers: list[Reader] = [proposal.author]
    if step == "approve":
        readers.append(_take_away(proposal, by))
    refuse_unfit(proposal)
    undone = _wait_again(proposal, decision_id, reason, by)
    path = path_to("organisation", organisation_id=proposal.organisation_id)
    if step == "announce":
        _call_off(proposal, undone, by)
    else:
        undoing.tell(undone, readers, proposal.organisation.name, path)


def _wait_again(
    proposal: AccessProposal, decision_id: int | None, reason: str, by: Person
) -> Undone:
    request = proposal.request
    if request is not None and request.state != AccessRequestState.OPEN:
        raise FieldRefused("reason", _("De vraag om toegang is intussen beantwoord."))
    try:
        with db.session.begin_nested():
            undone = undoing.undo(proposal, decision_id=decision_id, reason=reason, by=by)
            db.session.flush()
    except IntegrityError as clash:
        message = _("Hierover ligt al een voorstel bij de vereniging.")
        raise FieldRefused("reason", message) from clash
    return undone


def _call_off(proposal: AccessProposal, undone: Undone, by: Person) -> None:
    """Let nobody object any more to what was announced, and mail everybody who was told."""
    proposal.token_hash = proposal.effective_at = None
    mails.access_stopped(proposal, reason=undone.reason, by=by)
    if proposal.request is not None:
        mails.access_stopped_to(proposal, proposal.request.author, reason=undone.reason)
    tell(AccessMoved(proposal, None))


def _take_away(proposal: AccessProposal, by: Person) -> Reader:
    """Take away what an approval gave; return whose it was."""
    if proposal.request is not None:
        _take_out(proposal.request, proposal, by)
        return proposal.request.author
    invitation = queries.find_invitation_of(proposal.id)
    if invitation is not None and invitation.state == InvitationState.ACCEPTED:
        message = _(
            "De uitnodiging is al aangenomen. Klopt er iets niet? Bevries dan de organisatie."
        )
        raise FieldRefused("reason", message)
    if invitation is not None and invitation.state == InvitationState.OPEN:
        advance(invitation, "revoke", by=by)
    return _Invited(proposal.email, current_locale())


def _take_out(request: AccessRequest, proposal: AccessProposal, by: Person) -> None:
    """Let who was let in ask again; FieldRefused when they left, or did something since."""
    membership = queries.find_membership(request.organisation_id, request.author_id)
    if membership is None:
        raise FieldRefused("reason", _("Deze persoon hoort niet meer bij de organisatie."))
    if membership.role != proposal.role or _is_used(membership, proposal):
        message = _(
            "Deze persoon deed intussen iets voor de organisatie. Klopt er iets niet? Bevries dan "
            "de organisatie."
        )
        raise FieldRefused("reason", message)
    take_out(membership, by=by)
    db.session.execute(
        delete(Arrival).where(
            Arrival.organisation_id == request.organisation_id,
            Arrival.account_id == request.author_id,
            Arrival.seen_at.is_(None),
        )
    )
    advance(request, "reopen", by=by)
    db.session.flush()


def _is_used(membership: Membership, proposal: AccessProposal) -> bool:
    decision = last_row(proposal.thing, proposal.id)
    assert decision is not None  # noqa: S101
    # What somebody does with their own account or says in a discussion builds on no right.
    own = ("account", "comment", "comment_version")
    return acted_since(decision.id, membership.account_id, but=own)
