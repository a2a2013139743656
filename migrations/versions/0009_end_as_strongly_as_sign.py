"""Give every attempt to end a signature a row: asked, confirmed, looked at, stoppable, ended."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state IN ('asked', 'confirmed', 'more_asked', 'proposed', 'waiting')")
# The words that an organisation reads on its work page.
VOID = (
    "Opzeggen gaat nu anders: de bekende tekenbevoegde bevestigt, of een ander met bewijs van "
    "mandaat. Vraag de opzegging opnieuw aan."
)

LINK = sa.table(
    "signature_link",
    sa.column("id", sa.Integer),
    sa.column("signature_id", sa.Integer),
    sa.column("purpose", sa.String),
    sa.column("name", sa.String),
    sa.column("function", sa.String),
    sa.column("email", sa.String),
    sa.column("end_reason", sa.Text),
    sa.column("author_id", sa.Integer),
    sa.column("created_at", MOMENT),
    sa.column("expires_at", MOMENT),
    sa.column("used_at", MOMENT),
    sa.column("revoked_at", MOMENT),
    sa.column("ending_id", sa.Integer),
)
ENDING = sa.table(
    "ending",
    sa.column("id", sa.Integer),
    sa.column("signature_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("state", sa.String),
    sa.column("author_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("function", sa.String),
    sa.column("email", sa.String),
    sa.column("is_known", sa.Boolean),
    sa.column("has_left", sa.Boolean),
    sa.column("proof_note", sa.Text),
    sa.column("reason", sa.Text),
    sa.column("confirmed_at", MOMENT),
    sa.column("ends_at", MOMENT),
    sa.column("created_at", MOMENT),
)
SIGNATURE = sa.table(
    "signature",
    sa.column("id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("signatory_email", sa.String),
)
HISTORY = sa.table(
    "history",
    sa.column("id", sa.Integer),
    sa.column("subject", sa.String),
    sa.column("subject_id", sa.Integer),
    sa.column("step", sa.String),
    sa.column("from_state", sa.String),
    sa.column("to_state", sa.String),
    sa.column("actor", sa.String),
    sa.column("reason_sha256", sa.String),
    sa.column("at", MOMENT),
)
REASON = sa.table(
    "history_reason", sa.column("history_id", sa.Integer), sa.column("reason", sa.Text)
)


def _key(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    fk = op.f(f"fk_{name}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=fk)


def _make_tables() -> None:
    op.create_table(
        "ending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("function", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("proof_note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asked_for_on", sa.Date(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("waits_since", MOMENT, nullable=True),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        _key("ending", "signature_id", "signature"),
        _key("ending", "author_id", "account"),
        _key("ending", "proof_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    op.create_index(
        "uq_ending_open",
        "ending",
        ["signature_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_ending_signature", "ending", ["signature_id", "id"])
    op.create_index("ix_ending_state", "ending", ["state", "ends_at", "id"])
    op.create_table(
        "ending_stop_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ending_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        _key("ending_stop_link", "ending_id", "ending"),
        _key("ending_stop_link", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending_stop_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ending_stop_link_token_hash")),
    )
    op.create_index("ix_ending_stop_link_ending", "ending_stop_link", ["ending_id", "id"])


def _is_past(moment: datetime) -> bool:
    """Return whether a moment is past; SQLite gives it without its zone, which is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < datetime.now(UTC)


def _state_of(link: sa.Row[tuple[object, ...]], signature: sa.Row[tuple[object, ...]]) -> str:
    """Return what becomes of an old link: one that still works only for who is known."""
    if link.used_at is not None:
        return "ended"
    if link.revoked_at is not None or _is_past(link.expires_at):
        return "called_off"
    known = (signature.signatory_email or "").strip().lower()
    is_known = bool(known) and known == link.email.strip().lower()
    return "asked" if is_known and signature.state == "admitted" else "called_off"


def _move_links() -> None:
    """Make an ending of every link; an open one to an unknown person dies, and history says so."""
    connection = op.get_bind()
    links = connection.execute(sa.select(LINK).where(LINK.c.purpose == "end").order_by(LINK.c.id))
    for link in links.all():
        of_link = sa.select(SIGNATURE).where(SIGNATURE.c.id == link.signature_id)
        signature = connection.execute(of_link).one()
        state = _state_of(link, signature)
        row = {
            "signature_id": link.signature_id,
            "kind": "by_signatory",
            "state": state,
            "author_id": link.author_id,
            "name": link.name,
            "function": link.function,
            "email": link.email,
            "is_known": state == "asked",
            "has_left": False,
            "proof_note": "",
            "reason": link.end_reason,
            "confirmed_at": link.used_at,
            "ends_at": link.used_at,
            "created_at": link.created_at,
        }
        adding = sa.insert(ENDING).values(**row).returning(ENDING.c.id)
        ending_id = connection.execute(adding).scalar_one()
        change = {"ending_id": ending_id}
        is_open = link.used_at is None and link.revoked_at is None
        if is_open and state == "called_off":
            change["revoked_at"] = datetime.now(UTC)
            _tell(link.signature_id, signature.state)
        connection.execute(sa.update(LINK).where(LINK.c.id == link.id).values(**change))


def _tell(signature_id: int, state: str) -> None:
    connection = op.get_bind()
    row = {
        "subject": "signature",
        "subject_id": signature_id,
        "step": "end_called_off",
        "from_state": state,
        "to_state": state,
        "actor": "portaal",
        "reason_sha256": hashlib.sha256(VOID.encode()).hexdigest(),
        "at": datetime.now(UTC),
    }
    adding = sa.insert(HISTORY).values(**row).returning(HISTORY.c.id)
    history_id = connection.execute(adding).scalar_one()
    connection.execute(sa.insert(REASON).values(history_id=history_id, reason=VOID))


def upgrade() -> None:
    """Make the tables, and let an ending say what the links to end said."""
    _make_tables()
    # Written out: SQLite takes a key with its column, and not afterwards.
    op.execute(
        "ALTER TABLE signature_link ADD COLUMN ending_id INTEGER"
        " CONSTRAINT fk_signature_link_ending_id_ending REFERENCES ending (id)"
    )
    _move_links()
    op.drop_column("signature_link", "end_reason")


def downgrade() -> None:
    """Put the reasons back with the links; what waits or was proposed is forgotten."""
    op.add_column("signature_link", sa.Column("end_reason", sa.Text(), nullable=True))
    op.execute(
        "UPDATE signature_link SET end_reason = (SELECT ending.reason FROM ending"
        " WHERE ending.id = signature_link.ending_id) WHERE ending_id IS NOT NULL"
    )
    op.drop_column("signature_link", "ending_id")
    op.drop_table("ending_stop_link")
    op.drop_table("ending")
