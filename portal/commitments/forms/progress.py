"""A message about progress, a moved term, and the end of a promise."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from flask import request
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.commitments.forms.documents import accepted_files
from portal.commitments.forms.fields import choices_of
from portal.commitments.forms.term import TERM_OF_SOURCE, TermForm
from portal.commitments.models import Commitment
from portal.commitments.queries.subjects import latest_update
from portal.commitments.standing import REPORTABLE
from portal.commitments.words import PROGRESS
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.documents.fields import DocumentField
from portal.organisations.forms import EnteredForm
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    Difference,
    EditingForm,
    Filled,
    NotInFuture,
    Previewed,
    Previewing,
    WebAddressField,
    one_line,
    stripped,
)

BODY, REASON = 5000, 1000


class Told(TypedDict):
    """What a message about progress says."""

    progress: str
    body: str
    ahead: str
    percent: int | None
    told_on: date


class UpdateForm(Previewing, EnteredForm, CreatingForm, EditingForm):
    """A new message about how far a commitment is; its version shows one that came in between."""

    previews = (
        Previewed("body", render=render_typed),
        Previewed("ahead", render=render_typed),
    )

    page_order = (
        "progress",
        "body",
        "ahead",
        "percent",
        "evidence_url",
        "evidence_id",
        "document",
        "told_on",
    )

    progress = RadioField(
        _l("Hoe ver is het?"),
        [Filled(_l("Kies hoe ver de toezegging is."))],
        choices=choices_of({name: PROGRESS[name] for name in REPORTABLE}),
    )
    body = TextAreaField(
        _l("Wat is er nieuw sinds de vorige keer?"),
        [Filled(_l("Schrijf in een paar zinnen wat er is gebeurd.")), AtMost(BODY)],
        filters=[stripped],
    )
    ahead = TextAreaField(
        _l("Wat doet u in het komende half jaar?"),
        [AtMost(BODY)],
        filters=[stripped],
    )
    percent = IntegerField(
        _l("Hoeveel procent is klaar?"),
        [Optional(), NumberRange(0, 100, message=_l("Vul een getal van 0 tot en met 100 in."))],
        description=_l("Uw eigen schatting, een getal van 0 tot en met 100."),
    )
    told_on = DayField(
        _l("Datum"),
        [Filled(_l("Vul in over welke dag dit gaat.")), NotInFuture()],
        default=clock.today,
        description=_l("De dag waarover dit bericht gaat."),
    )
    evidence_url = WebAddressField(
        _l("Link naar een bewijsstuk"),
        [AtMost(500)],
        filters=[one_line],
        description=_l("Bijvoorbeeld het adres van een whitepaper of van een raadsbesluit."),
    )
    evidence_id = SelectField(
        _l("Bewijsstuk dat hier al staat"),
        coerce=str,
        choices=[],
        default="",
        validate_choice=False,
    )
    document = DocumentField(
        _l("Of een nieuw document als bewijsstuk"),
        description=_l("Een pdf of een ODF-bestand (odt, ods, odp)."),
        render_kw=accepted_files(),
    )

    def prepare(self, subject: Commitment) -> None:
        """Offer the documents that the commitment has."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()
        documents = [
            SelectChoice(str(link.document_id), link.document.title) for link in subject.documents
        ]
        self.evidence_id.choices = [SelectChoice("", _l("Geen")), *documents]
        asked = request.args.get("stand")
        if asked in REPORTABLE and self.progress.raw_data is None:
            # A link in a reminder says how far it is.
            self.progress.data = asked

    def told(self) -> Told:
        """Return what was told, for the action."""
        return Told(
            progress=self.progress.data,
            body=self.body.data,
            ahead=self.ahead.data or "",
            percent=self.percent.data,
            told_on=self.told_on.data or clock.today(),
        )

    def validate_evidence_id(self, field: Field) -> None:
        """Refuse a document of something else."""
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(str(_l("Kies een document dat bij deze toezegging hoort.")))

    def differences_from(self, theirs: Commitment) -> tuple[Difference, ...]:
        """Return how far it is now, and the message that came in between."""
        update = latest_update(theirs.id)
        differences = super().differences_from(theirs)
        if update is None or update.body == self.body.data:
            return differences
        body = Difference(self.body, update.body, self.body.data or "")
        return (*differences, body)


NEW_TERM = _l(
    "Schrijf de termijn zoals u die nu toezegt: “begin oktober”, “eind 2027”, “Q3 2026”, “voor de "
    "zomer”. Is er geen datum? Schrijf dan bijvoorbeeld “doorlopend”."
)


class MoveForm(TermForm, EnteredForm, EditingForm):
    """A new term for a promise, with the reason."""

    page_order = (
        "decided_on",
        "term_words",
        "term_choice",
        "term_earliest",
        "term_latest",
        "reason",
    )

    decided_on = DayField(
        _l("Besloten op"),
        [Filled(_l("Vul in wanneer dit is besloten.")), NotInFuture()],
        default=clock.today,
        description=_l("Vanaf deze dag tellen wij, bijvoorbeeld bij “binnen een half jaar”."),
    )
    # The reason of the move says why.
    entry_reason = None
    reason = TextAreaField(
        _l("Waarom verschuift de termijn?"),
        [Filled(_l("Leg uit waarom de termijn verschuift.")), AtMost(REASON)],
        filters=[stripped],
        description=_l("Iedereen kan deze reden lezen, naast de oude en de nieuwe termijn."),
    )

    def prepare(self, subject: Commitment) -> None:
        """Begin with an empty term: the form is for a new one."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()
        self.term_words.label.text = _l("Nieuwe termijn")
        self.term_words.description = TERM_OF_SOURCE if self.is_for_vereniging else NEW_TERM
        if self.term_words.raw_data is None:
            self.term_words.data = ""
            self.term_earliest.data = self.term_latest.data = None
        self.offer_choices()

    def said_on(self) -> date:
        """Return the day on which the new term was decided."""
        return self.decided_on.data or clock.today()


class RetractForm(CreatingForm):
    """The end of a message that the vereniging entered and that is not right."""

    reason = TextAreaField(
        _l("Waarom trekt u dit bericht in?"),
        [Filled(_l("Leg uit waarom u dit bericht intrekt.")), AtMost(REASON)],
        filters=[stripped],
        description=_l("Iedereen kan deze reden lezen. Het bericht zelf blijft ook te lezen."),
    )


class WithdrawForm(EnteredForm, EditingForm):
    """The end of a promise that will not be kept."""

    page_order = ("reason",)

    # The reason of the end says why.
    entry_reason = None

    reason = TextAreaField(
        _l("Waarom trekt u de toezegging in?"),
        [Filled(_l("Leg uit waarom u de toezegging intrekt.")), AtMost(REASON)],
        filters=[stripped],
        description=_l("Iedereen kan deze reden lezen. De toezegging zelf blijft ook te lezen."),
    )

    def prepare(self, subject: Commitment) -> None:
        """Ask the vereniging for the source that says so, not for that of the promise."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()
