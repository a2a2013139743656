"""Forms for articles."""

from __future__ import annotations

from functools import partial

from flask import url_for
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.documents.fields import PictureField
from portal.documents.looking import mark_to_look
from portal.news.models import Article
from portal.web.forms import (
    AtMost,
    CreatingForm,
    EditingForm,
    Filled,
    Look,
    Part,
    Previewed,
    Previewing,
    ShownPicture,
    one_line,
    stripped,
)


class _Fields(Previewing):
    """What a new and an edited article share."""

    previews = (
        Previewed("title", Look.TITLE),
        Previewed("lead", Look.LEAD),
        Previewed("picture", Look.PICTURE),
        Previewed("body", render=partial(render, images=True, first_heading=4)),
    )
    # It stands with the picture.
    unseen = Previewing.unseen | {"picture_alt"}

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

    former: Article | None = None

    def prepare(self, subject: object) -> None:
        """Offer the languages."""
        self.former = subject if isinstance(subject, Article) else None
        self.language.choices = [
            SelectChoice("nl", _l("Nederlands")),
            SelectChoice("en", _l("Engels")),
        ]

    def shown(self, part: Previewed) -> Part | None:
        """Return the photo that was chosen, or the one that the article has, with its words."""
        if part.look is not Look.PICTURE:
            return super().shown(part)
        upload, alt = self.picture.upload, self.picture_alt.data or ""
        if upload is not None:
            url = url_for("news.photo", mark=mark_to_look(upload))
            return ShownPicture(url, upload.width, upload.height, alt)
        picture = self.former.shown_picture if self.former is not None else None
        if picture is None:
            return None
        url = url_for("documents.picture", key=picture.storage_key)
        return ShownPicture(url, picture.width, picture.height, alt)


class ArticleForm(_Fields, CreatingForm):
    """A new article."""


class ArticleEditForm(_Fields, EditingForm):
    """A changed article."""
