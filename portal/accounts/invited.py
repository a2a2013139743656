"""Mailed invitations to a role as their pages treat them, wherever the role is."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.models import Invited
from portal.core.i18n import gettext as _
from portal.core.mail_addresses import shown_mail_address
from portal.web.person import viewer


def is_for_reader(invitation: Invited) -> bool:
    """Return whether the viewer has the invited address, confirmed or not yet."""
    return viewer().email_key == invitation.email_key


def for_somebody_else(page: str, **values: object) -> ResponseReturnValue:
    """Return the page of an invitation for a viewer who is not the person invited (403)."""
    return render_template(page, **values), 403


def say_invited(email: str) -> None:
    """Say that an invitation is on its way."""
    address = shown_mail_address(email)
    flash(_("De uitnodiging gaat per mail naar %(email)s.", email=address), "ok")


def say_mailed_again(email: str) -> None:
    """Say that a new link is on its way."""
    address = shown_mail_address(email)
    flash(_("Er is een nieuwe link gemaild aan %(email)s.", email=address), "ok")


def say_revoked() -> None:
    """Say that an invitation was taken back."""
    flash(_("De uitnodiging is ingetrokken. De link werkt niet meer."), "ok")
