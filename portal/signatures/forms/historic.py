"""A signature of the past: which organisation, when, where, and by which source."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.accounts.sessions import signed_in_viewer
from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.core.words import date_words
from portal.lifecycle.claims import EnteredAs
from portal.organisations.forms import FactsFields
from portal.organisations.models import Organisation
from portal.organisations.queries import Likeness, get_organisation, near_duplicates
from portal.pact.models import SigningEvent
from portal.pact.queries import events, get_event, get_version_by_id, versions
from portal.signatures.models import Signature
from portal.signatures.queries.entered import find_last_entered
from portal.signatures.signed import Signed
from portal.terms import Term, read
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    PortalForm,
    WebAddressField,
    no_link,
    no_web_address,
    one_line,
    stripped,
)

NEW = "nieuw"
# Of the button that goes on with another organisation, and of the address that this leads to.
GO_ON = "nog_een"
# What the next signature has in common with the one before: never the organisation or who signed.
SHARED = ("signed_words", "event_id", "place", "source_title", "source_url", "pact_version_id")


class SignedForm(CreatingForm):
    """What is known of the signature; a date that is not exact is read back and confirmed."""

    page_order: ClassVar[tuple[str, ...]] = (
        "is_name_checked",
        "signed_words",
        "is_read_right",
        "event_id",
        "place",
        "source_title",
        "source_url",
    )

    signed_words = StringField(
        _l("Ondertekend op"),
        [AtMost(120)],
        filters=[one_line],
        description=_l(
            "Een dag, of wat de bron noemt: “3 juli 2019”, “juli 2019”, “eind 2019”. "
            "Vult u niets in, dan geldt de dag van de gelegenheid."
        ),
    )
    read_as = HiddenField()
    is_read_right = BooleanField(_l("Ja, dit klopt"))
    event_id = SelectField(_l("Gelegenheid"), default="")
    place = StringField(_l("Plaatsnaam"), [AtMost(200)], filters=[one_line])
    source_url = WebAddressField(
        _l("Bron"),
        [Filled(_l("Vul het webadres in waar dit te lezen is."))],
        filters=[one_line],
    )
    source_title = StringField(
        _l("Titel van de bron"),
        [Filled(_l("Vul de titel van de bron in.")), AtMost(200), no_link],
        filters=[one_line],
        description=_l("Bijvoorbeeld de titel van het artikel en de naam van het blad."),
    )
    pact_version_id = SelectField(_l("Tekst die is ondertekend"), default="")
    signatory_name = StringField(
        _l("Ondertekend door"), [AtMost(120), no_web_address], filters=[one_line]
    )
    signatory_function = StringField(_l("Functie"), [AtMost(120), no_link], filters=[one_line])

    is_name_checked = BooleanField(_l("Ik ging na dat de naam en de nummers kloppen"))
    # The organisation whose signature this is; None for a new one.
    organisation: Organisation | None = None

    @property
    def goes_on(self) -> bool:
        """Whether its sender wants to enter another one afterwards."""
        return GO_ON in request.form

    @property
    def is_unchecked(self) -> bool:
        """Whether its own people named the organisation, and nobody of the vereniging looked."""
        organisation = self.organisation
        return (
            organisation is not None
            and not organisation.is_public
            and organisation.entered_as == EnteredAs.SIGNATORY
        )

    def validate_is_name_checked(self, field: Field) -> None:
        """Ask for a look at a name that nobody of the vereniging has checked."""
        if self.is_unchecked and not field.data:
            raise ValidationError(
                _("Kijk eerst of de naam en de nummers kloppen. Die worden openbaar.")
            )

    def prepare(self, subject: object) -> None:
        """Offer the events and the texts that the portal has."""
        if isinstance(subject, Organisation):
            self.organisation = subject
        offered = [
            SelectChoice(str(e.id), f"{e.name}, {e.place} ({date_words(e.held_on)})")
            for e in events()
        ]
        self.event_id.choices = [SelectChoice("", _l("Geen, of niet bekend")), *offered]
        texts = [SelectChoice(str(v.id), _("Versie %(label)s", label=v.label)) for v in versions()]
        self.pact_version_id.choices = [SelectChoice("", _l("Tekst niet vastgelegd")), *texts]

    def event(self) -> SigningEvent | None:
        """Return the chosen event, None without one."""
        offered = [choice.value for choice in self.event_id.choices]
        chosen = self.event_id.data
        return get_event(int(chosen)) if chosen and chosen in offered else None

    @property
    def when(self) -> Term | None:
        """The term that is read in the words; without words, the day of the event."""
        words, event = self.signed_words.data or "", self.event()
        if not words and event is not None:
            words = date_words(event.held_on, "nl")
        return read(words, clock.today(), current_locale()) if words else None

    @property
    def read_words(self) -> str:
        """The term that is read as dates in full, in the language of the page.

        Empty for an exact day, which needs no question, and for an open end or a date in the
        future, which are refused.
        """
        term = self.when
        if term is None or term.earliest is None or term.latest is None:
            return ""
        if term.earliest == term.latest or term.earliest > clock.today():
            return ""
        return term.explained(current_locale())

    def validate_signed_words(self, field: Field) -> None:
        """Refuse words in which no date can be read, or another date than that of the event."""
        if not field.data and self.event() is None:
            raise ValidationError(_("Vul in wanneer is ondertekend, of kies een gelegenheid."))
        term = self.when
        if term is None:
            message = _(
                "Wij lezen hier geen datum in. Schrijf het zoals “3 juli 2019” of “juli 2019”."
            )
            raise ValidationError(message)
        self._refuse_other_day(term)

    def _refuse_other_day(self, term: Term) -> None:
        event = self.event()
        if event is None:
            return
        held_on = event.held_on
        if not (term.earliest or held_on) <= held_on <= (term.latest or held_on):
            raise ValidationError(
                _("De gelegenheid was op %(day)s. Controleer de datum.", day=date_words(held_on))
            )

    def validate_is_read_right(self, field: Field) -> None:
        """Ask whether the dates that are read are right, and again once they are others."""
        dates = self.read_words
        is_answered = field.data and self.read_as.data == dates
        self.read_as.data = dates
        if dates and not is_answered:
            field.data = False
            raise ValidationError(_("Wij lezen dit als %(dates)s. Klopt dit?", dates=dates))

    def signed(self) -> Signed:
        """Return what was filled in; call this on a form that is valid."""
        assert self.when is not None  # noqa: S101
        pact = self.pact_version_id.data
        return Signed(
            when=self.when,
            source_url=self.source_url.data,
            source_title=self.source_title.data or "",
            pact=get_version_by_id(int(pact)) if pact else None,
            event=self.event(),
            town=self.place.data or "",
            signatory_name=self.signatory_name.data or "",
            signatory_function=self.signatory_function.data or "",
        )


class DenyForm(PortalForm):
    """Say that a signature of the past is not right."""

    reason = TextAreaField(
        _l("Wat klopt er niet?"),
        [Filled(_l("Schrijf op wat er niet klopt.")), AtMost(2000)],
        filters=[stripped],
    )


class EnterForm(FactsFields, SignedForm):
    """A signature of the past, with a new organisation or a choice of one that is here already."""

    page_order = ("existing", *FactsFields.page_order, *SignedForm.page_order)

    existing = RadioField(
        _l("Is het een van deze organisaties?"), choices=[], validate_choice=False
    )

    @classmethod
    def open(cls, subject: object = None) -> Self:
        """Return an empty form; after another one with the event, source and day of that."""
        form = super().open(subject)
        if GO_ON in request.args:
            form.go_on_from(find_last_entered(signed_in_viewer().id, sitting()))
        return form

    def go_on_from(self, before: Signature | None) -> None:
        """Fill in what this signature has in common with the one that was entered before."""
        for name in SHARED if before is not None else ():
            value = getattr(before, name)
            self[name].data = "" if value is None else str(value)
        # The same person said of the same words that they are read rightly.
        self.read_as.data, self.is_read_right.data = self.read_words, bool(self.read_words)

    def prepare(self, subject: object) -> None:
        """Fill the lists to choose from, with the organisations that could be meant."""
        super().prepare(subject)
        self.offer_choices()
        self.existing.choices = []
        if self.name.data:
            alike = [SelectChoice(str(one.organisation_id), _label(one)) for one in self._alike()]
            new = SelectChoice(NEW, _l("Nee, dit is een nieuwe organisatie"))
            self.existing.choices = [*alike, new] if alike else []
        offered = [choice.value for choice in self.existing.choices]
        if self.existing_id is not None and self.existing.data in offered:
            self.organisation = get_organisation(self.existing_id)

    def _alike(self) -> list[Likeness]:
        return near_duplicates(self.name.data, numbers=self.numbers(), for_moderator=True)

    def validate_existing(self, field: Field) -> None:
        """Refuse a new organisation until a choice is made among those that look like it."""
        offered = [choice.value for choice in field.choices]
        if offered and field.data not in offered:
            field.data = None
            raise ValidationError(_("Kies of de organisatie hier al staat."))

    @property
    def existing_id(self) -> int | None:
        """The organisation that was chosen, None for a new one."""
        chosen = self.existing.data
        return int(chosen) if chosen and chosen != NEW and self.existing.choices else None


def sitting() -> datetime:
    """Return since when somebody who is at work now can have been at it: as long as a session."""
    return clock.now() - settings().session_absolute


def _label(one: Likeness) -> str:
    return one.name if one.is_public else _("%(name)s (nog geen ondertekenaar)", name=one.name)
