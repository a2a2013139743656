"""Say of every claim in which capacity it was entered, from which source, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Table -> whether it knew already where it was read.
SOURCED = {
    "commitment": True,
    "commitment_document": False,
    "organisation": False,
    "progress_update": False,
    "signature": True,
    "term_move": False,
}
CLAIMED = ("commitment", "organisation", "progress_update", "signature")
SIGNATORY, VERENIGING = "signatory", "vereniging"

# Every claim with the account that entered it and the moment, by the log where the row has none.
COMMITMENTS = """
    SELECT commitment.id, commitment.organisation_id, history.at,
           COALESCE(history.account_id, commitment.author_id) AS account_id
    FROM commitment LEFT JOIN history
      ON history.subject = 'commitment' AND history.subject_id = commitment.id
     AND history.step = 'draft'
"""
OF_COMMITMENTS = """
    SELECT {table}.id, commitment.organisation_id, {table}.{at} AS at,
           {table}.author_id AS account_id
    FROM {table} JOIN commitment ON commitment.id = {table}.commitment_id
"""
SIGNATURES = f"""
    UPDATE signature SET entered_as = CASE WHEN is_historic THEN '{VERENIGING}'
                                           ELSE '{SIGNATORY}' END
"""
ORGANISATIONS = f"""
    UPDATE organisation SET entered_as = '{SIGNATORY}' WHERE EXISTS (
        SELECT 1 FROM history WHERE history.subject = 'organisation'
           AND history.subject_id = organisation.id AND history.step = 'created')
"""
EDITS = """
    SELECT history.subject_id AS id, history.subject_id AS organisation_id, history.at,
           history.account_id
    FROM history WHERE history.subject = 'organisation' AND history.step = 'edited'
    ORDER BY history.id
"""
TEXTS = """
    SELECT history.subject_id AS id, commitment.organisation_id, history.at, history.account_id
    FROM history JOIN commitment ON commitment.id = history.subject_id
    WHERE history.subject = 'commitment' AND history.step IN ('edited', 'publish', 'term_moved')
    ORDER BY history.id
"""
# What nobody of the signatory reported on is not known; a source may say that it is done.
SILENT = f"""
    UPDATE commitment SET done_on = NULL, progress = CASE WHEN progress = 'gereed'
        THEN 'gereed-bron' ELSE 'geen-bericht' END
    WHERE entered_as = '{VERENIGING}' AND stance IS NULL AND progress <> 'ingetrokken'
      AND NOT EXISTS (SELECT 1 FROM progress_update
        WHERE progress_update.commitment_id = commitment.id
          AND progress_update.entered_as = '{SIGNATORY}')
"""
TOLD = """
    UPDATE commitment SET progress = COALESCE(
        (SELECT progress_update.progress FROM progress_update
         WHERE progress_update.commitment_id = commitment.id
         ORDER BY progress_update.told_on DESC, progress_update.id DESC LIMIT 1), 'gepland')
    WHERE progress IN ('geen-bericht', 'gereed-bron')
"""
DONE = """
    UPDATE commitment SET done_on =
        (SELECT progress_update.told_on FROM progress_update
         WHERE progress_update.commitment_id = commitment.id
         ORDER BY progress_update.told_on DESC, progress_update.id DESC LIMIT 1)
    WHERE progress = 'gereed' AND done_on IS NULL
"""


class Stay(NamedTuple):
    """How long an account belonged to an organisation; None where that is not known."""

    account_id: int
    organisation_id: int | None
    begun: datetime | None
    ended: datetime | None


def _rows(statement: str) -> list[sa.Row[tuple[object, ...]]]:
    return list(op.get_bind().execute(sa.text(statement)))


def _moment(value: object) -> datetime | None:
    """Return a moment without its zone, which is UTC: SQLite gives text, PostgreSQL a moment."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else None


def _stays() -> list[Stay]:
    """Return who belonged where: the memberships of now, and those that the log says have ended.

    The log of one that ended names its account and not its organisation. What that account then
    wrote for an organisation it could only write with a role there.
    """
    stays = [
        Stay(row.account_id, row.organisation_id, _moment(row.created_at), None)
        for row in _rows("SELECT account_id, organisation_id, created_at FROM membership")
    ]
    logged: dict[int, dict[str, sa.Row[tuple[object, ...]]]] = {}
    for row in _rows(
        "SELECT history.subject_id, history.step, history.at, history_reason.reason FROM history"
        " LEFT JOIN history_reason ON history_reason.history_id = history.id"
        " WHERE history.subject = 'membership' ORDER BY history.id"
    ):
        logged.setdefault(row.subject_id, {})[row.step] = row
    for steps in logged.values():
        ended = steps.get("removed") or steps.get("left")
        words = ((ended.reason or "") if ended is not None else "").removeprefix("account ")
        number = words.partition(":")[0]
        if ended is not None and number.isdigit():
            begun = _moment(steps["joined"].at) if "joined" in steps else None
            stays.append(Stay(int(number), None, begun, _moment(ended.at)))
    return stays


def _is_of_signatory(stays: Iterable[Stay], row: sa.Row[tuple[object, ...]]) -> bool:
    at = _moment(row.at)
    return at is not None and any(
        stay.organisation_id in (None, row.organisation_id)
        and (stay.begun is None or stay.begun <= at)
        and (stay.ended is None or at <= stay.ended)
        for stay in stays
        if stay.account_id == row.account_id
    )


def _say_whose(table: str, statement: str, stays: list[Stay]) -> None:
    ids = [{"id": row.id} for row in _rows(statement) if _is_of_signatory(stays, row)]
    if ids:
        change = f"UPDATE {table} SET entered_as = '{SIGNATORY}' WHERE id = :id"
        op.get_bind().execute(sa.text(change), ids)


def _take_over(table: str, statement: str, stays: list[Stay]) -> None:
    """Let what people of the signatory changed since be corrected by it."""
    changes = [
        {"id": row.id, "at": row.at} for row in _rows(statement) if _is_of_signatory(stays, row)
    ]
    if changes:
        change = (
            f"UPDATE {table} SET stance = 'corrected', stance_at = :at"
            f" WHERE id = :id AND entered_as = '{VERENIGING}'"
        )
        op.get_bind().execute(sa.text(change), changes)


def _add_columns() -> None:
    for table, has_url in SOURCED.items():
        _add_words(table, "entered_as", 20, VERENIGING)
        _add_words(table, "source_title", 200, "")
        if not has_url:
            op.add_column(table, sa.Column("source_url", sa.String(500), nullable=True))
    for table in CLAIMED:
        op.add_column(table, sa.Column("stance", sa.String(20), nullable=True))
        op.add_column(table, sa.Column("stance_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("stance_reason", sa.Text(), nullable=True))
    op.add_column("commitment", sa.Column("withdrawn_as", sa.String(20), nullable=True))
    moment = sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("progress_update", moment)
    op.add_column("progress_update", sa.Column("retract_reason", sa.Text(), nullable=True))
    _add_words("revision", "entered_as", 20, VERENIGING)
    op.add_column("revision", sa.Column("stance", sa.String(20), nullable=True))
    op.add_column(
        "revision", sa.Column("reason", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def _add_words(table: str, name: str, length: int, value: str) -> None:
    column = sa.Column(name, sa.String(length), nullable=False, server_default=value)
    op.add_column(table, column)


def upgrade() -> None:
    """The account and the membership that it had then decide; unknown is the vereniging."""
    _add_columns()
    stays = _stays()
    op.execute(SIGNATURES)
    op.execute(ORGANISATIONS)
    _say_whose("commitment", COMMITMENTS, stays)
    for table, at in (
        ("progress_update", "created_at"),
        ("term_move", "moved_at"),
    ):
        _say_whose(table, OF_COMMITMENTS.format(table=table, at=at), stays)
    for table in ("revision", "commitment_document"):
        op.execute(
            f"UPDATE {table} SET entered_as = (SELECT commitment.entered_as FROM commitment"
            f" WHERE commitment.id = {table}.commitment_id)"
        )
    _take_over("commitment", TEXTS, stays)
    _take_over("organisation", EDITS, stays)
    op.execute("UPDATE commitment SET withdrawn_as = entered_as WHERE withdraw_reason IS NOT NULL")
    op.execute(SILENT)


def downgrade() -> None:
    """Count every report as one of the signatory again."""
    op.execute(TOLD)
    op.execute(DONE)
    for name in ("reason", "stance", "entered_as"):
        op.drop_column("revision", name)
    op.drop_column("commitment", "withdrawn_as")
    op.drop_column("progress_update", "retract_reason")
    op.drop_column("progress_update", "retracted_at")
    for table in CLAIMED:
        for name in ("stance_reason", "stance_at", "stance"):
            op.drop_column(table, name)
    for table, has_url in SOURCED.items():
        if not has_url:
            op.drop_column(table, "source_url")
        op.drop_column(table, "source_title")
        op.drop_column(table, "entered_as")
