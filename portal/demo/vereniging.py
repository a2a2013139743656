"""The vereniging of the demo: its settings, the example text of the pact, the signing event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from portal.demo.script import CONTENT, Act, Words, moment, table
from portal.demo.stage import Stage
from portal.pact import actions as pact
from portal.pact.models import PactVersion
from portal.vereniging import actions as pages
from portal.vereniging.queries import editable_vereniging


def acts(now: datetime) -> Iterator[Act]:
    """Yield the settings, the versions of the text and the events."""
    said = table("vereniging")
    yield Act(moment(said["at"], now), partial(_settle, said["facts"]))
    for event in said["events"]:
        yield Act(moment(event["at"], now), partial(_add_event, event))
    for version in said["versions"]:
        yield Act(moment(version["at"], now), partial(_publish, version))
    for draft in said["drafts"]:
        yield Act(moment(draft["at"], now), partial(_draft, draft))


def _settle(facts: Words, stage: Stage) -> None:
    beheerder = stage.player("beheerder")
    pages.edit_vereniging(editable_vereniging(), facts=dict(facts), logo=None, by=beheerder)


def _add_event(said: Words, stage: Stage) -> None:
    event = pact.add_event(
        name=said["name"],
        place=said["place"],
        held_on=date.fromisoformat(said["held_on"]),
        source_url=said.get("source_url"),
        by=stage.player("hanneke"),
    )
    stage.keep(f"event:{said['key']}", event)


def _draft(said: Words, stage: Stage) -> None:
    version = pact.draft(
        label=said["label"],
        title=said["title"],
        body=(CONTENT / said["file"]).read_text(),
        is_example=True,
        by=stage.player("beheerder"),
    )
    stage.keep(f"pact:{said['label']}", version)


def _publish(said: Words, stage: Stage) -> None:
    _draft(said, stage)
    version = stage.find(PactVersion, f"pact:{said['label']}")
    pact.publish(
        version,
        valid_from=date.fromisoformat(said["valid_from"]),
        by=stage.player("beheerder"),
    )
