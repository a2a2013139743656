"""The forms with which an organisation is added or changed."""

from __future__ import annotations

from typing import ClassVar

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from portal.accounts.sessions import signed_in_viewer
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.facts import Facts
from portal.organisations.forms.fields import Number, letters
from portal.organisations.forms.source import EnteredForm
from portal.organisations.identifiers import NAMES, SCHEMES
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.provinces import PROVINCES
from portal.organisations.websites import domain_of_mail
from portal.web.forms import (
    AtMost,
    CounterQuestion,
    CreatingForm,
    DayField,
    Difference,
    EditingForm,
    Filled,
    WebAddressField,
    in_words,
    no_link,
    one_line,
)

COMPARED = ("name", "kind_id", "province", "website", *SCHEMES)
# As they stand on a page, some of them folded away.
FACTS_IN_ORDER = ("name", "kind_id", "kvk", "website", "province", "rsin", "oin", "cbs", "tooi")


class IdentityFields:
    """The fields that say who an organisation is: name, kind, website and numbers."""

    page_order: ClassVar[tuple[str, ...]] = FACTS_IN_ORDER

    name = StringField(
        _l("Naam van de organisatie"),
        [Filled(_l("Vul de naam van de organisatie in.")), AtMost(200), letters, no_link],
        filters=[one_line],
    )
    kind_id = SelectField(
        _l("Soort organisatie"),
        [Filled(_l("Kies een soort organisatie."))],
        invalid_choice_message=_l("Kies een soort organisatie."),
    )
    website = WebAddressField(
        _l("Website"), [AtMost(300)], filters=[one_line], most=300, is_homepage=True
    )
    kvk = StringField(NAMES["kvk"], [Number("kvk")], filters=[one_line])
    rsin = StringField(NAMES["rsin"], [Number("rsin")], filters=[one_line])
    oin = StringField(NAMES["oin"], [Number("oin")], filters=[one_line])
    cbs = StringField(NAMES["cbs"], [Number("cbs")], filters=[one_line])
    tooi = StringField(NAMES["tooi"], [Number("tooi")], filters=[one_line])

    def offer_kinds(self, own_kind: OrganisationKind | None = None) -> None:
        """Fill the list of kinds; `own_kind` can be chosen even when it is out of use."""
        locale = current_locale()
        offered = [SelectChoice("", _l("Kies een soort"))]
        offered += [
            SelectChoice(str(kind.id), queries.kind_name(kind, locale)) for kind in queries.kinds()
        ]
        if own_kind is not None and not own_kind.is_active:
            offered.append(SelectChoice(str(own_kind.id), queries.kind_name(own_kind, locale)))
        self.kind_id.choices = offered

    def numbers(self) -> dict[str, str | None]:
        """Return what was filled in for each register, None for nothing."""
        return {scheme: getattr(self, scheme).data or None for scheme in SCHEMES}


class ProvinceField:
    """The field for the province; mixed into a form."""

    province = SelectField(
        _l("Provincie"), invalid_choice_message=_l("Kies een provincie uit de lijst.")
    )

    def offer_provinces(self) -> None:
        """Fill the list of provinces."""
        provinces = [SelectChoice(key, name) for key, name in PROVINCES.items()]
        self.province.choices = [SelectChoice("", _l("Geen provincie")), *provinces]


class FactsFields(IdentityFields, ProvinceField):
    """The fields for name, kind, province, website and numbers; mixed into a form."""

    def offer_choices(self, own_kind: OrganisationKind | None = None) -> None:
        """Fill the lists to choose from; `own_kind` can be chosen even when it is out of use."""
        self.offer_kinds(own_kind)
        self.offer_provinces()

    def facts(self, *, mail_domain: str | None = None) -> Facts:
        """Return what was filled in; call this on a form that is valid."""
        return Facts(
            name=self.name.data,
            kind_id=int(self.kind_id.data),
            province=self.province.data or None,
            website=self.website.data or None,
            mail_domain=mail_domain,
            numbers=self.numbers(),
        )


class CreateForm(FactsFields, CreatingForm):
    """Add an organisation; when it looks like one that is here, the form asks about that first."""

    page_order = ("is_sure", *FACTS_IN_ORDER)

    job_title = StringField(_l("Uw functie"), [AtMost(120), no_link], filters=[one_line])
    is_sure = BooleanField(_l("Mijn organisatie staat er niet bij. Ik voeg een nieuwe toe."))

    def prepare(self, subject: object) -> None:
        """Fill the lists to choose from."""
        self.offer_choices()

    def work_before_writing(self, subject: object) -> None:
        """Refuse a first attempt when there are organisations like it."""
        if not self.is_sure.data and self.alike():
            self.refuse(
                "is_sure", CounterQuestion(_("Kijk eerst of uw organisatie hier al staat."))
            )

    def mail_domain(self) -> str | None:
        """Return the mail domain of the viewer, as a hint; None for a free mailbox."""
        return domain_of_mail(signed_in_viewer().email)

    def alike(self) -> list[queries.Likeness]:
        """Return the organisations that could be meant."""
        return queries.near_duplicates(
            self.name.data,
            numbers=self.numbers(),
            website=self.website.data or None,
            mail_domain=self.mail_domain(),
        )


class ComparedFields(EditingForm):
    """A form on an organisation whose stale save shows kinds and provinces by their names."""

    def differences_from(self, theirs: Organisation) -> tuple[Difference, ...]:
        """Return the fields that a colleague changed, with kinds and provinces by their names."""
        return tuple(self._in_words(name, theirs) for name in self._differing(theirs))

    def _differing(self, theirs: Organisation) -> list[str]:
        names = [name for name in COMPARED if name in self]
        return [
            name for name in names if str(getattr(theirs, name) or "") != str(self[name].data or "")
        ]

    def _in_words(self, name: str, theirs: Organisation) -> Difference:
        field, standing = self[name], getattr(theirs, name)
        return Difference(field, in_words(field, standing), in_words(field, field.data))


class EditForm(FactsFields, ComparedFields):
    """Change name, kind, province, website and numbers of an organisation that is not public."""

    renamed_on = DayField(_l("Nieuwe naam geldt vanaf"))

    def prepare(self, subject: Organisation) -> None:
        """Fill the lists to choose from, with the organisation's own kind."""
        self.offer_choices(subject.kind)


class CorrectForm(EnteredForm, EditForm):
    """Facts that the vereniging entered itself, with the source and the reason of the change."""

    page_order = (*FACTS_IN_ORDER, "renamed_on")

    def prepare(self, subject: Organisation) -> None:
        """Ask for the source and the reason."""
        EditForm.prepare(self, subject)
        self.meet_writer(subject.id)


class ProvinceForm(ProvinceField, ComparedFields):
    """Change the province of an organisation."""

    def prepare(self, subject: object) -> None:
        """Fill the list to choose from."""
        self.offer_provinces()
