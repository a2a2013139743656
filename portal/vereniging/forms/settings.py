"""Forms of the beheerder: settings and legal texts."""

from __future__ import annotations

from functools import partial

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.widgets import TextInput

from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.documents.fields import PictureField
from portal.web.forms import (
    AtMost,
    EditingForm,
    Filled,
    Look,
    MailAddressField,
    Previewed,
    Previewing,
    WebAddressField,
    one_line,
    stripped,
)


class VerenigingForm(EditingForm):
    """Name, contact and logo of the vereniging, which every page shows."""

    name = StringField(
        _l("Naam van de vereniging"),
        [Filled(_l("Vul de naam in.")), AtMost(120)],
        filters=[one_line],
    )
    site_name = StringField(
        _l("Naam van dit portaal"),
        [Filled(_l("Vul in hoe dit portaal heet.")), AtMost(120)],
        filters=[one_line],
    )
    email = MailAddressField(
        _l("E-mailadres voor contact"),
        [
            Filled(_l("Vul het e-mailadres in.")),
            AtMost(254),
        ],
        filters=[one_line],
        widget=TextInput(),
    )
    phone = StringField(_l("Telefoonnummer"), [AtMost(40)], filters=[one_line])
    post_address = TextAreaField(_l("Postadres"), [AtMost(300)], filters=[stripped])
    website = WebAddressField(
        _l("Website"), [AtMost(300)], filters=[one_line], most=300, is_homepage=True
    )
    security_contact = MailAddressField(
        _l("E-mailadres om een kwetsbaarheid te melden"),
        [AtMost(254)],
        filters=[one_line],
        widget=TextInput(),
    )
    four_eyes = BooleanField(_l("Laat een tweede persoon meekijken bij grote besluiten"))
    logo = PictureField(_l("Logo"))


class LegalTextForm(Previewing, EditingForm):
    """One legal text in both languages."""

    previews = (
        Previewed("title_nl", Look.TITLE, language="nl"),
        Previewed("body_nl", render=partial(render, first_heading=4), language="nl"),
        Previewed("title_en", Look.TITLE, language="en"),
        Previewed("body_en", render=partial(render, first_heading=4), language="en"),
    )

    title_nl = StringField(
        _l("Titel in het Nederlands"),
        [Filled(_l("Vul de Nederlandse titel in.")), AtMost(160)],
        filters=[one_line],
    )
    body_nl = TextAreaField(
        _l("Tekst in het Nederlands"),
        [Filled(_l("Vul de Nederlandse tekst in.")), AtMost(50_000)],
        filters=[stripped],
    )
    title_en = StringField(
        _l("Titel in het Engels"),
        [Filled(_l("Vul de Engelse titel in.")), AtMost(160)],
        filters=[one_line],
    )
    body_en = TextAreaField(
        _l("Tekst in het Engels"),
        [Filled(_l("Vul de Engelse tekst in.")), AtMost(50_000)],
        filters=[stripped],
    )
