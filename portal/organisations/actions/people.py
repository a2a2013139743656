"""The people of an organisation: inviting, joining, changing roles, leaving."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.actions.inviting import renew_link
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.accounts.queries import find_account_by_id
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused, LinkDead, NotAllowed
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.organisations import mails, queries
from portal.organisations.actions.arrivals import notice
from portal.organisations.actions.away import drop_member
from portal.organisations.actions.dropping import drop_role
from portal.organisations.events import OwnerJoined
from portal.organisations.models import Invitation, Membership, Organisation, PastMembership
from portal.organisations.roles import highest
from portal.policy import Person, Role
from portal.services.events import tell
from portal.services.history import advance, create, record


def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    inviter: str,
    by: Person,
) -> str:
    """Mail an invitation to this address and return the token of its link.

    `inviter` is the name of the person who invites. An earlier invitation to the same address no
    longer works. Refused with FieldRefused when the address is that of a member.
    """
    return send_invitation(
        organisation, email=email, role=role, inviter=inviter, author_id=by.id, by=by
    )


def send_invitation(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    inviter: str,
    author_id: int | None,
    proposal_id: int | None = None,
    by: Person | None,
) -> str:
    """Mail an invitation of `author_id` as `invite` does; `proposal_id`: of the vereniging."""
    account = _outsider(organisation, email)
    token = new_token()
    invitation = Invitation(
        organisation=organisation,
        email=email,
        email_key=address_key(email),
        role=role,
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + settings().invitation_lifetime,
        author_id=author_id,
        proposal_id=proposal_id,
    )
    _create_invitation(invitation, by)
    locale = account.locale if account is not None else current_locale()
    mails.invitation(invitation, token, inviter=inviter, locale=locale)
    return token


def _outsider(organisation: Organisation, email: str) -> Account | None:
    """Return the account with this address, None without one; a member is refused."""
    query = select(Account).where(Account.email_key == address_key(email))
    account = db.session.scalars(query).first()
    if account is not None and queries.find_membership(organisation.id, account.id) is not None:
        raise FieldRefused("email", _("Wie dit adres heeft, hoort al bij deze organisatie."))
    return account


def _create_invitation(invitation: Invitation, by: Person | None) -> None:
    earlier = queries.find_open_invitation(invitation.organisation.id, invitation.email_key)
    if earlier is not None:
        advance(earlier, "revoke", by=by)
    try:
        with db.session.begin_nested():
            create(invitation, "invite", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("Een collega heeft dit adres net uitgenodigd.")) from clash


def mail_again(invitation: Invitation, *, locale: str, by: Person) -> None:
    """Mail a new link to the address that was invited; the former one no longer works.

    Refused with LinkDead when the invitation cannot be accepted any longer.
    """
    why = queries.why_dead(invitation)
    if why is not None:
        raise LinkDead(why)
    record(invitation, "mailed_again", by=by)
    token = renew_link(invitation)
    author = find_account_by_id(invitation.author_id) if invitation.author_id is not None else None
    inviter = author.name if author is not None else ""
    mails.invitation(invitation, token, inviter=inviter, locale=locale)


def revoke(invitation: Invitation, *, by: Person) -> None:
    """Take an invitation back: its link no longer works."""
    advance(invitation, "revoke", by=by)


def accept(invitation: Invitation, *, email: str, job_title: str = "", by: Person) -> Membership:
    """Return the membership of the person who accepts; `email` is their confirmed address.

    Refused with LinkDead when the invitation was used, taken back or has expired, or when who sent
    it may not do so today, and with NotAllowed for another address than the invited one.
    """
    # Before the invitation itself, as whoever takes back what a member set out.
    lock_row(invitation.organisation)
    why = queries.why_dead(invitation)
    if why is not None:
        raise LinkDead(why)
    if not by.is_confirmed or address_key(email) != invitation.email_key:
        raise NotAllowed(_("Deze uitnodiging is voor een ander e-mailadres."))
    advance(invitation, "accept", by=by)
    request = queries.find_open_request(invitation.organisation_id, by.id)
    if request is not None:
        advance(request, "take_back", by=by)
    return join_as(
        invitation.organisation_id, account_id=by.id, role=invitation.role, job_title=job_title
    )


def join_as(
    organisation_id: int, *, account_id: int | None, role: str, job_title: str
) -> Membership:
    """Return the membership of an account: new, or raised to `role`; a role is never lowered."""
    existing = queries.find_membership(organisation_id, account_id)
    if existing is not None:
        _raise(existing, role)
        return existing
    membership = Membership(
        organisation_id=organisation_id,
        account_id=account_id,
        role=role,
        job_title=job_title,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(membership)
            db.session.flush()
    except IntegrityError as clash:
        raise AlreadyExists(_("U hoort al bij deze organisatie.")) from clash
    record(membership, "joined", by=None, reason=f"account {account_id}: {role}")
    if role == Role.OWNER:
        _welcome(membership)
        if queries.get_organisation(organisation_id).waits_for_answer:
            mails.about_us(membership)
    return membership


def _raise(membership: Membership, role: str) -> None:
    if highest(membership.role, role) == membership.role:
        return
    membership.role = role
    if role == Role.OWNER:
        _welcome(membership)
    record(membership, "role_changed", by=None, reason=f"account {membership.account_id}: {role}")


def _welcome(membership: Membership) -> None:
    """Let a new eigenaar, whose membership has been written, be noticed by who must know."""
    db.session.flush()
    notice(membership)
    tell(OwnerJoined(membership.organisation_id, membership.account_id))


def change_role(membership: Membership, *, role: str, job_title: str, by: Person) -> None:
    """Give a member another role or job title; refused for the last eigenaar."""
    if role != Role.OWNER:
        _need_other_owner(membership)
    old, membership.role = membership.role, role
    membership.job_title = job_title
    if old == role:
        return
    record(membership, "role_changed", by=by, reason=f"account {membership.account_id}: {role}")
    if role == Role.OWNER:
        _welcome(membership)
    if highest(old, role) == old:
        drop_role(membership.organisation, account_id=membership.account_id, role=old, by=by)
    if membership.account_id != by.id:
        mails.role_changed(membership)


def remove(membership: Membership, *, by: Person) -> None:
    """Remove a member and end their sessions; refused for oneself and for the last eigenaar."""
    if membership.account_id == by.id:
        raise FieldRefused("role", _("Wilt u zelf weg? Kies dan “Organisatie verlaten”."))
    _need_other_owner(membership)
    mails.member_removed(membership)
    end_sessions_of(membership.account_id)
    _drop(membership, "removed", by)


def take_out(membership: Membership, *, by: Person) -> None:
    """Remove a member whom the vereniging let in by mistake, and end their sessions.

    The organisation may be without an eigenaar then, as it was before.
    """
    end_sessions_of(membership.account_id)
    _drop(membership, "removed", by)


def leave(membership: Membership, *, by: Person) -> None:
    """Leave the organisation; refused for the last eigenaar, who must name a successor first.

    While it is frozen nobody can be named, so the last eigenaar may go, and moderators hear of it.
    """
    organisation = queries.get_organisation(membership.organisation_id)
    lock_row(organisation)
    if not organisation.is_frozen:
        _need_other_owner(membership)
    elif _is_last_owner(membership):
        mails.without_owner(organisation, name=membership.account.name)
    _drop(membership, "left", by)


def hand_over(
    membership: Membership, *, successor: Membership, stay_as: str | None, by: Person
) -> None:
    """Make `successor` eigenaar, and give `membership` the role `stay_as`; with None it ends."""
    change_role(successor, role=str(Role.OWNER), job_title=successor.job_title, by=by)
    db.session.flush()
    if stay_as is None:
        leave(membership, by=by)
    else:
        change_role(membership, role=stay_as, job_title=membership.job_title, by=by)


def _drop(membership: Membership, act: str, by: Person) -> None:
    record(membership, act, by=by, reason=f"account {membership.account_id}: {membership.role}")
    db.session.add(
        PastMembership(
            organisation_id=membership.organisation_id,
            account_id=membership.account_id,
            membership_id=membership.id,
            role=membership.role,
            joined_at=membership.created_at,
            left_at=clock.now(),
            how=act,
        )
    )
    drop_member(membership.organisation_id, membership.account_id, by=by)
    db.session.delete(membership)
    organisation = membership.organisation
    drop_role(organisation, account_id=membership.account_id, role=membership.role, by=by)


def _need_other_owner(membership: Membership) -> None:
    """Refuse when this is the last eigenaar; the lock puts two who leave at once in a row."""
    lock_row(queries.get_organisation(membership.organisation_id))
    if _is_last_owner(membership):
        message = _(
            "Een organisatie heeft altijd een eigenaar. "
            "Maak eerst iemand anders eigenaar, of draag de organisatie over."
        )
        raise FieldRefused("role", message)


def _is_last_owner(membership: Membership) -> bool:
    """Return whether the organisation has no eigenaar but this one; it must be locked.

    AlreadyExists for a membership that ended in the meantime.
    """
    people = queries.people_of(membership.organisation_id)
    own = [person for person in people if person.membership_id == membership.id]
    if not own:
        raise AlreadyExists(_("Iemand anders was u net voor."))
    others = [person for person in people if person.role == Role.OWNER and person not in own]
    return own[0].role == Role.OWNER and not others
