"""The form with which an eigenaar proposes who a public organisation is."""

from __future__ import annotations

from wtforms import BooleanField, TextAreaField

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.forms.facts import FACTS_IN_ORDER, ComparedFields, IdentityFields
from portal.organisations.identity import FIELDS, Identity, identity_of
from portal.organisations.models import Organisation
from portal.organisations.websites import domain_of_website
from portal.web.forms import (
    AtMost,
    CounterQuestion,
    CreatingForm,
    DayField,
    Filled,
    WebAddressField,
    one_line,
    stripped,
)


class ProposeForm(IdentityFields, CreatingForm, ComparedFields):
    """Propose another name, kind, website or number; what stands stays until it is placed."""

    page_order = ("is_sure", *FACTS_IN_ORDER)

    renamed_on = DayField(_l("Nieuwe naam geldt vanaf"))
    is_correction = BooleanField(
        _l("De naam is niet nieuw. Er staat een schrijffout in en die verbeter ik.")
    )
    note = TextAreaField(
        _l("Waarom verandert dit?"),
        [Filled(_l("Schrijf op waarom dit verandert.")), AtMost(1000)],
        filters=[stripped],
    )
    source_url = WebAddressField(
        _l("Adres van een bewijs"), [AtMost(500)], filters=[one_line], most=500
    )
    is_sure = BooleanField(_l("Ik heb dit bekeken. Mijn organisatie is een andere."))

    def prepare(self, subject: Organisation) -> None:
        """Fill the list of kinds; on a first page, the fields from a proposal that is open."""
        self.offer_kinds(subject.kind)
        proposal = queries.find_open_proposal(subject.id)
        if self.note.raw_data is None and proposal is not None:
            for name in FIELDS:
                if name in self:
                    self[name].process_data(proposal.new[name])
            self.renamed_on.data = proposal.renamed_on
            self.is_correction.data = proposal.is_rename and proposal.renamed_on is None
            self.note.data, self.source_url.data = proposal.note, proposal.source_url

    def identity(self, standing: Identity) -> Identity:
        """Return who the organisation is to be; its mail domain follows its website."""
        website: str | None = self.website.data or None
        domain = standing.mail_domain
        if website is not None and website != standing.website:
            domain = domain_of_website(website)
        return Identity(
            name=self.name.data,
            kind_id=int(self.kind_id.data),
            website=website,
            mail_domain=domain,
            **self.numbers(),
        )

    def work_before_writing(self, subject: Organisation) -> None:
        """Refuse what the action refuses, and ask about organisations that are like it."""
        standing = identity_of(subject)
        after = self.identity(standing)
        if after.name != standing.name:
            self._refuse_moment()
        for taken in queries.taken_by_others(subject.id, standing, after):
            self.refuse(taken.field, taken.words())
        if not self.errors and not self.is_sure.data and self.alike(subject):
            self.refuse(
                "is_sure", CounterQuestion(_("Bekijk eerst de organisaties die hierop lijken."))
            )

    def _refuse_moment(self) -> None:
        """Refuse a new name that does not say whether it is new or corrected."""
        is_correction, renamed_on = self.is_correction.data, self.renamed_on.data
        if not is_correction and renamed_on is None:
            self.refuse(
                "renamed_on",
                _(
                    "Vul in vanaf welke datum de nieuwe naam geldt. Lezers kunnen de organisatie "
                    "ook op de oude naam vinden."
                ),
            )
        if is_correction and renamed_on is not None:
            self.refuse(
                "renamed_on",
                _("Bij een schrijffout hoort geen datum. Verwijder de datum of het vinkje."),
            )

    def alike(self, subject: Organisation) -> list[queries.Likeness]:
        """Return the organisations that are like what becomes different."""
        standing = identity_of(subject)
        return queries.like_after(subject.id, standing, self.identity(standing))
