"""What an organisation shows of itself: the short description and the logo."""

from __future__ import annotations

from typing import Any

from wtforms import TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.documents.fields import PictureField
from portal.organisations import queries
from portal.web.forms import AtMost, Difference, EditingForm, Filled, PortalForm, stripped

MOST_CHARACTERS = 1000


class ProfileForm(EditingForm):
    """The short description, which waits for a moderator; `html` is how it will look."""

    body = TextAreaField(
        _l("Korte omschrijving"),
        [Filled(_l("Schrijf een korte omschrijving.")), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )
    html = ""

    def prepare(self, subject: Any) -> None:
        if not self.body.raw_data:
            self.body.data = _standing(subject)

    def work_before_writing(self, subject: Any) -> None:
        self.html = render(self.body.data)

    def differences_from(self, theirs: Any) -> tuple[Difference, ...]:
        """Show what a colleague wrote beside what was typed."""
        now, typed = _standing(theirs), self.body.data or ""
        return (Difference(str(self.body.label.text), now, typed),) if now != typed else ()


def _standing(organisation: Any) -> str:
    """Return the text that an editor goes on with: what waits or came back, else what stands."""
    open_versions = queries.profiles_of(organisation.id)
    found = open_versions[-1] if open_versions else queries.placed_profile(organisation)
    return found.body if found is not None else ""


class LogoForm(PortalForm):
    """A picture to stand beside the name."""

    logo = PictureField(_l("Logo"), required=_l("Kies een plaatje."))
