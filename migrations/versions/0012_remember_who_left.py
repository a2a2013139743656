"""Remember who left an organisation, and let two people give a right over one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# How the log wrote down whose membership began or ended, and in which role.
SAID = re.compile(r"account (\d+): (\w+)")
MOMENT = sa.DateTime(timezone=True)

ENDED = sa.text(
    "SELECT history.id, history.subject_id, history.step, history.at, history_reason.reason"
    " FROM history JOIN history_reason ON history_reason.history_id = history.id"
    " WHERE history.subject = 'membership' AND history.step IN ('removed', 'left')"
    " AND history_reason.reason IS NOT NULL ORDER BY history.id"
).columns(at=MOMENT)
JOINED = sa.text(
    "SELECT id, at FROM history WHERE subject = 'membership' AND step = 'joined'"
    " AND subject_id = :membership AND id < :before ORDER BY id DESC"
).columns(at=MOMENT)
# An invitation that was accepted or a request that was granted stands just before the joining.
WAY_IN = sa.text(
    "SELECT subject, subject_id FROM history WHERE id < :joined AND id > :joined - 4"
    " AND ((subject = 'invitation' AND step = 'accept')"
    " OR (subject = 'access_request' AND step = 'grant')) ORDER BY id DESC"
)
# Who made an organisation belonged to it from the beginning.
MADE = sa.text(
    "SELECT id, created_at FROM organisation WHERE created_by = :account AND id NOT IN"
    " (SELECT organisation_id FROM membership WHERE account_id = :account)"
).columns(created_at=MOMENT)


def upgrade() -> None:
    """Add the table, and fill it from the log as far as that tells which organisation it was."""
    past = op.create_table(
        "past_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=False),
        sa.Column("how", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_past_membership_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_past_membership_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_membership")),
    )
    for column in ("organisation_id", "account_id"):
        op.create_index(op.f(f"ix_past_membership_{column}"), "past_membership", [column])
    _add_proposals()
    rows = _past_memberships()
    if rows:
        op.bulk_insert(past, rows)


def _add_proposals() -> None:
    """Add what two people of the vereniging decide on, and the invitations that come of it."""
    op.create_table(
        "access_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("effective_at", MOMENT, nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_access_proposal_{column}_{table}")
            )
            for column, table in (
                ("organisation_id", "organisation"),
                ("request_id", "access_request"),
                ("author_id", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_proposal")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_proposal_token_hash")),
    )
    where = sa.text("state IN ('proposed', 'announced')")
    op.create_index(
        "uq_access_proposal_open",
        "access_proposal",
        ["organisation_id", "email_key"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_index("ix_access_proposal_state", "access_proposal", ["state", "id"])
    op.create_index(op.f("ix_access_proposal_request_id"), "access_proposal", ["request_id"])
    # Written out: SQLite takes a key with its column, and not afterwards.
    op.execute(
        "ALTER TABLE invitation ADD COLUMN proposal_id INTEGER CONSTRAINT"
        " fk_invitation_proposal_id_access_proposal REFERENCES access_proposal (id)"
    )


def _past_memberships() -> list[dict[str, Any]]:
    return [row for ended in op.get_bind().execute(ENDED) if (row := _past(ended)) is not None]


def _past(ended: sa.Row[Any]) -> dict[str, Any] | None:
    said = SAID.fullmatch(ended.reason)
    where = _where(ended, int(said[1])) if said is not None else None
    if said is None or where is None:
        return None
    return {
        **where,
        "account_id": int(said[1]),
        "membership_id": ended.subject_id,
        "role": said[2],
        "left_at": ended.at,
        "how": ended.step,
    }


def _where(ended: sa.Row[Any], account: int) -> Mapping[str, Any] | None:
    """Return the organisation of a membership that ended and since when; None when unknown."""
    asked = {"membership": ended.subject_id, "before": ended.id}
    joined = op.get_bind().execute(JOINED, asked).first()
    if joined is None:
        made: Sequence[sa.Row[Any]] = op.get_bind().execute(MADE, {"account": account}).all()
        known = made[0] if len(made) == 1 else None
        return known and {"organisation_id": known.id, "joined_at": known.created_at}
    way_in = op.get_bind().execute(WAY_IN, {"joined": joined.id}).first()
    if way_in is None:
        return None
    table = "invitation" if way_in.subject == "invitation" else "access_request"
    query = sa.text(f"SELECT organisation_id FROM {table} WHERE id = :id")
    organisation_id = op.get_bind().execute(query, {"id": way_in.subject_id}).scalar()
    return organisation_id and {"organisation_id": organisation_id, "joined_at": joined.at}


def downgrade() -> None:
    """Forget who left and what was proposed; what was given stays."""
    op.drop_column("invitation", "proposal_id")
    op.drop_table("access_proposal")
    op.drop_table("past_membership")
