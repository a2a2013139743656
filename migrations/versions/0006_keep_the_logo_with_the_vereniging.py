"""Keep key and size of the logo in the row of the vereniging, which every page and mail reads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _copy(target: str, source: str) -> str:
    picture = "picture.id = vereniging.logo_id"
    return f"UPDATE vereniging SET {target} = (SELECT {source} FROM picture WHERE {picture})"


def upgrade() -> None:
    """Copy key and size out of the picture's row."""
    with op.batch_alter_table("vereniging") as batch:
        batch.add_column(sa.Column("logo_key", sa.String(80), nullable=True))
        batch.add_column(sa.Column("logo_width", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("logo_height", sa.Integer(), nullable=True))
    for target, source in (
        ("logo_key", "storage_key"),
        ("logo_width", "width"),
        ("logo_height", "height"),
    ):
        op.execute(_copy(target, source))
    with op.batch_alter_table("vereniging") as batch:
        batch.drop_constraint("fk_vereniging_logo_id_picture", type_="foreignkey")
        batch.drop_column("logo_id")


def downgrade() -> None:
    """Point to the picture's row again."""
    with op.batch_alter_table("vereniging") as batch:
        batch.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_vereniging_logo_id_picture", "picture", ["logo_id"], ["id"])
    op.execute(
        "UPDATE vereniging SET logo_id ="
        " (SELECT id FROM picture WHERE picture.storage_key = vereniging.logo_key)"
    )
    with op.batch_alter_table("vereniging") as batch:
        batch.drop_column("logo_height")
        batch.drop_column("logo_width")
        batch.drop_column("logo_key")
