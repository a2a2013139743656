"""Forms for the pact's text, its principles and layers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Regexp

from portal.web.forms import AtMost, CreatingForm, EditingForm, Filled, stripped


class _TextFields:
    """The fields that a new and an edited version share."""

    title = StringField(
        _l("Titel"), [Filled(_l("Vul de titel in.")), AtMost(200)], filters=[stripped]
    )
    body = TextAreaField(
        _l("Tekst"), [Filled(_l("Plak hier de tekst.")), AtMost(200_000)], filters=[stripped]
    )
    is_example = BooleanField(_l("Dit is een voorbeeldtekst, niet de tekst van het Groeipact"))


class VersionForm(_TextFields, CreatingForm):
    """A new version of the text."""

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
        filters=[stripped],
    )


class VersionEditForm(_TextFields, EditingForm):
    """A change of a draft."""


class WordForm(CreatingForm):
    """A new layer or theme."""

    name_nl = StringField(
        _l("Naam in het Nederlands"),
        [Filled(_l("Vul de Nederlandse naam in.")), AtMost(120)],
        filters=[stripped],
    )
    name_en = StringField(
        _l("Naam in het Engels"),
        [Filled(_l("Vul de Engelse naam in.")), AtMost(120)],
        filters=[stripped],
    )


class WordEditForm(EditingForm):
    """A changed layer or theme."""

    name_nl = WordForm.name_nl
    name_en = WordForm.name_en
    position = IntegerField(
        _l("Plaats in de lijst"),
        [NumberRange(1, 999, message=_l("Vul een getal van 1 tot en met 999 in."))],
    )
    is_active = BooleanField(_l("In gebruik"))
