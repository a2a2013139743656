"""What the authorised signatory sends from the page behind the link."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.fields import Field

from portal.core.errors import StaleVersion
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.pact.models import PactVersion
from portal.pact.queries import get_current
from portal.signatures.models import SignatureLink
from portal.web.forms import AtMost, Filled, PortalForm, stripped

REASON = 2000


class AuthorityForm(PortalForm):
    """A form on which somebody declares to be authorised for the organisation of a link."""

    is_authorised = BooleanField(
        validators=[
            Filled(_l("Kruis aan dat u bevoegd bent. Bent u dat niet? Ga dan niet verder."))
        ]
    )

    def prepare(self, subject: SignatureLink) -> None:
        """Name the organisation beside the box."""
        self.is_authorised.label.text = self.box_label(subject.signature.organisation.name)

    def box_label(self, organisation: str) -> str:
        """Return what is declared by ticking the box, for the organisation of this name."""
        return str(_("Ik ben bevoegd om namens %(name)s te tekenen.", name=organisation))


class ConfirmForm(AuthorityForm):
    """Sign the text that was shown, and no other."""

    pact_version_id = HiddenField()

    def refuse_other_text(self, pact: PactVersion) -> None:
        """Raise StaleVersion when `pact` is not the text that stood on the page."""
        if self.pact_version_id.data != str(pact.id):
            raise StaleVersion(pact)

    def validate_pact_version_id(self, _field: Field) -> None:
        """Check before the link is used that the text on the page is still the current one."""
        self.refuse_other_text(get_current())

    def meet_conflict(self, theirs: object) -> bool:
        """Ask the signatory to read the new text and to tick the box again."""
        self.is_authorised.data = False
        self.is_authorised.errors = ()
        self.refuse(
            "is_authorised",
            _(
                "De tekst is veranderd sinds u de pagina opende. "
                "Lees de nieuwe tekst en kruis opnieuw aan."
            ),
        )
        return True


class TurnDownForm(PortalForm):
    """Do not sign."""

    reason = TextAreaField(
        _l("Waarom tekent u niet?"),
        [Filled(_l("Leg in een paar woorden uit waarom u niet tekent.")), AtMost(REASON)],
        filters=[stripped],
    )
