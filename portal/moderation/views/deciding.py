"""The pages of what waits and the decisions on it: a route for each kind and each of its steps."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from portal.moderation.forms import FORMS, DecisionForm
from portal.moderation.kinds import KINDS
from portal.moderation.queries import item_of
from portal.moderation.views.page import bp, onward, show
from portal.moderation.waiting import Decision, Kind, Waiting
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


def open_page(kind: Kind) -> None:
    """Give a kind its page: one thing that waits, or what became of it."""

    @requires(Permission.QUEUE_READ)
    def page(number: int) -> ResponseReturnValue:
        """One thing that waits, or what became of it."""
        return show(kind, number)

    bp.add_url_rule(f"/werkvoorraad/{kind.path}/<int:number>", kind.thing, page)


def open_decision(kind: Kind, decision: Decision) -> None:
    """Give a decision its door; the next thing that waits is opened after it."""

    def load(number: int) -> Waiting:
        return kind.load(number)

    def page(thing: Waiting, form: DecisionForm) -> str:
        return show(kind, thing.id, decision.step, form)

    @requires(kind.step_of(decision), load=load, form=FORMS[kind.thing, decision.step], page=page)
    def decide(thing: Waiting, form: DecisionForm) -> ResponseReturnValue:
        """Take the decision; whoever wrote it hears of it by mail."""
        item = item_of(kind, thing.id)
        decision.act(thing, **form.answers(), by=viewer())
        flash(decision.done_words(item), "ok")
        return onward(item)

    bp.add_url_rule(
        f"/werkvoorraad/{kind.path}/<int:number>/{decision.path}",
        f"{kind.thing}_{decision.step}",
        decide,
        methods=["GET", "POST"],
    )


for each in KINDS:
    open_page(each)
    for one in each.decisions:
        open_decision(each, one)
