"""What a signatory expects of a promise that runs."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.services.entered import Source
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    Look,
    Previewed,
    Previewing,
    WebAddressField,
    one_line,
    stripped,
)


class PrognosisForm(Previewing, CreatingForm):
    """A prognosis: when it is expected to be done, and why then."""

    # As the page of the promise has them.
    previews = (
        Previewed("expected", Look.ANSWER, label=_l("Verwacht")),
        Previewed("body", render=render_typed),
    )
    page_order = ("expected", "body", "source_url", "source_title")

    expected = StringField(
        _l("Wanneer verwacht u dat het gereed is?"),
        [Filled(_l("Schrijf wanneer u verwacht dat het gereed is.")), AtMost(200)],
        filters=[one_line],
        description=_l(
            "In uw eigen woorden, zoals “in de loop van 2027”. De termijn verandert hier niet door."
        ),
    )
    body = TextAreaField(
        _l("Waarom verwacht u dat?"),
        [Filled(_l("Leg uit waarom u dat verwacht.")), AtMost(1000)],
        filters=[stripped],
    )
    source_url = WebAddressField(
        _l("Waar is dit te lezen?"),
        [AtMost(500)],
        filters=[one_line],
        description=_l("Bijvoorbeeld het adres van een brief aan de raad."),
    )
    source_title = StringField(
        _l("Hoe heet die tekst?"),
        [AtMost(200)],
        filters=[one_line],
    )

    def source(self) -> Source:
        """Return where it can be read as well, if that was filled in."""
        return Source(self.source_title.data or "", self.source_url.data or None)
