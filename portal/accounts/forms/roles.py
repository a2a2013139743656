"""Roles in the vereniging."""

from __future__ import annotations

from wtforms import BooleanField

from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import EditingForm


class RolesForm(EditingForm):
    """Which roles an account has."""

    is_moderator = BooleanField(_l("Moderator"))
    is_beheerder = BooleanField(_l("Beheerder"))
