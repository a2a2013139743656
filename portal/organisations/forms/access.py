"""Rights over an organisation that the vereniging proposes, and an objection to one."""

from __future__ import annotations

from wtforms import TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    MailAddressField,
    PortalForm,
    one_line,
    stripped,
)


class ProposeOwnerForm(CreatingForm):
    """Propose whom the vereniging invites as the first eigenaar, and how that was checked."""

    email = MailAddressField(
        _l("E-mailadres"),
        [Filled(_l("Vul het e-mailadres in van wie u voorstelt."))],
        filters=[one_line],
    )
    proof = TextAreaField(
        _l("Hoe hebt u dit nagegaan?"),
        [Filled(_l("Schrijf op hoe u dit hebt nagegaan.")), AtMost(2000)],
        description=_l(
            "Bijvoorbeeld: wie u belde of schreef, op welk nummer of adres, wanneer. De eigenaren "
            "en wie ondertekende kunnen dit lezen."
        ),
        filters=[stripped],
    )


class ObjectForm(PortalForm):
    """Object to what the vereniging announced."""

    reason = TextAreaField(_l("Waarom maakt u bezwaar?"), [AtMost(1000)], filters=[stripped])
