"""The forms with which a signature is withdrawn, or ended by the vereniging."""

from __future__ import annotations

from wtforms import TextAreaField

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.signatures.forms.confirming import AuthorityForm
from portal.signatures.forms.preparing import SignatoryFields
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    PortalForm,
    WebAddressField,
    one_line,
    stripped,
)

REASON = 1000


class StopForm(SignatoryFields, CreatingForm):
    """First step: the person who is authorised to end it, and the reason."""

    reason = TextAreaField(_l("Reden van de opzegging"), [AtMost(REASON)], filters=[stripped])


class EndForm(AuthorityForm):
    """Second step: the authorised person ends it."""

    def box_label(self, organisation: str) -> str:
        """Return what is declared by ticking the box, for the organisation of this name."""
        return str(_("Ik ben bevoegd om namens %(name)s op te zeggen.", name=organisation))


class EndByVerenigingForm(PortalForm):
    """End the signature of an organisation that no longer exists."""

    reason = TextAreaField(
        _l("Reden"),
        [Filled(_l("Schrijf op waarom de ondertekening eindigt.")), AtMost(REASON)],
        filters=[stripped],
    )
    source = WebAddressField(
        _l("Bron"),
        [Filled(_l("Vul het webadres in waar dit te lezen is."))],
        filters=[one_line],
    )

    @property
    def reason_with_source(self) -> str:
        """The reason with its source, as everybody will read it."""
        reason, source = self.reason.data, self.source.data
        return str(_("%(reason)s Bron: %(source)s", reason=reason, source=source))
