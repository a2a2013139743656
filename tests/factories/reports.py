"""Yearly reports of the vereniging."""

from __future__ import annotations

from datetime import date, timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.reports import actions
from portal.reports.models import YearlyReport
from tests.factories.accounts import make_account
from tests.factories.states import committed


@committed
def make_report(
    *,
    state: str = "established",
    counted_on: date | None = None,
    introduction: str = "",
    earlier: YearlyReport | None = None,
    correction: str = "",
    author: Account | None = None,
) -> YearlyReport:
    """Return a report that counts on a day, yesterday when none is given."""
    report = actions.draft(
        counted_on=counted_on or clock.today() - timedelta(days=1),
        introduction=introduction,
        earlier=earlier,
        correction=correction,
        by=None,
    )
    report.author_id = author.id if author is not None else None
    if state == "established":
        actions.establish(report, by=None)
    elif state == "discarded":
        actions.discard(report, by=make_account())
    return report
