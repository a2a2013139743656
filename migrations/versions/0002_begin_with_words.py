"""Seal the history against change, and begin with the kinds, layers and principles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = (
    ("gemeente", "Gemeente", "Municipality"),
    ("samenwerkingsverband", "Samenwerkingsverband", "Partnership of municipalities"),
    ("leverancier", "Leverancier", "Supplier"),
    ("ketenpartner", "Ketenpartner of uitvoeringsorganisatie", "Chain partner or agency"),
    ("mede-overheid", "Mede-overheid", "Fellow public authority"),
    ("gebruikersvereniging", "Gebruikersvereniging", "User association"),
    ("kennisorganisatie", "Kennis- of koepelorganisatie", "Knowledge or umbrella organisation"),
)

LAYERS = (
    ("interactie", "Interactie", "Interaction"),
    ("proces", "Proces", "Process"),
    ("integratie", "Integratie", "Integration"),
    ("services", "Services/Diensten", "Services"),
    ("data", "Data/Gegevensbronnen", "Data sources"),
)

PRINCIPLES = (
    (
        "gegevens-los-van-proces",
        "Gegevens los van proces en presentatie",
        "Data apart from process and presentation",
    ),
    ("gegevens-bij-de-bron", "Gegevens bij de bron", "Data at the source"),
    ("standaarden", "Werken met standaarden", "Working with standards"),
    ("regie-op-gegevens", "Regie op het gebruik van gegevens", "Control over the use of data"),
    ("losse-componenten", "Losse componenten", "Separate components"),
)

SQLITE_TRIGGERS = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
)

POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$",
    "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history "
    "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()",
)


def _fill(table_name: str, rows: tuple[tuple[str, str, str], ...]) -> None:
    table = sa.table(
        table_name,
        sa.column("slug", sa.String),
        sa.column("name_nl", sa.String),
        sa.column("name_en", sa.String),
        sa.column("position", sa.Integer),
        sa.column("is_active", sa.Boolean),
        sa.column("version", sa.Integer),
    )
    there = set(op.get_bind().execute(sa.select(table.c.slug)).scalars())
    op.bulk_insert(
        table,
        [
            {
                "slug": slug,
                "name_nl": name_nl,
                "name_en": name_en,
                "position": position,
                "is_active": True,
                "version": 1,
            }
            for position, (slug, name_nl, name_en) in enumerate(rows, start=1)
            if slug not in there
        ],
    )


def upgrade() -> None:
    """Add the triggers and the first rows."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if is_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)
    _fill("organisation_kind", KINDS)
    _fill("layer", LAYERS)
    _fill("principle", PRINCIPLES)


def downgrade() -> None:
    """Take the triggers and the first rows away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER history_no_update")
        op.execute("DROP TRIGGER history_no_delete")
    else:
        op.execute("DROP TRIGGER history_no_change ON history")
        op.execute("DROP FUNCTION history_is_append_only()")
    # A word that is in use stays: nothing that people made may disappear with it.
    for table, rows, users in (
        ("principle", PRINCIPLES, "SELECT principle_id FROM commitment_principle"),
        ("layer", LAYERS, "SELECT layer_id FROM commitment_layer"),
        ("organisation_kind", KINDS, "SELECT kind_id FROM organisation"),
    ):
        for slug, _nl, _en in rows:
            unused = f"DELETE FROM {table} WHERE slug = :slug AND id NOT IN ({users})"
            op.execute(sa.text(unused).bindparams(slug=slug))
