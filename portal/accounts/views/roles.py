"""Roles in the vereniging: which accounts have one, and giving them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions, queries
from portal.accounts.forms import RolesForm
from portal.accounts.models import Account
from portal.accounts.queries.role_log import role_log
from portal.accounts.queries.staff_invitations import open_staff_invitations
from portal.accounts.staff_roles import STAFF_ROLE_WORDS
from portal.accounts.views.blueprint import bp
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.settings import settings
from portal.policy import Permission
from portal.web.address import sign_in_address
from portal.web.destinations import Destination, url_to
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import forget_viewer, viewer


@bp.get("/beheer/rollen")
@requires(Permission.ROLE_ASSIGN)
def roles() -> ResponseReturnValue:
    """Every account with a role, and a search for others."""
    words = request.args.get("q", "").strip()
    matches = queries.accounts_like(words) if words else ()
    return render_template(
        "accounts/roles.html",
        staff=queries.staff(),
        invitations=open_staff_invitations(),
        invitation_words=STAFF_ROLE_WORDS,
        once_form=OnceForm.open(),
        log=role_log(),
        words=words,
        matches=matches,
        most=queries.MOST_FOUND,
    )


def _needed(_account: Account, _form: RolesForm) -> dict[str, object]:
    return {"minimum": settings().password_min_staff}


@bp.route("/beheer/rollen/<int:account_id>", methods=["GET", "POST"])
@requires(
    Permission.ROLE_ASSIGN,
    load=queries.get_account,
    form=RolesForm,
    page="accounts/assign.html",
    context=_needed,
)
def assign(account: Account, form: RolesForm) -> ResponseReturnValue:
    """Give and take the roles of one account."""
    changed = actions.assign_roles(
        account,
        is_moderator=form.is_moderator.data,
        is_beheerder=form.is_beheerder.data,
        by=viewer(),
    )
    if changed:
        event("roles_assigned", account=account.id, by=viewer().id)
        if viewer().id == account.id:
            return _begin_again()
        flash(_("De rollen van %(name)s zijn gewijzigd.", name=account.name), "ok")
    return redirect(url_for("accounts.roles"))


def _begin_again() -> ResponseReturnValue:
    """Let a person who changed their own roles sign in with the new ones."""
    forget_viewer()
    flash(_("Uw rollen zijn gewijzigd. Log opnieuw in."), "ok")
    return redirect(sign_in_address(url_to(Destination.MY_WORK)))
