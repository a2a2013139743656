"""A yearly report in pictures: each number is the length of a list that it pins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.commitments.asked import TagChoices
from portal.commitments.queries.during import Happening
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.outcomes import ALL, KIND, LAYER, PRINCIPLE, YEAR, Counted
from portal.commitments.standing import Standing
from portal.core.i18n import LazyString, current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.overview.pictures import SHAPES, pictures_of_promises, pictures_of_signatories
from portal.reports import queries
from portal.reports.models import YearlyReport
from portal.reports.queries import HAPPENED
from portal.signatures.queries.filtering import SignatoryFilter
from portal.web.drawing import Part, Picture, Row

HAPPENINGS: dict[Happening, LazyString] = {
    Happening.PROMISED: _l("toezegging gedaan"),
    Happening.DONE: _l("gereed gemeld"),
    Happening.MOVED: _l("termijn verschoven"),
    Happening.REPORTED: _l("voortgang gemeld"),
    Happening.WITHDRAWN: _l("ingetrokken"),
}
_SHAPE_OF = {
    Happening.PROMISED: SHAPES[Standing.OPEN],
    Happening.DONE: SHAPES[Standing.IN_TIME],
    Happening.MOVED: SHAPES[Standing.MOVED],
    Happening.REPORTED: SHAPES[Standing.SILENT],
    Happening.WITHDRAWN: SHAPES[Standing.WITHDRAWN],
}


@dataclass(frozen=True, slots=True)
class PinnedLists:
    """The lists of a report, as it pinned them."""

    key: str

    def of_promises(self, filters: CommitmentFilter) -> str:
        """Return the address of the list of these promises."""
        arguments: dict[str, Any] = {**filters.arguments()}
        return url_for("overview.report_promises", key=self.key, **arguments)

    def of_signatories(self, filters: SignatoryFilter) -> str:
        """Return the address of the list of these signatories."""
        arguments: dict[str, Any] = {**filters.arguments(), "status": None}
        return url_for("overview.report_signatories", key=self.key, **arguments)

    def of_happening(self, happening: Happening) -> str:
        """Return the address of the list of the promises to which this happened in the year."""
        return url_for("overview.report_promises", key=self.key, gebeurd=str(happening))


def labels_of_report(report: YearlyReport) -> TagChoices:
    """Return what kinds, layers and themes were called then, in the language of the page."""
    place = 2 if current_locale() == "en" else 1

    def named(by: str) -> dict[str, str]:
        return {row[0]: row[place] for row in report.labels.get(by, ())}

    return TagChoices(named(LAYER), named(PRINCIPLE), named(KIND))


def pictures_of_report(report: YearlyReport) -> Sequence[Picture]:
    """Return the pictures of a report: what happened in its year, and how all stood on its day."""
    lists, counted = PinnedLists(report.key), queries.counted(report)
    standings = [row for row in counted if row.by in (ALL, YEAR, KIND, LAYER, PRINCIPLE)]
    return (
        _happenings(report, counted, lists),
        *pictures_of_promises(standings, labels_of_report(report), lists),
        *pictures_of_signatories(queries.signed(report), lists),
    )


def _happenings(report: YearlyReport, counted: Sequence[Counted], lists: PinnedLists) -> Picture:
    numbers = {
        happening: sum(
            row.number for row in counted if (row.by, row.group) == (HAPPENED, happening)
        )
        for happening in Happening
    }
    return Picture(
        name="gebeurd",
        title=_("Wat gebeurde er in %(year)s?", year=report.year),
        description=_(
            "Bij hoeveel toezeggingen dit gebeurde, van 1 januari tot en met de peildatum."
        ),
        column=_("Wat"),
        counted=_("Toezeggingen"),
        rows=tuple(_row(each, number, lists) for each, number in numbers.items()),
    )


def _row(happening: Happening, number: int, lists: PinnedLists) -> Row:
    words, address = str(HAPPENINGS[happening]), lists.of_happening(happening)
    return Row(words, number, address, (Part(_SHAPE_OF[happening], words, number, address),))
