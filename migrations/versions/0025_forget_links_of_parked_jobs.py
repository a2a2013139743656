"""Forget the links in jobs that were given up: whoever reads the table could follow them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

job = sa.table("job", sa.column("id"), sa.column("state"), sa.column("payload", sa.JSON))


def upgrade() -> None:
    """Take tokens, and ways back that may hold one, out of every parked job."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(job.c.id, job.c.payload).where(job.c.state == "parked"))
    for job_id, payload in rows.all():
        kept = _without_secrets(payload)
        if kept != payload:
            change = sa.update(job).where(job.c.id == job_id)
            connection.execute(change.values(payload=kept))


def _without_secrets(payload: dict[str, Any]) -> dict[str, Any]:
    kept = {name: None if name == "back" else value for name, value in payload.items()}
    words = dict(kept.get("words") or {})
    if words.pop("token", None):
        kept = {**kept, "words": words, "lost_link": True}
    return kept


def downgrade() -> None:
    """Leave them forgotten."""
