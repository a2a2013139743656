"""Hiding something public, bringing it back, and the list of what is hidden."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.i18n import gettext as _
from portal.documents.models import DocumentVersion, Picture
from portal.documents.serving import send_picture, send_version
from portal.moderation import queries
from portal.moderation.forms import HideForm, RestoreForm
from portal.moderation.hidables import Hidable
from portal.moderation.views.page import bp
from portal.organisations.queries import frozen_organisations
from portal.policy import Permission
from portal.services.grounds import FREEZE_GROUNDS
from portal.services.hiding import confirm, why_hidden
from portal.web.address import cursor_in_address
from portal.web.forms import OnceForm, PortalForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad/verborgen")
@requires(Permission.QUEUE_READ)
def hidden() -> ResponseReturnValue:
    """All that is hidden now, and which organisations are frozen, the latest first."""
    return render_template(
        "moderation/hidden.html",
        page=queries.hidden_page(cursor_in_address()),
        frozen_organisations=frozen_organisations(),
        freeze_grounds=FREEZE_GROUNDS,
    )


def _to_restoring(hidable: Hidable, _form: PortalForm) -> ResponseReturnValue | None:
    """Lead to the page of a thing that is hidden already."""
    if request.method == "GET" and hidable.is_hidden:
        return redirect(
            url_for("moderation.restore", thing=hidable.kind.path, number=hidable.row.id)
        )
    return None


@bp.route("/werkvoorraad/verbergen/<thing>/<int:number>", methods=["GET", "POST"])
@requires(
    Permission.HIDING_DECIDE,
    load=queries.get_hidable,
    form=HideForm,
    page="moderation/hide.html",
    instead=_to_restoring,
)
def hide(hidable: Hidable, form: HideForm) -> ResponseReturnValue:
    """Take something out of sight, and go back to where it stood."""
    address = hidable.address
    hidable.kind.hide(hidable.item, ground=form.ground.data, reason=form.reason.data, by=viewer())
    flash(_("Dit is verborgen. %(hears)s", hears=hidable.kind.hears), "ok")
    if hidable.kind.is_page:
        return redirect(url_for("moderation.hidden"), 303)
    return redirect(request.script_root + address, 303)


def _why(hidable: Hidable, _form: PortalForm) -> dict[str, object]:
    hiding = why_hidden(hidable.item.thing, hidable.row.id)
    return {"hiding": hiding, "button_form": OnceForm.open()}


def _to_hiding(hidable: Hidable, _form: PortalForm) -> ResponseReturnValue | None:
    """Lead to where a thing stands that is not hidden any more."""
    if request.method == "GET" and not hidable.is_hidden:
        return redirect(request.script_root + hidable.address)
    return None


@bp.route("/werkvoorraad/terugzetten/<thing>/<int:number>", methods=["GET", "POST"])
@requires(
    Permission.HIDING_DECIDE,
    load=queries.get_hidable,
    form=RestoreForm,
    page="moderation/restore.html",
    context=_why,
    instead=_to_hiding,
)
def restore(hidable: Hidable, form: RestoreForm) -> ResponseReturnValue:
    """Bring something back that was hidden, and go to where it stands."""
    hidable.kind.restore(hidable.item, reason=form.reason.data, by=viewer())
    flash(_("Dit is teruggezet. Lezers zien het weer."), "ok")
    return redirect(request.script_root + hidable.address, 303)


@bp.post("/werkvoorraad/verborgen/<thing>/<int:number>/bevestigen")
@requires(Permission.HIDING_CONFIRM, load=queries.get_hidable, form=OnceForm)
def confirm_hidden(hidable: Hidable, _form: OnceForm) -> ResponseReturnValue:
    """Say as a second moderator that something stays hidden."""
    confirm(hidable.item, by=viewer())
    flash(_("U hebt bevestigd dat dit verborgen blijft."), "ok")
    return redirect(url_for("moderation.hidden"), 303)


@bp.get("/werkvoorraad/verborgen/<thing>/<int:number>/bestand")
@requires(Permission.HIDING_DECIDE, load=queries.get_hidable)
def hidable_file(hidable: Hidable) -> ResponseReturnValue:
    """Return the file or picture on which a moderator decides, hidden or not."""
    item = hidable.item
    if isinstance(item, DocumentVersion):
        answer = send_version(item)
    elif isinstance(item, Picture):
        answer = send_picture(item.storage_key)
    else:
        raise NotFound
    answer.headers["Cache-Control"] = "no-store"
    return answer
