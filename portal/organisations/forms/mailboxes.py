"""The form with which an eigenaar names the mailbox of an organisation."""

from __future__ import annotations

from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import CreatingForm, Filled, KeylessForm, MailAddressField, one_line


class MailboxForm(CreatingForm):
    """An address that several people read."""

    email = MailAddressField(
        _l("E-mailadres"),
        [Filled(_l("Vul het e-mailadres van de mailbox in."))],
        filters=[one_line],
    )


class ProveForm(KeylessForm):
    """A button: who presses it reads the mail of the address."""
