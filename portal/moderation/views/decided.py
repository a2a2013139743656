"""What was decided at the desk, and undoing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation import queries
from portal.moderation.forms import UndoForm
from portal.moderation.kinds import KINDS, find_kind
from portal.moderation.rehearsing import why_not_undone
from portal.moderation.views.page import address_of, bp
from portal.moderation.waiting import Item, Kind, Waiting
from portal.policy import Permission
from portal.services.decision_jobs import can_take_back
from portal.services.history import last_row
from portal.web.address import cursor_in_address
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad/afgehandeld")
@requires(Permission.QUEUE_READ)
def decided() -> ResponseReturnValue:
    """What was decided, the latest first; of one kind where the address names it."""
    chosen = next((kind for kind in KINDS if kind.path == request.args.get("soort")), None)
    return render_template(
        "moderation/decided.html",
        page=queries.decided_page(chosen.thing if chosen else "", cursor_in_address()),
        kinds=KINDS,
        chosen=chosen,
    )


def _item(thing: Waiting) -> Item:
    kind = find_kind(thing.thing)
    assert kind is not None  # noqa: S101
    return queries.item_of(kind, thing.id)


def _decision(thing: Waiting, _form: UndoForm) -> dict[str, object]:
    item = _item(thing)
    # A form that came back says itself why it was refused.
    is_asked = request.method == "GET"
    why = why_not_undone(item.kind, item.row.id, by=viewer()) if is_asked else None
    return {
        "item": item,
        "why_not": why,
        "decision": last_row(thing.thing, thing.id),
        "is_mail_waiting": can_take_back(thing),
    }


def _to_page(thing: Waiting, _form: UndoForm) -> ResponseReturnValue | None:
    """Lead to the page of a thing that waits again, or of which nothing can be undone."""
    item, last = _item(thing), last_row(thing.thing, thing.id)
    is_open = last is not None and item.can_be_undone(last.step, viewer())
    return None if is_open else redirect(address_of(item))


def open_undoing(kind: Kind) -> None:
    """Give a kind the page on which a decision is undone."""

    def load(number: int) -> Waiting:
        return queries.get_thing(kind, number)

    @requires(
        step_of(kind.thing, "undo"),
        load=load,
        form=UndoForm,
        page="moderation/undo.html",
        context=_decision,
        instead=_to_page,
    )
    def undo(thing: Waiting, form: UndoForm) -> ResponseReturnValue:
        """Let the thing wait again."""
        values = {"decision_id": form.decision.data, "reason": form.reason.data or ""}
        kind.undo(thing, **values, by=viewer())
        flash(_("Het besluit is ongedaan gemaakt. U kunt opnieuw besluiten."), "ok")
        return redirect(address_of(_item(thing)), 303)

    address = f"/werkvoorraad/{kind.path}/<int:number>/ongedaan"
    bp.add_url_rule(address, f"{kind.thing}_undo", undo, methods=["GET", "POST"])


for each in KINDS:
    open_undoing(each)
