"""How the portal runs, in words: one line for each thing that is watched, well or not."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from portal.admin import running_checks as checks
from portal.admin.findings import Check, Finding
from portal.admin.models import Trouble
from portal.backup.queries import find_last_backup
from portal.config import Settings
from portal.core import clock
from portal.core.db import db
from portal.core.i18n import LazyString, ngettext
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.schema import newest_revision
from portal.core.version import VERSION
from portal.core.words import moment_words, size_words
from portal.services.desk_length import desk_length
from portal.services.heartbeat import WEB, WORKER, alive, last_beat
from portal.services.job_figures import endings, waiting_and_parked
from portal.services.models import HistoryRow


@dataclass(frozen=True, slots=True)
class Watched:
    """A thing that is watched: what it is called, how it is when all is well, what may be wrong.

    `troubles` are the names of what its check may find.
    """

    name: str
    label: LazyString
    says: Callable[[Settings], object]
    check: Check | None = None
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """How one thing is now; `finding` is what is wrong with it, None when it is well.

    `since` is when that was first seen, `told_at` when the beheerders got a mail about it.
    """

    name: str
    label: str
    words: str
    finding: Finding | None
    since: datetime | None = None
    told_at: datetime | None = None


def _processes(_settings: Settings) -> object:
    count = sum(process.number for process in alive() if process.kind == WEB)
    if not count:
        return _("Deze pagina komt uit een webproces; de andere hebben zich nog niet gemeld.")
    return ngettext("%(num)s webproces werkt.", "%(num)s webprocessen werken.", count)


def _worker(_settings: Settings) -> object:
    last = last_beat(WORKER)
    if last is None:
        return _("De werker heeft zich nog niet gemeld. Er blijft nog niets liggen.")
    return _("De werker werkt. Het laatst gezien op %(moment)s.", moment=moment_words(last))


def _jobs(_settings: Settings) -> object:
    waiting, _parked = waiting_and_parked()
    if not waiting:
        return _("Er wacht geen taak, en er is geen taak mislukt.")
    return ngettext("%(num)s taak wacht.", "%(num)s taken wachten.", waiting)


def _mail(settings: Settings) -> object:
    sent = sum(ended.number for ended in endings() if (ended.kind, ended.outcome) == MAIL_SENT)
    if settings.mail_server is None:
        return ngettext(
            "%(num)s mail staat als bestand op de server. Niemand heeft die gekregen.",
            "%(num)s mails staan als bestand op de server. Niemand heeft die gekregen.",
            sent,
        )
    return ngettext(
        "Tot nu toe is %(num)s mail verstuurd.", "Tot nu toe zijn %(num)s mails verstuurd.", sent
    )


def _backup(_settings: Settings) -> object:
    last = find_last_backup()
    if last is None:
        return ""
    words = {"moment": moment_words(last.made_at), "size": size_words(last.size)}
    return _("De laatste is gemaakt op %(moment)s: %(size)s.", **words)


def _disk(settings: Settings) -> object:
    free = size_words(checks.free_space(settings))
    return _("Er is nog %(free)s vrij.", free=free)


def _database(_settings: Settings) -> object:
    words = {"name": database_version(), "size": size_words(database_size())}
    return _("%(name)s; de gegevens nemen %(size)s in.", **words)


def _clock(_settings: Settings) -> object:
    return _("Het is nu %(moment)s.", moment=moment_words(clock.now()))


def _desk(_settings: Settings) -> object:
    waits = desk_length().by_kind()
    count, since = sum(kind.number for kind in waits), oldest_of([kind.since for kind in waits])
    if since is None:
        return _("Er wacht niets op een moderator.")
    waiting = ngettext(
        "%(num)s tekst of aanvraag wacht op een moderator.",
        "%(num)s teksten en aanvragen wachten op een moderator.",
        count,
    )
    if not desk_length().is_late(since):
        return waiting
    late = _("Het oudste wacht sinds %(moment)s.", moment=moment_words(since))
    return f"{waiting} {late} " + _("De moderatoren krijgen daar zelf een mail over.")


def _versions(_settings: Settings) -> object:
    return _(
        "Portaal %(portal)s, Python %(python)s, schema %(schema)s.",
        portal=VERSION,
        python=platform.python_version(),
        schema=newest_revision(),
    )


MAIL_SENT = ("mail", "done")
WATCHED = (
    Watched("processes", _l("Webprocessen"), _processes, checks.check_versions, ("versions",)),
    Watched("worker", _l("Werker"), _worker, checks.check_worker, ("worker",)),
    Watched("jobs", _l("Taken"), _jobs, checks.check_jobs, ("jobs_parked",)),
    Watched("mail", _l("Mail"), _mail, checks.check_mail, ("mail_stuck",)),
    Watched(
        "backup", _l("Back-up"), _backup, checks.check_backups, ("backup", "backup_incomplete")
    ),
    Watched("disk", _l("Schijf"), _disk, checks.check_disk, ("disk",)),
    Watched("database", _l("Database"), _database),
    Watched("clock", _l("Klok"), _clock, checks.check_clock, ("clock",)),
    Watched("desk", _l("Werkvoorraad"), _desk),
    Watched("version", _l("Versies"), _versions),
)
# What is told when the database itself cannot be asked, or takes nothing.
BLIND = ("database", "disk_full", "schema", "schema_newer")
LABELS: dict[str, LazyString] = {
    **{name: watched.label for watched in WATCHED for name in watched.troubles},
    "database": _l("Database"),
    "disk_full": _l("Schijf"),
    "schema": _l("Database"),
    "schema_newer": _l("Database"),
}


def lines(settings: Settings) -> list[Line]:
    """Return how everything is that is watched, in the language that is spoken."""
    query = select(Trouble).where(Trouble.over_at.is_(None))
    known = {trouble.name: trouble for trouble in db.session.scalars(query)}
    return [_line(watched, settings, known) for watched in WATCHED]


def _line(watched: Watched, settings: Settings, known: Mapping[str, Trouble]) -> Line:
    found = next(watched.check(settings), None) if watched.check is not None else None
    words = str(watched.says(settings)) if found is None else found.words
    trouble = known.get(found.name) if found is not None else None
    moments = (None, None) if trouble is None else (trouble.began_at, trouble.told_at)
    return Line(watched.name, str(watched.label), words, found, *moments)


def troubles(settings: Settings) -> list[Finding]:
    """Return what is wrong now and needs a person, in the language that is spoken.

    A portal that is younger than a backup may be old needs none yet.
    """
    found = [finding for check in checks.OF_RUNNING for finding in check(settings)]
    return [one for one in found if one.name != "backup" or not _is_young(settings)]


def _is_young(settings: Settings) -> bool:
    first = db.session.scalar(select(func.min(HistoryRow.at)))
    return first is None or clock.now() - first < settings.watching.backup_age


def oldest_of(moments: Sequence[datetime | None]) -> datetime | None:
    """Return the earliest of some moments, None when there is none."""
    return min((moment for moment in moments if moment is not None), default=None)


def database_version() -> str:
    """Return which database it is, as in "PostgreSQL 18.6"."""
    dialect = db.engine.dialect
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect.name]
    db.session.connection()
    return f"{name} " + ".".join(str(part) for part in dialect.server_version_info or ())


def database_size() -> int:
    """Return how many bytes the database takes on its disk."""
    if db.engine.dialect.name == "postgresql":
        asked = text("SELECT pg_database_size(current_database())")
    else:
        asked = text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    return int(db.session.execute(asked).scalar_one())
