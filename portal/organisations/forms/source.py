"""What the vereniging must say when it enters something about an organisation: where it read it."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.fields import Field

from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle.claims import EnteredAs
from portal.organisations.queries import capacity_of
from portal.services.entered import NO_SOURCE, Source
from portal.web.forms import (
    AtMost,
    Filled,
    PortalForm,
    WebAddressField,
    no_link,
    one_line,
    stripped,
)
from portal.web.person import viewer

REASON = 1000


class SourceFields:
    """The title and the address of a public text."""

    source_title = StringField(
        _l("Titel van de bron"),
        [AtMost(200), no_link],
        filters=[one_line],
        description=_l("Bijvoorbeeld de titel van het artikel en de naam van het blad."),
    )
    source_url = WebAddressField(_l("Bron"), [AtMost(500)], filters=[one_line])


class ReasonField:
    """Why the vereniging enters or changes something."""

    entry_reason = TextAreaField(
        _l("Waarom voert u dit in of verandert u dit?"),
        [AtMost(REASON)],
        filters=[stripped],
        description=_l("Iedereen kan deze reden lezen als u iets verbetert wat er al stond."),
    )


# What the vereniging is asked about what it enters stands below the rest.
AT_THE_END = ("source_title", "source_url", "entry_reason")


class EnteredForm(SourceFields, ReasonField, PortalForm):
    """A form about an organisation, for its own people and for the vereniging.

    The vereniging must name a source and a reason. Its own people are not asked for them.
    """

    # A form of a signatory that asks for a source keeps these; a promise may have one.
    keeps_source = False
    acts_as = EnteredAs.SIGNATORY

    @property
    def is_for_vereniging(self) -> bool:
        """Whether the viewer enters this for the vereniging."""
        return self.acts_as == EnteredAs.VERENIGING

    def meet_writer(self, organisation_id: int) -> None:
        """Ask of the viewer what their capacity in this organisation asks."""
        self.acts_as = capacity_of(viewer(), organisation_id)
        if self.is_for_vereniging:
            before = [name for name in self.page_end if name not in AT_THE_END]
            self.page_end = (*before, *AT_THE_END)
            self._ask(self.source_title, _l("Vul de titel van de bron in."))
            self._ask(self.source_url, _l("Vul het webadres in waar dit te lezen is."))
            if "entry_reason" in self:
                self._ask(self.entry_reason, _l("Vul in waarom u dit doet."))
            return
        for name in (
            ("entry_reason",)
            if self.keeps_source
            else ("entry_reason", "source_title", "source_url")
        ):
            if name in self:
                del self[name]

    def forget_source(self) -> None:
        """Show no source of the thing itself in a form about something new."""
        for name in ("source_title", "source_url"):
            if name in self and self[name].raw_data is None:
                self[name].data = ""

    def _ask(self, field: Field, message: object) -> None:
        field.validators = [Filled(message), *field.validators]
        field.flags.required = True

    def source(self) -> Source:
        """Return the source that the vereniging named; none for the word of the signatory."""
        if not self.is_for_vereniging:
            return NO_SOURCE
        return Source(self.source_title.data or "", self.source_url.data or None)

    def reason_given(self) -> str:
        """Return why the vereniging does this; "" for the signatory."""
        return (
            (self.entry_reason.data or "")
            if self.is_for_vereniging and "entry_reason" in self
            else ""
        )
