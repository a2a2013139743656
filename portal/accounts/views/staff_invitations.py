"""Invitations to a role in the vereniging: sent, taken back, mailed again, accepted."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.forms import InviteStaffForm
from portal.accounts.invited import (
    for_somebody_else,
    is_for_reader,
    say_invited,
    say_mailed_again,
    say_revoked,
)
from portal.accounts.models import StaffInvitation
from portal.accounts.queries import get_account
from portal.accounts.queries import staff_invitations as queries
from portal.accounts.sessions import signed_in_viewer, start_session
from portal.accounts.staff_roles import STAFF_ROLE_OFFERS, STAFF_ROLE_WORDS, StaffRole
from portal.accounts.views.blueprint import bp
from portal.core.errors import LinkDead
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.settings import settings
from portal.lifecycle import InvitationState, step_of
from portal.web.address import here
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm, OnceForm
from portal.web.guard import public, requires
from portal.web.person import awaits_second_factor, viewer


@bp.route("/beheer/rollen/uitnodigen", methods=["GET", "POST"])
@requires(
    step_of("staff_invitation", "invite"),
    form=InviteStaffForm,
    page="accounts/invite_staff.html",
    limits=("invitation_account",),
)
def invite_staff(form: InviteStaffForm) -> ResponseReturnValue:
    """Invite somebody by mail to a role."""
    actions.invite_staff(email=form.email.data, role=StaffRole(form.role.data), by=viewer())
    say_invited(form.email.data)
    return redirect(url_for("accounts.roles"))


@bp.post("/beheer/rollen/uitnodigingen/<int:invitation_id>/intrekken")
@requires(step_of("staff_invitation", "revoke"), load=queries.get_staff_invitation, form=OnceForm)
def revoke_staff_invitation(invitation: StaffInvitation, _form: OnceForm) -> ResponseReturnValue:
    """Take an invitation back."""
    actions.revoke_staff_invitation(invitation, by=viewer())
    say_revoked()
    return redirect(url_for("accounts.roles"))


@bp.post("/beheer/rollen/uitnodigingen/<int:invitation_id>/mailen")
@requires(
    step_of("staff_invitation", "mailed_again"),
    load=queries.get_staff_invitation,
    form=OnceForm,
    limits=("invitation_account",),
)
def mail_staff_again(invitation: StaffInvitation, _form: OnceForm) -> ResponseReturnValue:
    """Mail the link anew to who was invited."""
    actions.mail_staff_again(invitation, by=viewer())
    say_mailed_again(invitation.email)
    return redirect(url_for("accounts.roles"))


def _already_taken_up(invitation: StaffInvitation, _form: ButtonForm) -> ResponseReturnValue | None:
    """Redirect a viewer who accepted before; LinkDead when the invitation no longer works."""
    if invitation.state == InvitationState.ACCEPTED and is_for_reader(invitation):
        account = get_account(signed_in_viewer().id)
        if all(getattr(account, column) for column in StaffRole(invitation.role).columns):
            return redirect(url_to(Destination.MY_WORK))
    why = queries.why_staff_invitation_dead(invitation)
    if why is not None:
        dead = LinkDead(why)
        dead.message = _("Vraag een beheerder van de vereniging om u opnieuw uit te nodigen.")
        raise dead
    return None


def _offered(invitation: StaffInvitation, _form: ButtonForm) -> dict[str, object]:
    """Return the role of the invitation, whether the viewer may accept, and what is lacking."""
    is_own = is_for_reader(invitation)
    role = StaffRole(invitation.role)
    lengths = settings()
    return {
        "here": here(),
        "is_for_reader": is_own,
        "is_short_password": is_own and not get_account(signed_in_viewer().id).is_long_password,
        "minimum": lengths.password_min_staff,
        "role": STAFF_ROLE_WORDS[role],
        "role_hint": STAFF_ROLE_OFFERS[role],
    }


@bp.route("/uitnodigingen/vereniging/<token>", methods=["GET", "POST"])
@public(
    load=queries.staff_invitation_by_token,
    form=ButtonForm,
    page="accounts/accept_role.html",
    context=_offered,
    instead=_already_taken_up,
    limits=("link_address",),
)
def accept_role(invitation: StaffInvitation, form: ButtonForm) -> ResponseReturnValue:
    """Accept as the person invited; another viewer reads for whom the invitation is (403)."""
    redirected = _already_taken_up(invitation, form)
    if redirected is not None:
        return redirected
    if not is_for_reader(invitation):
        values = {"invitation": invitation, "form": form, **_offered(invitation, form)}
        return for_somebody_else("accounts/accept_role.html", **values)
    return _accept(invitation)


def _accept(invitation: StaffInvitation) -> ResponseReturnValue:
    account = actions.accept_role(invitation, by=viewer())
    event("role_accepted", account=account.id)
    start_session(account)
    flash(_("U bent nu %(role)s.", role=STAFF_ROLE_WORDS[StaffRole(invitation.role)]), "ok")
    next_page = Destination.SECOND_FACTOR if awaits_second_factor() else Destination.MY_WORK
    return redirect(url_to(next_page))
