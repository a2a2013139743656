"""Forms for the pact's text, its principles and layers."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, TypedDict

from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Regexp

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    Difference,
    EditingForm,
    Filled,
    Look,
    NotInFuture,
    Previewed,
    Previewing,
    WebAddressField,
    one_line,
    stripped,
)


class _TextFields(Previewing):
    """The fields that a new and an edited version share."""

    # The text of the pact is Dutch.
    previews = (
        Previewed("title", Look.TITLE, language="nl"),
        Previewed("body", render=partial(render, first_heading=4), language="nl"),
    )

    title = StringField(
        _l("Titel"), [Filled(_l("Vul de titel in.")), AtMost(200)], filters=[one_line]
    )
    body = TextAreaField(
        _l("Tekst"), [Filled(_l("Plak hier de tekst.")), AtMost(200_000)], filters=[stripped]
    )
    is_example = BooleanField(_l("Dit is een voorbeeldtekst, niet de tekst van het Groeipact"))


class VersionForm(_TextFields, CreatingForm):
    """A new version of the text."""

    page_order = ("label",)

    label = StringField(
        _l("Versie"),
        [
            Filled(_l("Vul in welke versie dit is, bijvoorbeeld 1.0.")),
            AtMost(40),
            Regexp(
                r"^[0-9A-Za-z][0-9A-Za-z.\-]*$",
                message=_l("Gebruik alleen letters, cijfers, punten en streepjes."),
            ),
        ],
        filters=[one_line],
    )


class VersionEditForm(_TextFields, EditingForm):
    """A change of a draft."""


class PublishForm(EditingForm):
    """Publish a draft as it was read; somebody who changed it meanwhile is noticed."""

    valid_from = DayField(
        _l("Geldig vanaf"), [Filled(_l("Vul in vanaf welke dag de tekst geldt."))]
    )

    def prepare(self, subject: Any) -> None:
        """Propose today."""
        if self.valid_from.data is None and self.valid_from.raw_data is None:
            self.valid_from.data = clock.today()

    def differences_from(self, theirs: Any) -> tuple[Difference, ...]:
        """Say that the text itself is another one now: the page shows it."""
        words = _("Een collega heeft de tekst intussen veranderd. Lees de tekst hieronder opnieuw.")
        self.form_errors.append(words)
        return ()


class EventFacts(TypedDict):
    """What is known of an event of signing."""

    name: str
    place: str
    held_on: date
    source_url: str | None


class _EventFields:
    """The fields that a new and a corrected event of signing share."""

    name = StringField(
        _l("Naam"),
        [Filled(_l("Vul de naam in, bijvoorbeeld die van het congres.")), AtMost(200)],
        filters=[one_line],
    )
    place = StringField(
        _l("Plaatsnaam"), [Filled(_l("Vul de plaatsnaam in.")), AtMost(200)], filters=[one_line]
    )
    held_on = DayField(_l("Datum"), [Filled(_l("Vul de datum in.")), NotInFuture()])
    source_url = WebAddressField(_l("Bron"), filters=[one_line])

    def facts(self) -> EventFacts:
        """Return what was filled in; the form holds."""
        return {
            "name": self.name.data,
            "place": self.place.data,
            "held_on": self.held_on.data,
            "source_url": self.source_url.data or None,
        }


class EventForm(_EventFields, CreatingForm):
    """A new event of signing."""


class EventEditForm(_EventFields, EditingForm):
    """A corrected event of signing."""


class WordForm(CreatingForm):
    """A new layer or theme."""

    name_nl = StringField(
        _l("Naam in het Nederlands"),
        [Filled(_l("Vul de Nederlandse naam in.")), AtMost(120)],
        filters=[one_line],
    )
    name_en = StringField(
        _l("Naam in het Engels"),
        [Filled(_l("Vul de Engelse naam in.")), AtMost(120)],
        filters=[one_line],
    )


class WordEditForm(EditingForm):
    """A changed layer or theme."""

    name_nl = WordForm.name_nl
    name_en = WordForm.name_en
    position = IntegerField(
        _l("Volgorde"),
        [NumberRange(1, 999, message=_l("Vul een getal van 1 tot en met 999 in."))],
    )
    is_active = BooleanField(_l("In gebruik"))
