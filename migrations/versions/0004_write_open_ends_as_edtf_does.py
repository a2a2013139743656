"""Write the open end of a term with two dots: in EDTF nothing at all means that it is unknown."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the dots."""
    op.execute("UPDATE commitment SET term_edtf = '..' || term_edtf WHERE term_edtf LIKE '/%'")
    op.execute("UPDATE commitment SET term_edtf = term_edtf || '..' WHERE term_edtf LIKE '%/'")


def downgrade() -> None:
    """Take the dots away."""
    op.execute("UPDATE commitment SET term_edtf = substr(term_edtf, 3) WHERE term_edtf LIKE '../%'")
    op.execute(
        "UPDATE commitment SET term_edtf = substr(term_edtf, 1, length(term_edtf) - 2) "
        "WHERE term_edtf LIKE '%/..'"
    )
