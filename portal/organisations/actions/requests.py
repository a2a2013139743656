"""Requests to join an organisation, and their answers."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused, StepNotOpen
from portal.core.i18n import gettext as _
from portal.organisations import mails, queries
from portal.organisations.actions.people import join_as
from portal.organisations.models import AccessRequest, Membership, Organisation
from portal.policy import Person
from portal.services import undoing
from portal.services.history import advance, create


def ask_access(
    organisation: Organisation, *, job_title: str, message: str, by: Person
) -> AccessRequest:
    """Return a new request, which the owners get by mail.

    Refused with AlreadyExists for a member, and for an account with an open request.
    """
    if queries.find_membership(organisation.id, by.id) is not None:
        raise AlreadyExists(_("U hoort al bij deze organisatie."))
    request = AccessRequest(
        organisation=organisation,
        author_id=by.id,
        job_title=job_title,
        message=message,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            create(request, "ask", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("U hebt al toegang gevraagd tot deze organisatie.")) from clash
    mails.access_asked(request)
    return request


def grant(request: AccessRequest, *, role: str, by: Person) -> Membership:
    """Let the requester join as `role`, as an eigenaar may, and mail them."""
    return let_in(request, role=role, by=by)


def let_in(request: AccessRequest, *, role: str, by: Person | None) -> Membership:
    """Let the requester join, and mail them; the owners too when none of them did it.

    `by` is None when the time to object has passed.
    """
    actor = None if by is not None else "portaal"
    lock_row(request.organisation)
    advance(request, "grant", by=by, actor=actor)
    _drop_proposal(request, by)
    owners = queries.owners_of(request.organisation_id)
    membership = join_as(
        request.organisation_id,
        account_id=request.author_id,
        role=role,
        job_title=request.job_title,
    )
    mails.access_answered(request, role=role)
    if by is None or by.id not in [owner.account_id for owner in owners]:
        mails.let_in(request, role=role, owners=owners)
    return membership


def _drop_proposal(request: AccessRequest, by: Person | None) -> None:
    """Settle the proposal about a request that was answered or taken back in another way."""
    db.session.flush()
    proposal = queries.live_proposal_of(request.id)
    if proposal is not None:
        advance(proposal, "withdraw", by=by)


def refuse_access(request: AccessRequest, *, reason: str, by: Person) -> None:
    """Do not let the requester join, and mail them why."""
    lock_row(request.organisation)
    advance(request, "refuse", by=by, reason=reason)
    _drop_proposal(request, by)
    # Who belongs to the organisation answers for it, and who does not for the vereniging.
    is_by_vereniging = request.organisation_id not in by.roles
    mails.access_answered(request, role=None, reason=reason, is_by_vereniging=is_by_vereniging)


def undo_refusal(
    request: AccessRequest, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let a request wait again that the vereniging refused; the requester hears of it if need be.

    StepNotOpen when something followed, or an eigenaar refused it; FieldRefused when the requester
    belongs to the organisation by now, or asked anew.
    """
    lock_row(request.organisation)
    undoing.hold_decision(request, decision_id)
    if queries.refused_by_member(request):
        raise StepNotOpen(request, "undo")
    is_answered = (
        queries.find_membership(request.organisation_id, request.author_id) is not None
        or queries.find_open_request(request.organisation_id, request.author_id) is not None
    )
    if is_answered:
        raise FieldRefused("reason", _("De vrager hoort er intussen bij, of vroeg het opnieuw."))
    undone = undoing.undo(request, decision_id=decision_id, reason=reason, by=by)
    title = request.organisation.name
    undoing.tell(undone, [request.author], title, path_to("my-organisations"))


def take_back(request: AccessRequest, *, by: Person) -> None:
    """Take a request back, as the requester may."""
    lock_row(request.organisation)
    advance(request, "take_back", by=by)
    _drop_proposal(request, by)
