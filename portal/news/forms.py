"""Forms for articles."""

from __future__ import annotations

from functools import partial

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.documents.fields import PictureField
from portal.web.forms import (
    AtMost,
    CreatingForm,
    EditingForm,
    Filled,
    Look,
    Previewed,
    Previewing,
    one_line,
    stripped,
)


class _Fields(Previewing):
    """What a new and an edited article share."""

    previews = (
        Previewed("title", Look.TITLE),
        Previewed("lead", Look.LEAD),
        Previewed("body", render=partial(render, images=True, first_heading=4)),
    )

    title = StringField(
        _l("Titel"), [Filled(_l("Vul een titel in.")), AtMost(160)], filters=[one_line]
    )
    lead = TextAreaField(
        _l("Inleiding"),
        [Filled(_l("Schrijf in een paar zinnen waar het over gaat.")), AtMost(600)],
        filters=[stripped],
    )
    body = TextAreaField(
        _l("Tekst"), [Filled(_l("Schrijf de tekst.")), AtMost(60_000)], filters=[stripped]
    )
    language = SelectField(_l("Taal van het artikel"), default="nl")
    picture = PictureField(_l("Foto"), photo=True)
    picture_alt = StringField(_l("Beschrijving van de foto"), [AtMost(300)], filters=[one_line])

    def prepare(self, subject: object) -> None:
        """Offer the languages."""
        self.language.choices = [
            SelectChoice("nl", _l("Nederlands")),
            SelectChoice("en", _l("Engels")),
        ]


class ArticleForm(_Fields, CreatingForm):
    """A new article."""


class ArticleEditForm(_Fields, EditingForm):
    """A changed article."""
