"""Ask all signatories how it stands with their promises, and keep what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def _points_to(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name)


def _moment(name: str, *, is_there: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_there)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "rappel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(12), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=True),
        _moment("created_at", is_there=True),
        *(_moment(name) for name in ("goes_at", "went_at", "again_at", "closed_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel")),
        sa.UniqueConstraint("name", name=op.f("uq_rappel_name")),
        sa.UniqueConstraint("is_running", name=op.f("uq_rappel_is_running")),
    )
    op.create_table(
        "rappel_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel_plan")),
    )
    _add_parties()
    _add_promises()


def _add_parties() -> None:
    table = "rappel_party"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rappel_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reach", sa.String(20), nullable=False),
        *(_points_to(table, other) for other in ("rappel", "organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "rappel_id", "organisation_id", name=op.f(f"uq_{table}_rappel_id_organisation_id")
        ),
    )
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _add_promises() -> None:
    table = "rappel_promise"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rappel_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("is_lapsed", sa.Boolean(), nullable=False),
        sa.Column("term_words", sa.String(200), nullable=False),
        sa.Column("term_language", sa.String(2), server_default="nl", nullable=False),
        sa.Column("term_earliest", sa.Date(), nullable=True),
        sa.Column("term_latest", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        _moment("answered_at"),
        *(_points_to(table, other) for other in ("rappel", "organisation", "commitment")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "rappel_id", "commitment_id", name=op.f(f"uq_{table}_rappel_id_commitment_id")
        ),
    )
    for column in ("organisation_id", "commitment_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Forget them."""
    for table in ("rappel_promise", "rappel_party", "rappel_plan", "rappel"):
        op.drop_table(table)
