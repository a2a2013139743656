"""Decisions on requests to join an organisation that no owner answers."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation.forms import DenyForm, GrantForm
from portal.moderation.queries import Kind, item_of
from portal.moderation.views.page import bp, onward, show
from portal.organisations import actions
from portal.organisations.models import AccessRequest
from portal.organisations.queries import get_access_request
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad/toegang/<int:request_id>")
@requires(Permission.QUEUE_READ)
def access(request_id: int) -> ResponseReturnValue:
    """Somebody's request to join an organisation."""
    return show(Kind.ACCESS_REQUEST, request_id)


@bp.post("/werkvoorraad/toegang/<int:request_id>/toelaten")
@requires(step_of("access_request", "grant"), load=get_access_request, form=GrantForm)
def grant_access(request: AccessRequest, form: GrantForm) -> ResponseReturnValue:
    """Let them in."""
    if not form.is_accepted:
        return show(Kind.ACCESS_REQUEST, request.id, grant=form)
    item = item_of(Kind.ACCESS_REQUEST, request.id)
    actions.grant(request, role=form.role.data, by=viewer())
    flash(_("Deze persoon hoort nu bij de organisatie en krijgt een mail."), "ok")
    return onward(item)


@bp.post("/werkvoorraad/toegang/<int:request_id>/weigeren")
@requires(step_of("access_request", "refuse"), load=get_access_request, form=DenyForm)
def refuse_access(request: AccessRequest, form: DenyForm) -> ResponseReturnValue:
    """Do not let them in."""
    if not form.is_accepted:
        return show(Kind.ACCESS_REQUEST, request.id, refuse=form)
    item = item_of(Kind.ACCESS_REQUEST, request.id)
    actions.refuse_access(request, reason=form.reason.data, by=viewer())
    flash(_("De vraag om toegang is geweigerd. De vrager krijgt een mail met de reden."), "ok")
    return onward(item)
