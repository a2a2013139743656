"""Where the large database is, and the portal that opens it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal import create_app
from portal.config import read_settings
from portal.core.db import db

FOLDER = Path("data/bench")
AT = text("SELECT version_num FROM alembic_version")
ANY = text("SELECT id FROM commitment LIMIT 1")


@dataclass(frozen=True)
class Place:
    """A folder, and the address of a database in it or elsewhere."""

    folder: Path
    database_url: str

    @classmethod
    def at(cls, folder: Path, database_url: str | None = None) -> Place:
        """Return the place; without an address it is a SQLite file in the folder."""
        folder = folder.resolve()
        return cls(folder, database_url or f"sqlite:///{folder / 'portal.sqlite3'}")

    def environment(self, **changed: str) -> dict[str, str]:
        """Return the settings of a portal on this place, limits and all."""
        own = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        return {
            **own,
            "PORTAL_ENV": "test",
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder),
            "PUBLIC_URL": "http://127.0.0.1:8000",
            **changed,
        }

    def portal(self, **changed: str) -> Flask:
        """Return the portal on this place, in this process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return create_app(read_settings(self.environment(**changed)))

    def filled(self) -> Place:
        """Return itself; without commitments, or at an older migration, it says what to type."""
        app = self.portal()
        with app.app_context():
            newest = ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config())
            with db.engine.connect() as connection:
                try:
                    is_newest = connection.scalar(AT) == newest.get_current_head()
                    is_filled = is_newest and connection.scalar(ANY) is not None
                except DatabaseError:
                    is_filled = False
            db.engine.dispose()
        if not is_filled:
            raise SystemExit(f"nothing to measure yet, type: {self._filling()}")
        return self

    def _filling(self) -> str:
        command = ["python -m bench.fill"]
        if self.folder != FOLDER.resolve():
            command += ["--folder", str(self.folder)]
        if self.database_url != Place.at(self.folder).database_url:
            command += ["--database", self.database_url]
        return " ".join(command)

    def migrate(self) -> None:
        """Bring the database to the newest migration."""
        app = self.portal()
        with app.app_context():
            upgrade()
            db.engine.dispose()
