"""A document of a commitment, and a new version of one."""

from __future__ import annotations

from wtforms import SelectField, StringField

from portal.commitments.forms.fields import choices_of
from portal.core.i18n import lazy_gettext as _l
from portal.documents.fields import DocumentField
from portal.documents.upload import KeptUpload
from portal.organisations.forms import EnteredForm
from portal.policy import Owned
from portal.web.forms import AtMost, CreatingForm, one_line

LANGUAGES = {"nl": _l("Nederlands"), "en": _l("Engels")}
EXTENSIONS = ".pdf,.odt,.ods,.odp"


def accepted_files() -> dict[str, object]:
    """Return the attribute with which a browser offers files of these kinds only."""
    return {"accept": EXTENSIONS}


class VersionForm(EnteredForm, CreatingForm):
    """A new version of a document that is there already."""

    def prepare(self, subject: Owned) -> None:
        """Ask the vereniging for its source."""
        self.meet_writer(subject.organisation_id)
        self.forget_source()

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


class DocumentForm(VersionForm):
    """A new document."""

    document_title = StringField(
        _l("Titel van het document"),
        [AtMost(200)],
        filters=[one_line],
        description=_l("Vult u niets in, dan gebruiken wij de naam van het bestand."),
    )
    language = SelectField(_l("Taal van het document"), choices=choices_of(LANGUAGES), default="nl")
