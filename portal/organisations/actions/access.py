"""Rights that the vereniging gives over an organisation: by two people, and under objection."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.accounts.addresses import address_key
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.lifecycle import AccessProposalState, AccessRequestState
from portal.organisations import mails, queries
from portal.organisations.actions.people import send_invitation
from portal.organisations.actions.requests import let_in
from portal.organisations.events import AccessMoved
from portal.organisations.models import AccessProposal, AccessRequest, Organisation
from portal.policy import Permission, Person, Role
from portal.services.events import tell
from portal.services.history import advance, create, record


def propose_owner(
    organisation: Organisation, *, email: str, proof: str, by: Person
) -> AccessProposal:
    """Return the proposal to invite the first eigenaar of an organisation.

    It waits for a second person of the vereniging; where one decides alone, the mail leaves.
    `proof` says how it was checked. Refused with FieldRefused for an address of the vereniging,
    an organisation with an eigenaar and without proof.
    """
    return _propose(organisation, None, email=email, role=str(Role.OWNER), proof=proof, by=by)


def propose_access(request: AccessRequest, *, role: str, proof: str, by: Person) -> AccessProposal:
    """Return the proposal to let in who asked, refused as that of an eigenaar is.

    Without an eigenaar who asked becomes that. Where one is, all may object for some days.
    """
    lock_row(request.organisation)
    record(request, "propose", by=by)
    email = request.author.email
    return _propose(request.organisation, request, email=email, role=role, proof=proof, by=by)


def _propose(
    organisation: Organisation,
    request: AccessRequest | None,
    *,
    email: str,
    role: str,
    proof: str,
    by: Person,
) -> AccessProposal:
    lock_row(organisation)
    proposal = AccessProposal(
        organisation=organisation,
        email=email,
        email_key=address_key(email),
        role=role,
        request=request,
        proof=proof.strip(),
        created_at=clock.now(),
        author_id=by.id,
    )
    refuse_unfit(proposal)
    _create(proposal, by)
    ground = queries.alone_ground(Permission.ACCESS_APPROVE, proposal, by=by)
    if ground is None:
        mails.access_proposed(proposal, by=by)
    else:
        _take(proposal, by=by, ground=ground)
    return proposal


def _create(proposal: AccessProposal, by: Person) -> None:
    try:
        with db.session.begin_nested():
            create(proposal, "propose", by=by, reason=proposal.proof)
    except IntegrityError as clash:
        raise AlreadyExists(_("Hierover ligt al een voorstel bij de vereniging.")) from clash


def refuse_unfit(proposal: AccessProposal) -> None:
    """Refuse what the vereniging may never give, also when it was proposed before."""
    # The field in which the one who proposes can mend it.
    field = "email" if proposal.request is None else "role"
    if not proposal.proof:
        raise FieldRefused("proof", _("Schrijf op hoe u dit hebt nagegaan."))
    if _is_for_staff(proposal):
        message = _(
            "Dit adres is van iemand van de vereniging. De vereniging geeft zichzelf geen rechten "
            "over een organisatie."
        )
        raise FieldRefused(field, message)
    has_owner = bool(queries.owners_of(proposal.organisation.id))
    if proposal.request is None and has_owner:
        raise FieldRefused(field, _("Deze organisatie heeft een eigenaar. Die nodigt mensen uit."))
    if not has_owner and proposal.role != Role.OWNER:
        message = _("Deze organisatie heeft geen eigenaar. De eerste persoon wordt eigenaar.")
        raise FieldRefused(field, message)


def _is_for_staff(proposal: AccessProposal) -> bool:
    """Return whether somebody of the vereniging would get it, under whatever address by now."""
    author = proposal.request.author if proposal.request is not None else None
    if author is not None and (author.is_moderator or author.is_beheerder):
        return True
    return queries.is_of_staff(proposal.email_key)


def approve(proposal: AccessProposal, *, by: Person) -> None:
    """Agree as the second person: the right is given, or announced where an eigenaar may object.

    FieldRefused when it may no longer be given, StepNotOpen when somebody decided before.
    """
    lock_row(proposal.organisation)
    refuse_unfit(proposal)
    _take(proposal, by=by, ground="")


def _take(proposal: AccessProposal, *, by: Person, ground: str) -> None:
    if not queries.owners_of(proposal.organisation.id):
        advance(proposal, "approve", by=by, ground=ground)
        _give(proposal, by=by)
        return
    token = new_token()
    advance(proposal, "announce", by=by, ground=ground)
    proposal.token_hash = token_hash(token)
    proposal.effective_at = clock.now() + settings().objection_period
    mails.access_announced(proposal, token, by=by)
    tell(AccessMoved(proposal, token))


def refuse_access_proposal(proposal: AccessProposal, *, reason: str, by: Person) -> None:
    """Do not agree as the second person; who proposed it reads why."""
    advance(proposal, "refuse", by=by, reason=reason)
    mails.access_not_agreed(proposal, reason=reason)


def object_to(proposal: AccessProposal, *, reason: str, by: Person | None) -> None:
    """Stop what was announced, as an eigenaar, signed in or with the mailed link (`by` is None)."""
    actor = None if by is not None else "link"
    lock_row(proposal.organisation)
    advance(proposal, "object", by=by, actor=actor, reason=reason)
    request = proposal.request
    if request is not None and request.state == AccessRequestState.OPEN:
        words = _("Een eigenaar van de organisatie maakte bezwaar.")
        advance(request, "refuse", by=by, actor=actor, reason=words)
        mails.access_answered(request, role=None, reason=words)
    mails.access_stopped(proposal, reason=reason, by=by)
    tell(AccessMoved(proposal, None))


def withdraw_access_proposal(proposal: AccessProposal, *, by: Person | None) -> None:
    """Take a proposal back; those to whom it was announced hear of it."""
    was_announced = proposal.state == AccessProposalState.ANNOUNCED
    actor = None if by is not None else "portaal"
    advance(proposal, "withdraw", by=by, actor=actor)
    if was_announced:
        mails.access_stopped(proposal, reason="", by=by)
        tell(AccessMoved(proposal, None))


def give_due(proposal: AccessProposal) -> None:
    """Give what was announced and not objected to; withdraw it when it may not be given any more.

    Nothing happens to a proposal that is settled.
    """
    lock_row(proposal.organisation)
    lock_row(proposal)
    if proposal.state != AccessProposalState.ANNOUNCED:
        return
    try:
        refuse_unfit(proposal)
    except FieldRefused:
        withdraw_access_proposal(proposal, by=None)
        return
    advance(proposal, "give", by=None, actor="portaal")
    _give(proposal, by=None)


def _give(proposal: AccessProposal, *, by: Person | None) -> None:
    mails.access_agreed(proposal, by=by)
    if proposal.request is not None:
        let_in(proposal.request, role=proposal.role, by=by)
        return
    send_invitation(
        proposal.organisation,
        email=proposal.email,
        role=proposal.role,
        inviter=proposal.author.name,
        author_id=proposal.author_id,
        proposal_id=proposal.id,
        by=by,
    )
