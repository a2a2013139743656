"""Know the last news of a promise, so that lists can say of which there is none for a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

COUNTED = ["state", "hidden_at", "progress", "term_latest"]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TAKEN_OVER = ("confirmed", "corrected")

commitment = sa.table(
    "commitment",
    sa.column("id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("promised_on", sa.Date),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("stance", sa.String),
    sa.column("stance_at", sa.DateTime(timezone=True)),
    sa.column("news_on", sa.Date),
)
progress_update = sa.table(
    "progress_update",
    sa.column("commitment_id", sa.Integer),
    sa.column("told_on", sa.Date),
    sa.column("entered_as", sa.String),
    sa.column("stance", sa.String),
    sa.column("retracted_at", sa.DateTime(timezone=True)),
)
term_move = sa.table(
    "term_move",
    sa.column("commitment_id", sa.Integer),
    sa.column("moved_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Add the column, fill it from what is known, and index by it and by the last change."""
    op.add_column("commitment", sa.Column("news_on", sa.Date(), nullable=True))
    last: dict[int, date] = {}
    for number, day in _news(op.get_bind()):
        last[number] = max(day, last.get(number, day))
    fill = (
        sa.update(commitment)
        .where(commitment.c.id == sa.bindparam("number"))
        .values(news_on=sa.bindparam("day"))
    )
    if last:
        rows = [{"number": number, "day": day} for number, day in last.items()]
        op.get_bind().execute(fill, rows)
    op.drop_index("ix_commitment_counted", "commitment")
    op.create_index("ix_commitment_counted", "commitment", [*COUNTED, "news_on"])
    op.create_index("ix_commitment_updated", "commitment", ["state", "updated_at", "id"])


def downgrade() -> None:
    """Forget it again."""
    op.drop_index("ix_commitment_updated", "commitment")
    op.drop_index("ix_commitment_counted", "commitment")
    op.create_index("ix_commitment_counted", "commitment", COUNTED)
    op.drop_column("commitment", "news_on")


def _news(bind: sa.Connection) -> Iterator[tuple[int, date]]:
    """Give every day of which there is news, by the number of the commitment."""
    public = commitment.c.state.in_(("published", "withdrawn"))
    columns = (
        commitment.c.id,
        commitment.c.promised_on,
        commitment.c.published_at,
        commitment.c.stance,
        commitment.c.stance_at,
    )
    numbers = set()
    for number, promised_on, published_at, stance, stance_at in bind.execute(
        sa.select(*columns).where(public)
    ):
        numbers.add(number)
        yield number, promised_on
        if published_at is not None:
            yield number, _day(published_at)
        if stance in TAKEN_OVER and stance_at is not None:
            yield number, _day(stance_at)
    told = progress_update.c
    own = sa.or_(told.entered_as == "signatory", told.stance.in_(TAKEN_OVER))
    updates = sa.select(told.commitment_id, told.told_on).where(own, told.retracted_at.is_(None))
    moves = sa.select(term_move.c.commitment_id, term_move.c.moved_at)
    for number, day in bind.execute(updates):
        if number in numbers:
            yield number, day
    for number, moved_at in bind.execute(moves):
        if number in numbers:
            yield number, _day(moved_at)


def _day(moment: datetime) -> date:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(AMSTERDAM).date()
