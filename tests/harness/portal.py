"""The portal inside the test's own process: its settings, its tables, who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from portal import create_app
from portal.accounts.models import Account, AccountSession
from portal.config import read_settings
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.tokens import new_token, token_hash
from tests.harness.client import Client
from tests.harness.mailbox import MailServer
from tests.harness.rules import know_rules
from tests.harness.seen import folder_of


def make_portal(database_url: str, data_dir: Path, mail: MailServer, **environment: str) -> Flask:
    """Return a portal with settings for tests; `environment` as an operator would set it."""
    settings = {
        "PORTAL_ENV": "test",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "PUBLIC_URL": "http://localhost",
        "MAIL_SERVER": mail.host,
        "MAIL_PORT": str(mail.port),
        "RATE_LIMITS": "off",
        "DECISION_MAIL_SECONDS": "0",
        "WEB_THREADS": "2",
        "METRICS_NETWORKS": "127.0.0.1",
        **environment,
    }
    know_rules()
    app = create_app(read_settings(settings))
    # The other processes find there what one of them has compiled.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder_of("templates")))
    return app


def migrate(database_url: str, folder: Path) -> None:
    """Bring the database at this address to head, as `flask db upgrade` does."""
    settings = {"PORTAL_ENV": "test", "DATABASE_URL": database_url, "DATA_DIR": str(folder)}
    app = create_app(read_settings(settings))
    with app.app_context():
        upgrade()
        db.engine.dispose()


def session_cookie(app: Flask, account: Account) -> tuple[str, str]:
    """Return name and value of a cookie that makes its bearer this account, without a password."""
    token = new_token()
    now = clock.now()
    db.session.commit()
    # As the portal writes: beside a served one, SQLite refuses a transaction that becomes a write.
    with write_section():
        row = AccountSession(
            account_id=account.id,
            token_hash=token_hash(token),
            device="Test",
            created_at=now,
            last_seen_at=now,
        )
        db.session.add(row)
    serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return app.config["SESSION_COOKIE_NAME"], serializer.dumps({"_user_id": token, "_fresh": True})


def signed_in(app: Flask, account: Account | None) -> Client:
    """Return a new reader, signed in as this account or a visitor with None."""
    client = Client(app)
    if account is not None:
        name, value = session_cookie(app, account)
        client.raw.set_cookie(name, value)
    return client


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the statements that the portal sends to its database in the meantime."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
