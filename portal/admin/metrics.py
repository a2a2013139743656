"""The figures of the portal for a program that watches, as Prometheus and OpenMetrics have them."""

from __future__ import annotations

import hmac
import ipaddress
import platform
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.admin.running import BLIND, LABELS, database_size, database_version, troubles
from portal.admin.running_checks import data_folder
from portal.backup.queries import find_last_backup
from portal.config import Settings
from portal.core import clock
from portal.core.counts import Counts, counts
from portal.core.db import roll_back, watching_engine
from portal.core.log import logger
from portal.core.schema import Schema, database_schema, newest_revision
from portal.core.settings import settings
from portal.core.version import VERSION
from portal.services.desk_length import desk_length
from portal.services.heartbeat import WEB, WORKER, alive
from portal.services.job_figures import endings, longest_wait, piles

# Before every name, so that nothing else that is watched has the same.
PREFIX = "groeipact_"
OUTCOMES_OF_MAIL = {"done": "sent", "failed": "delayed", "parked": "refused"}


def may_read(
    address: str | None, authorization: str, chosen: Settings, *, is_passed_on: bool
) -> bool:
    """Return whether whoever asks may read the figures: by a token, or by where they ask from.

    `address` is theirs as the trusted proxies say it; where somebody passed the request on whom
    nobody trusts, as `is_passed_on` says, it proves nothing.
    """
    token = chosen.watching.token
    said = authorization.removeprefix("Bearer ").strip().encode()
    if token is not None and hmac.compare_digest(said, token.encode()):
        return True
    if is_passed_on and not chosen.trusted_hops:
        return False
    try:
        asking = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(asking, ipaddress.IPv6Address) and asking.ipv4_mapped is not None:
        asking = asking.ipv4_mapped
    return any(asking in network for network in chosen.watching.networks)


def written(accept: str) -> tuple[bytes, str]:
    """Return the figures, and their content type: the one that is asked for, or the plainest."""
    encode, content_type = choose_encoder(accept)
    return encode(_Figures()), content_type


class _Figures(Collector):
    """Everything that is told, read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        yield from _counted(counts())
        yield from _of_disk(settings())
        is_there, fits = _database_now()
        yield _one("database_up", "Whether the database answers", is_there)
        if is_there:
            yield _one("schema_fits", "Whether the database has the schema of this version", fits)
        found: list[Metric] = []
        if fits:
            try:
                found = [*_of_database()]
            except SQLAlchemyError as fault:
                logger.warning("figures_broken_off", exc_info=fault)
            finally:
                roll_back()
        yield from found


def _database_now() -> tuple[bool, bool]:
    """Return whether the database answers, and whether this code knows it."""
    try:
        with watching_engine().connect() as connection:
            connection.execute(text("SELECT 1"))
            return True, database_schema(connection) is Schema.FITS
    except SQLAlchemyError:
        return False, False


def _counted(kept: Counts) -> Iterator[Metric]:
    for family in kept.families.values():
        name, labels = PREFIX + family.name, list(family.labels)
        if not family.bounds:
            metric = CounterMetricFamily(name, family.tells, labels=labels)
            for values, (number,) in kept.totals(family.name):
                metric.add_metric(values, number)
            yield metric
            continue
        edges = [*(repr(bound) for bound in family.bounds), "+Inf"]
        histogram = HistogramMetricFamily(name, family.tells, labels=labels)
        for values, (*numbers, total) in kept.totals(family.name):
            below = 0.0
            buckets = [
                (edge, below := below + each) for edge, each in zip(edges, numbers, strict=True)
            ]
            histogram.add_metric(values, buckets, total)
        yield histogram


def _of_disk(chosen: Settings) -> Iterator[Metric]:
    disk = shutil.disk_usage(data_folder(chosen))
    yield _one("disk_free_bytes", "Bytes that are free on the disk of DATA_DIR", disk.free)
    yield _one("disk_size_bytes", "Bytes of the disk of DATA_DIR, free or not", disk.total)


def _of_database() -> Iterator[Metric]:
    info = InfoMetricFamily(f"{PREFIX}build", "What this portal is made of")
    versions = {"python": platform.python_version(), "schema": newest_revision()}
    info.add_metric([], {"version": VERSION, "database": database_version(), **versions})
    yield info
    yield _one("database_size_bytes", "Bytes that the database takes", database_size())
    yield from _of_processes()
    yield from _of_jobs()
    yield from _of_desk()
    last = find_last_backup()
    age = [] if last is None else [((), _age(last.made_at))]
    yield _many("backup_age_seconds", "Seconds since the last backup was made", (), age)
    wrong = {finding.name for finding in troubles(settings())}
    told = [((name,), float(name in wrong)) for name in LABELS if name not in BLIND]
    yield _many("trouble", "Whether something needs a person: 1 while it does", ("name",), told)


def _of_processes() -> Iterator[Metric]:
    numbers = dict.fromkeys((WEB, WORKER), 0)
    for process in alive():
        numbers[process.kind] += process.number
    told = [((kind,), float(number)) for kind, number in numbers.items()]
    yield _many("processes", "Processes that are at work, by kind", ("kind",), told)


def _of_jobs() -> Iterator[Metric]:
    waiting = [((pile.kind, pile.state.value), float(pile.number)) for pile in piles()]
    yield _many("jobs", "Jobs that wait or were given up", ("kind", "state"), waiting)
    overdue = longest_wait().total_seconds()
    yield _one("jobs_overdue_seconds", "Seconds that the job most overdue could be done", overdue)
    runs = CounterMetricFamily(
        f"{PREFIX}job_runs", "Tries to do a job, by how they ended", labels=("kind", "outcome")
    )
    mails = CounterMetricFamily(
        f"{PREFIX}mails", "Mails, by what the mail server did", labels=("outcome",)
    )
    sent = dict.fromkeys(OUTCOMES_OF_MAIL.values(), 0)
    for ended in endings():
        runs.add_metric((ended.kind, ended.outcome), ended.number)
        if ended.kind == "mail":
            sent[OUTCOMES_OF_MAIL[ended.outcome]] = ended.number
    for outcome, number in sent.items():
        mails.add_metric((outcome,), number)
    yield from (runs, mails)


def _of_desk() -> Iterator[Metric]:
    waits = desk_length().by_kind()
    numbers = [((kind.thing,), float(kind.number)) for kind in waits]
    ages = [((kind.thing,), _age(kind.since)) for kind in waits if kind.since is not None]
    yield _many("waiting_items", "Things that wait for a moderator, by kind", ("kind",), numbers)
    oldest = "Seconds that the oldest of a kind waits for a moderator"
    yield _many("waiting_oldest_seconds", oldest, ("kind",), ages)


def _age(moment: datetime) -> float:
    return max(0.0, (clock.now() - moment).total_seconds())


def _one(name: str, tells: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, tells, value=float(value))


def _many(
    name: str,
    tells: str,
    labels: Sequence[str],
    values: Sequence[tuple[tuple[str, ...], float]],
) -> Metric:
    metric = GaugeMetricFamily(PREFIX + name, tells, labels=labels)
    for label, value in values:
        metric.add_metric(label, value)
    return metric
