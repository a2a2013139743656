"""The people of an organisation: roles, leaving, removing, handing over."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import HandOverForm, MemberForm
from portal.organisations.forms.people import LEAVE
from portal.organisations.models import Membership, Organisation
from portal.organisations.roles import ROLE_HINTS, ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.policy import Permission, can
from portal.services.reach import unreachable_among
from portal.web.forms import ButtonForm, OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


def own_membership(organisation_id: int) -> Membership:
    """Return the viewer's own membership of this organisation, or 404."""
    membership = queries.find_membership(organisation_id, viewer().id)
    if membership is None:
        raise NotFound
    return membership


def _to_join(organisation_id: int) -> dict[str, object]:
    """Return who may come to belong to an organisation: invited, asking, proposed."""
    return {
        "invitations": queries.open_invitations(organisation_id),
        "requests": queries.open_requests_for(organisation_id),
        "access_proposals": queries.open_access_proposals(organisation_id),
    }


def mailbox_of(organisation: Organisation) -> dict[str, object]:
    """Return the mailbox that stands, until when its link works, and whether mail arrives there.

    Nothing for a viewer who may not know it.
    """
    mailbox = queries.find_mailbox(organisation.id)
    if mailbox is None or not can(viewer(), Permission.MAILBOX_READ, organisation):
        return {"mailbox": None}
    return {
        "mailbox": mailbox,
        "link_ends_at": queries.link_ends_at(mailbox),
        "is_unreachable": bool(unreachable_among([mailbox.email])),
    }


def _to_people(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.people", organisation_id=organisation_id))


@bp.get("/organisaties/<int:organisation_id>/mensen")
@requires(Permission.WORK_PAGE_READ, load=queries.get_organisation)
def people(organisation: Organisation) -> ResponseReturnValue:
    """List the members, the open invitations and the requests to join."""
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        people=queries.people_of(organisation.id),
        **mailbox_of(organisation),
        away=queries.away_of(organisation.id, on=clock.today()),
        **_to_join(organisation.id),
        role_words=ROLE_WORDS,
        role_hints=ROLE_HINTS,
        button_form=ButtonForm.open(),
        once_form=OnceForm.open(),
    )


@bp.route("/organisaties/<int:organisation_id>/mensen/<int:membership_id>", methods=["GET", "POST"])
@requires(
    step_of("membership", "role_changed"),
    load=queries.get_membership,
    form=MemberForm,
    page="organisations/member.html",
)
def member(membership: Membership, form: MemberForm) -> ResponseReturnValue:
    """Give a member another role or job title."""
    actions.change_role(
        membership, role=form.role.data, job_title=form.job_title.data or "", by=viewer()
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return _to_people(membership.organisation_id)


@bp.route(
    "/organisaties/<int:organisation_id>/mensen/<int:membership_id>/verwijderen",
    methods=["GET", "POST"],
)
@requires(
    step_of("membership", "removed"),
    load=queries.get_membership,
    form=OnceForm,
    page="organisations/remove.html",
)
def remove(membership: Membership, _form: OnceForm) -> ResponseReturnValue:
    """Take a member out of the organisation."""
    name = membership.account.name
    actions.remove(membership, by=viewer())
    flash(_("%(name)s hoort niet meer bij de organisatie.", name=name), "ok")
    return _to_people(membership.organisation_id)


@bp.route("/organisaties/<int:organisation_id>/verlaten", methods=["GET", "POST"])
@requires(
    step_of("membership", "left"),
    load=own_membership,
    form=OnceForm,
    page="organisations/leave.html",
)
def leave(membership: Membership, _form: OnceForm) -> ResponseReturnValue:
    """Leave the organisation."""
    name = membership.organisation.name
    actions.leave(membership, by=viewer())
    flash(_("U hoort niet meer bij %(name)s.", name=name), "ok")
    return redirect(url_for("organisations.index"))


@bp.route("/organisaties/<int:organisation_id>/overdragen", methods=["GET", "POST"])
@requires(
    step_of("membership", "role_changed"),
    load=queries.get_organisation,
    form=HandOverForm,
    page="organisations/hand_over.html",
)
def hand_over(organisation: Organisation, form: HandOverForm) -> ResponseReturnValue:
    """Make another member eigenaar, and stay or leave."""
    successor = queries.get_membership(organisation.id, int(form.successor.data))
    stay_as = None if form.stay_as.data == LEAVE else form.stay_as.data
    own = own_membership(organisation.id)
    actions.hand_over(own, successor=successor, stay_as=stay_as, by=viewer())
    flash(_("%(name)s is nu eigenaar.", name=successor.account.name), "ok")
    is_gone = stay_as is None
    return redirect(url_for("organisations.index")) if is_gone else _to_people(organisation.id)
