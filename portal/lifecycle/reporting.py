"""What can be done with a yearly report."""

from __future__ import annotations

from portal.lifecycle.states import ReportState
from portal.lifecycle.steps import SAME, step, table
from portal.policy import Permission

R = ReportState

YEARLY_REPORT = table(
    "yearly_report",
    step("draft", None, R.DRAFT, Permission.REPORT_EDIT),
    step("edited", R.DRAFT, SAME, Permission.REPORT_EDIT),
    # What is wrong afterwards is put right by a next one, which names it.
    step("establish", R.DRAFT, R.ESTABLISHED, Permission.REPORT_EDIT),
    step("discard", R.DRAFT, R.DISCARDED, Permission.REPORT_EDIT),
)
