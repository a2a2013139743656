"""A term in one's own words, read back and confirmed, or with dates picked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import RadioField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.commitments.models import Commitment
from portal.commitments.promise import Promised, Reading, picked, reading_of
from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.terms import Pitfall, Term
from portal.web.forms import AtMost, CounterQuestion, DayField, PortalForm, one_line

BY_HAND = "zelf"
WITHOUT = "zonder"
CAUTIONS = {
    Pitfall.PER: _l(
        "Let op: “per” kan ook een begin zijn. Wij lezen het als “uiterlijk”. Begint u dan pas? "
        "Schrijf dan “vanaf”."
    ),
    Pitfall.BEFORE: _l(
        "Let op: “voor” kan ook “bedoeld voor” zijn. Wij lezen het als “eerder dan”. Bedoelt u de "
        "dag of de tijd zelf? Schrijf dan “op” of “in”."
    ),
    Pitfall.BY: _l(
        "Let op: “by” kan ook zijn: voordat die tijd begint. Wij lezen het als: uiterlijk aan het "
        "eind ervan. Bedoelt u ervoor? Schrijf dan “before”."
    ),
    Pitfall.CONTRACT: _l(
        "Gaat dit over een contract dat afloopt? Dat is geen toezegging. Noem het contract in uw "
        "tekst, en schrijf hier wanneer u doet wat u toezegt."
    ),
}


# What the vereniging is asked, which writes down what a source says.
TERM_OF_SOURCE = _l(
    "Schrijf de termijn zoals die in de bron staat: “begin oktober”, “eind 2027”. Staat er geen "
    "datum? Schrijf dan bijvoorbeeld “doorlopend”."
)


class TermForm(PortalForm):
    """A form with a term in it; `said_on()` is the day from which its words count.

    `term_choice` confirms the words with the dates that were shown: for other words it is asked
    again.
    """

    term_words = StringField(
        _l("Termijn"),
        [AtMost(200)],
        filters=[one_line],
        description=_l(
            "Schrijf de termijn zoals u die hebt toegezegd: “begin oktober”, “eind 2027”, “Q3 "
            "2026”, “voor de zomer”. Loopt er alleen een contract af? Dat is geen toezegging. Is "
            "er geen datum? Schrijf dan bijvoorbeeld “doorlopend”."
        ),
    )
    term_choice = RadioField(_l("Klopt de termijn?"), choices=[], validate_choice=False)
    term_earliest = DayField(_l("Vroegste datum"))
    term_latest = DayField(_l("Uiterste datum"))

    def said_on(self) -> date:
        """Return the day from which the words count."""
        raise NotImplementedError

    @property
    def reading(self) -> Reading:
        """What the portal reads in the words as they stand in the form."""
        return reading_of(self.term_words.data or "", self.said_on(), current_locale())

    @property
    def is_term_asked(self) -> bool:
        """Whether the page must show what is read: there are words or a choice, or it was sent."""
        is_sent = self.term_choice.raw_data is not None
        return is_sent or bool(self.term_words.data or self.term_choice.data)

    @property
    def is_choice_asked(self) -> bool:
        """Whether the page asks how the term is meant: not of words that say that there is none."""
        is_settled = self.reading.is_open_ended and self.term_choice.data != BY_HAND
        return self.is_term_asked and not is_settled

    @property
    def reading_dates(self) -> str:
        """The dates that are read, in the language of the page."""
        term = self.reading.term
        return term.explained(current_locale()) if term is not None else ""

    @property
    def no_date(self) -> str:
        """What is said of words that name no moment; \"\" of others."""
        return no_date(self.reading) if self.reading.is_vague else ""

    @property
    def caution(self) -> str:
        """What the writer must know of words that mislead; \"\" when they do not."""
        pitfall = self.reading.pitfall
        return str(CAUTIONS[pitfall]) if pitfall else ""

    @property
    def is_term_past(self) -> bool:
        """Whether the term that is read is over already."""
        term = self.reading.term
        return term is not None and term.latest is not None and term.latest < clock.today()

    def offer_choices(self) -> None:
        """Fill `term_choice` with the answers that fit the words in the form."""
        key = self.reading.key
        by_hand = SelectChoice(BY_HAND, _l("Nee, ik kies zelf de datum"))
        if key:
            self.term_choice.choices = [SelectChoice(key, _l("Ja, dit klopt")), by_hand]
        else:
            self.term_choice.choices = [
                SelectChoice(BY_HAND, _l("Ik kies zelf een datum")),
                SelectChoice(WITHOUT, _l("Geen datum (doorlopend)")),
            ]

    def fill_choice(self, commitment: Commitment) -> None:
        """Show the term that the commitment has as one that was confirmed.

        What is read otherwise on this page (its words are English, say) is shown as picked by hand.
        """
        term, read = commitment.term, self.reading.term
        if term is None:
            self.term_choice.data = WITHOUT
        elif commitment.term_is_picked or read is None or _days(read) != _days(term):
            self.term_choice.data = BY_HAND
        else:
            self.term_choice.data = self.reading.key

    def put_back(self, kept: dict[str, Any]) -> None:
        """Fill the fields from a draft, and offer the answers that fit its words."""
        super().put_back(kept)
        if "term_choice" in self:
            self.offer_choices()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form; dates count only where they are picked by hand, others are emptied."""
        if "term_choice" in self and self.term_choice.data != BY_HAND:
            for day in (self.term_earliest, self.term_latest):
                day.data, day.process_errors = None, []
        return bool(super().validate(extra_validators))

    def validate_term_choice(self, field: Field) -> None:
        """Refuse a term that its writer has not confirmed as it now stands."""
        reading = self.reading
        self.offer_choices()
        if field.data == BY_HAND:
            self._check_days()
        elif reading.is_open_ended:
            field.data = WITHOUT
        elif field.data not in ([reading.key] if reading.term else [WITHOUT]):
            field.data = None
            raise ValidationError(_answer_to(reading))

    def _check_days(self) -> None:
        earliest, latest = self.term_earliest.data, self.term_latest.data
        if self.term_earliest.process_errors or self.term_latest.process_errors:
            return
        if earliest is None and latest is None:
            raise ValidationError(_("Kies een vroegste of een uiterste datum, of allebei."))
        if earliest and latest and latest < earliest:
            raise ValidationError(_("De uiterste datum ligt voor de vroegste. Draai ze om."))

    def promised(self) -> Promised:
        """Return the term as it was confirmed."""
        words, said_on = self.term_words.data or "", self.said_on()
        if self.term_choice.data == BY_HAND:
            return picked(words, said_on, self.term_earliest.data, self.term_latest.data)
        return Promised(words, said_on, self.reading.term)


class TermPreview(TermForm):
    """What is read in words while they are typed; it is never sent, so it has no CSRF token."""

    class Meta:
        csrf = False

    def __init__(self, words: str, said_on: date | None) -> None:
        super().__init__()
        self.term_words.data = words
        self._said_on = said_on or clock.today()
        self.offer_choices()

    def said_on(self) -> date:
        """Return the day in the address, or today."""
        return self._said_on


def no_date(reading: Reading) -> str:
    """Return what is said of words that name no moment: what one may write instead."""
    answer: str = _(
        "“%(words)s” is geen datum. Schrijf bijvoorbeeld “eind 2027” of “voor de zomer”, kies zelf "
        "een datum, of kies “geen datum”.",
        words=reading.words,
    )
    return answer


def _days(term: Term) -> tuple[date | None, date | None]:
    return term.earliest, term.latest


def _answer_to(reading: Reading) -> str:
    """Return what is said of words without a confirmation: what is read well is only a question."""
    if reading.term is not None:
        dates = reading.term.explained(current_locale())
        return CounterQuestion(_("Wij lezen dit als %(dates)s. Klopt dit?", dates=dates))
    if reading.is_vague:
        answer = no_date(reading)
    elif reading.words:
        answer = _(
            "Wij herkennen geen datum in “%(words)s”. Kies zelf een datum, of kies “geen datum”.",
            words=reading.words,
        )
    else:
        answer = _("U hebt geen termijn ingevuld. Kies een datum, of “geen datum”.")
    return str(answer)
