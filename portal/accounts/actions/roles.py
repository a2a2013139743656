"""Roles in the vereniging: moderator and beheerder."""

from __future__ import annotations

from collections.abc import Collection

from portal.accounts import mails
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.events import StaffRoleTaken
from portal.accounts.models import Account
from portal.accounts.queries import other_beheerders
from portal.accounts.queries.invitations import INVITER_GONE
from portal.accounts.queries.staff_invitations import open_staff_invitations_by
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.policy import Person
from portal.services.events import tell
from portal.services.history import advance, hold_if_open, record


def assign_roles(account: Account, *, is_moderator: bool, is_beheerder: bool, by: Person) -> bool:
    """Give and take roles; return whether anything changed. The account's sessions end.

    Refused beside the field: a role for an unconfirmed account or one with a short password, and
    the last beheerder who would stop.
    """
    wanted = {"is_moderator": is_moderator, "is_beheerder": is_beheerder}
    changed = [role for role, has in wanted.items() if getattr(account, role) != has]
    for role in changed:
        _refuse_unfit(account, role, gains=wanted[role])
    for role in changed:
        setattr(account, role, wanted[role])
        _record(account, role, gains=wanted[role], by=by)
    if "is_beheerder" in changed and not is_beheerder:
        _revoke_invitations(account, by)
    if any(not wanted[role] for role in changed):
        db.session.flush()
        tell(StaffRoleTaken(account.id, by))
    if changed:
        end_sessions_of(account.id)
        mails.roles_changed(account)
        mails.role_news(account, {role: wanted[role] for role in changed}, giver_id=by.id)
    return bool(changed)


def take_up_roles(
    account: Account, roles: Collection[str], *, inviter: Account, by: Person
) -> None:
    """Give an account the roles that it accepts on an invitation; its sessions end if it gains one.

    Refused as by `assign_roles`. `roles` are names of columns.
    """
    gained = [role for role in roles if not getattr(account, role)]
    for role in gained:
        _refuse_unfit(account, role, gains=True)
    for role in gained:
        setattr(account, role, True)
        _record(account, role, gains=True, by=by)
    if gained:
        end_sessions_of(account.id)
        mails.role_news(account, dict.fromkeys(gained, True), giver_id=inviter.id)


def _revoke_invitations(account: Account, by: Person) -> None:
    """Take back the open invitations of somebody who may not send them any longer."""
    for invitation in open_staff_invitations_by(account.id):
        if hold_if_open(invitation, "revoke"):
            advance(invitation, "revoke", by=by, ground=INVITER_GONE)


def _record(account: Account, role: str, *, gains: bool, by: Person) -> None:
    if role == "is_moderator":
        record(account, "moderator_given" if gains else "moderator_taken", by=by)
    else:
        record(account, "beheerder_given" if gains else "beheerder_taken", by=by)


def _refuse_unfit(account: Account, role: str, *, gains: bool) -> None:
    if gains and not account.is_confirmed:
        raise FieldRefused(
            role, _("Dit account is nog niet bevestigd. U kunt pas daarna een rol geven.")
        )
    if gains and not account.is_long_password:
        raise FieldRefused(
            role,
            _(
                "Het wachtwoord van dit account is te kort voor deze rol. Vraag deze persoon om"
                " eerst een wachtwoord van minstens %(minimum)s tekens te kiezen.",
                minimum=settings().password_min_staff,
            ),
        )
    if role == "is_beheerder" and not gains and not other_beheerders(account.id):
        raise FieldRefused(
            role, _("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
        )
