"""Legal pages, the form to report a barrier, and the pages on which the beheerder edits them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.core.errors import FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import step_of
from portal.services.vereniging import Vereniging, current_vereniging
from portal.vereniging import actions, queries
from portal.vereniging.forms import BarrierForm, LegalTextForm, StatementForm, VerenigingForm
from portal.vereniging.models import AccessibilityStatement, LegalText
from portal.vereniging.statement import Compliance, Duty
from portal.web.destinations import Destination, url_to
from portal.web.guard import public, requires
from portal.web.limiting import Limit, Moment, by_client, for_all
from portal.web.person import viewer

bp = Blueprint("vereniging", __name__)

NO_ADDRESS = _l("De vereniging heeft nog geen e-mailadres ingevuld. Uw melding is niet verstuurd.")

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
    return queries.legal_page(slug, current_locale(), on=clock.today())


@bp.get("/<any(spelregels, privacy, toegankelijkheid, colofon):slug>")
@public(load=_legal_page)
def legal(page: queries.LegalPage) -> ResponseReturnValue:
    """A legal page, with the address for questions."""
    return render_template("vereniging/legal.html", page=page, Compliance=Compliance, Duty=Duty)


def _statement(*_of_form: object) -> dict[str, object]:
    return {"statement": queries.current_statement(current_locale(), on=clock.today())}


@bp.route("/toegankelijkheid/melden", methods=["GET", "POST"])
@public(
    form=BarrierForm,
    page="vereniging/report_barrier.html",
    context=_statement,
    # Mistakes in the form are no reports.
    limits=(
        Limit("barrier_address", by_client, Moment.HOLDS),
        Limit("barrier_all", for_all, Moment.HOLDS),
    ),
)
def report_barrier(form: BarrierForm) -> ResponseReturnValue:
    """Tell the vereniging what cannot be used; nobody needs an account for that."""
    locale = current_locale()
    vereniging = current_vereniging(locale)
    if not vereniging.email:
        raise FieldRefused("", NO_ADDRESS)
    actions.report_barrier(**form.report(), locale=locale, vereniging=vereniging)
    return redirect(url_for("vereniging.barrier_reported"), 303)


@bp.get("/toegankelijkheid/gemeld")
@public()
def barrier_reported() -> ResponseReturnValue:
    """Say what becomes of a report."""
    return render_template("vereniging/barrier_reported.html", **_statement())


@bp.route("/beheer/toegankelijkheid", methods=["GET", "POST"])
@requires(
    step_of("accessibility_statement", "edited"),
    load=queries.editable_statement,
    form=StatementForm,
    page="vereniging/edit_statement.html",
)
def edit_statement(row: AccessibilityStatement, form: StatementForm) -> ResponseReturnValue:
    """Set the status of the accessibility statement, and what it rests on."""
    actions.edit_statement(row, settings=form.settings(), by=viewer())
    flash(_("De verklaring is opgeslagen."), "ok")
    return redirect(url_for("vereniging.legal", slug=queries.ACCESSIBILITY), 303)


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
