"""The button that shows a text as it will stand: nothing is saved, and everything typed stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import request

from portal.core.errors import TooMany
from portal.core.i18n import gettext as _
from portal.web.forms import PortalForm
from portal.web.forms.previews import BUTTON, Previewing
from portal.web.limiting import Limit, Moment, count, limit_of

# Files that came along are looked at and kept, so they count as they do when a form is sent.
_COUNTED = {"upload_account"}


def is_asked(form: PortalForm) -> bool:
    """Return whether the sender of a form wants to see it first."""
    return isinstance(form, Previewing) and BUTTON in request.form


def show(form: PortalForm, limits: Sequence[Limit]) -> int:
    """Make the preview of a form that wants one; return the status of the page that shows it."""
    counted = [limit_of("preview_account"), *(one for one in limits if one.name in _COUNTED)]
    try:
        count(counted, Moment.COMES, form)
    except TooMany as refusal:
        form.refuse("", _("U vroeg heel vaak een voorbeeld. Probeer het over een paar minuten."))
        return refusal.status
    if not form.has_key():
        return 422
    form.receive_files()
    cast(Previewing, form).show_preview()
    return 422 if form.errors else 200
