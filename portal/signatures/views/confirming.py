"""What the authorised signatory sees behind the link from the mail; GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.errors import LinkDead
from portal.core.i18n import gettext as _
from portal.pact.queries import find_current
from portal.signatures import actions, queries
from portal.signatures.forms import ConfirmForm, TurnDownForm
from portal.signatures.models import SignatureLink
from portal.signatures.views.blueprint import bp
from portal.web.guard import public


def get_link(token: str) -> SignatureLink:
    """Return the link; a dead one says whom to ask for another."""
    return told_whom_to_ask(queries.get_confirm_link, token)


def told_whom_to_ask(find: Callable[[str], SignatureLink], token: str) -> SignatureLink:
    """Return the link that `find` finds; a dead one says whom to ask for another."""
    try:
        return find(token)
    except LinkDead as dead:
        if dead.why == "used":
            dead.message = _("U hoeft niets meer te doen. Wat er gebeurde, staat in uw mail.")
        elif dead.why != "replaced":
            dead.message = _("Vraag degene die de link liet mailen om een nieuwe.")
        raise


def sender_of(link: SignatureLink) -> Account | None:
    """Return who let this link be mailed."""
    return db.session.get(Account, link.author_id) if link.author_id is not None else None


@bp.route("/ondertekening-bevestigen/<token>", methods=["GET", "POST"])
@public(load=get_link, form=ConfirmForm, limits=("link_address",))
def confirm(link: SignatureLink, form: ConfirmForm) -> ResponseReturnValue:
    """Read the text and sign it. A text that changed since it was opened must be read again."""
    pact = find_current()
    assert pact is not None  # noqa: S101
    name = link.signature.organisation.name
    if form.is_accepted and form.is_about(pact):
        actions.confirm(link, pact=pact)
        flash(_("U hebt het Groeipact ondertekend namens %(name)s.", name=name), "ok")
        return redirect(url_for("signatures.confirmed"), 303)
    status = form.status if form.show(pact) else 409
    page = render_template(
        "signatures/confirm.html",
        link=link,
        signature=link.signature,
        sender=sender_of(link),
        version=pact,
        form=form,
    )
    return page, status


@bp.route("/ondertekening-bevestigen/<token>/niet-tekenen", methods=["GET", "POST"])
@public(load=get_link, form=TurnDownForm, limits=("link_address",))
def turn_down(link: SignatureLink, form: TurnDownForm) -> ResponseReturnValue:
    """Say not to sign, and why."""
    if not form.is_accepted:
        page = render_template(
            "signatures/turn_down.html", link=link, signature=link.signature, form=form
        )
        return page, form.status
    actions.turn_down(link, reason=form.reason.data)
    name = link.signature.organisation.name
    flash(_("U ondertekent het Groeipact niet namens %(name)s.", name=name), "ok")
    return redirect(url_for("signatures.turned_down"), 303)


@bp.get("/ondertekening-bevestigen/klaar")
@public()
def confirmed() -> ResponseReturnValue:
    """What happens after somebody signed."""
    return render_template("signatures/confirmed.html")


@bp.get("/ondertekening-bevestigen/niet-getekend")
@public()
def turned_down() -> ResponseReturnValue:
    """What happens after somebody did not sign."""
    return render_template("signatures/turned_down.html")
