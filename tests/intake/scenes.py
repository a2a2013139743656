"""Files as people make them, brought in up to a point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.documents.fields import reader_limits
from portal.intake import jobs
from portal.intake.actions import begin, call_back, stage
from portal.intake.keys import keys_of
from portal.intake.looking import look_of, outcomes
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries.intakes import WaitingRow, get_intake
from portal.intake.reading import ReadSheet, read_file
from portal.intake.verdicts import Outcome
from portal.organisations.queries import person_of
from portal.policy import Person
from portal.services.entered import Source
from tests import factories as make

SOURCE = Source("Het weekblad", "https://weekblad.example/lijst")
SIGNATORIES = (
    "naam;soort;getekend;kvk\nSoftwarehuis Veen (fictief);leverancier;3 juli 2019;90000007\n"
)
PROMISES = (
    "ondertekenaar;titel;wat;toegezegd op;termijn\n"
    "Softwarehuis Veen (fictief);Open API voor zaken;Wij leveren een open API.;3-7-2019;eind 2027\n"
)


def person(account: Account | None = None) -> Person:
    """Return a beheerder as policy asks about one."""
    found = person_of((account or make.make_beheerder()).id)
    assert found is not None
    return found


def sheets_of(content: str | bytes, folder: Path) -> tuple[ReadSheet, ...]:
    """Return what is read in a file with this content."""
    path = folder / "bestand"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, limits=reader_limits())


def seen_in(content: bytes, folder: Path) -> Iterator[tuple[WaitingRow, Outcome]]:
    """Yield each row of a file with what would become of it; nothing is written."""
    look = look_of(Intake(id=0, source_title=SOURCE.title, source_url="", language="nl"), by=None)
    for sheet in sheets_of(content, folder):
        for line in sheet.lines:
            keys = keys_of(sheet.sheet, line.cells)
            told = (line.number, sheet.sheet, line.number, line.cells, "", list(line.cut))
            row = WaitingRow(*told, **keys)
            yield row, dict(outcomes(look, [row]))[line.number]


def looked_at(content: str | bytes, folder: Path, *, by: Person | None = None) -> Intake:
    """Return a file of which the worker has seen every row."""
    sheets = sheets_of(content, folder)
    with write_section():
        intake = stage(sheets, file_name="lijst.csv", source=SOURCE, by=by or person())
        db.session.flush()
        number = intake.id
    jobs.look(number)
    return get_intake(number)


def brought_in(content: str | bytes, folder: Path, *, by: Person | None = None) -> Intake:
    """Return a file that is brought in."""
    beheerder = by or person()
    number = looked_at(content, folder, by=beheerder).id
    with write_section():
        begin(get_intake(number), by=beheerder)
    jobs.bring_in(number)
    return get_intake(number)


def taken_back(intake: Intake, *, by: Person | None = None) -> Intake:
    """Return a file that was brought in and is taken back."""
    number = intake.id
    with write_section():
        call_back(get_intake(number), by=by or person())
    jobs.call_back(number)
    return get_intake(number)


def rows_of(intake: Intake) -> list[IntakeRow]:
    """Return the rows of a file, as they are now."""
    db.session.expire_all()
    rows = db.session.query(IntakeRow).filter_by(intake_id=intake.id).order_by(IntakeRow.id)
    return list(rows)


def told(row: IntakeRow) -> str:
    """Return all that is told of a row."""
    return " ".join(words for _column, words in row.remarks)
