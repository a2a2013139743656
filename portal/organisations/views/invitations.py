"""Invitations: sent, taken back, mailed again, accepted."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.accounts.actions import confirm_by_mail
from portal.accounts.invited import (
    for_somebody_else,
    is_for_reader,
    say_invited,
    say_mailed_again,
    say_revoked,
)
from portal.accounts.queries import get_account
from portal.accounts.sessions import SignedInViewer, signed_in_viewer
from portal.core.errors import LinkDead, OrganisationFrozen
from portal.core.i18n import gettext as _
from portal.lifecycle import InvitationState, step_of
from portal.organisations import actions, queries
from portal.organisations.forms import AcceptForm, InviteForm
from portal.organisations.models import Invitation, Organisation
from portal.organisations.roles import ROLE_OFFERS, ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.policy import Role
from portal.web.address import here
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm, OnceForm
from portal.web.guard import public, requires
from portal.web.person import look_again, viewer


def invitation_to_me(organisation_id: int, invitation_id: int) -> Invitation:
    """Return an invitation to the viewer's confirmed address, or 404.

    OrganisationFrozen while the vereniging has frozen the organisation.
    """
    invitation = queries.get_invitation(organisation_id, invitation_id)
    if not viewer().is_confirmed or not is_for_reader(invitation):
        raise NotFound
    if invitation.organisation.is_frozen:
        raise OrganisationFrozen
    return invitation


@bp.route("/organisaties/<int:organisation_id>/uitnodigen", methods=["GET", "POST"])
@requires(
    step_of("invitation", "invite"),
    load=queries.get_organisation,
    form=InviteForm,
    page="organisations/invite.html",
    limits=("invitation_account",),
)
def invite(organisation: Organisation, form: InviteForm) -> ResponseReturnValue:
    """Invite somebody by mail."""
    person = signed_in_viewer()
    actions.invite(
        organisation,
        email=form.email.data,
        role=form.role.data,
        inviter=person.name,
        by=person,
    )
    say_invited(form.email.data)
    return redirect(url_for("organisations.people", organisation_id=organisation.id))


@bp.post("/organisaties/<int:organisation_id>/uitnodigingen/<int:invitation_id>/intrekken")
@requires(step_of("invitation", "revoke"), load=queries.get_invitation, form=ButtonForm)
def revoke(invitation: Invitation, _form: ButtonForm) -> ResponseReturnValue:
    """Take an invitation back."""
    actions.revoke(invitation, by=viewer())
    say_revoked()
    return redirect(url_for("organisations.people", organisation_id=invitation.organisation_id))


def _already_joined(invitation: Invitation, _form: AcceptForm) -> ResponseReturnValue | None:
    """Redirect a viewer who accepted before; LinkDead when the invitation no longer works."""
    if (
        invitation.state == InvitationState.ACCEPTED
        and invitation.organisation_id in viewer().roles
    ):
        flash(_("U hoort al bij deze organisatie."))
        return _joined(invitation)
    _refuse_dead(invitation)
    return None


def _invited_to(invitation: Invitation, _form: AcceptForm) -> dict[str, object]:
    """Return the role of the invitation, and whether the viewer is the person invited."""
    return {
        "here": here(),
        "is_for_reader": is_for_reader(invitation),
        "role": ROLE_WORDS[invitation.role],
        "role_hint": ROLE_OFFERS[invitation.role],
    }


@bp.route("/uitnodigingen/<token>", methods=["GET", "POST"])
@public(
    load=queries.invitation_by_token,
    form=AcceptForm,
    page="organisations/accept.html",
    context=_invited_to,
    instead=_already_joined,
    limits=("link_address",),
)
def accept(invitation: Invitation, form: AcceptForm) -> ResponseReturnValue:
    """Accept as the person invited; another viewer reads for whom the invitation is (403)."""
    redirected = _already_joined(invitation, form)
    if redirected is not None:
        return redirected
    if is_for_reader(invitation):
        return _accept(invitation, form.job_title.data or "")
    values = {"invitation": invitation, "form": form, **_invited_to(invitation, form)}
    return for_somebody_else("organisations/accept.html", **values)


def _refuse_dead(invitation: Invitation) -> None:
    why = queries.why_dead(invitation)
    if why is None:
        if invitation.organisation.is_frozen:
            raise OrganisationFrozen
        return
    dead = LinkDead(why)
    dead.message = _("Vraag een eigenaar van de organisatie om u opnieuw uit te nodigen.")
    if why == queries.INVITER_GONE:
        gone = _("Wie u uitnodigde, mag dat niet meer voor deze organisatie.")
        dead.message = f"{gone} {dead.message}"
    raise dead


def _accept(invitation: Invitation, job_title: str) -> ResponseReturnValue:
    person = _confirmed_viewer()
    actions.accept(invitation, email=person.email, job_title=job_title, by=person)
    name = invitation.organisation.name
    if invitation.role == Role.OWNER:
        flash(_("U bent nu eigenaar van %(name)s.", name=name), "ok")
    else:
        flash(_("U doet nu mee met %(name)s.", name=name), "ok")
    return _joined(invitation)


def _confirmed_viewer() -> SignedInViewer:
    """Return the viewer, whose address the link of the invitation confirms: it came by mail."""
    person = signed_in_viewer()
    if person.is_confirmed:
        return person
    confirm_by_mail(get_account(person.id), session_id=person.session_id)
    look_again()
    return signed_in_viewer()


def _joined(invitation: Invitation) -> ResponseReturnValue:
    return redirect(url_to(Destination.ORGANISATION, organisation_id=invitation.organisation_id))


@bp.post("/organisaties/<int:organisation_id>/uitnodigingen/<int:invitation_id>/mailen")
@requires(
    step_of("invitation", "mailed_again"),
    load=invitation_to_me,
    form=OnceForm,
    limits=("confirm_account",),
)
def mail_again(invitation: Invitation, _form: OnceForm) -> ResponseReturnValue:
    """Mail the link anew to the viewer, who was invited: only the link accepts."""
    _refuse_dead(invitation)
    person = signed_in_viewer()
    actions.mail_again(invitation, locale=person.locale, by=person)
    say_mailed_again(invitation.email)
    return redirect(url_for("organisations.index"))
