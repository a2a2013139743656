"""Tests of the pages about the pact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.pact import queries
from portal.pact.models import PactVersion, SigningEvent
from tests.factories import (
    make_account,
    make_beheerder,
    make_moderator,
    make_pact_version,
    make_signing_event,
)
from tests.harness.client import Client
from tests.harness.portal import count_queries

SignIn = Callable[[Account | None], Client]


class TestShow:
    def test_it_shows_text_versions_layers_and_themes_to_everybody(
        self, app: Flask, client: Client
    ) -> None:
        make_pact_version(label="1.0", body="De oude tekst.", valid_from=date(2019, 7, 3))
        make_pact_version(label="2.0", body="De nieuwe tekst.", valid_from=date(2024, 1, 1))
        page = client.get("pact.show")
        assert "De nieuwe tekst." in page.main
        assert "De oude tekst." not in page.main
        assert {"Versie 1.0", "Versie 2.0"} <= set(page.links)
        assert queries.layers()[0].name in page.links
        assert "Set-Cookie" not in page.headers

    def test_it_says_that_there_is_no_text_and_invents_none(
        self, app: Flask, client: Client
    ) -> None:
        make_pact_version(state="draft", body="Nog geheim.")
        page = client.get("pact.show")
        assert "De tekst staat hier nog niet" in page.main
        assert "Nog geheim." not in page.html

    def test_it_says_that_an_example_is_one(self, app: Flask, client: Client) -> None:
        make_pact_version(is_example=True)
        assert "Dit is een voorbeeldtekst" in client.get("pact.show").main

    def test_it_names_the_layers_in_english(self, app: Flask, client: Client) -> None:
        names = [word.name_en for word in queries.all_words("lagen")]
        assert set(names) <= set(client.get("/en/groeipact").links)

    def test_it_asks_the_database_no_more_for_more_versions(
        self, app: Flask, client: Client
    ) -> None:
        make_pact_version()
        with count_queries() as few:
            client.get("pact.show")
        for _ in range(4):
            make_pact_version()
        with count_queries() as many:
            client.get("pact.show")
        assert len(few) == len(many)


class TestVersion:
    def test_it_stays_at_its_address_with_its_fingerprint(self, app: Flask, client: Client) -> None:
        old = make_pact_version(label="1.0", body="De oude tekst.")
        make_pact_version(label="2.0")
        page = client.get("pact.version", label="1.0")
        assert "De oude tekst." in page.main
        assert old.sha256 in page.main

    def test_it_gives_the_exact_text_that_the_fingerprint_is_of(
        self, app: Flask, client: Client
    ) -> None:
        version = make_pact_version(label="1.0", body="# Kop\n\nCoöperatie")
        page = client.get("pact.source", label="1.0")
        assert hashlib.sha256(page.body).hexdigest() == version.sha256
        assert "attachment" in page.headers["Content-Disposition"]

    def test_it_tells_which_words_changed_since_the_version_before(
        self, app: Flask, client: Client, sign_in: SignIn
    ) -> None:
        bodies = {"1.0": "Wij delen alles.", "2.0": "Wij delen bronnen.", "3.0": "Wij delen veel."}
        for label, body in bodies.items():
            state = "draft" if label == "3.0" else "published"
            make_pact_version(label=label, body=body, state=state)

        assert client.get("pact.version", label="1.0").soup.select("main del, main ins") == []
        for reader, label, words in (
            (client, "2.0", ["alles.", "bronnen."]),
            (sign_in(make_beheerder()), "3.0", ["bronnen.", "veel."]),
        ):
            page = reader.get("pact.version", label=label)
            marks = page.soup.select("main del [lang], main ins [lang]")
            assert [mark.get_text() for mark in marks] == words

    def test_it_is_not_there_while_it_is_a_draft(
        self, app: Flask, client: Client, sign_in: SignIn
    ) -> None:
        make_pact_version(state="draft", label="3.0")
        for reader in (client, sign_in(make_account()), sign_in(make_moderator())):
            assert reader.get("pact.version", label="3.0").status == 404
            assert reader.get("pact.source", label="3.0").status == 404
        assert sign_in(make_beheerder()).get("pact.version", label="3.0").status == 200


class TestKeeping:
    def test_it_goes_from_draft_to_the_text_that_is_signed(
        self, app: Flask, sign_in: SignIn, client: Client
    ) -> None:
        page = sign_in(make_beheerder()).get("pact.create")
        draft = page.form().submit(label="1.0", title="Groeipact", body="Wij groeien.")
        publish = draft.follow("Publiceren")
        assert publish.form().fields["valid_from"] == clock.today().isoformat()
        assert "Wij groeien." in publish.main
        publish.form().submit(valid_from="2019-07-03")
        assert "3 juli 2019" in client.get("pact.version", label="1.0").main

    def test_it_refuses_a_day_to_come(self, app: Flask, sign_in: SignIn) -> None:
        version = make_pact_version(state="draft")
        page = sign_in(make_beheerder()).get("pact.publish", pact_version_id=version.id)
        tomorrow = clock.today() + timedelta(days=1)
        again = page.form().submit(valid_from=tomorrow.isoformat())
        assert again.status == 422
        assert again.error_for("valid_from")

    def test_it_does_not_publish_what_a_colleague_changed_meanwhile(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        version = make_pact_version(state="draft", body="Zoals gelezen.")
        page = sign_in(make_beheerder()).get("pact.publish", pact_version_id=version.id)
        other = sign_in(make_beheerder()).get("pact.edit", pact_version_id=version.id)
        other.form().submit(body="Stiekem anders.")
        late = page.form().submit()
        assert late.status == 409
        assert "Lees de tekst hieronder opnieuw." in late.main
        assert "Stiekem anders." in late.main
        db.session.expire_all()
        assert version.state == "draft"

    def test_it_shows_both_texts_when_two_edit_at_once(self, app: Flask, sign_in: SignIn) -> None:
        version = make_pact_version(state="draft")
        mine = sign_in(make_beheerder()).get("pact.edit", pact_version_id=version.id)
        other = sign_in(make_beheerder()).get("pact.edit", pact_version_id=version.id)
        other.form().submit(body="Van een ander.")
        late = mine.form().submit(body="Van mij.")
        assert late.status == 409
        assert "Van een ander." in late.main
        assert late.form().fields["body"] == "Van mij."

    @pytest.mark.parametrize("endpoint", ["edit", "publish"])
    def test_it_leads_away_from_what_is_published(
        self, app: Flask, sign_in: SignIn, endpoint: str
    ) -> None:
        version = make_pact_version(label="1.0")
        page = sign_in(make_beheerder()).get(f"pact.{endpoint}", pact_version_id=version.id)
        assert page.location == "/groeipact/versies/1.0"

    @pytest.mark.parametrize("label", ["", "1 0", "../x", "versie/1"])
    def test_it_refuses_a_label_that_cannot_stand_in_an_address(
        self, app: Flask, sign_in: SignIn, label: str
    ) -> None:
        page = sign_in(make_beheerder()).get("pact.create")
        again = page.form().submit(label=label, title="Groeipact", body="Tekst.")
        assert again.error_for("label")
        assert db.session.query(PactVersion).count() == 0

    def test_it_is_for_the_beheerder_only(self, app: Flask, sign_in: SignIn) -> None:
        for person in (make_account(), make_moderator()):
            for endpoint in ("pact.manage", "pact.create"):
                assert sign_in(person).get(endpoint).status == 403


class TestWords:
    @pytest.mark.parametrize("kind", ["lagen", "themas"])
    def test_it_adds_renames_and_retires(self, app: Flask, sign_in: SignIn, kind: str) -> None:
        reader = sign_in(make_beheerder())
        page = reader.get("pact.words", kind=kind)
        page = page.form().submit(name_nl="Nieuw woord", name_en="New word")
        page = page.follow("Nieuw woord").form().submit(name_nl="Ander woord", is_active=False)
        assert "Ander woord" in page.main
        offered = queries.layers() if kind == "lagen" else queries.principles()
        assert "Ander woord" not in [word.name for word in offered]

    def test_it_knows_no_other_kinds(self, app: Flask, sign_in: SignIn) -> None:
        assert sign_in(make_beheerder()).get("pact.words", kind="kleuren").status == 404
        assert sign_in(make_beheerder()).get("pact.word", kind="kleuren", word_id=1).status == 404


class TestEvents:
    def test_it_adds_and_corrects(self, app: Flask, sign_in: SignIn) -> None:
        reader = sign_in(make_moderator())
        page = (
            reader.get("pact.events")
            .form()
            .submit(name="iBestuur-congres", place="Arnem", held_on="2019-07-03")
        )
        page.follow("iBestuur-congres").form().submit(place="Arnhem")
        event = db.session.query(SigningEvent).one()
        assert (event.place, event.held_on) == ("Arnhem", date(2019, 7, 3))

    def test_it_refuses_a_day_to_come(self, app: Flask, sign_in: SignIn) -> None:
        page = sign_in(make_moderator()).get("pact.events")
        tomorrow = clock.today() + timedelta(days=1)
        again = page.form().submit(name="Congres", place="Ede", held_on=tomorrow.isoformat())
        assert again.error_for("held_on")

    def test_it_shows_both_when_two_correct_at_once(self, app: Flask, sign_in: SignIn) -> None:
        event = make_signing_event(place="Arnem")
        mine = sign_in(make_moderator()).get("pact.event", event_id=event.id)
        sign_in(make_moderator()).get("pact.event", event_id=event.id).form().submit(place="Ede")
        late = mine.form().submit(place="Arnhem")
        assert late.status == 409
        assert "Ede" in late.main

    def test_it_is_for_moderators_only(self, app: Flask, sign_in: SignIn) -> None:
        event = make_signing_event()
        for person in (make_account(), make_beheerder()):
            assert sign_in(person).get("pact.events").status == 403
            assert sign_in(person).get("pact.event", event_id=event.id).status == 403
