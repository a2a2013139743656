"""Inviting people by mail to a role in the vereniging."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.accounts import mails
from portal.accounts.actions.entry import confirm_by_mail
from portal.accounts.actions.roles import take_up_roles
from portal.accounts.addresses import address_key
from portal.accounts.models import Account, Invited, StaffInvitation
from portal.accounts.queries import find_account, get_account
from portal.accounts.queries.staff_invitations import (
    find_open_staff_invitation,
    why_staff_invitation_dead,
)
from portal.accounts.staff_roles import StaffRole
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused, LinkDead, NotAllowed
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.policy import Person
from portal.services.history import advance, create, record


def invite_staff(*, email: str, role: StaffRole, by: Person) -> str:
    """Mail an invitation to a role in the vereniging, and return the token of its link.

    An earlier invitation to the same address no longer works. Refused with FieldRefused when who
    has the address has that role, or cannot sign in.
    """
    account = find_account(email)
    if account is not None:
        _refuse_needless(account, role)
    token = new_token()
    invitation = StaffInvitation(
        email=email,
        email_key=address_key(email),
        role=str(role),
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + settings().invitation_lifetime,
        author=_own_account(by),
    )
    _create(invitation, by)
    locale = account.locale if account is not None else current_locale()
    mails.staff_invitation(invitation, token, locale=locale)
    return token


def _own_account(person: Person) -> Account:
    """Return the account of somebody who is signed in; 404 for a visitor."""
    return get_account(person.id or 0)


def _refuse_needless(account: Account, role: StaffRole) -> None:
    if all(getattr(account, column) for column in role.columns):
        raise FieldRefused("email", _("Wie dit adres heeft, heeft deze rol al."))
    if account.is_blocked:
        raise FieldRefused("email", _("Het account met dit adres is geblokkeerd."))


def _create(invitation: StaffInvitation, by: Person) -> None:
    earlier = find_open_staff_invitation(invitation.email)
    if earlier is not None:
        advance(earlier, "revoke", by=by)
    try:
        with db.session.begin_nested():
            create(invitation, "invite", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("Een collega heeft dit adres net uitgenodigd.")) from clash


def renew_link(invitation: Invited) -> str:
    """Give an invitation a new link, and return its token; the former one no longer works."""
    token = new_token()
    invitation.former_token_hash = invitation.token_hash
    invitation.token_hash = token_hash(token)
    return token


def mail_staff_again(invitation: StaffInvitation, *, by: Person) -> None:
    """Mail a new link to the address that was invited, good for as long as the first was.

    The former one no longer works. StepNotOpen when it was accepted or taken back.
    """
    record(invitation, "mailed_again", by=by)
    token = renew_link(invitation)
    invitation.expires_at = clock.now() + settings().invitation_lifetime
    account = find_account(invitation.email)
    locale = account.locale if account is not None else current_locale()
    mails.staff_invitation(invitation, token, locale=locale)


def revoke_staff_invitation(invitation: StaffInvitation, *, by: Person) -> None:
    """Take an invitation back: its link no longer works."""
    advance(invitation, "revoke", by=by)


def accept_role(invitation: StaffInvitation, *, by: Person) -> Account:
    """Return the account of the person who accepts, with its new role; its sessions end.

    Its link confirms the address: it came by mail. Refused with LinkDead when it was used, taken
    back or has expired, or who sent it is no beheerder today; with NotAllowed for another address
    than the invited one; with FieldRefused for a password too short for the role.
    """
    lock_row(invitation)
    why = why_staff_invitation_dead(invitation)
    if why is not None:
        raise LinkDead(why)
    account = _own_account(by)
    if account.email_key != invitation.email_key:
        raise NotAllowed(_("Deze uitnodiging is voor een ander e-mailadres."))
    if not account.is_confirmed:
        confirm_by_mail(account)
    advance(invitation, "accept", by=by)
    take_up_roles(account, StaffRole(invitation.role).columns, inviter=invitation.author, by=by)
    mails.staff_invitation_accepted(invitation, account)
    return account
