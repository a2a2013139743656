"""Legal pages, and the pages on which the beheerder edits them and the vereniging's settings."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.services.vereniging import Vereniging
from portal.vereniging import actions, queries
from portal.vereniging.forms import LegalTextForm, VerenigingForm
from portal.vereniging.models import LegalText
from portal.web.destinations import Destination, url_to
from portal.web.guard import public, requires
from portal.web.person import viewer

bp = Blueprint("vereniging", __name__)

SETTINGS = (
    "name",
    "site_name",
    "email",
    "phone",
    "post_address",
    "website",
    "security_contact",
    "four_eyes",
)


def _legal_page(slug: str) -> queries.LegalPage:
    return queries.legal_page(slug, current_locale())


@bp.get("/<any(spelregels, privacy, toegankelijkheid, colofon):slug>")
@public(load=_legal_page)
def legal(page: queries.LegalPage) -> ResponseReturnValue:
    """A legal page, with the address for questions."""
    return render_template("vereniging/legal.html", page=page)


@bp.route("/beheer/vereniging", methods=["GET", "POST"])
@requires(
    step_of("vereniging", "edited"),
    load=queries.editable_vereniging,
    form=VerenigingForm,
    page="vereniging/vereniging.html",
)
def vereniging(row: Vereniging, form: VerenigingForm) -> ResponseReturnValue:
    """Name, contact and logo of the vereniging."""
    settings = {name: form[name].data for name in SETTINGS}
    actions.edit_vereniging(row, settings=settings, logo=form.logo.upload, by=viewer())
    flash(_("De gegevens zijn opgeslagen."), "ok")
    return redirect(url_to(Destination.MANAGEMENT), 303)


@bp.route("/beheer/teksten/<slug>", methods=["GET", "POST"])
@requires(
    step_of("legal_text", "edited"),
    load=queries.editable_legal_text,
    form=LegalTextForm,
    page="vereniging/edit_legal.html",
)
def edit_legal(row: LegalText, form: LegalTextForm) -> ResponseReturnValue:
    """Change a legal text in both languages."""
    actions.edit_legal_text(
        row,
        title_nl=form.title_nl.data,
        title_en=form.title_en.data,
        body_nl=form.body_nl.data,
        body_en=form.body_en.data,
        by=viewer(),
    )
    flash(_("De tekst is opgeslagen."), "ok")
    return redirect(url_for("vereniging.legal", slug=row.slug), 303)
