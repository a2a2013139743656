"""The vereniging of the demo: its settings, the example text of the pact, the signing event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from portal.demo.script import CONTENT, Act, Entry, moment, table
from portal.demo.stage import Stage
from portal.pact import actions as pact
from portal.pact.models import PactVersion
from portal.vereniging import actions
from portal.vereniging.queries import editable_statement, editable_vereniging
from portal.vereniging.statement import Compliance, Duty


def acts(now: datetime) -> Iterator[Act]:
    """Yield the settings of the vereniging, the signing events and the versions of the text."""
    entry = table("vereniging")
    yield Act(moment(entry["at"], now), partial(_settle, entry["facts"]))
    statement = entry["statement"]
    yield Act(moment(statement["at"], now), partial(_state, statement, now))
    for event in entry["events"]:
        yield Act(moment(event["at"], now), partial(_add_event, event))
    for version in entry["versions"]:
        yield Act(moment(version["at"], now), partial(_publish, version))
    for draft in entry["drafts"]:
        yield Act(moment(draft["at"], now), partial(_draft, draft))


def _settle(settings: Entry, stage: Stage) -> None:
    beheerder = stage.player("beheerder")
    actions.edit_vereniging(editable_vereniging(), settings=settings, logo=None, by=beheerder)


def _state(entry: Entry, now: datetime, stage: Stage) -> None:
    settings = {
        **{name: value for name, value in entry.items() if name != "at"},
        "status": Compliance(entry["status"]),
        "duty": Duty(entry["duty"]),
        "researched_on": moment(entry["researched_on"], now).date(),
        "planned_on": moment(entry["planned_on"], now).date(),
        "failings_nl": entry["failings_nl"].strip(),
        "failings_en": entry["failings_en"].strip(),
    }
    actions.edit_statement(editable_statement(), settings=settings, by=stage.player("beheerder"))


def _add_event(entry: Entry, stage: Stage) -> None:
    event = pact.add_event(
        name=entry["name"],
        place=entry["place"],
        held_on=date.fromisoformat(entry["held_on"]),
        source_url=entry.get("source_url"),
        by=stage.player("hanneke"),
    )
    stage.keep(f"event:{entry['key']}", event)


def _draft(entry: Entry, stage: Stage) -> None:
    version = pact.draft(
        label=entry["label"],
        title=entry["title"],
        body=(CONTENT / entry["file"]).read_text(),
        is_example=True,
        by=stage.player("beheerder"),
    )
    stage.keep(f"pact:{entry['label']}", version)


def _publish(entry: Entry, stage: Stage) -> None:
    _draft(entry, stage)
    version = stage.find(PactVersion, f"pact:{entry['label']}")
    pact.publish(
        version,
        valid_from=date.fromisoformat(entry["valid_from"]),
        by=stage.player("beheerder"),
    )
