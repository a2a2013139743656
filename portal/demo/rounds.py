"""The yearly report and the rappel of the demo, counted from what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from portal.core import clock
from portal.demo.script import Act, Entry, moment, table
from portal.demo.stage import Stage
from portal.rappels import actions as rappels
from portal.rappels.models import Rappel
from portal.rappels.queries import still_asked
from portal.reports import actions as reports
from portal.reports.models import YearlyReport

RAPPEL = "rappel:demo"


def acts(now: datetime) -> Iterator[Act]:
    """Yield the making of every report, and one round of questions up to its outcome."""
    for entry in table("rounds")["reports"]:
        yield Act(moment(entry["at"], now), partial(_count, entry))
        yield Act(moment(entry["established_at"], now), partial(_establish, entry))
    entry = table("rounds")["rappel"]
    for at, play in (
        ("at", _prepare),
        ("sent_at", _send),
        ("out_at", _go_out),
        ("published_at", _publish),
    ):
        yield Act(moment(entry[at], now), partial(play, entry))


def _count(entry: Entry, stage: Stage) -> None:
    report = reports.draft(
        counted_on=date.fromisoformat(entry["counted_on"]),
        introduction=entry["introduction"].strip(),
        by=stage.player(entry["by"]),
    )
    stage.keep(f"report:{entry['counted_on']}", report)


def _establish(entry: Entry, stage: Stage) -> None:
    report = stage.find(YearlyReport, f"report:{entry['counted_on']}")
    reports.establish(report, by=stage.player(entry["by"]))


def _prepare(entry: Entry, stage: Stage) -> None:
    stage.keep(RAPPEL, rappels.prepare(by=stage.player(entry["by"])))


def _send(entry: Entry, stage: Stage) -> None:
    rappels.send(stage.find(Rappel, RAPPEL), by=stage.player(entry["by"]))


def _go_out(_entry: Entry, stage: Stage) -> None:
    """Let it go out as the worker would, mails included."""
    rappel = stage.find(Rappel, RAPPEL)
    rappels.go_out(rappel)
    for party in still_asked(rappel, on=clock.today()).parties:
        rappels.mail_party(rappel, party, is_again=False)


def _publish(entry: Entry, stage: Stage) -> None:
    rappels.publish(stage.find(Rappel, RAPPEL), by=stage.player(entry["by"]))
