"""The beheerder's forms."""

from __future__ import annotations

from portal.accounts.sessions import signed_in_viewer
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import CreatingForm, Filled, MailAddressField, one_line


class TryMailForm(CreatingForm):
    """Where a test mail goes."""

    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul een e-mailadres in."))], filters=[one_line]
    )

    def prepare(self, _subject: object) -> None:
        """Begin with the address of who asks."""
        if self.email.raw_data is None:
            self.email.data = signed_in_viewer().email
