"""Kinds of organisation, which the beheerder adds and edits."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import AddKindForm, EditKindForm
from portal.organisations.models import OrganisationKind
from portal.organisations.views.blueprint import bp
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/beheer/soorten")
@requires(Permission.SETTINGS_EDIT)
def kinds() -> ResponseReturnValue:
    """List every kind with the number of its organisations."""
    return render_template("organisations/kinds.html", kinds=queries.all_kinds())


@bp.route("/beheer/soorten/nieuw", methods=["GET", "POST"])
@requires(
    step_of("organisation_kind", "added"), form=AddKindForm, page="organisations/add_kind.html"
)
def add_kind(form: AddKindForm) -> ResponseReturnValue:
    """Add a kind at the end of the list."""
    actions.add_kind(name_nl=form.name_nl.data, name_en=form.name_en.data, by=viewer())
    flash(_("De soort is toegevoegd."), "ok")
    return redirect(url_for("organisations.kinds"))


@bp.route("/beheer/soorten/<int:kind_id>", methods=["GET", "POST"])
@requires(
    step_of("organisation_kind", "edited"),
    load=queries.get_kind,
    form=EditKindForm,
    page="organisations/edit_kind.html",
)
def edit_kind(kind: OrganisationKind, form: EditKindForm) -> ResponseReturnValue:
    """Rename a kind, move it, or put it out of use."""
    actions.edit_kind(
        kind,
        name_nl=form.name_nl.data,
        name_en=form.name_en.data,
        position=int(form.position.data),
        is_active=form.is_active.data,
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("organisations.kinds"))
