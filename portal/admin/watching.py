"""Watches over the portal from its web processes, also while worker, mail or database fail."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.admin.findings import Finding, Weight
from portal.admin.running_checks import check_disk
from portal.admin.troubles import (
    KEY,
    Reader,
    Told,
    note_troubles,
    readers,
    send_to,
    tell_troubles,
)
from portal.core import clock
from portal.core.db import db, watching_engine
from portal.core.gate import is_upgrade_under_way
from portal.core.i18n import lazy_gettext as _l
from portal.core.log import event, logger
from portal.core.private import NoFolder, make_folder
from portal.core.schema import Schema, database_schema
from portal.core.settings import settings
from portal.services.heartbeat import WEB, Pulse
from portal.services.limits import is_first

LOCK = "watching.lock"


class Watch:
    """Looks at the portal from one web process, again and again.

    Of the processes on one machine one looks: it holds a lock that ends with it. Several machines
    take turns, by the database.
    """

    def __init__(self, data_dir: Path) -> None:
        self._place = data_dir / LOCK
        self._lock: IO[str] | None = None
        self._pulse = Pulse(WEB)
        self._blind = Blindness()

    def look(self) -> None:
        """Say that this process lives, and look at the portal if that is up to this one."""
        leads = self._leads()
        wrong = None
        try:
            if is_upgrade_under_way():
                # Whoever upgrades knows, and is left alone.
                return
            wrong = _wrong_with_database()
            if wrong is None:
                # Before anything is written: a disk that takes nothing can still be read.
                self._blind.remember(readers())
                self._pulse.beat()
                self._blind.end()
                if leads and is_first("watch", KEY, settings().watching.interval * 0.9):
                    note_troubles()
                    tell_troubles()
        except (SQLAlchemyError, OSError) as fault:
            event("watch_broken_off", level=logging.WARNING, kind=type(fault).__name__)
            wrong = "disk_full" if any(check_disk(settings())) else "database"
        finally:
            with suppress(SQLAlchemyError):
                db.session.remove()
        if wrong is not None:
            self._blind.note(wrong, tells=leads)

    def close(self) -> None:
        """Leave the looking to another process."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _leads(self) -> bool:
        if self._lock is None:
            with suppress(OSError, NoFolder):
                # With PostgreSQL nothing may have been kept there yet.
                make_folder(self._place.parent)
                file = self._place.open("w")
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    file.close()
                else:
                    self._lock = file
        return self._lock is not None


_OF_SCHEMA = {Schema.OLDER: "schema", Schema.NEWER: "schema_newer"}


def _wrong_with_database() -> str | None:
    """Return what keeps us from asking the database, None when nothing does."""
    try:
        with watching_engine().connect() as connection:
            return _OF_SCHEMA.get(database_schema(connection))
    except SQLAlchemyError:
        return "database"


class Blindness:
    """The trouble that no database can keep: there is none, or another, or it takes nothing.

    Remembers whom to tell from when the database still answered.
    """

    def __init__(self) -> None:
        self._readers: Sequence[Reader] = ()
        self._name = ""
        self._since: datetime | None = None
        self._tried: datetime | None = None
        self._is_told = False

    def remember(self, people: Sequence[Reader]) -> None:
        """Keep whom to tell when the database does not say it."""
        self._readers = people

    def note(self, name: str, *, tells: bool) -> None:
        """Keep since when this is so; once it stands for a while, tell it, if this one `tells`."""
        now, patience = clock.now(), settings().watching.patience
        if self._since is None:
            self._name, self._since = name, now
            event("trouble_began", level=logging.WARNING, trouble=name)
        waits = self._tried or self._since
        if tells and not self._is_told and now - waits >= patience:
            self._tried = now
            self._is_told = self._tell(None)

    def end(self) -> None:
        """The database answers, and fits: say so to who heard that it did not."""
        if self._since is None:
            return
        event("trouble_over", trouble=self._name)
        if self._is_told:
            self._tell(clock.now())
        self._since, self._tried, self._is_told = None, None, False

    def _tell(self, until: datetime | None) -> bool:
        assert self._since is not None  # noqa: S101
        told = Told(self._name, self._since, until)
        return send_to(self._readers, [told], lambda: [blind_finding(self._name)])


def blind_finding(name: str) -> Finding:
    """Return what is wrong with the database, in the language that is spoken."""
    words, remedy = _BLIND.get(name, _NO_ANSWER)
    return Finding(name, Weight.UNSAFE, str(words), str(remedy))


_NO_ANSWER = (
    _l("De database antwoordt niet. Lezers zien dat het nu niet lukt."),
    _l("Start de database, en kijk of DATABASE_URL daarheen leidt."),
)
_BLIND = {
    "disk_full": (
        _l("De schijf is vol. Niemand kan nog iets opslaan."),
        _l("Maak ruimte op de schijf van DATA_DIR, of neem een grotere."),
    ),
    "schema": (
        _l("De database heeft een ouder schema dan deze versie van het portaal."),
        _l("Typ flask db upgrade. Daarna gaat het portaal vanzelf verder."),
    ),
    "schema_newer": (
        _l("De database heeft een nieuwer schema dan deze versie van het portaal."),
        _l(
            "Installeer de versie die de database bijwerkte, of zet een back-up van daarvoor terug."
        ),
    ),
}


def watch_over(flask: Flask) -> None:
    """Watch over the portal for as long as this process lives."""
    threading.Thread(target=_watch, args=(flask,), name="watch", daemon=True).start()


def _watch(flask: Flask) -> None:
    with flask.app_context():
        interval = settings().watching.interval.total_seconds()
        watch = Watch(settings().data_dir)
    while True:
        with flask.app_context():
            try:
                watch.look()
            except Exception as fault:  # the watch outlives whatever goes wrong in a look
                logger.error("watch_stumbled", exc_info=fault)
        time.sleep(interval)
