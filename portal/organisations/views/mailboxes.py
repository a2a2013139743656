"""The mailbox of an organisation: naming it, proving it by the mailed link, removing it."""

from __future__ import annotations

from typing import NamedTuple

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.sessions import signed_in_viewer
from portal.core.i18n import gettext as _
from portal.core.mail_addresses import shown_mail_address
from portal.lifecycle import MailboxState, step_of
from portal.organisations import actions, queries
from portal.organisations.forms import MailboxForm, ProveForm
from portal.organisations.models import Mailbox, Organisation
from portal.organisations.views.blueprint import bp
from portal.organisations.views.people import mailbox_of
from portal.services.reach import unreachable_among
from portal.web.address import here
from portal.web.forms import OnceForm
from portal.web.guard import by_token, requires
from portal.web.person import viewer


class Linked(NamedTuple):
    """The mailbox of a mailed link, and whether nothing is left to prove."""

    mailbox: Mailbox
    is_proved: bool


def _standing(organisation: Organisation, _form: MailboxForm) -> dict[str, object]:
    """Return the mailbox that stands, or else the one that can be put back."""
    shown = mailbox_of(organisation)
    former = queries.find_former_mailbox(organisation.id) if shown["mailbox"] is None else None
    return {**shown, "former": former, "button_form": OnceForm.open()}


def _back(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.mailbox", organisation_id=organisation_id))


def _say_mailed(email: str) -> None:
    address = shown_mail_address(email)
    flash(
        _(
            "Er is een link gemaild aan %(email)s. Wie die gebruikt, zet de mailbox aan.",
            email=address,
        ),
        "ok",
    )


@bp.route("/organisaties/<int:organisation_id>/mailbox", methods=["GET", "POST"])
@requires(
    step_of("mailbox", "name_mailbox"),
    load=queries.get_organisation,
    form=MailboxForm,
    page="organisations/mailbox.html",
    context=_standing,
    limits=("invitation_account",),
)
def mailbox(organisation: Organisation, form: MailboxForm) -> ResponseReturnValue:
    """Name an address to which the mails of an organisation go as well."""
    person = signed_in_viewer()
    actions.name_mailbox(organisation, email=form.email.data, inviter=person.name, by=person)
    _say_mailed(form.email.data)
    return _back(organisation.id)


@bp.post("/organisaties/<int:organisation_id>/mailbox/mailen")
@requires(
    step_of("mailbox", "mailed_again"),
    load=queries.get_mailbox,
    form=OnceForm,
    limits=("invitation_account",),
)
def mail_mailbox_again(mailbox: Mailbox, _form: OnceForm) -> ResponseReturnValue:
    """Mail the address a new link."""
    person = signed_in_viewer()
    actions.mail_mailbox_again(mailbox, inviter=person.name, by=person)
    _say_mailed(mailbox.email)
    return _back(mailbox.organisation_id)


@bp.post("/organisaties/<int:organisation_id>/mailbox/weg")
@requires(step_of("mailbox", "remove"), load=queries.get_mailbox, form=OnceForm)
def remove_mailbox(mailbox: Mailbox, _form: OnceForm) -> ResponseReturnValue:
    """Let no mail go to the mailbox any more."""
    actions.remove_mailbox(mailbox, by=viewer())
    flash(_("De mailbox is verwijderd. Er gaat geen mail meer heen."), "ok")
    return _back(mailbox.organisation_id)


@bp.post("/organisaties/<int:organisation_id>/mailbox/terug")
@requires(step_of("mailbox", "put_back"), load=queries.get_former_mailbox, form=OnceForm)
def put_mailbox_back(mailbox: Mailbox, _form: OnceForm) -> ResponseReturnValue:
    """Let mail go again to the mailbox that was removed."""
    actions.put_mailbox_back(mailbox, by=viewer())
    flash(_("De mailbox staat er weer."), "ok")
    return _back(mailbox.organisation_id)


def _linked(token: str) -> Linked:
    found = queries.mailbox_by_token(token)
    is_proved = found.state == MailboxState.IN_USE and not unreachable_among([found.email])
    return Linked(found, is_proved)


@bp.route("/mailbox/<token>", methods=["GET", "POST"])
@by_token(
    load=_linked,
    form=ProveForm,
    page="organisations/prove_mailbox.html",
    limits=("link_address",),
)
def prove_mailbox(linked: Linked, _form: ProveForm) -> ResponseReturnValue:
    """Let mails go to the address behind the link."""
    actions.prove_mailbox(linked.mailbox)
    return redirect(here(), 303)
