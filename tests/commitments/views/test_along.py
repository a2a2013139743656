"""Terms as a calendar, read back by a program that knows nothing of this portal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import vobject
from flask import Flask

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.commitments.promise import promised
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs
from tests.commitments.scenes import Scene, moment, publish, signatory
from tests.factories import make_commitment
from tests.harness.client import Client

HOSTILE = 'Plan <b>&amp; "zo"</b>; met, komma’s \\ en → ' + "een heel lange naam " * 4


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 7, 3))
    return signatory()


def events(client: Client, address: str) -> list[Any]:
    """Return the events of a calendar as a calendar program has them."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.body.split(b"\r\n"))
    calendar = vobject.readOne(answer.body.decode())
    return list(getattr(calendar, "vevent_list", []))


class TestCalendar:
    def test_it_says_what_the_vereniging_entered(self, client: Client) -> None:
        make_commitment(
            entered_as=EnteredAs.VERENIGING, source_title="Een nieuwsbericht", term="begin 2030"
        )
        (event,) = events(client, "/toezeggingen.ics")
        assert "Ingevoerd door de vereniging. Bron: Een nieuwsbericht" in event.description.value

    def test_a_promise_that_is_kept_or_taken_back_offers_no_term(
        self, client: Client, scene: Scene
    ) -> None:
        made = {
            state: make_commitment(scene.organisation, title=state, term="begin 2035", **how)
            for state, how in {
                "loopt": {},
                "gereed": {"progress": "gereed"},
                "ingetrokken": {"state": "withdrawn"},
            }.items()
        }
        offered = {
            state: f"/toezeggingen/{commitment.slug}/termijn.ics"
            in client.get(f"/toezeggingen/{commitment.slug}").links.values()
            for state, commitment in made.items()
        }
        assert offered == {"loopt": True, "gereed": False, "ingetrokken": False}

    def test_a_term_is_a_span_of_whole_days_with_its_words(
        self, client: Client, scene: Scene
    ) -> None:
        title = HOSTILE[:110].strip()
        commitment = make_commitment(
            scene.organisation, title=title, term="begin oktober", promised_on=date(2019, 7, 3)
        )
        (event,) = events(client, f"/toezeggingen/{commitment.slug}/termijn.ics")
        assert event.summary.value == f"{scene.organisation.name}: {title}"
        assert (event.dtstart.value, event.dtend.value) == (date(2019, 10, 1), date(2019, 10, 11))
        first = event.description.value.splitlines()[0]
        assert first == "Termijn: begin oktober (1 tot en met 10 oktober 2019)"
        assert event.url.value.endswith(f"/toezeggingen/{commitment.slug}")
        assert event.transp.value == "TRANSPARENT"

    def test_a_moved_term_is_the_same_event_in_a_later_sequence(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2019, 9, 2))
        commitment = publish(scene)
        (before,) = events(client, "/toezeggingen.ics")
        set_clock(moment(2019, 9, 20))
        _move(commitment, scene)
        (after,) = events(client, "/toezeggingen.ics")
        assert after.uid.value == before.uid.value
        assert int(after.sequence.value) == int(before.sequence.value) + 1
        assert (before.dtstart.value, after.dtstart.value) == (date(2020, 10, 1), date(2021, 1, 1))
        with write_section():
            db.session.add(commitment)
            actions.withdraw(commitment, reason="Toch niet", by=scene.editor)
        (gone,) = events(client, "/toezeggingen.ics")
        assert gone.status.value == "CANCELLED"
        assert int(gone.sequence.value) > int(after.sequence.value)

    def test_it_holds_what_the_list_holds_that_has_a_date(
        self, client: Client, scene: Scene
    ) -> None:
        for term in ("eind 2030", "vanaf 2029", "uiterlijk 1 mei 2031", "doorlopend"):
            make_commitment(scene.organisation, title=f"Plan {term}", term=term)
        make_commitment(scene.organisation, title="Concept", state="draft")
        make_commitment(title="Van een ander", term="in 2040")
        page = client.get(f"/toezeggingen?organisatie={scene.organisation.slug}")
        link = page.soup.select_one('main a[type="text/calendar"]')["href"]
        found = {event.summary.value.rpartition(": ")[2]: event for event in events(client, link)}
        assert set(found) == {"Plan eind 2030", "Plan vanaf 2029", "Plan uiterlijk 1 mei 2031"}
        open_end = found["Plan vanaf 2029"]
        assert (open_end.dtstart.value, open_end.dtend.value) == (
            date(2029, 1, 1),
            date(2029, 1, 2),
        )

    def test_no_calendar_is_given_of_a_draft(self, client: Client, scene: Scene) -> None:
        draft = make_commitment(scene.organisation, state="draft")
        assert client.get(f"/toezeggingen/{draft.id}/termijn.ics").status == 404


def _move(commitment: Commitment, scene: Scene) -> None:
    with write_section():
        db.session.add(commitment)
        actions.move_term(
            commitment,
            term=promised("begin 2021", date(2019, 9, 20)),
            reason="Meer tijd nodig",
            by=scene.editor,
        )
