"""Pin yearly reports: what was known of a day, written down for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add reports, and the promises and signatories that they pin."""
    _add_reports()
    _add_promises()
    _add_signatories()


def _add_reports() -> None:
    op.create_table(
        "yearly_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), server_default="nl", nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("established_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["earlier_id"],
            ["yearly_report.id"],
            name=op.f("fk_yearly_report_earlier_id_yearly_report"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_yearly_report_author_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_report")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_yearly_report_year_number")),
    )
    op.create_index("ix_yearly_report_earlier", "yearly_report", ["earlier_id"])
    op.create_index(op.f("ix_yearly_report_author_id"), "yearly_report", ["author_id"])


def _add_promises() -> None:
    op.create_table(
        "pinned_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), server_default="nl", nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("term_words", sa.String(length=200), nullable=False),
        sa.Column("term_language", sa.String(length=2), server_default="nl", nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["yearly_report.id"],
            name=op.f("fk_pinned_promise_report_id_yearly_report"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_pinned_promise_commitment_id_commitment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pinned_promise")),
    )
    op.create_index("ix_pinned_promise_report", "pinned_promise", ["report_id", "outcome", "id"])
    op.create_index(op.f("ix_pinned_promise_commitment_id"), "pinned_promise", ["commitment_id"])
    op.create_table(
        "pinned_group",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=140), nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["pinned_promise.id"],
            name=op.f("fk_pinned_group_promise_id_pinned_promise"),
        ),
        sa.PrimaryKeyConstraint("promise_id", "by", "slug", name=op.f("pk_pinned_group")),
    )
    op.create_index("ix_pinned_group_slug", "pinned_group", ["by", "slug", "promise_id"])


def _add_signatories() -> None:
    op.create_table(
        "pinned_signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("province", sa.String(length=20), nullable=True),
        sa.Column("signed_year", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("event_name", sa.String(length=200), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["yearly_report.id"],
            name=op.f("fk_pinned_signatory_report_id_yearly_report"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pinned_signatory_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pinned_signatory")),
    )
    op.create_index("ix_pinned_signatory_report", "pinned_signatory", ["report_id", "id"])
    op.create_index(
        op.f("ix_pinned_signatory_organisation_id"), "pinned_signatory", ["organisation_id"]
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("pinned_signatory")
    op.drop_table("pinned_group")
    op.drop_table("pinned_promise")
    op.drop_table("yearly_report")
