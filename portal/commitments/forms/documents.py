"""A document of a commitment, and a new version of one."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError

from portal.commitments.forms.fields import choices_of
from portal.core.db import lock_row
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.documents.checks import Made
from portal.documents.fields import DocumentField
from portal.documents.licences import LABELS as LICENCES
from portal.documents.licences import Licence
from portal.documents.paragraphs import paragraphs
from portal.documents.upload import KeptUpload
from portal.organisations.forms import EnteredForm
from portal.policy import Owned
from portal.web.forms import (
    AtMost,
    CounterQuestion,
    CreatingForm,
    DayField,
    EditingForm,
    Filled,
    Previewed,
    Previewing,
    one_line,
    stripped,
)

_ASK = _l(
    "Wij bekeken het bestand: niet iedereen kan het goed gebruiken. Hieronder staat hoe het beter "
    "kan. Verstuur het formulier opnieuw om dit bestand toch te plaatsen."
)
MOST_WRITTEN = 60_000
LANGUAGES = {"nl": _l("Nederlands"), "en": _l("Engels")}
EXTENSIONS = ".pdf,.odt,.ods,.odp"


def accepted_files() -> dict[str, object]:
    """Return the attribute with which a browser offers files of these kinds only."""
    return {"accept": EXTENSIONS}


class Uploading(Owned, Protocol):
    """What a document is added to, or a document that is there."""

    @property
    def is_public(self) -> bool: ...


class VersionForm(EnteredForm, CreatingForm):
    """A new version of a document that is there already.

    Where readers see it at once, it first asks about a file that not everybody can use.
    """

    # Of the file about which it asked.
    asked_about = HiddenField(default="")
    is_seen_at_once = False

    def prepare(self, subject: Uploading) -> None:
        """Ask the vereniging for its source."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()
        self.is_seen_at_once = subject.is_public

    def validate_document(self, field: DocumentField) -> None:
        upload = field.upload
        if upload is None or not self.is_seen_at_once or upload.check.made == Made.WELL:
            return
        if self.asked_about.data != upload.sha256:
            self.asked_about.data = upload.sha256
            raise ValidationError(CounterQuestion(_ASK))

    document = DocumentField(
        _l("Bestand"),
        required=_l("Kies een bestand: een pdf of een ODF-bestand (odt, ods, odp)."),
        description=_l("Een pdf of een ODF-bestand (odt, ods, odp)."),
        render_kw=accepted_files(),
    )

    def upload(self) -> KeptUpload:
        """Return the file of a form that was accepted."""
        assert self.document.upload is not None  # noqa: S101
        return self.document.upload


class ToldFields:
    """What is told of a document besides its title."""

    language = SelectField(_l("Taal van het document"), choices=choices_of(LANGUAGES), default="nl")
    dated = DayField(
        _l("Datum van het document"),
        description=_l("De dag die erop staat, of waarop het is vastgesteld."),
    )
    licence = SelectField(
        _l("Licentie"),
        choices=choices_of(LICENCES),
        default=Licence.UNSAID,
        coerce=Licence,
        description=_l("Wat anderen met het document mogen doen."),
    )


class DocumentForm(ToldFields, VersionForm):
    """A new document."""

    page_order = ("document", "document_title")

    document_title = StringField(
        _l("Titel van het document"),
        [AtMost(200)],
        filters=[one_line],
        description=_l("Vult u niets in, dan gebruiken wij de naam van het bestand."),
    )


class OwnDocumentForm(EnteredForm, EditingForm):
    """The change of something of a document that is there already."""

    def prepare(self, subject: Any) -> None:
        """Ask the vereniging for its source."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()

    def claim_version(self, subject: Any) -> None:
        """Lock the commitment first, as every act on it does, then the version of the document."""
        lock_row(subject.commitment)
        super().claim_version(subject.document)


class DescriptionForm(ToldFields, OwnDocumentForm):
    """What is told of a document that is there already."""

    page_order = ("title",)

    title = StringField(
        _l("Titel van het document"),
        [Filled(_l("Vul een titel in.")), AtMost(200)],
        filters=[one_line],
    )


class WrittenOutForm(Previewing, OwnDocumentForm):
    """What a version says, as a page of the portal."""

    previews = (Previewed("body", render=partial(render, first_heading=4)),)

    body = TextAreaField(
        _l("Tekst van de pagina"),
        [AtMost(MOST_WRITTEN)],
        filters=[stripped],
        description=_l(
            "Een kop begint met ## en een spatie, een punt van een lijst met een streepje. "
            "Laat het veld leeg om de pagina weg te halen."
        ),
    )

    def prepare(self, subject: Any) -> None:
        """Begin with the text in the file, where nothing was written yet."""
        super().prepare(subject)
        self.is_drawn = self.body.data is None
        if self.body.data is None:
            self.body.data = paragraphs(subject.drawn_text[:MOST_WRITTEN])[:MOST_WRITTEN]
