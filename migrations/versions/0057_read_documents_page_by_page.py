"""Read documents page by page, and say what is known of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

WAITING = {"unread": "read_at", "undrawn": "drawn_at"}
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what is told of documents, what was found in them, and their pages."""
    op.add_column("document", sa.Column("dated", sa.Date(), nullable=True))
    op.add_column(
        "document", sa.Column("licence", sa.String(12), nullable=False, server_default="")
    )
    op.add_column(
        "document", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    for column in (
        sa.Column("file_title", sa.String(200), nullable=True),
        sa.Column("file_language", sa.String(40), nullable=True),
        sa.Column("attachment_count", sa.Integer(), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("drawn_at", MOMENT, nullable=True),
    ):
        op.add_column("document_version", column)
    for name, column_name in WAITING.items():
        waits = sa.text(f"{column_name} IS NULL")
        op.create_index(
            f"ix_document_version_{name}",
            "document_version",
            ["id"],
            sqlite_where=waits,
            postgresql_where=waits,
        )
    op.create_table(
        "document_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_document_page_version_id_document_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_page")),
        sa.UniqueConstraint(
            "version_id", "number", name=op.f("uq_document_page_version_id_number")
        ),
    )
    op.create_table(
        "page_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_page_picture_version_id_document_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_picture")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_page_picture_storage_key")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_page_picture_version_id_number")),
    )
    op.create_table(
        "document_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_document_text_version_id_document_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_document_text_written_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_text")),
        sa.UniqueConstraint("version_id", name=op.f("uq_document_text_version_id")),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("document_text")
    op.drop_table("page_picture")
    op.drop_table("document_page")
    for name in WAITING:
        op.drop_index(f"ix_document_version_{name}", "document_version")
    for name in (
        "drawn_at",
        "read_at",
        "checked_at",
        "attachment_count",
        "file_language",
        "file_title",
    ):
        op.drop_column("document_version", name)
    op.drop_column("document", "version")
    op.drop_column("document", "licence")
    op.drop_column("document", "dated")
