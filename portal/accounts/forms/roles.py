"""Roles in the vereniging."""

from __future__ import annotations

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from portal.accounts.staff_roles import STAFF_ROLE_WORDS
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import CreatingForm, EditingForm, Filled, MailAddressField, one_line


class InvitingForm(CreatingForm):
    """Invite somebody by mail to a role, wherever that is; a child offers the roles."""

    email = MailAddressField(
        _l("E-mailadres"),
        [Filled(_l("Vul het e-mailadres in van wie u uitnodigt."))],
        filters=[one_line],
    )
    role = RadioField(
        _l("Rol"), [Filled(_l("Kies een rol."))], invalid_choice_message=_l("Kies een rol.")
    )


class InviteStaffForm(InvitingForm):
    """Invite somebody to a role in the vereniging."""

    def prepare(self, subject: object) -> None:
        """Offer every role."""
        words = STAFF_ROLE_WORDS.items()
        self.role.choices = [SelectChoice(str(role), label) for role, label in words]


class RolesForm(EditingForm):
    """Which roles an account has."""

    is_moderator = BooleanField(_l("Moderator"))
    is_beheerder = BooleanField(_l("Beheerder"))
