"""A prognosis stands beside a promise, of which term, progress and reminders stay as they are."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.commitments import actions
from portal.commitments.models import Commitment, Prognosis
from portal.commitments.promise import promised
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.services.entered import Source
from tests import factories as make
from tests.commitments.scenes import Scene, promise, signatory
from tests.harness.client import Client

SAID = {"expected": "in de loop van 2031", "body": "De leverancier is **begonnen**."}


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def foretell(commitment: Commitment, scene: Scene, **more: Any) -> Prognosis:
    with write_section():
        return actions.foretell(commitment, **{**SAID, **more}, by=scene.editor)


def test_it_leaves_the_promise_as_it_is(scene: Scene) -> None:
    commitment = promise(scene, term="begin oktober 2027")
    before = (commitment.term_latest, commitment.progress, commitment.news_on)
    foretell(commitment, scene)
    assert (commitment.term_latest, commitment.progress, commitment.news_on) == before
    assert commitment.move_count == commitment.update_count == 0


@pytest.mark.parametrize("progress", ["gereed"])
def test_it_is_not_given_of_what_is_done(scene: Scene, progress: str) -> None:
    commitment = promise(scene, progress=progress)
    with pytest.raises(FieldRefused, match="gereed"):
        foretell(commitment, scene)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_it_is_given_of_public_promises_that_run(scene: Scene, state: str) -> None:
    commitment = promise(scene, state=state)
    with pytest.raises(StepNotOpen):
        foretell(commitment, scene)


def test_everybody_reads_it_with_who_said_it_when_and_where(client: Client, scene: Scene) -> None:
    commitment = promise(scene, term="eind 2030")
    source = Source("Brief aan de raad", "https://raad.example/brief")
    prognosis = foretell(commitment, scene, source=source)
    page = client.get("commitments.show", slug=commitment.slug)
    said = page.soup.select_one(f"#prognose-{prognosis.id}").get_text(" ", strip=True)
    assert "opgave van de ondertekenaar" in said
    assert "in de loop van 2031" in said
    assert "De termijn is hierdoor niet veranderd." in said
    link = page.soup.select_one(f"#prognose-{prognosis.id} a[href='https://raad.example/brief']")
    assert link.get_text(strip=True) == "Brief aan de raad"
    facts = page.soup.select_one(".commitment__facts").get_text(" ", strip=True)
    assert "eind 2030" in facts
    assert "in de loop van 2031" in facts
    assert "De termijn blijft gelden." in facts


def test_it_can_be_taken_back_once_and_stays_to_be_read(client: Client, scene: Scene) -> None:
    commitment = promise(scene)
    prognosis = foretell(commitment, scene)
    with write_section():
        actions.recall(db.session.get_one(Prognosis, prognosis.id), by=scene.editor)
    page = client.get("commitments.show", slug=commitment.slug)
    said = page.soup.select_one(f"#prognose-{prognosis.id}").get_text(" ", strip=True)
    assert "De ondertekenaar trok deze prognose in" in said
    assert "in de loop van 2031" in said
    assert "in de loop van 2031" not in page.soup.select_one(".commitment__facts").get_text()
    with pytest.raises(FieldRefused), write_section():
        actions.recall(db.session.get_one(Prognosis, prognosis.id), by=scene.editor)


def test_the_newest_that_stands_is_in_the_table(client: Client, scene: Scene) -> None:
    commitment = promise(scene, term="eind 2030")
    foretell(commitment, scene, expected="in 2031")
    last = foretell(commitment, scene, expected="in 2032")

    def cell() -> str:
        text = client.get("commitments.sheet", ending="csv").text
        return "in 2032" if "in 2032" in text else "in 2031" if "in 2031" in text else ""

    assert cell() == "in 2032"
    with write_section():
        actions.recall(db.session.get_one(Prognosis, last.id), by=scene.editor)
    assert cell() == "in 2031"


def test_what_changed_tells_of_it_until_it_is_taken_back(client: Client, scene: Scene) -> None:
    commitment = promise(scene)
    prognosis = foretell(commitment, scene)
    day = clock.today()
    where = {"year": day.year, "month": day.month, "soort": "prognose"}
    told = "De ondertekenaar gaf een prognose. De termijn is niet veranderd."
    assert told in client.get("following.changes", **where).text
    with write_section():
        actions.recall(db.session.get_one(Prognosis, prognosis.id), by=scene.editor)
    assert told not in client.get("following.changes", **where).text


def test_a_moderator_of_the_vereniging_gives_none(
    client: Client, scene: Scene, sign_in: Any
) -> None:
    commitment = promise(scene)
    page = sign_in(make.make_moderator()).get("commitments.foretell", commitment_id=commitment.id)
    assert page.status == 403


def test_its_form_keeps_what_was_typed(scene: Scene, sign_in: Any) -> None:
    commitment = promise(scene)
    page = sign_in(scene.editor).get("commitments.foretell", commitment_id=commitment.id)
    refused = page.form().submit(expected="", body="Omdat het zo is.")
    assert refused.status == 422
    assert "Schrijf wanneer u verwacht dat het gereed is." in refused.text
    assert "Omdat het zo is." in refused.text
    page = refused.form().submit(expected="in 2031")
    assert "Uw prognose staat bij de toezegging." in page.text


def test_a_move_of_the_term_leaves_it_beside_the_new_one(client: Client, scene: Scene) -> None:
    commitment = promise(scene, term="eind 2030")
    foretell(commitment, scene)
    with write_section():
        actions.move_term(
            commitment,
            term=promised("eind 2031", clock.today()),
            reason="Meer tijd nodig.",
            by=scene.editor,
        )
    facts = client.get("commitments.show", slug=commitment.slug).soup.select_one(
        ".commitment__facts"
    )
    assert "eind 2031" in facts.get_text()
    assert "in de loop van 2031" in facts.get_text()
