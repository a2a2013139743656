"""One thing on the desk with its forms, and the way to the next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.moderation import queries
from portal.moderation.forms import AskChangeForm, DenyForm, GrantForm, PlaceForm, RefuseForm
from portal.moderation.queries import Item, Kind
from portal.services.grounds import GROUNDS
from portal.services.history import last_row
from portal.web.forms import PortalForm
from portal.web.person import viewer

bp = Blueprint("moderation", __name__)

ENDPOINTS = {
    Kind.ACCESS_REQUEST: ("moderation.access", "request_id"),
    Kind.COMMENT: ("moderation.comment", "version_id"),
    Kind.PROFILE: ("moderation.profile", "profile_id"),
    Kind.SIGNATURE: ("signatures.decide", "signature_id"),
}
_TEXT_FORMS = {"place": PlaceForm, "ask_change": AskChangeForm, "refuse": RefuseForm}
FORMS: dict[Kind, dict[str, type[PortalForm]]] = {
    Kind.ACCESS_REQUEST: {"grant": GrantForm, "refuse": DenyForm},
    Kind.COMMENT: dict(_TEXT_FORMS),
    Kind.PROFILE: dict(_TEXT_FORMS),
}
WAITING = ("pending", "open", "confirmed")


def address_of(item: Item) -> str:
    """Return the page on which is decided about an item, at the item itself."""
    endpoint, name = ENDPOINTS[item.kind]
    return url_for(endpoint, **{name: item.row.id}, _anchor="beoordeling")


def show(kind: Kind, number: int, **sent: PortalForm) -> ResponseReturnValue:
    """Show one thing; `sent` is a form that came back with something to put right, by its step."""
    item = queries.item_of(kind, number)
    person = viewer()
    is_waiting = item.row.state in WAITING
    forms = {name: form.open() for name, form in FORMS[kind].items()} | sent
    page = render_template(
        f"moderation/{kind}.html",
        item=item,
        is_waiting=is_waiting,
        may_decide=is_waiting and item.may_be_decided_by(person),
        decision=None if is_waiting else last_row(str(kind), number),
        grounds=GROUNDS,
        records=queries.records_of([item.author_id]),
        forms=forms,
        sent=next(iter(sent.values()), None),
        sent_step=next(iter(sent), None),
        following=queries.next_item(person, item.position),
        address_of=address_of,
    )
    return page, next((form.status for form in sent.values()), 200)


def onward(item: Item) -> ResponseReturnValue:
    """Open what waits after `item`; the queue itself when nothing does."""
    following: Any = queries.next_item(viewer(), item.position)
    if following is None:
        return redirect(url_for("moderation.desk"))
    return redirect(address_of(following))
