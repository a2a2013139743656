"""The authorised signatory, and the proof of the mandate."""

from __future__ import annotations

from typing import ClassVar

from wtforms import StringField, TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.documents.fields import DocumentField
from portal.web.forms import (
    AtMost,
    CreatingForm,
    EditingForm,
    Filled,
    MailAddressField,
    no_link,
    no_web_address,
    one_line,
    stripped,
)

NOTE = 2000


class SignatoryFields:
    """Name, function and address of the authorised signatory; mixed into a form."""

    page_order: ClassVar[tuple[str, ...]] = (
        "signatory_name",
        "signatory_function",
        "signatory_email",
        "proof",
    )

    signatory_name = StringField(
        _l("Naam van de tekenbevoegde"),
        [Filled(_l("Vul de naam in van wie mag tekenen.")), AtMost(120), no_web_address],
        filters=[one_line],
    )
    signatory_function = StringField(
        _l("Functie"),
        [
            Filled(_l("Vul de functie in, bijvoorbeeld directeur of gemeentesecretaris.")),
            AtMost(120),
            no_link,
        ],
        filters=[one_line],
    )
    signatory_email = MailAddressField(
        _l("E-mailadres"),
        [Filled(_l("Vul het e-mailadres in. Wij mailen daarheen de link."))],
        filters=[one_line],
    )


class MandateNote:
    """An explanation beside the proof of the mandate; mixed into a form."""

    mandate_note = TextAreaField(
        _l("Toelichting bij het mandaat"), [AtMost(NOTE)], filters=[stripped]
    )


class PrepareForm(SignatoryFields, MandateNote, CreatingForm):
    """Begin a signature: the authorised signatory, with proof of the mandate."""

    proof = DocumentField(_l("Bewijs van mandaat"), required=_l("Voeg het bewijs van mandaat toe."))


class EditForm(SignatoryFields, MandateNote, EditingForm):
    """Change the authorised signatory, or send better proof."""

    proof = DocumentField(_l("Nieuw bewijs van mandaat"))
