"""Decisions on what organisations say of themselves."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation.forms import AskChangeForm, PlaceForm, RefuseForm
from portal.moderation.queries import Kind, item_of
from portal.moderation.views.page import bp, onward, show
from portal.organisations import actions
from portal.organisations.models import ProfileText
from portal.organisations.queries import get_profile
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad/profielen/<int:profile_id>")
@requires(Permission.QUEUE_READ)
def profile(profile_id: int) -> ResponseReturnValue:
    """One text of an organisation about itself, beside what stands there now."""
    return show(Kind.PROFILE, profile_id)


@bp.post("/werkvoorraad/profielen/<int:profile_id>/plaatsen")
@requires(step_of("profile", "place"), load=get_profile, form=PlaceForm)
def place_profile(version: ProfileText, form: PlaceForm) -> ResponseReturnValue:
    """Place the text."""
    if not form.is_accepted:
        return show(Kind.PROFILE, version.id, place=form)
    item = item_of(Kind.PROFILE, version.id)
    actions.place_profile(version, by=viewer())
    flash(_("De tekst is geplaatst. De schrijver krijgt een mail."), "ok")
    return onward(item)


@bp.post("/werkvoorraad/profielen/<int:profile_id>/aanpassen")
@requires(step_of("profile", "ask_change"), load=get_profile, form=AskChangeForm)
def ask_profile_change(version: ProfileText, form: AskChangeForm) -> ResponseReturnValue:
    """Ask the writer for another text."""
    if not form.is_accepted:
        return show(Kind.PROFILE, version.id, ask_change=form)
    item = item_of(Kind.PROFILE, version.id)
    actions.ask_profile_change(
        version, ground=form.ground.data, reason=form.reason.data, by=viewer()
    )
    flash(_("De schrijver krijgt een mail met de vraag om de tekst aan te passen."), "ok")
    return onward(item)


@bp.post("/werkvoorraad/profielen/<int:profile_id>/weigeren")
@requires(step_of("profile", "refuse"), load=get_profile, form=RefuseForm)
def refuse_profile(version: ProfileText, form: RefuseForm) -> ResponseReturnValue:
    """Do not place the text."""
    if not form.is_accepted:
        return show(Kind.PROFILE, version.id, refuse=form)
    item = item_of(Kind.PROFILE, version.id)
    actions.refuse_profile(version, ground=form.ground.data, reason=form.reason.data, by=viewer())
    flash(_("De tekst is niet geplaatst. De schrijver krijgt een mail met de reden."), "ok")
    return onward(item)
