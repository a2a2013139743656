"""Files that are brought in, and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, func, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core.db import db, read_as, read_number, read_rows
from portal.core.paging import Key, Listing, listing_of
from portal.intake.columns import Sheet
from portal.intake.models import Intake, IntakeRow
from portal.intake.verdicts import FIT, Fate, Verdict
from portal.lifecycle import IntakeState

PAGE_SIZE, MOST_SHOWN = 50, 50


class IntakeLine(NamedTuple):
    """One file in the list of those that were brought in."""

    id: int
    state: IntakeState
    file_name: str
    source_title: str
    author_name: str
    created_at: datetime


class WaitingRow(NamedTuple):
    """A row that is looked at now."""

    id: int
    sheet: Sheet
    number: int
    cells: dict[str, str]
    choice: str
    cut: list[str]
    name_key: str
    title_key: str


class Beside(NamedTuple):
    """What is said of the row of a signatory, and which organisation it is."""

    verdict: Verdict
    organisation_id: int | None


class ShownRow(NamedTuple):
    """A row as the page of its file shows it."""

    id: int
    sheet: Sheet
    number: int
    cells: dict[str, str]
    verdict: Verdict
    remarks: list[list[str]]
    changes: dict[str, list[str]]
    fate: Fate | None


_SHOWN = select(*(getattr(IntakeRow, name) for name in ShownRow._fields))
_WAITING = select(*(getattr(IntakeRow, name) for name in WaitingRow._fields))


def get_intake(intake_id: int) -> Intake:
    """Return a file that is brought in, or 404."""
    intake = db.session.get(Intake, intake_id)
    if intake is None:
        raise NotFound
    return intake


def get_row(intake_id: int, row_id: int) -> IntakeRow:
    """Return a row of a file, or 404."""
    row = db.session.get(IntakeRow, row_id)
    if row is None or row.intake_id != intake_id:
        raise NotFound
    return row


def newest_intakes() -> tuple[IntakeLine, ...]:
    """Return the files that came last, the newest first."""
    query = (
        select(
            Intake.id,
            Intake.state,
            Intake.file_name,
            Intake.source_title,
            Account.name,
            Intake.created_at,
        )
        .join(Account, Account.id == Intake.author_id)
        .order_by(Intake.id.desc())
        .limit(MOST_SHOWN)
    )
    return read_as(IntakeLine, query)


def _of(intake_id: int, *conditions: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [IntakeRow.intake_id == intake_id, *conditions]


def verdict_counts(intake_id: int) -> Mapping[Verdict, int]:
    """Return verdict -> how many rows of a file it is said of."""
    query = select(IntakeRow.verdict, func.count()).where(*_of(intake_id))
    return dict(read_rows(query.group_by(IntakeRow.verdict)))


def fate_counts(intake_id: int) -> Mapping[Fate, int]:
    """Return fate -> how many rows of a file met it."""
    query = select(IntakeRow.fate, func.count()).where(*_of(intake_id, IntakeRow.fate.is_not(None)))
    return {fate: number for fate, number in read_rows(query.group_by(IntakeRow.fate)) if fate}


def row_count(intake_id: int) -> int:
    """Return how many rows a file has."""
    return read_number(select(func.count(IntakeRow.id)).where(*_of(intake_id)))


def shown_rows(
    intake_id: int, *, verdict: Verdict | None, fate: Fate | None, cursor: str | None
) -> Listing[Row[*tuple[Any, ...]]]:
    """Return a page of the rows of a file, those of one verdict or fate where one is named."""
    chosen = [IntakeRow.verdict == verdict] if verdict is not None else []
    chosen += [IntakeRow.fate == fate] if fate is not None else []
    query = _SHOWN.where(*_of(intake_id, *chosen))
    keys = [Key(IntakeRow.id, "id")]
    return listing_of(db.session, query, keys, size=PAGE_SIZE, cursor=cursor)


def waiting_rows(intake_id: int, most: int) -> Sequence[WaitingRow]:
    """Return the next rows that were not looked at, signatories first."""
    query = _WAITING.where(*_of(intake_id, IntakeRow.verdict == Verdict.WAITING))
    return read_as(WaitingRow, query.order_by(IntakeRow.id).limit(most))


def fit_rows(intake_id: int, most: int) -> Sequence[int]:
    """Return the ids of the next rows that are to be brought in, and of which nothing came yet."""
    query = select(IntakeRow.id).where(
        *_of(intake_id, IntakeRow.verdict.in_(FIT), IntakeRow.fate.is_(None))
    )
    return [number for (number,) in read_rows(query.order_by(IntakeRow.id).limit(most))]


def rows_of_fate(intake_id: int, fate: Fate) -> list[IntakeRow]:
    """Return the rows of a file that met a fate, in their order."""
    query = select(IntakeRow).where(*_of(intake_id, IntakeRow.fate == fate))
    return list(db.session.scalars(query.order_by(IntakeRow.id)))


def twin_of(intake_id: int, row: WaitingRow) -> int | None:
    """Return the number of an earlier row of the file about the same thing, None without one."""
    if not row.name_key:
        return None
    query = select(func.min(IntakeRow.number)).where(
        *_of(
            intake_id,
            IntakeRow.sheet == row.sheet,
            IntakeRow.name_key == row.name_key,
            IntakeRow.title_key == row.title_key,
            IntakeRow.id < row.id,
            IntakeRow.verdict != Verdict.SKIPPED,
        )
    )
    return db.session.scalar(query)


def find_beside(intake_id: int, name_key: str) -> Beside | None:
    """Return the first row of a signatory with this name in the same file, None without one."""
    query = select(IntakeRow.verdict, IntakeRow.organisation_id).where(
        *_of(intake_id, IntakeRow.sheet == Sheet.SIGNATORIES, IntakeRow.name_key == name_key)
    )
    found = read_as(Beside, query.order_by(IntakeRow.id).limit(1))
    return found[0] if found else None


def coming_signatories(intake_id: int) -> frozenset[int]:
    """Return the organisations that are here and become signatories with this file."""
    query = select(IntakeRow.organisation_id).where(
        *_of(
            intake_id,
            IntakeRow.sheet == Sheet.SIGNATORIES,
            IntakeRow.verdict == Verdict.NEW,
            IntakeRow.organisation_id.is_not(None),
        )
    )
    return frozenset(number for (number,) in read_rows(query) if number is not None)


def chosen_organisations(intake_id: int) -> dict[str, int]:
    """Return the key of a name -> the organisation that was chosen for it."""
    query = select(IntakeRow.name_key, IntakeRow.chosen_organisation_id).where(
        *_of(intake_id, IntakeRow.chosen_organisation_id.is_not(None))
    )
    return {key: number for key, number in read_rows(query.distinct()) if number is not None}
