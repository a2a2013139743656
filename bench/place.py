"""Where the large database stands, and the portal that opens it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.config import read_settings
from portal.core.db import db

FOLDER = Path("data/bench")


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
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        return {
            **kept,
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

    def migrate(self) -> None:
        """Bring the database to the newest migration."""
        app = self.portal()
        with app.app_context():
            upgrade()
            db.engine.dispose()
