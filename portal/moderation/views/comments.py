"""Decisions on the texts of comments."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from portal.comments import actions
from portal.comments.models import CommentVersion
from portal.comments.queries import get_version
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation.forms import AskChangeForm, PlaceForm, RefuseForm
from portal.moderation.queries import Kind, item_of
from portal.moderation.views.page import bp, onward, show
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad/reacties/<int:version_id>")
@requires(Permission.QUEUE_READ)
def comment(version_id: int) -> ResponseReturnValue:
    """One text of a comment, with what it answers and what stands there now."""
    return show(Kind.COMMENT, version_id)


@bp.post("/werkvoorraad/reacties/<int:version_id>/plaatsen")
@requires(step_of("comment_version", "place"), load=get_version, form=PlaceForm)
def place_comment(version: CommentVersion, form: PlaceForm) -> ResponseReturnValue:
    """Place the text."""
    if not form.is_accepted:
        return show(Kind.COMMENT, version.id, place=form)
    item = item_of(Kind.COMMENT, version.id)
    actions.place(version, by=viewer())
    flash(_("De reactie is geplaatst. De schrijver krijgt een mail."), "ok")
    return onward(item)


@bp.post("/werkvoorraad/reacties/<int:version_id>/aanpassen")
@requires(step_of("comment_version", "ask_change"), load=get_version, form=AskChangeForm)
def ask_comment_change(version: CommentVersion, form: AskChangeForm) -> ResponseReturnValue:
    """Ask the writer for another text."""
    if not form.is_accepted:
        return show(Kind.COMMENT, version.id, ask_change=form)
    item = item_of(Kind.COMMENT, version.id)
    actions.ask_change(version, ground=form.ground.data, reason=form.reason.data, by=viewer())
    flash(_("De schrijver krijgt een mail met de vraag om de tekst aan te passen."), "ok")
    return onward(item)


@bp.post("/werkvoorraad/reacties/<int:version_id>/weigeren")
@requires(step_of("comment_version", "refuse"), load=get_version, form=RefuseForm)
def refuse_comment(version: CommentVersion, form: RefuseForm) -> ResponseReturnValue:
    """Do not place the text."""
    if not form.is_accepted:
        return show(Kind.COMMENT, version.id, refuse=form)
    item = item_of(Kind.COMMENT, version.id)
    actions.refuse(version, ground=form.ground.data, reason=form.reason.data, by=viewer())
    flash(_("De reactie is niet geplaatst. De schrijver krijgt een mail met de reden."), "ok")
    return onward(item)
