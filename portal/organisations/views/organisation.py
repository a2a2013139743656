"""The work page of one organisation, and changing who it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.i18n import current_locale
from portal.organisations import actions, queries
from portal.organisations.forms import EditForm
from portal.organisations.identifiers import NAMES, remark_on
from portal.organisations.models import Organisation, ProfileText
from portal.organisations.provinces import province_name
from portal.organisations.roles import ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.organisations.views.own import tell_remarks
from portal.policy import Permission
from portal.services.grounds import TEXT_GROUNDS
from portal.services.history import last_row
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import actor


@bp.get("/organisaties/<int:organisation_id>")
@requires(Permission.WORK_PAGE_READ, load=queries.get_organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    """Everything that the people of an organisation work with."""
    profiles = queries.profiles_of(organisation.id)
    newest = queries.newest_profile(organisation.id)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        kind=queries.kind_name(organisation.kind, current_locale()),
        province=province_name(organisation.province),
        logo_key=queries.logo_key(organisation),
        numbers=_numbers(organisation),
        people=queries.people_of(organisation.id),
        requests=queries.open_requests_for(organisation.id),
        placed=queries.placed_profile(organisation),
        profiles=profiles,
        newest=newest,
        decisions=_decisions([*profiles, *([newest] if newest is not None else [])]),
        role_words=ROLE_WORDS,
        panels=_panels(organisation),
        button_form=ButtonForm.open(),
    )


def _numbers(organisation: Organisation) -> list[tuple[str, str, str | None]]:
    """Return name, number and remark of every identifier."""
    return [
        (str(NAMES[found.scheme]), found.value, remark_on(found.scheme, found.value))
        for found in organisation.identifiers
    ]


def _decisions(versions: Iterable[ProfileText]) -> dict[int, dict[str, str]]:
    """Return ground and reason of what a moderator decided last, by version."""
    rows = {version.id: last_row(version.thing, version.id) for version in versions}
    return {
        version_id: {"ground": str(TEXT_GROUNDS.get(row.ground or "", "")), "reason": row.reason}
        for version_id, row in rows.items()
        if row is not None and row.reason
    }


def _panels(organisation: Organisation) -> list[Markup]:
    """Return what higher packages lend to this page: pairs of a template and its words."""
    lent: Any = current_app.extensions["portal_hooks"].get("organisation_panels")
    pairs = lent(organisation, actor()) if lent is not None else []
    return [
        Markup(render_template(template, **{"organisation": organisation, **words}))  # noqa: S704
        for template, words in pairs
    ]


@bp.route("/organisaties/<int:organisation_id>/bewerken", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT, load=queries.get_organisation, form=EditForm)
def edit(organisation: Organisation, form: EditForm) -> ResponseReturnValue:
    """Change name, kind, numbers and website."""
    if not form.is_accepted:
        page = render_template("organisations/edit.html", organisation=organisation, form=form)
        return page, form.status
    facts = form.facts()
    actions.edit(organisation, facts, renamed_on=form.renamed_on.data, by=actor())
    flash(_("De wijziging is opgeslagen."), "ok")
    tell_remarks(facts)
    return redirect(url_for("organisations.show", organisation_id=organisation.id))
