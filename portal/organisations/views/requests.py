"""Asking to join an organisation, and answering such a request."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import AnswerForm, JoinForm
from portal.organisations.forms.people import REFUSE
from portal.organisations.models import AccessRequest, Organisation
from portal.organisations.roles import ROLE_HINTS, ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.organisations.websites import is_of_domain
from portal.policy import Permission
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


def request_to(organisation_id: int, request_id: int) -> AccessRequest:
    """Return a request to this organisation, or 404."""
    request = queries.get_access_request(request_id)
    if request.organisation_id != organisation_id:
        raise NotFound
    return request


def _already_asked(organisation: Organisation, _form: JoinForm) -> ResponseReturnValue | None:
    """Redirect a viewer who is a member already, or has an open request."""
    if organisation.id in viewer().roles:
        flash(_("U hoort al bij deze organisatie."))
        return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))
    if queries.find_open_request(organisation.id, viewer().id) is not None:
        flash(_("U hebt al toegang gevraagd. U krijgt een mail als er antwoord is."))
        return redirect(url_for("organisations.index"))
    return None


@bp.route("/organisaties/<int:organisation_id>/meedoen", methods=["GET", "POST"])
@requires(
    step_of("access_request", "ask"),
    load=queries.get_organisation,
    form=JoinForm,
    page="organisations/join.html",
    instead=_already_asked,
    limits=("application_account",),
)
def join(organisation: Organisation, form: JoinForm) -> ResponseReturnValue:
    """Ask to join; the page does not show the name of an organisation that is not public."""
    redirected = _already_asked(organisation, form)
    if redirected is not None:
        return redirected
    actions.ask_access(
        organisation, job_title=form.job_title.data, message=form.message.data, by=viewer()
    )
    flash(_("Uw vraag is verstuurd. U krijgt een mail als er antwoord is."), "ok")
    return redirect(url_for("organisations.index"))


def _requester(request: AccessRequest, _form: AnswerForm) -> dict[str, object]:
    """Return whether the requester's mailbox is at the organisation's domain, and the roles."""
    return {
        "is_of_domain": is_of_domain(request.author.email, request.organisation.mail_domain),
        "role_words": ROLE_WORDS,
        "role_hints": ROLE_HINTS,
    }


@bp.route("/organisaties/<int:organisation_id>/verzoeken/<int:request_id>", methods=["GET", "POST"])
@requires(
    Permission.ACCESS_REQUEST_ANSWER,
    load=request_to,
    form=AnswerForm,
    page="organisations/answer.html",
    context=_requester,
)
def answer(access_request: AccessRequest, form: AnswerForm) -> ResponseReturnValue:
    """Let the requester join in a role, or refuse with a reason."""
    name = access_request.author.name
    if form.answer.data == REFUSE:
        actions.refuse_access(access_request, reason=form.reason.data, by=viewer())
        flash(_("U hebt %(name)s niet toegelaten.", name=name), "ok")
    else:
        actions.grant(access_request, role=form.answer.data, by=viewer())
        flash(_("%(name)s doet nu mee.", name=name), "ok")
    organisation_id = access_request.organisation_id
    return redirect(url_for("organisations.people", organisation_id=organisation_id))


@bp.post("/toegangsverzoeken/<int:request_id>/intrekken")
@requires(step_of("access_request", "take_back"), load=queries.get_access_request, form=ButtonForm)
def take_back(request: AccessRequest, _form: ButtonForm) -> ResponseReturnValue:
    """Take the request back."""
    actions.take_back(request, by=viewer())
    flash(_("Uw vraag is ingetrokken."), "ok")
    return redirect(url_for("organisations.index"))
