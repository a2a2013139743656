"""Yearly reports and rappels as they are found: by what they are called, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Select, select

from portal.core.addresses import build_path
from portal.core.db import db
from portal.core.i18n import OTHER, current_locale, speak
from portal.core.i18n import gettext as _
from portal.lifecycle import RappelState, ReportState
from portal.rappels.models import Rappel
from portal.reports.models import YearlyReport
from portal.reports.words import title_of
from portal.search.kinds import Kind
from portal.search.queries.source import Source, day_of


def visible_reports() -> Select[int]:
    """Return the ids of the reports that were established."""
    return select(YearlyReport.id).where(YearlyReport.state == ReportState.ESTABLISHED)


def visible_rappels() -> Select[int]:
    """Return the ids of the rappels of which the outcome was published."""
    return select(Rappel.id).where(Rappel.state == RappelState.PUBLISHED)


def read_reports(ids: Collection[int]) -> Iterator[Source]:
    """Yield the reports with these ids that everybody may read, each in its own language."""
    rows = select(YearlyReport).where(YearlyReport.id.in_(ids))
    for one in db.session.scalars(rows.where(YearlyReport.id.in_(visible_reports()))):
        with speak(one.language):
            title = title_of(one)
        with speak(OTHER[one.language]):
            names = (title_of(one),)
        body = " ".join(f"{one.introduction} {one.correction}".split())
        path = build_path()("overview.report", {"key": one.key})
        yield Source(
            *(Kind.REPORT, one.id, title, True, names, body, one.language),
            *(day_of(one.established_at), path),
        )


def read_rappels(ids: Collection[int]) -> Iterator[Source]:
    """Yield the rappels with these ids that everybody may read, in the language that is spoken."""
    language = current_locale()
    with speak(OTHER[language]):
        more = _asked()
    rows = select(Rappel).where(Rappel.id.in_(ids), Rappel.id.in_(visible_rappels()))
    for one in db.session.scalars(rows):
        with speak(OTHER[language]):
            names = (_title(one),)
        path = build_path()("rappels.show", {"name": one.name})
        yield Source(
            *(Kind.RAPPEL, one.id, _title(one), True, names, _asked(), language),
            *(day_of(one.closed_at), path, "", more),
        )


def _title(rappel: Rappel) -> str:
    return str(_("Rappel %(name)s", name=rappel.name))


def _asked() -> str:
    """Return what every rappel asks; what came of each promise is found by that promise."""
    words = _(
        "Wat ondertekenaars van het Groeipact antwoordden op de vraag hoe het staat met hun "
        "toezeggingen."
    )
    return str(words)
