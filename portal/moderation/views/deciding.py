"""The pages of what waits and the decisions on it: a route for each kind and each of its steps."""

from __future__ import annotations

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import StepNotOpen
from portal.lifecycle import step_of
from portal.moderation.forms import FORMS, DecisionForm
from portal.moderation.kinds import KINDS
from portal.moderation.queries import get_thing, item_of
from portal.moderation.views.page import bp, onward, page_of
from portal.moderation.waiting import Decision, Kind, Waiting
from portal.policy import Permission
from portal.services.history import is_repeated
from portal.web.guard import requires
from portal.web.person import viewer


def offer_undoing(kind: Kind, decision: Decision, number: int) -> None:
    """Show the way to undo a decision beside the message about it, where it can be undone."""
    way_back = kind.ways_back.get(decision.step)
    if way_back is not None:
        flash(url_for(way_back.endpoint, **way_back.arguments_for(number)), "undo")
    elif kind.step_of(decision).target in step_of(kind.thing, "undo").sources:
        flash(url_for(f"moderation.{kind.thing}_undo", number=number), "undo")


def open_page(kind: Kind) -> None:
    """Give a kind the route to its page: one thing that waits, or what became of it."""

    @requires(Permission.QUEUE_READ)
    def show(number: int) -> ResponseReturnValue:
        """Show one thing of the kind."""
        return page_of(kind, number)

    bp.add_url_rule(f"/werkvoorraad/{kind.path}/<int:number>", kind.thing, show)


def open_decision(kind: Kind, decision: Decision) -> None:
    """Give a decision its route, behind a door with the permission of its step."""

    def load(number: int) -> Waiting:
        return get_thing(kind, number)

    def page(thing: Waiting, form: DecisionForm) -> str:
        return page_of(kind, thing.id, decision.step, form)

    shape = FORMS[kind.thing, decision.step]

    @requires(kind.step_of(decision), load=load, form=shape, page=page)
    def decide(thing: Waiting, form: DecisionForm) -> ResponseReturnValue:
        """Take the decision, and open what waits after it."""
        item = item_of(kind, thing.id)
        try:
            decision.act(thing, **form.answers(), by=viewer())
        except StepNotOpen:
            # The same form, sent twice, leads on as the first one did.
            if not is_repeated(kind.thing, item.row.id, decision.step, by=viewer()):
                raise
        flash(decision.done_message(item), "ok")
        offer_undoing(kind, decision, item.row.id)
        return onward(item)

    address = f"/werkvoorraad/{kind.path}/<int:number>/{decision.path}"
    endpoint = f"{kind.thing}_{decision.step}"
    bp.add_url_rule(address, endpoint, decide, methods=["GET", "POST"])


for each in KINDS:
    open_page(each)
    for one in each.decisions:
        open_decision(each, one)
