"""Roles in the vereniging: moderator and beheerder."""

from __future__ import annotations

from portal.accounts import mails
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.events import StaffRoleTaken
from portal.accounts.models import Account
from portal.accounts.queries import other_beheerders
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.policy import Person
from portal.services.events import tell
from portal.services.history import record


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
    if any(not wanted[role] for role in changed):
        db.session.flush()
        tell(StaffRoleTaken(account.id, by))
    if changed:
        end_sessions_of(account.id)
        mails.roles_changed(account)
        mails.role_news(account, {role: wanted[role] for role in changed}, by=by)
    return bool(changed)


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
