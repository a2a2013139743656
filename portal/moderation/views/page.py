"""One thing on the desk with its forms, and the way to the next."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.moderation import queries
from portal.moderation.forms import FORMS, DecisionForm
from portal.moderation.rehearsing import why_not_undone
from portal.moderation.waiting import Item, Kind
from portal.services.history import last_row
from portal.web.person import viewer

bp = Blueprint("moderation", __name__)


def address_of(item: Item) -> str:
    """Return the address of the page where a moderator decides on an item."""
    return url_for(item.kind.endpoint, number=item.row.id, _anchor="beoordeling")


def page_of(
    kind: Kind, number: int, step: str | None = None, opened: DecisionForm | None = None
) -> str:
    """Return the page of one thing; `opened` is the form of `step`, as it was sent."""
    item = queries.item_of(kind, number)
    person = viewer()
    thing = queries.get_thing(kind, number) if kind.beside is not None else None
    forms = {d.step: FORMS[kind.thing, d.step].open(thing) for d in kind.decisions}
    if step is not None and opened is not None:
        forms[step] = opened
    last = None if item.is_waiting else last_row(kind.thing, number)
    can_undo = last is not None and item.can_be_undone(last.step, person)
    return render_template(
        kind.template,
        item=item,
        can_undo=can_undo,
        why_not_undone=why_not_undone(kind, number, by=person) if can_undo else None,
        way_back=item.way_back(last.step, person) if last is not None else None,
        refusal=item.why_not(person),
        tie=item.tie_of(person),
        decision=last,
        records=queries.records_of([item]),
        forms=forms,
        sent=opened,
        sent_step=step,
        following=queries.next_item(person, item.position),
        former=queries.previous_item(person, item.position),
        address_of=address_of,
        **(kind.beside(thing) if kind.beside is not None else {}),
    )


def onward(item: Item) -> ResponseReturnValue:
    """Open what waits after `item`; the queue itself when nothing does."""
    following = queries.next_item(viewer(), item.position)
    return redirect(url_for("moderation.desk") if following is None else address_of(following), 303)
