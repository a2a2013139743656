"""Migrations of a test's own, behind those of the portal."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Flask

from portal.core.schema import migrations_folder, newest_revision

MIGRATION = '''"""{words}"""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    {body}
'''
ROOT = Path(__file__).parents[2]


def add_migrations(app: Flask, folder: Path, *bodies: str) -> list[str]:
    """Let this app know migrations with these bodies behind its newest; return their numbers.

    `folder` is a new one, where they stand beside a copy of the portal's own.
    """
    with app.app_context():
        shutil.copytree(migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        before, numbers = newest_revision(), []
    for body in bodies:
        number = f"{int(before) + 1:04}"
        written = MIGRATION.format(
            words=f"Try step {number}.", number=number, before=before, body=body
        )
        (folder / "versions" / f"{number}_try.py").write_text(written)
        numbers.append(number)
        before = number
    migrations_folder.bind(app, str(folder))
    return numbers
