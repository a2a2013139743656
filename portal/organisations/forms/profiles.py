"""What an organisation shows of itself: the short description and the logo."""

from __future__ import annotations

from wtforms import TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.documents.fields import PictureField
from portal.organisations import queries
from portal.organisations.models import Organisation
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Difference,
    EditingForm,
    Filled,
    Previewed,
    Previewing,
    stripped,
)

MOST_CHARACTERS = 1000


class ProfileForm(Previewing, EditingForm):
    """The short description, which a moderator places; `html` is the text as it will look."""

    previews = (Previewed("body", render=render_typed),)

    body = TextAreaField(
        _l("Korte omschrijving"),
        [Filled(_l("Schrijf een korte omschrijving.")), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )
    html = ""

    def prepare(self, subject: Organisation) -> None:
        """Fill in the text that the editor goes on with."""
        if not self.body.raw_data:
            self.body.data = _editable_text(subject)

    def work_before_writing(self, subject: object) -> None:
        """Render the text."""
        self.html = render_typed(self.body.data)

    def differences_from(self, theirs: Organisation) -> tuple[Difference, ...]:
        """Show what a colleague wrote beside what was typed."""
        now, typed = _editable_text(theirs), self.body.data or ""
        return (Difference(self.body, now, typed),) if now != typed else ()


def _editable_text(organisation: Organisation) -> str:
    """Return the text of the version that waits or came back, else of the one on the page."""
    open_versions = queries.open_profiles_of(organisation.id)
    version = open_versions[-1] if open_versions else queries.placed_profile(organisation)
    return version.body if version is not None else ""


class LogoForm(CreatingForm):
    """A picture to stand beside the name."""

    logo = PictureField(_l("Logo"), required=_l("Kies een plaatje."))
