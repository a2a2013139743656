"""Yearly reports for readers: all of them, each with its lists as it pinned them, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.asked import TagChoices, filters_of, labels_of
from portal.commitments.queries.during import Happening
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.words import STANDINGS
from portal.core.i18n import gettext as _
from portal.core.words import date_words, moment_words
from portal.lifecycle import open_steps
from portal.organisations.provinces import PROVINCES
from portal.overview import moderation
from portal.overview.reports import (
    HAPPENINGS,
    labels_of_report,
    pictures_of_report,
)
from portal.overview.views.blueprint import bp
from portal.papers.paper import Block, Form, Words
from portal.papers.pictures import blocks_of
from portal.papers.taking import paper_of, take_paper
from portal.policy import Permission
from portal.reports import queries
from portal.reports.models import YearlyReport
from portal.reports.words import title_of
from portal.signatures.queries.filtering import UNKNOWN, SignatoryFilter
from portal.web.address import cursor_in_address, in_short
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer

LONGEST_YEAR = 4


@bp.get("/jaarverslagen")
@public()
def reports() -> ResponseReturnValue:
    """Every report that was established, the newest first."""
    return render_template("overview/reports.html", reports=queries.established())


@bp.get("/jaarverslagen/<key>")
@requires(Permission.REPORT_READ, load=queries.get_report)
def report(report: YearlyReport) -> ResponseReturnValue:
    """One report in pictures; for the vereniging also a draft, with what can be done with it."""
    *pictures, provinces = pictures_of_report(report)
    return render_template(
        "overview/report.html",
        report=report,
        title=title_of(report),
        later=queries.find_later(report),
        pictures=pictures,
        provinces=provinces,
        moderation=moderation,
        steps=[step.name for step in open_steps(report, viewer())],
        form=ButtonForm(),
    )


@bp.get("/jaarverslagen/<key>/toezeggingen")
@requires(Permission.REPORT_READ, load=queries.get_report)
@in_short
def report_promises(report: YearlyReport) -> ResponseReturnValue:
    """The promises that a report counts, with the filter in the address, as it pinned them."""
    tags, happening = labels_of_report(report), _happening()
    filters = replace(filters_of(request.args, tags), kinds=(), organisation="", words="")
    return render_template(
        "overview/report_promises.html",
        report=report,
        title=title_of(report),
        list=queries.promises(report, filters, happening, cursor_in_address()),
        chips=list(_chips(report, filters, happening, tags)),
        arguments=_arguments(report, filters, happening),
        standings=STANDINGS,
    )


def _happening() -> Happening | None:
    word = request.args.get("gebeurd", "")
    return Happening(word) if word in tuple(Happening) else None


def _arguments(
    report: YearlyReport, filters: CommitmentFilter, happening: Happening | None
) -> dict[str, Any]:
    return {"key": report.key, **filters.arguments(), "gebeurd": happening}


def _chips(
    report: YearlyReport, filters: CommitmentFilter, happening: Happening | None, tags: TagChoices
) -> Iterator[tuple[str, str]]:
    """Yield each part of the filter, with the address of the list without it."""
    for label, change in labels_of(filters, tags):
        arguments = _arguments(report, replace(filters, **change), happening)
        yield label, url_for("overview.report_promises", **arguments)
    if happening is not None:
        arguments = _arguments(report, filters, None)
        yield (
            f"{HAPPENINGS[happening]}, {report.year}",
            url_for("overview.report_promises", **arguments),
        )


@bp.get("/jaarverslagen/<key>/ondertekenaars")
@requires(Permission.REPORT_READ, load=queries.get_report)
@in_short
def report_signatories(report: YearlyReport) -> ResponseReturnValue:
    """The signatories that a report counts, with the filter in the address, as it pinned them."""
    filters = _signatory_filter(report)
    arguments = {**filters.arguments(), "key": report.key}
    return render_template(
        "overview/report_signatories.html",
        report=report,
        title=title_of(report),
        list=queries.signatories(report, filters, cursor_in_address()),
        chips=list(_signatory_chips(report, filters)),
        arguments=arguments,
    )


def _signatory_filter(report: YearlyReport) -> SignatoryFilter:
    province, event = request.args.get("provincie", ""), request.args.get("gelegenheid", "")
    signed = request.args.get("getekend", "")
    is_year = len(signed) == LONGEST_YEAR and signed.isascii() and signed.isdigit()
    return SignatoryFilter(
        province=province if province in PROVINCES else "",
        event=event if event in queries.events_of(report) else "",
        signed=signed if is_year or signed == UNKNOWN else "",
    )


def _signatory_chips(report: YearlyReport, filters: SignatoryFilter) -> Iterator[tuple[str, str]]:
    labels = {
        "province": PROVINCES.get(filters.province, ""),
        "event": queries.events_of(report).get(filters.event, ""),
        "signed": _("dag onbekend") if filters.signed == UNKNOWN else filters.signed,
    }
    for name, label in labels.items():
        if label:
            rest: dict[str, Any] = {name: ""}
            without: dict[str, Any] = {**replace(filters, **rest).arguments()}
            yield label, url_for("overview.report_signatories", key=report.key, **without)


@bp.get("/jaarverslagen/<key>.pdf")
@requires(Permission.REPORT_READ, load=queries.get_report)
def report_paper(report: YearlyReport) -> ResponseReturnValue:
    """A report on paper: what is said of it, and its pictures."""
    page, on = url_for("overview.report", key=report.key), report.counted_on
    notes, title = _notes(report), title_of(report)
    paper = paper_of(title, page, list(_blocks(report)), on=on, notes=notes)
    return take_paper(paper, f"jaarverslag-{report.key}", Form.PDF)


def _blocks(report: YearlyReport) -> Iterator[Block]:
    if report.correction and report.earlier is not None:
        yield Words(_("Verbetert jaarverslag %(key)s.", key=report.earlier.key))
        yield Words(report.correction, report.language)
    yield from (Words(each, report.language) for each in report.introduction.splitlines() if each)
    yield from blocks_of(pictures_of_report(report))
    yield from moderation.blocks_of_moderation(report)


def _notes(report: YearlyReport) -> list[tuple[str, str]]:
    established = date_words(report.established_at) if report.established_at else _("nog niet")
    return [
        (_("Wat bekend was op"), moment_words(report.counted_at)),
        (_("Vastgesteld"), established),
    ]
