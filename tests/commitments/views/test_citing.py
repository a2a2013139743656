"""The versions of a promise: all of them, each at an address of its own, ready to refer to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.commitments import actions
from portal.commitments.models import Commitment, Revision
from portal.commitments.promise import promised
from portal.commitments.views import citing
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations.models import Organisation, OrganisationName
from portal.services.entered import Source
from portal.services.models import HistoryReason
from portal.services.reasons import empty_reason
from tests.commitments.scenes import Scene, promise, signatory
from tests.factories import make_moderator
from tests.harness.client import Client
from tests.harness.page import Page
from tests.signatures.scenes import person

SignIn = Callable[..., Client]
SOURCE = Source("Besluit", "https://example.org/besluit")


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def edit(commitment: Commitment, scene: Scene, **texts: Any) -> None:
    with write_section():
        actions.edit(db.session.get_one(Commitment, commitment.id), by=scene.editor, **texts)


def move(commitment: Commitment, scene: Scene, words: str, reason: str) -> None:
    with write_section():
        actions.move_term(
            db.session.get_one(Commitment, commitment.id),
            term=promised(words, clock.today()),
            reason=reason,
            by=scene.editor,
        )


def told(page: Page) -> list[str]:
    """The headings of the versions on the page of all."""
    return [heading.get_text(strip=True) for heading in page.soup.select("main section h2")]


def changed(page: Page) -> list[tuple[str, str]]:
    """What went and what came, as it is heard."""
    found = page.soup.select("main del, main ins")
    return [(mark.name, mark.get_text().strip("() ")) for mark in found]


def stood(page: Page) -> tuple[str, str]:
    """What a version says was promised."""
    title, terms = page.soup.select_one("h1"), page.soup.select_one("main dl")
    assert title is not None
    assert terms is not None
    return title.get_text(), terms.get_text(" ", strip=True)


class TestHistory:
    def test_it_tells_every_version_with_the_words_that_changed(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, title="De eerste titel")
        edit(commitment, scene, title="De tweede titel")
        edit(commitment, scene, title="De tweede, betere titel")

        page = client.get("commitments.show", slug=commitment.slug).follow("bekijk de geschiedenis")

        assert page.path == f"/toezeggingen/{commitment.slug}/geschiedenis"
        assert told(page) == ["Versie 3", "Versie 2", "Versie 1"]
        assert changed(page) == [
            ("del", "verwijderd: tweede, einde wijziging"),
            ("ins", "toegevoegd: tweede, betere, einde wijziging"),
            ("del", "verwijderd: eerste, einde wijziging"),
            ("ins", "toegevoegd: tweede, einde wijziging"),
        ]
        assert "De ondertekenaar wijzigde de tekst op" in page.main

    def test_it_tells_a_moved_term_as_a_whole_with_its_reason(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        move(commitment, scene, "eind 2031", "Meer tijd.")

        page = client.get("commitments.history", slug=commitment.slug)

        assert "De ondertekenaar wijzigde de termijn op" in page.main
        assert "Meer tijd." in page.main
        assert [words.split(", einde")[0] for _mark, words in changed(page)] == [
            "verwijderd: eind 2030 (1 oktober tot en met 31 december 2030)",
            "toegevoegd: eind 2031 (1 oktober tot en met 31 december 2031)",
        ]

    def test_it_says_who_corrected_a_text_and_why_until_that_is_emptied(
        self, client: Client, scene: Scene, app: Flask
    ) -> None:
        by = person(make_moderator())
        commitment = promise(scene, entered_as="vereniging", source_url="https://example.org")
        with write_section():
            actions.edit(
                commitment,
                what="Zo staat het er.",
                reason="Verkeerd gelezen.",
                by=by,
            )

        page = client.get("commitments.history", slug=commitment.slug)
        assert "De vereniging wijzigde de tekst op" in page.main
        assert "Verkeerd gelezen." in page.main

        with write_section():
            reason = db.session.query(HistoryReason).filter_by(reason="Verkeerd gelezen.").one()
            empty_reason(reason.history_id, by=by)

        for name, values in (("history", {}), ("version", {"number": 2})):
            page = client.get(f"commitments.{name}", slug=commitment.slug, **values)
            assert "De vereniging wijzigde de tekst op" in page.main
            assert "Verkeerd gelezen." not in page.main

    def test_it_says_when_nothing_changed(self, client: Client, scene: Scene) -> None:
        slug = promise(scene).slug

        assert "niet gewijzigd" in client.get("commitments.history", slug=slug).main
        shown = client.get("commitments.show", slug=slug).main
        assert "gewijzigd op" not in shown
        assert "Zoals eerst toegezegd" not in shown

    def test_of_many_versions_it_leads_to_the_older_ones(
        self, client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(citing, "MOST_TOLD", 2)
        commitment = promise(scene)
        for number in range(3):
            edit(commitment, scene, title=f"Titel {number}")

        page = client.get("commitments.history", slug=commitment.slug)

        assert told(page) == ["Versie 4", "Versie 3", "Oudere versies"]
        assert "Dit is versie 2" not in page.follow("Versie 1").main
        assert "U leest versie 2 van 4" in page.follow("Versie 2").main


class TestVersion:
    def test_it_stays_as_it_was_whatever_follows(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene, title="Titel", what="Wij **doen** dit.", term="eind 2030")
        before = {}
        for number in range(1, 6):
            page = client.get("commitments.version", slug=commitment.slug, number=number)
            assert f"Dit is versie {number} van {number}" in page.main
            before[number] = stood(page)
            if number % 2:
                edit(commitment, scene, title=f"Titel {number}", why=f"Daarom {number}.")
            else:
                move(commitment, scene, f"eind {2030 + number}", "Meer tijd.")
        for number, words in before.items():
            page = client.get("commitments.version", slug=commitment.slug, number=number)
            assert stood(page) == words
            assert f"U leest versie {number} van 6" in page.main

    def test_the_promise_leads_to_what_was_first_promised(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, title="De eerste titel")
        edit(commitment, scene, title="De tweede titel")

        page = client.get("commitments.show", slug=commitment.slug).follow("Zoals eerst toegezegd")

        assert page.path == f"/toezeggingen/{commitment.slug}/versies/1"
        assert page.soup.select_one("h1").get_text() == "De eerste titel"

    def test_it_is_no_page_of_its_own_for_search_engines(
        self, client: Client, scene: Scene
    ) -> None:
        slug = promise(scene).slug

        page = client.get("commitments.version", slug=slug, number=1)

        assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
        assert page.soup.select_one("link[rel=canonical]")["href"].endswith(f"/toezeggingen/{slug}")

    @pytest.mark.parametrize("number", [0, 2, 10**12])
    def test_there_is_none_with_another_number(
        self, client: Client, scene: Scene, number: int
    ) -> None:
        slug = promise(scene).slug

        for name in ("version", "citation"):
            address = {"slug": slug, "number": number}
            assert client.get(f"commitments.{name}", **address).status == 404

    def test_of_a_hidden_promise_it_says_so_and_nothing_else(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, title="Een naam die niemand mag lezen")
        moderator = person(make_moderator())
        with write_section():
            actions.hide(commitment, ground="personal_facts", reason="Een naam.", by=moderator)

        for number in (1, 2):
            page = client.get("commitments.version", slug=commitment.slug, number=number)
            assert page.status == 410
            assert "niemand mag lezen" not in page.text


class TestCitation:
    def test_the_page_offers_words_that_lead_to_this_version(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(datetime(2026, 3, 4, 12, tzinfo=UTC))
        commitment = promise(scene, title="Onze titel")
        set_clock(datetime(2026, 11, 30, 12, tzinfo=UTC))

        for page in (
            client.get("commitments.show", slug=commitment.slug),
            client.get("commitments.version", slug=commitment.slug, number=1),
        ):
            words = page.soup.select_one(".cite__words").get_text().replace("\u200b", "")
            assert " ".join(words.split()) == (
                f"{scene.organisation.name}, “Onze titel”. Toezegging "
                f"GP-{commitment.short_number}, versie 1 van 4 maart 2026. "
                "Groeipact Common Ground. "
                f"http://localhost/toezeggingen/{commitment.slug}/versies/1 "
                "(geraadpleegd op 30 november 2026)."
            )

    def test_it_is_a_file_for_programs_that_keep_references(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, title="Onze titel\nER  - niets")

        answer = client.raw.get(f"/toezeggingen/{commitment.slug}/versies/1/citaat.ris")

        lines = answer.text.split("\r\n")
        assert lines[0] == "TY  - ELEC"
        assert "TI  - Onze titel ER - niets" in lines
        assert f"UR  - http://localhost/toezeggingen/{commitment.slug}/versies/1" in lines
        assert lines[-2:] == ["ER  - ", ""]

    def test_a_draft_has_none(self, sign_in: Callable[..., Client], scene: Scene) -> None:
        draft = promise(scene, state="draft")

        page = sign_in(scene.editor).get("commitments.preview", commitment_id=draft.id)

        assert "Citeer" not in page.main


class TestHiddenText:
    def test_every_page_of_its_versions_says_so_instead_of_its_words(
        self, client: Client, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = promise(scene, title="Geheim van Jansen", term="eind 2030")
        move(commitment, scene, "eind 2031", "Meer tijd.")
        edit(commitment, scene, title="De titel van nu")
        with write_section():
            old = db.session.scalars(select(Revision)).one()
            actions.hide_text(old, ground="other", reason="Naam.", by=person(make_moderator()))

        at = f"/toezeggingen/{commitment.slug}"
        for path in (f"{at}/geschiedenis", f"{at}/versies/1", f"{at}/versies/2", f"{at}/versies/3"):
            page = client.get(path)
            assert "Jansen" not in page.html.replace(str(commitment.slug), ""), path
            assert "erborgen" in page.main, path
        assert "eind 2031" in client.get(f"{at}/versies/2").main
        assert "Jansen" not in client.get(f"{at}/versies/1/citaat.ris").body.decode()
        assert "Geheim van Jansen" in sign_in(scene.editor).get(f"{at}/versies/1").main


def test_a_version_names_its_owner_as_it_was_called_then(client: Client, scene: Scene) -> None:
    commitment = promise(scene)
    edit(commitment, scene, title="Een betere titel")
    owner = db.session.get_one(Organisation, commitment.organisation_id)
    old, today = owner.name, clock.today()
    owner.names[0].valid_until = today
    owner.names.append(
        OrganisationName(name="Nieuw", valid_from=today + timedelta(days=1), match_name="nieuw")
    )
    owner.name = "Nieuw"
    db.session.commit()
    page = client.get("commitments.version", slug=commitment.slug, number=1)
    assert f"{old} (heet nu: Nieuw)" in page.main
    assert (
        f"AU  - {old},"
        in page.follow("Als RIS-bestand, voor een programma dat bronnen bewaart").body.decode()
    )
