"""The forms with which a signature is ended: asked, confirmed, stopped, or by the vereniging."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.core.i18n import LazyString
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.mail_addresses import shown_mail_address
from portal.documents.fields import DocumentField
from portal.signatures.authorised import AnotherSignatory
from portal.signatures.forms.confirming import AuthorityForm
from portal.signatures.forms.preparing import NOTE
from portal.signatures.models import Signature
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    Filled,
    KeylessForm,
    MailAddressField,
    PortalForm,
    WebAddressField,
    no_link,
    no_web_address,
    one_line,
    stripped,
)

REASON = 1000
KNOWN, OTHER = "known", "other"


class AskEndForm(CreatingForm):
    """First step: who confirms the ending, the day on which it takes effect, and the reason."""

    page_order = ("who", "name", "function", "email", "proof", "proof_note")

    who = RadioField(_l("Wie bevestigt de opzegging?"), choices=[])
    name = StringField(
        _l("Naam van de tekenbevoegde"), [AtMost(120), no_web_address], filters=[one_line]
    )
    function = StringField(_l("Functie"), [AtMost(120), no_link], filters=[one_line])
    email = MailAddressField(_l("E-mailadres"), filters=[one_line])
    has_left = BooleanField(_l("De tekenbevoegde van toen werkt hier niet meer"))
    proof = DocumentField(_l("Bewijs van mandaat"))
    proof_note = TextAreaField(
        _l("Toelichting bij het mandaat"), [AtMost(NOTE)], filters=[stripped]
    )
    takes_effect_on = DayField(_l("Datum waarop de opzegging ingaat"))
    reason = TextAreaField(_l("Reden van de opzegging"), [AtMost(REASON)], filters=[stripped])

    def prepare(self, subject: Signature) -> None:
        """Offer the known tekenbevoegde first, where the signature has an address of one."""
        other = SelectChoice(OTHER, _l("Een andere tekenbevoegde"))
        if not subject.signatory_email:
            self.who.choices, self.who.data = [other], OTHER
            return
        name, email = subject.signatory_name, shown_mail_address(subject.signatory_email)
        known = SelectChoice(
            KNOWN, _("%(name)s (%(email)s), die ondertekende", name=name, email=email)
        )
        self.who.choices = [known, other]
        if self.who.raw_data is None:
            self.who.data = KNOWN

    @property
    def is_other(self) -> bool:
        """Whether somebody else than the known tekenbevoegde confirms."""
        return bool(self.who.data == OTHER)

    def _need(self, field: Field, message: LazyString) -> None:
        if self.is_other and not field.data:
            raise ValidationError(str(message))

    def validate_name(self, field: Field) -> None:
        """Ask for the name of another tekenbevoegde."""
        self._need(field, _l("Vul de naam in van wie mag opzeggen."))

    def validate_function(self, field: Field) -> None:
        """Ask for the function of another tekenbevoegde."""
        self._need(field, _l("Vul de functie in, bijvoorbeeld directeur of gemeentesecretaris."))

    def validate_email(self, field: Field) -> None:
        """Ask for the address of another tekenbevoegde."""
        self._need(field, _l("Vul het e-mailadres in. Wij mailen daarheen de link."))

    def validate_proof(self, _field: Field) -> None:
        """Ask for proof of the mandate of another tekenbevoegde."""
        if self.is_other and self.proof.upload is None:
            raise ValidationError(_("Voeg het bewijs van mandaat toe."))

    def another(self) -> AnotherSignatory | None:
        """Return who confirms instead of the known tekenbevoegde, None where that one does."""
        if not self.is_other or self.proof.upload is None:
            return None
        return AnotherSignatory(
            name=self.name.data or "",
            function=self.function.data or "",
            email=self.email.data or "",
            proof=self.proof.upload,
            proof_note=self.proof_note.data or "",
            has_left=bool(self.has_left.data),
        )


class CompleteEndForm(CreatingForm):
    """Better proof of the mandate, or a better explanation, that the vereniging asked for."""

    proof = DocumentField(_l("Nieuw bewijs van mandaat"))
    proof_note = TextAreaField(
        _l("Toelichting bij het mandaat"), [AtMost(NOTE)], filters=[stripped]
    )


class WithWhy:
    """Why an ending is stopped, if one wants to say so; mixed into a form."""

    why = TextAreaField(_l("Waarom stopt u de opzegging?"), [AtMost(REASON)], filters=[stripped])


class StopEndForm(WithWhy, PortalForm):
    """Stop an ending, signed in."""


class StopByLinkForm(WithWhy, KeylessForm):
    """Stop an ending with a link from a mail."""


class EndForm(AuthorityForm):
    """Second step: the authorised person ends it."""

    def box_label(self, organisation: str) -> str:
        """Return what is declared by ticking the box, for the organisation of this name."""
        return str(_("Ik ben bevoegd om namens %(name)s op te zeggen.", name=organisation))


class EndByVerenigingForm(CreatingForm):
    """Propose to end the signature of an organisation that no longer exists."""

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
