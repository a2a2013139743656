"""Roles in the vereniging."""

from __future__ import annotations

from wtforms import BooleanField

from portal.accounts.models import Account
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import Difference, EditingForm


class RolesForm(EditingForm):
    """Which roles an account has."""

    is_moderator = BooleanField(_l("Moderator"))
    is_beheerder = BooleanField(_l("Beheerder"))

    def differences_from(self, theirs: Account) -> tuple[Difference, ...]:
        labels = {True: _("ja"), False: _("nee")}
        differences = []
        for field in (self.is_moderator, self.is_beheerder):
            now = getattr(theirs, field.short_name)
            if now != field.data:
                label = str(field.label.text)
                differences.append(Difference(label, labels[now], labels[field.data]))
        return tuple(differences)
