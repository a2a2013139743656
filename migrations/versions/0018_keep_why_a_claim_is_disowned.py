"""Keep why a signatory disowns a claim as a text of its own, which moderators can hide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

IS_HIDDEN = sa.text("hidden_at IS NOT NULL")
# Thing -> its table, and of its rows: the organisation, a title, and where it stands.
CLAIMS = {
    "organisation": (
        "organisation AS claim JOIN organisation ON organisation.id = claim.id",
        "organisation.name",
        "'/ondertekenaars/' || organisation.slug",
    ),
    "signature": (
        "signature AS claim JOIN organisation ON organisation.id = claim.organisation_id",
        "organisation.name",
        "'/ondertekenaars/' || organisation.slug",
    ),
    "commitment": (
        "commitment AS claim JOIN organisation ON organisation.id = claim.organisation_id",
        "claim.title",
        "'/toezeggingen/' || claim.slug",
    ),
    "progress_update": (
        "progress_update AS claim JOIN commitment ON commitment.id = claim.commitment_id"
        " JOIN organisation ON organisation.id = commitment.organisation_id",
        "commitment.title",
        "'/toezeggingen/' || commitment.slug || '#bericht-' || claim.id",
    ),
}
COPY = """
    INSERT INTO disowning
        (subject, subject_id, organisation_id, title, address, reason, author_id, created_at)
    SELECT '{thing}', claim.id, organisation.id, {title}, COALESCE({address}, '/'),
           claim.stance_reason,
           (SELECT history.account_id FROM history WHERE history.subject = '{thing}'
             AND history.subject_id = claim.id AND history.step = 'disowned'
             ORDER BY history.id DESC LIMIT 1),
           claim.stance_at
    FROM {rows}
    WHERE claim.stance = 'disowned' AND claim.stance_reason IS NOT NULL
"""


def upgrade() -> None:
    """Copy the reasons that stand beside claims now."""
    op.create_table(
        "disowning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_ground", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_disowning_organisation_id_organisation",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_disowning_author_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["account.id"], name="fk_disowning_hidden_by_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_disowning"),
    )
    op.create_index("ix_disowning_claim", "disowning", ["subject", "subject_id", "id"])
    op.create_index("ix_disowning_organisation", "disowning", ["organisation_id"])
    op.create_index(
        "ix_disowning_hidden",
        "disowning",
        ["hidden_at"],
        sqlite_where=IS_HIDDEN,
        postgresql_where=IS_HIDDEN,
    )
    for thing, (rows, title, address) in CLAIMS.items():
        op.execute(COPY.format(thing=thing, rows=rows, title=title, address=address))


def downgrade() -> None:
    """Leave beside each claim what everybody reads there; forget what is hidden."""
    op.drop_table("disowning")
