"""Every write of yearly reports."""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import FieldRefused, PortalError
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.policy import Person
from portal.reports import queries
from portal.reports.models import YearlyReport
from portal.reports.pinning import pin, unpin
from portal.services.history import advance, create, hold, record


class NumberTaken(PortalError):
    """Two reports of one year were established at the same moment."""

    status = 409


def draft(
    *,
    counted_on: date,
    introduction: str = "",
    earlier: YearlyReport | None = None,
    correction: str = "",
    by: Person | None,
) -> YearlyReport:
    """Return a new report as a draft, which pins how it stood on a day that has passed.

    FieldRefused for a day that has not, and when it does not fit the report that it puts right.
    """
    report = YearlyReport(
        created_at=clock.now(),
        author_id=by.id if by is not None else None,
        labels={},
        moderation={},
    )
    _set(report, counted_on, introduction, earlier, correction)
    create(report, "draft", by=by)
    pin(report)
    return report


def edit(
    report: YearlyReport,
    *,
    counted_on: date,
    introduction: str,
    earlier: YearlyReport | None,
    correction: str,
    by: Person,
) -> None:
    """Change a draft, and count again what is known now. FieldRefused as for a new one."""
    hold(report, "edited")
    _set(report, counted_on, introduction, earlier, correction)
    pin(report)
    record(report, "edited", by=by)


def _set(
    report: YearlyReport,
    counted_on: date,
    introduction: str,
    earlier: YearlyReport | None,
    correction: str,
) -> None:
    if counted_on >= clock.today():
        raise FieldRefused("counted_on", _("Kies een dag die voorbij is."))
    if earlier is not None and earlier.year != counted_on.year:
        raise FieldRefused("earlier_id", _("Dat verslag gaat over een ander jaar."))
    if earlier is not None and not correction:
        raise FieldRefused("correction", _("Schrijf wat er beter is dan in het eerdere verslag."))
    report.year, report.counted_on, report.counted_at = counted_on.year, counted_on, clock.now()
    report.grace_days = settings().grace_days
    report.introduction = introduction
    report.earlier_id = earlier.id if earlier is not None else None
    report.correction = correction if earlier is not None else ""


def establish(report: YearlyReport, *, by: Person | None) -> None:
    """Give a draft its number and let everybody read it: it never changes any more.

    It holds what was pinned when it was drafted or edited last, as it was read before. NumberTaken
    when a colleague established another one about the year at the same moment.
    """
    advance(report, "establish", by=by)
    report.number = queries.last_number(report.year) + 1
    report.established_at = clock.now()
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise NumberTaken(
            _("Een collega stelde net ook een verslag over dit jaar vast. Probeer het nog eens.")
        ) from clash


def discard(report: YearlyReport, *, by: Person) -> None:
    """Throw a draft away, with what it had pinned."""
    advance(report, "discard", by=by)
    unpin(report)
