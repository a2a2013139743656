"""What the authorised signatory sees behind the link from the mail; GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import find_account_by_id
from portal.core.errors import LinkDead
from portal.core.i18n import gettext as _
from portal.pact.queries import get_current
from portal.signatures import actions, queries
from portal.signatures.forms import ConfirmForm, TurnDownForm
from portal.signatures.models import SignatureLink
from portal.signatures.views.blueprint import bp
from portal.web.forms import PortalForm
from portal.web.guard import public


def get_link(token: str) -> SignatureLink:
    """Return the link to confirm; LinkDead says whom to ask for another."""
    return link_or_advice(queries.get_confirm_link, token)


def link_or_advice(get: Callable[[str], SignatureLink], token: str) -> SignatureLink:
    """Return the link that `get` finds; LinkDead says whom to ask for another."""
    try:
        return get(token)
    except LinkDead as dead:
        if dead.why == "used":
            dead.message = _("U hoeft niets meer te doen. Wat er gebeurde, staat in uw mail.")
        elif dead.why != "replaced":
            dead.message = _("Vraag degene die de link liet mailen om een nieuwe.")
        raise


def context_of(link: SignatureLink, _form: PortalForm) -> dict[str, object]:
    """Return the signature behind a link, and the account that had the link mailed."""
    sender = find_account_by_id(link.author_id) if link.author_id is not None else None
    return {"signature": link.signature, "sender": sender}


def _text_to_sign(link: SignatureLink, form: ConfirmForm) -> dict[str, object]:
    """Return the current text, and let the form name it as the text that is signed."""
    pact = get_current()
    form.pact_version_id.data = str(pact.id)
    return {**context_of(link, form), "version": pact}


@bp.route("/ondertekening-bevestigen/<token>", methods=["GET", "POST"])
@public(
    load=get_link,
    form=ConfirmForm,
    page="signatures/confirm.html",
    context=_text_to_sign,
    limits=("link_address",),
)
def confirm(link: SignatureLink, form: ConfirmForm) -> ResponseReturnValue:
    """Sign the text; one that changed since the page was opened must be read again."""
    pact = get_current()
    form.refuse_other_text(pact)
    actions.confirm(link, pact=pact)
    name = link.signature.organisation.name
    flash(_("U hebt het Groeipact ondertekend namens %(name)s.", name=name), "ok")
    return redirect(url_for("signatures.confirmed"), 303)


@bp.route("/ondertekening-bevestigen/<token>/niet-tekenen", methods=["GET", "POST"])
@public(
    load=get_link,
    form=TurnDownForm,
    page="signatures/turn_down.html",
    context=context_of,
    limits=("link_address",),
)
def turn_down(link: SignatureLink, form: TurnDownForm) -> ResponseReturnValue:
    """Decline to sign, with the reason."""
    actions.turn_down(link, reason=form.reason.data)
    name = link.signature.organisation.name
    flash(_("U hebt aangegeven dat u niet tekent namens %(name)s.", name=name), "ok")
    return redirect(url_for("signatures.turned_down"), 303)


@bp.get("/ondertekening-bevestigen/klaar")
@public()
def confirmed() -> ResponseReturnValue:
    """Show the signatory what happens after signing."""
    return render_template("signatures/confirmed.html")


@bp.get("/ondertekening-bevestigen/niet-getekend")
@public()
def turned_down() -> ResponseReturnValue:
    """Show the signatory what happens after not signing."""
    return render_template("signatures/turned_down.html")
