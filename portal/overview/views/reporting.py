"""The yearly reports that the vereniging is making, and what it does with them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.overview.forms import EstablishForm, ReportEditForm, ReportForm
from portal.overview.views.blueprint import bp
from portal.policy import Permission
from portal.reports import actions, queries
from portal.reports.models import YearlyReport
from portal.reports.words import title_of
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/redactie/jaarverslagen")
@requires(Permission.REPORT_EDIT)
def manage() -> ResponseReturnValue:
    """Drafts, what was established, and a way to begin."""
    return render_template(
        "overview/manage.html", drafts=queries.drafts(), reports=queries.established()
    )


@bp.route("/redactie/jaarverslagen/nieuw", methods=["GET", "POST"])
@requires(step_of("yearly_report", "draft"), form=ReportForm, page="overview/create_report.html")
def create_report(form: ReportForm) -> ResponseReturnValue:
    """A new report, as a draft that has counted."""
    report = actions.draft(**form.facts(), by=viewer())
    flash(_("Er is geteld. Lees het concept, en stel het vast als het klopt."), "ok")
    return redirect(url_for("overview.report", key=report.key), 303)


@bp.route("/redactie/jaarverslagen/<int:report_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("yearly_report", "edited"),
    load=queries.get_by_id,
    form=ReportEditForm,
    page="overview/edit_report.html",
)
def edit_report(report: YearlyReport, form: ReportEditForm) -> ResponseReturnValue:
    """Change a draft, and count again."""
    actions.edit(report, **form.facts(), by=viewer())
    flash(_("De wijziging is opgeslagen, en er is opnieuw geteld."), "ok")
    return redirect(url_for("overview.report", key=report.key), 303)


@bp.route("/redactie/jaarverslagen/<int:report_id>/vaststellen", methods=["GET", "POST"])
@requires(
    step_of("yearly_report", "establish"),
    load=queries.get_by_id,
    form=EstablishForm,
    page="overview/establish.html",
    context=lambda report, _form: {"title": title_of(report)},
)
def establish(report: YearlyReport, _form: EstablishForm) -> ResponseReturnValue:
    """Let everybody read it, for good."""
    actions.establish(report, by=viewer())
    flash(_("Het verslag is vastgesteld en staat op de site."), "ok")
    return redirect(url_for("overview.report", key=report.key), 303)


@bp.post("/redactie/jaarverslagen/<int:report_id>/verwijderen")
@requires(step_of("yearly_report", "discard"), load=queries.get_by_id, form=ButtonForm)
def discard_report(report: YearlyReport, _form: ButtonForm) -> ResponseReturnValue:
    """Throw a draft away."""
    actions.discard(report, by=viewer())
    flash(_("Het concept is verwijderd."), "ok")
    return redirect(url_for("overview.manage"), 303)
