"""The forms with which the beheerder adds and edits kinds of organisation."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.models import OrganisationKind
from portal.web.forms import AtMost, CreatingForm, EditingForm, Filled, one_line


class _Names:
    """A kind in both languages; mixed into a form."""

    name_nl = StringField(
        _l("Naam in het Nederlands"),
        [Filled(_l("Vul de Nederlandse naam in.")), AtMost(80)],
        filters=[one_line],
    )
    name_en = StringField(
        _l("Naam in het Engels"),
        [Filled(_l("Vul de Engelse naam in.")), AtMost(80)],
        filters=[one_line],
    )


def _refuse_double(form: AddKindForm | EditKindForm, except_id: int | None = None) -> None:
    """Refuse a name that another kind has; `except_id` is the kind itself."""
    name = form.name_nl.data.casefold()
    others = [kind for kind, _used in queries.all_kinds() if kind.id != except_id]
    if name in [kind.name_nl.casefold() for kind in others]:
        form.refuse("name_nl", _("Deze soort is er al."))


class AddKindForm(_Names, CreatingForm):
    """Add a kind."""

    def work_before_writing(self, subject: object) -> None:
        """Refuse a name that another kind has."""
        _refuse_double(self)


class EditKindForm(_Names, EditingForm):
    """Rename a kind, move it, put it out of use."""

    position = SelectField(
        _l("Volgorde"), invalid_choice_message=_l("Kies een nummer uit de lijst.")
    )
    is_active = BooleanField(_l("In gebruik: organisaties kunnen deze soort kiezen"))

    def prepare(self, subject: object) -> None:
        """Offer every position in the list."""
        positions = range(1, len(queries.all_kinds()) + 1)
        self.position.choices = [SelectChoice(str(number), str(number)) for number in positions]

    def work_before_writing(self, subject: OrganisationKind) -> None:
        """Refuse a name that another kind has, and to put the last kind out of use."""
        _refuse_double(self, except_id=subject.id)
        others = [kind for kind in queries.kinds() if kind.id != subject.id]
        if not self.is_active.data and not others:
            self.refuse("is_active", _("Minstens één soort moet in gebruik zijn."))
