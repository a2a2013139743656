"""The organisations of the viewer, and adding one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.addresses import address_key
from portal.accounts.sessions import signed_in_viewer
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, identifiers, queries
from portal.organisations.forms import CreateForm
from portal.organisations.roles import ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.policy import Permission
from portal.web.destinations import Destination, url_to
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/organisaties")
@requires(Permission.ACCOUNT_EDIT)
def index() -> ResponseReturnValue:
    """List the viewer's organisations, invitations and requests for access."""
    person = signed_in_viewer()
    invitations = queries.invitations_to(address_key(person.email)) if person.is_confirmed else ()
    return render_template(
        "organisations/index.html",
        organisations=queries.organisations_of(person.id),
        invitations=invitations,
        requests=queries.requests_of(person.id),
        role_words=ROLE_WORDS,
        button_form=OnceForm.open(),
    )


def _alike(form: CreateForm) -> dict[str, object]:
    """Return the organisations that could be meant, once the form asks about them."""
    is_asked = bool(form.is_sure.errors or form.is_sure.data)
    alike = form.alike() if is_asked and form.name.data else []
    return {"alike": alike, "is_asked": is_asked}


@bp.route("/organisaties/nieuw", methods=["GET", "POST"])
@requires(
    step_of("organisation", "created"),
    form=CreateForm,
    page="organisations/create.html",
    context=_alike,
    limits=("application_account",),
)
def create(form: CreateForm) -> ResponseReturnValue:
    """Add an organisation and become its eigenaar."""
    facts = form.facts(mail_domain=form.mail_domain())
    job_title, is_sure = form.job_title.data or "", form.is_sure.data
    organisation = actions.create(facts, job_title=job_title, is_sure=is_sure, by=viewer())
    flash(_("%(name)s is toegevoegd. U bent eigenaar.", name=organisation.name), "ok")
    flash_numbers(facts.numbers)
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))


def flash_numbers(numbers: Mapping[str, str | None]) -> None:
    """Show what the viewer should know about the numbers that were taken."""
    for scheme, value in numbers.items():
        remark = identifiers.remark_on(scheme, value) if value else None
        if remark is not None:
            flash(remark, "warning")
