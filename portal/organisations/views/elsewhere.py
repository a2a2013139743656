"""From the form for one kind of organisation to that for the other, with what was typed."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.organisations.models import Organisation
from portal.web import typed
from portal.web.forms import PortalForm


def lead_to(endpoint: str, organisation: Organisation, form: PortalForm) -> ResponseReturnValue:
    """Return the way to another form on an organisation; what was sent stands in it as a draft.

    An organisation can become public while a form on it stands open.
    """
    address = url_for(endpoint, organisation_id=organisation.id)
    if request.method == "POST":
        typed.remember(form, address)
    return redirect(address, 303)
