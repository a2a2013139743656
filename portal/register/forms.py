"""The shape of what an eigenaar says of what the vereniging entered."""

from __future__ import annotations

from wtforms import TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import AtMost, Filled, PortalForm, stripped

REASON = 1000


class DisownForm(PortalForm):
    """Why something is not the word of the organisation."""

    reason = TextAreaField(
        _l("Wat klopt er niet?"),
        [Filled(_l("Vul in wat er niet klopt.")), AtMost(REASON)],
        filters=[stripped],
        description=_l("Iedereen kan dit lezen: “De ondertekenaar zegt: …”"),
    )
