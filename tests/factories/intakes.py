"""Files that the beheerder brings in, and their rows."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.intake.columns import Sheet
from portal.intake.keys import keys_of
from portal.intake.models import Intake, IntakeRow
from portal.intake.verdicts import Verdict
from tests.factories.accounts import make_beheerder
from tests.factories.states import add, bring_to, committed, number


@committed
def make_intake(
    *, state: str = "ready", author: Account | None = None, file_name: str = "lijst.csv"
) -> Intake:
    """Return a file without rows."""
    person = author or make_beheerder()
    intake = Intake(
        file_name=file_name,
        source_title="Het weekblad",
        source_url="https://weekblad.example/lijst",
        language="nl",
        unknown=[],
        author_id=person.id,
        created_at=clock.now(),
    )
    bring_to(intake, state, by=person)
    add(intake)
    return intake


@committed
def make_intake_row(
    intake: Intake,
    *,
    sheet: Sheet = Sheet.SIGNATORIES,
    verdict: Verdict = Verdict.WAITING,
    **cells: str,
) -> IntakeRow:
    """Return a row; one of a signatory says when it signed, unless its cells do."""
    if sheet is Sheet.SIGNATORIES:
        given = {"naam": f"Gemeente Nieuwland {number()} (fictief)", "soort": "gemeente"}
        cells = {**given, "getekend": "3 juli 2019", **cells}
    row = IntakeRow(
        intake_id=intake.id,
        sheet=sheet,
        number=number(),
        cells=cells,
        cut=[],
        choice="",
        verdict=verdict,
        remarks=[],
        candidates=[],
        changes={},
        before={},
        **keys_of(sheet, cells),
    )
    add(row)
    return row
