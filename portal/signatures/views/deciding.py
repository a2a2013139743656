"""The page on which the vereniging decides, with everything that a moderator needs."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.accounts.sessions import signed_in_viewer
from portal.core.db import db
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations.models import Organisation
from portal.organisations.queries import find_membership, near_duplicates
from portal.organisations.websites import domain_of_website, is_of_domain
from portal.policy import Permission, why_not
from portal.services.history import last_row
from portal.signatures import actions, queries
from portal.signatures.forms import AdmitForm, AskMoreForm, DeclineForm
from portal.signatures.models import Signature
from portal.signatures.views.blueprint import bp
from portal.web.destinations import Destination, url_to
from portal.web.forms import PortalForm
from portal.web.guard import requires
from portal.web.person import viewer

FORMS: dict[str, type[PortalForm]] = {
    "admit": AdmitForm,
    "ask_more": AskMoreForm,
    "decline": DeclineForm,
}


@bp.get("/werkvoorraad/ondertekeningen/<int:signature_id>")
@requires(Permission.QUEUE_READ, load=queries.get_signature)
def decide(signature: Signature) -> ResponseReturnValue:
    """One application, with the three decisions; whoever has a stake sees why not."""
    return _page(signature)


def _page(signature: Signature, **sent: PortalForm) -> ResponseReturnValue:
    """Show the application; `sent` is a form that came back, by its step."""
    organisation = signature.organisation
    author_id = signature.author_id
    author = db.session.get(Account, author_id) if author_id is not None else None
    forms = {name: form.open(signature) for name, form in FORMS.items()} | sent
    page = render_template(
        "signatures/decide.html",
        signature=signature,
        organisation=organisation,
        author=author,
        membership=find_membership(organisation.id, author_id),
        is_of_domain=_is_of_website(author, organisation),
        alike=_alike(signature),
        refusal=why_not(viewer(), Permission.SIGNATURE_DECIDE, signature),
        forms=forms,
        sent=next(iter(sent.values()), None),
        sent_step=next(iter(sent), None),
        decision=last_row("signature", signature.id),
        story=queries.story_of(signature.id, names_moderators=True),
    )
    return page, next((form.status for form in sent.values()), 200)


def _is_of_website(author: Account | None, organisation: Organisation) -> bool:
    """Return whether the address is of the website; the mail domain may be the author's own."""
    if author is None or not organisation.website:
        return False
    return is_of_domain(author.email, domain_of_website(organisation.website))


def _alike(signature: Signature) -> list[object]:
    organisation = signature.organisation
    return list(
        near_duplicates(
            organisation.name,
            kvk=organisation.kvk,
            website=organisation.website,
            mail_domain=organisation.mail_domain,
            but=organisation.id,
            for_moderator=True,
        )
    )


def _onward() -> ResponseReturnValue:
    return redirect(url_to(Destination.NEXT_AT_DESK), 303)


@bp.route("/werkvoorraad/ondertekeningen/<int:signature_id>/toelaten", methods=["GET", "POST"])
@requires(step_of("signature", "admit"), load=queries.get_signature, form=AdmitForm)
def admit(signature: Signature, form: AdmitForm) -> ResponseReturnValue:
    """Admit the organisation: it is public from now on."""
    if not form.is_accepted:
        return _page(signature, admit=form)
    actions.admit(signature, seen=form.seen.data or "", by=signed_in_viewer())
    words = _("%(name)s is nu ondertekenaar.", name=signature.organisation.name)
    flash(words, "ok")
    return _onward()


@bp.route("/werkvoorraad/ondertekeningen/<int:signature_id>/aanvullen", methods=["GET", "POST"])
@requires(step_of("signature", "ask_more"), load=queries.get_signature, form=AskMoreForm)
def ask_more(signature: Signature, form: AskMoreForm) -> ResponseReturnValue:
    """Ask for what is missing."""
    if not form.is_accepted:
        return _page(signature, ask_more=form)
    actions.ask_more(
        signature, ground=form.ground.data, reason=form.reason.data, by=signed_in_viewer()
    )
    flash(_("De organisatie krijgt een mail met uw vraag."), "ok")
    return _onward()


@bp.route("/werkvoorraad/ondertekeningen/<int:signature_id>/afwijzen", methods=["GET", "POST"])
@requires(step_of("signature", "decline"), load=queries.get_signature, form=DeclineForm)
def decline(signature: Signature, form: DeclineForm) -> ResponseReturnValue:
    """Do not admit the organisation."""
    if not form.is_accepted:
        return _page(signature, decline=form)
    actions.decline(
        signature, ground=form.ground.data, reason=form.reason.data, by=signed_in_viewer()
    )
    flash(_("De aanvraag is afgewezen. De organisatie krijgt een mail met de reden."), "ok")
    return _onward()
