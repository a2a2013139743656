"""What an organisation shows of itself: the short description and the logo."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import LogoForm, ProfileForm
from portal.organisations.models import Organisation, ProfileText
from portal.organisations.views.blueprint import bp
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


def profile_of(organisation_id: int, profile_id: int) -> ProfileText:
    """Return a version of this organisation's description, or 404."""
    profile = queries.get_profile(profile_id)
    if profile.organisation_id != organisation_id:
        raise NotFound
    return profile


def _to_work_page(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation_id))


def _placed(organisation: Organisation, _form: ProfileForm) -> dict[str, object]:
    return {"placed": queries.placed_profile(organisation)}


@bp.route("/organisaties/<int:organisation_id>/omschrijving", methods=["GET", "POST"])
@requires(
    step_of("profile", "submit"),
    load=queries.get_organisation,
    form=ProfileForm,
    page="organisations/describe.html",
    context=_placed,
)
def describe(organisation: Organisation, form: ProfileForm) -> ResponseReturnValue:
    """Write the short description; a moderator places it."""
    actions.describe(organisation, body=form.body.data, html=form.html, by=viewer())
    flash(_("Uw tekst wacht op moderatie. U krijgt een mail als er is besloten."), "ok")
    return _to_work_page(organisation.id)


@bp.post("/organisaties/<int:organisation_id>/omschrijving/<int:profile_id>/intrekken")
@requires(step_of("profile", "withdraw"), load=profile_of, form=ButtonForm)
def withdraw_profile(profile: ProfileText, _form: ButtonForm) -> ResponseReturnValue:
    """Take a version back."""
    actions.withdraw_profile(profile, by=viewer())
    flash(_("De tekst is ingetrokken."), "ok")
    return _to_work_page(profile.organisation_id)


def _logo_now(organisation: Organisation, _form: LogoForm) -> dict[str, object]:
    return {"logo_key": queries.logo_key(organisation), "button_form": ButtonForm.open()}


@bp.route("/organisaties/<int:organisation_id>/logo", methods=["GET", "POST"])
@requires(
    step_of("organisation", "logo_set"),
    load=queries.get_organisation,
    form=LogoForm,
    page="organisations/logo.html",
    context=_logo_now,
    limits=("upload_account",),
)
def logo(organisation: Organisation, form: LogoForm) -> ResponseReturnValue:
    """Choose a logo."""
    upload = form.logo.upload
    assert upload is not None  # noqa: S101
    actions.set_logo(organisation, upload, by=viewer())
    flash(_("Het logo is opgeslagen."), "ok")
    return _to_work_page(organisation.id)


@bp.post("/organisaties/<int:organisation_id>/logo/verwijderen")
@requires(step_of("organisation", "logo_removed"), load=queries.get_organisation, form=ButtonForm)
def remove_logo(organisation: Organisation, _form: ButtonForm) -> ResponseReturnValue:
    """Show no logo."""
    actions.remove_logo(organisation, by=viewer())
    flash(_("Het logo is verwijderd."), "ok")
    return _to_work_page(organisation.id)
