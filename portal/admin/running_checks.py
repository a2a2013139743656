"""Whether the portal runs as it should: what is wrong needs a person, sooner or later."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from portal.admin.findings import Check, Finding, Weight
from portal.backup.queries import find_last_backup
from portal.config import Settings
from portal.core import clock
from portal.core.db import db
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.version import VERSION
from portal.core.words import moment_words, size_words
from portal.services.heartbeat import WORKER, alive, last_beat
from portal.services.job_figures import longest_wait, stuck_mail, waiting_and_parked
from portal.services.models import HistoryRow
from portal.services.storage import storage

JOB_WAITS = timedelta(minutes=15)
CLOCK_ERROR = timedelta(seconds=30)


def check_clock(_settings: Settings) -> Iterator[Finding]:
    """Find a clock that is wrong: terms, links and sessions go by it."""
    remedy = _("Zet de klok van de server gelijk, bijvoorbeeld met chrony.")
    latest = db.session.scalar(select(func.max(HistoryRow.at)))
    if latest is not None and latest - clock.now() > CLOCK_ERROR:
        words = _("De klok loopt achter: in het logboek staat al iets van later.")
        yield Finding("clock", Weight.UNSAFE, words, remedy)
    elif abs(_moment_of_database() - clock.now()) > CLOCK_ERROR:
        words = _("De klok van de server loopt niet gelijk met die van de database.")
        yield Finding("clock", Weight.UNSAFE, words, remedy)


def _moment_of_database() -> datetime:
    """Return the moment by the clock of the database; SQLite has none of its own."""
    if db.engine.dialect.name == "sqlite":
        return clock.now()
    moment: datetime = db.session.execute(select(func.clock_timestamp())).scalar_one()
    return moment


def check_worker(settings: Settings) -> Iterator[Finding]:
    """Find a worker that stands still."""
    last = last_beat(WORKER)
    is_silent = last is not None and clock.now() - last > settings.watching.patience
    if not is_silent and longest_wait() <= JOB_WAITS:
        return
    yield Finding(
        "worker",
        Weight.UNSAFE,
        _("De werker staat stil sinds %(moment)s. Mails gaan niet weg.", moment=moment_words(last))
        if is_silent
        else _("Taken blijven liggen. Mails gaan niet weg."),
        _("Start flask worker, of start het portaal opnieuw."),
    )


def check_jobs(_settings: Settings) -> Iterator[Finding]:
    """Find jobs that were given up."""
    _waiting, parked = waiting_and_parked()
    if parked:
        yield Finding(
            "jobs_parked",
            Weight.MISSING,
            ngettext("%(num)s taak is niet gelukt.", "%(num)s taken zijn niet gelukt.", parked),
            _("Kijk bij de mislukte taken wat er misging, en probeer die opnieuw."),
            "admin.jobs",
        )


def check_mail(settings: Settings) -> Iterator[Finding]:
    """Find mail that does not go."""
    stuck = stuck_mail()
    if stuck is not None and clock.now() - stuck.since > settings.watching.patience:
        yield Finding(
            "mail_stuck",
            Weight.UNSAFE,
            _("Mail blijft liggen sinds %(moment)s.", moment=moment_words(stuck.since)),
            _("Kijk of de mailserver het doet, en stuur dan een testmail."),
            "admin.test_mail",
        )


def check_backups(settings: Settings) -> Iterator[Finding]:
    """Find that there is no backup of late, or that one lacks files."""
    last = find_last_backup()
    if last is None or clock.now() - last.made_at > settings.watching.backup_age:
        yield Finding(
            "backup",
            Weight.UNSAFE,
            _("Er is nog nooit een back-up gemaakt.")
            if last is None
            else _("De laatste back-up is van %(moment)s.", moment=moment_words(last.made_at)),
            _("Laat elke nacht flask backup lopen. Hoe dat gaat, staat in docs/beheer/back-up.md."),
        )
    elif last.missing:
        yield Finding(
            "backup_incomplete",
            Weight.UNSAFE,
            _("In de laatste back-up ontbreken bestanden."),
            _("Typ flask check-data: dat zegt welke bestanden er niet zijn."),
        )


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Find a disk that is nearly full."""
    free = free_space(settings)
    if free < settings.watching.low_space:
        yield Finding(
            "disk",
            Weight.MISSING,
            _("Er is nog maar %(size)s vrij op de schijf.", size=size_words(free)),
            _("Maak ruimte op de schijf van DATA_DIR, of neem een grotere."),
        )


def data_folder(settings: Settings) -> Path:
    """Return the folder of the data; the nearest above it that is there until it is made."""
    folder = settings.data_dir
    return next(one for one in (folder, *folder.parents) if one.exists())


def free_space(settings: Settings) -> int:
    """Return how many bytes still fit: in the store of files and on the disk of the data."""
    disk = shutil.disk_usage(data_folder(settings)).free
    kept = storage().free_space()
    return disk if kept is None else min(disk, kept)


def check_versions(_settings: Settings) -> Iterator[Finding]:
    """Find processes that run other code than this one."""
    other = sorted({process.version for process in alive()} - {VERSION})
    if other:
        yield Finding(
            "versions",
            Weight.UNSAFE,
            _("Er draaien twee versies naast elkaar: %(versions)s.", versions=", ".join(other)),
            _("Start het portaal opnieuw, op elke machine."),
        )


OF_RUNNING: tuple[Check, ...] = (
    check_clock,
    check_disk,
    check_versions,
    check_worker,
    check_jobs,
    check_mail,
    check_backups,
)
