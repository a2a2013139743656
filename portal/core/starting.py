"""At the start: files that only we read, and a database that fits or one line on what to do."""

from __future__ import annotations

import logging
import sqlite3

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.config import Settings
from portal.core.db import db
from portal.core.gate import LOCKS, WORDS, Presence
from portal.core.log import event
from portal.core.private import close_to_others

_CANNOT_WRITE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_NO_DATABASE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
# What the portal itself keeps in its folder for data.
OWN = ("backups", "files", "incoming", "mail", "readers", "watching.lock", "write.lock", *LOCKS)


def close_data(settings: Settings) -> None:
    """Take from others the rights to our files; the log names what they can still read."""
    still_open = close_to_others(settings.data_dir, (*OWN, *_names_of_database(settings)))
    if settings.sqlite_path is not None and settings.sqlite_path.parent != settings.data_dir:
        still_open += close_to_others(settings.sqlite_path.parent, _names_of_database(settings))
    for path in still_open:
        event("file_open_to_others", level=logging.WARNING, path=str(path))


def _names_of_database(settings: Settings) -> tuple[str, ...]:
    if settings.sqlite_path is None:
        return ()
    name = settings.sqlite_path.name
    return name, f"{name}-wal", f"{name}-shm"


def refuse_unfit_database() -> None:
    """End the command with one line unless the database answers, can be written and fits."""
    presence = Presence()
    try:
        _enter(presence)
    finally:
        presence.leave()


def work_on_database() -> None:
    """Refuse what `refuse_unfit_database` does, and keep upgrades waiting while the command runs.

    For commands that end by themselves.
    """
    presence = Presence()
    click.get_current_context().call_on_close(presence.leave)
    _enter(presence)


def _enter(presence: Presence) -> None:
    try:
        if db.engine.dialect.name == "sqlite":
            _begin_to_write()
        words = WORDS.get(presence.look())
    except DBAPIError as fault:
        raise click.ClickException(_words_for(fault)) from fault
    if words is not None:
        raise click.ClickException(words)


def _begin_to_write() -> None:
    # PostgreSQL that only reads, as a standby does, still serves readers.
    try:
        with db.engine.connect().execution_options(portal_write=True) as connection:
            # BEGIN IMMEDIATE alone is taken by a database that can only be read.
            connection.execute(text("CREATE TABLE written_at_the_start (id INTEGER)"))
            connection.rollback()
    except DBAPIError as fault:
        if not _code(fault).startswith("SQLITE_BUSY"):
            raise


def _code(fault: DBAPIError) -> str:
    driver = fault.orig
    return getattr(driver, "sqlite_errorname", "") if isinstance(driver, sqlite3.Error) else ""


def _words_for(fault: DBAPIError) -> str:
    code, file = _code(fault), db.engine.url.database
    if code.startswith(_CANNOT_WRITE):
        return (
            f"The database {file} cannot be written. Is the disk read-only, or does the file or "
            "its folder belong to somebody else?"
        )
    if code.startswith(_NO_DATABASE):
        return f"{file} is damaged, or no database of the portal. Put back a copy."
    return "The database does not answer."
