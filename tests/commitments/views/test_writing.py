"""The pages on which commitments are written, published and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.commitments import actions
from portal.commitments.models import Commitment, TermMove, Update
from portal.core.db import db, write_section
from tests.commitments.scenes import WORDS, Scene, make_membership_of, promise, signatory
from tests.factories import (
    PASSWORD,
    layer,
    make_account,
    make_document,
    make_membership,
    make_moderator,
    make_organisation,
    principle,
)
from tests.harness.client import Client
from tests.harness.page import Page

SignIn = Callable[..., Client]
UNDATED = {"term_words": "doorlopend", "term_choice": "zonder"}
WORK_PAGES = ("edit", "publish", "discard", "report", "move_term", "withdraw", "add_document")


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def again(commitment: Commitment) -> Commitment:
    db.session.expire_all()
    return db.session.get_one(Commitment, commitment.id)


def send(page: Page, **values: Any) -> Page:
    """Send a form whose term has not been asked yet, as one that was."""
    fields = {**page.form().fields, **values}
    kept = {name: value for name, value in fields.items() if value not in (None, [])}
    return page.client.post(page.path, data=kept, follow=True)


def unfolded(page: Page) -> list[str]:
    """The names of the questions that stand in an open fold, in the order of the page."""
    fields = page.soup.select("details.more--questions[open] :is(input, textarea)")
    return list(dict.fromkeys(str(field["name"]) for field in fields))


class TestCreate:
    def test_it_keeps_a_draft_and_shows_it(self, scene: Scene, sign_in: SignIn) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        done = send(
            page,
            **WORDS,
            **UNDATED,
            for_whom="Voor gemeenten",
            layer_ids=[layer("data").id],
            principle_ids=[principle("standaarden").id],
        )

        assert done.h1 == WORDS["title"]
        assert "Voor gemeenten" in done.main
        assert "Data/Gegevensbronnen" in done.main
        assert done.flashes
        assert count(Commitment) == 1

    def test_it_unfolds_only_the_questions_that_are_answered_or_wrong(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )
        assert unfolded(page) == []

        refused = send(page, title="", why="Daarom", source_url="javascript:alert(1)")
        assert refused.status == 422
        assert unfolded(refused) == ["for_whom", "why", "result", "source_title", "source_url"]

    def test_it_makes_one_when_it_is_sent_twice(self, scene: Scene, sign_in: SignIn) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        first = send(page, **WORDS, **UNDATED)
        second = send(page, **WORDS, **UNDATED)

        assert count(Commitment) == 1
        assert first.path == second.path

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("kind", None, "Kies wat voor toezegging dit is."),
            ("title", "  ", "Vul een titel in."),
            ("title", "a" * 121, "Gebruik hoogstens 120 tekens. U gebruikt er 1 te veel."),
            ("what", "", "Schrijf op wat de toezegging is."),
            ("source_url", "javascript:alert(1)", "begint met https://"),
            ("promised_on", "30-2-2020", "Deze datum bestaat niet"),
            ("promised_on", "", "Vul in op welke dag dit is toegezegd."),
            ("promised_on", "1620-01-01", "Kies een datum tussen 1900 en 2199."),
        ],
    )
    def test_it_says_what_must_be_put_right_and_keeps_the_rest(
        self, scene: Scene, sign_in: SignIn, field: str, value: str | None, words: str
    ) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        answer = send(page, **{**WORDS, **UNDATED, "why": "Daarom.", field: value})

        assert answer.status == 422
        assert words in (answer.error_for(field) or "")
        assert answer.form().fields["why"] == "Daarom."
        assert answer.title.startswith("Fout:")
        assert count(Commitment) == 0

    def test_it_lists_what_is_wrong_in_the_order_of_the_page(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        answer = page.form().submit(term_words="eind 2040", promised_on="")

        links = [str(link["href"]) for link in answer.soup.select(".error-summary a")]
        assert links == ["#kind-0", "#title", "#what", "#promised_on", "#term_choice-0"]

    def test_it_takes_a_title_of_120_characters(self, scene: Scene, sign_in: SignIn) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        assert send(page, **{**WORDS, **UNDATED, "title": "é" * 120}).h1 == "é" * 120

    def test_it_may_begin_before_the_signature_is_admitted(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        organisation = make_organisation()
        editor = make_membership_of(organisation)
        page = sign_in(editor).get("commitments.create", organisation_id=organisation.id)

        assert send(page, **WORDS, **UNDATED).h1 == WORDS["title"]

    @pytest.mark.parametrize("role", ["lezer", None])
    def test_it_is_for_who_writes_for_the_organisation(
        self, scene: Scene, sign_in: SignIn, role: str | None
    ) -> None:
        person = make_account()
        if role:
            make_membership(scene.organisation, person, role=role)
        reader = sign_in(person)

        page = reader.get("commitments.create", organisation_id=scene.organisation.id)

        assert page.status == 403

    def test_it_keeps_what_was_typed_until_after_signing_in(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        reader = sign_in(scene.editor)
        page = reader.get("commitments.create", organisation_id=scene.organisation.id)
        filled = page.form().fill({**WORDS, "promised_on": "2019-07-03", "term_words": "2020"})
        filled = {name: value for name, value in filled.items() if value not in (None, [])}

        entry = client.post(page.path, data=filled, follow=True)
        back = entry.form().submit(email=scene.editor.email, password=PASSWORD)

        fields = back.form(back.path).fields
        assert (fields["title"], fields["what"]) == (WORDS["title"], WORDS["what"])
        assert (fields["promised_on"], fields["term_words"]) == ("2019-07-03", "2020")
        assert "1 januari tot en met 31 december 2020" in back.main

    def test_it_offers_no_layer_that_is_no_longer_used(self, scene: Scene, sign_in: SignIn) -> None:
        layer("data").is_active = False
        kept = promise(scene, state="draft", layers=[layer("data")])
        reader = sign_in(scene.editor)

        new = reader.get("commitments.create", organisation_id=scene.organisation.id)
        old = reader.get("commitments.edit", commitment_id=kept.id)

        assert "Data/Gegevensbronnen" not in new.main
        assert str(layer("data").id) in old.form().fields["layer_ids"]


class TestEdit:
    def test_it_changes_a_published_text_and_says_so(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, title="Eerst")
        page = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)

        done = page.form().submit(title="Daarna")

        assert done.path == f"/toezeggingen/{commitment.slug}"
        assert done.h1 == "Daarna"
        assert "De tekst is gewijzigd op" in done.main

    def test_it_does_not_offer_the_term_of_a_public_promise(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        page = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)
        assert not {"term_words", "term_choice", "promised_on"} & set(page.form().fields)

        send(page, term_words="eind 2040", term_choice="zonder", promised_on="2001-01-01")

        assert again(commitment).term_words == "eind 2030"
        assert again(commitment).promised_on == commitment.promised_on

    def test_it_ignores_what_no_form_offers(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft")
        page = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)
        other = signatory().organisation

        send(page, state="published", organisation_id=other.id, slug="x", author_id=1)

        assert again(commitment).state == "draft"
        assert again(commitment).organisation_id == scene.organisation.id

    def test_it_shows_both_texts_when_two_save_at_once(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, title="Het begin")
        colleague = make_membership_of(scene.organisation)
        mine = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)
        theirs = sign_in(colleague).get("commitments.edit", commitment_id=commitment.id)
        theirs.form().submit(title="Van mijn collega")

        conflict = mine.form().submit(title="Van mij")

        assert conflict.status == 409
        assert "Van mijn collega" in conflict.main
        assert conflict.form().fields["title"] == "Van mij"
        assert again(commitment).title == "Van mijn collega"

        conflict.form().submit()
        assert again(commitment).title == "Van mij"

    def test_it_is_a_conflict_when_it_was_published_meanwhile(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = promise(scene, state="draft", title="Het begin")
        reader = sign_in(scene.editor)
        page = reader.get("commitments.edit", commitment_id=commitment.id)
        reader.get("commitments.publish", commitment_id=commitment.id).form().submit()

        conflict = page.form().submit(title="Net te laat")

        assert conflict.status == 409
        assert conflict.form().fields["title"] == "Net te laat"
        assert again(commitment).title == "Het begin"


class TestPublish:
    def test_it_is_public_after_a_press(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft", title="Naar buiten")
        page = sign_in(scene.editor).get("commitments.preview", commitment_id=commitment.id)

        done = page.follow("Publiceren").form().submit()

        assert done.path == "/toezeggingen/naar-buiten"
        assert again(commitment).state == "published"

    def test_it_is_not_published_by_looking(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft")

        sign_in(scene.editor).get("commitments.publish", commitment_id=commitment.id)

        assert again(commitment).state == "draft"

    def test_it_says_why_it_must_wait(self, app: Flask, sign_in: SignIn) -> None:
        organisation = make_organisation()
        editor = make_membership_of(organisation)
        commitment = promise(Scene(organisation, editor), state="draft")
        reader = sign_in(editor)

        page = reader.get("commitments.publish", commitment_id=commitment.id)
        assert "nog geen ondertekenaar" in page.main
        key = page.form("/uitloggen").fields["csrf_token"]
        seen = commitment.seen_as
        answer = reader.post(page.path, data={"csrf_token": key, "seen": seen})

        assert answer.status == 422
        assert "nog geen ondertekenaar" in answer.main
        assert again(commitment).state == "draft"

    def test_it_answers_calmly_when_somebody_was_first(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft")
        page = sign_in(scene.editor).get("commitments.publish", commitment_id=commitment.id)
        with write_section():
            actions.publish(again(commitment), by=scene.editor)

        assert page.form().submit().status == 409


class TestDiscard:
    def test_it_throws_a_draft_away(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft", title="Weg ermee")
        page = sign_in(scene.editor).get("commitments.discard", commitment_id=commitment.id)

        done = page.form().submit()

        assert done.path == f"/organisaties/{scene.organisation.id}"
        assert again(commitment).state == "discarded"

    def test_it_never_takes_away_what_is_public(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene)

        page = sign_in(scene.editor).get("commitments.discard", commitment_id=commitment.id)

        assert page.status == 409
        assert again(commitment).state == "published"


class TestReport:
    def test_it_tells_how_far_it_is(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene)
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        done = page.form().submit(
            progress="vertraagd",
            body="De aanbesteding **duurt** langer.",
            told_on="2026-03-01",
            evidence_url="https://example.org/besluit",
        )

        assert done.status == 200
        assert "De aanbesteding duurt langer." in done.main
        assert "1 maart 2026" in done.main
        assert again(commitment).progress == "vertraagd"

    def test_it_says_what_comes_next_and_how_much_is_done(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.editor).get("commitments.report", commitment_id=promise(scene).id)

        refused = page.form().submit(
            progress="loopt", body="Op weg.", ahead="Wij **kiezen** een leverancier.", percent="101"
        )
        done = refused.form().submit(percent="40")

        assert refused.error_for("percent") == "Vul een getal van 0 tot en met 100 in."
        assert "In het komende half jaar: Wij kiezen een leverancier." in done.main
        assert "Naar eigen schatting is 40% klaar." in done.main

    def test_it_takes_a_document_that_is_there_as_evidence(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = promise(scene)
        document = make_document(title="Ons plan")
        with write_section():
            actions.link_document(commitment, document)
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        done = page.form().submit(progress="gereed", body="Klaar.", evidence_id=str(document.id))

        assert "Bewijsstuk: Ons plan" in done.links
        assert "zonder bewijsstuk" not in done.main.lower()

    def test_it_takes_no_document_of_another(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, document = promise(scene), make_document(title="Mandaat")
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        answer = send(page, progress="gereed", body="Klaar.", evidence_id=str(document.id))

        assert answer.status == 422
        assert count(Update) == 0

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("body", "", "Schrijf in een paar zinnen wat er is gebeurd."),
            ("told_on", "2199-01-01", "ligt in de toekomst"),
            ("evidence_url", "example", "Vul een volledig webadres in"),
        ],
    )
    def test_it_says_what_must_be_put_right(
        self, scene: Scene, sign_in: SignIn, field: str, value: str, words: str
    ) -> None:
        commitment = promise(scene)
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        answer = page.form().submit({"progress": "loopt", "body": "Op weg.", field: value})

        assert answer.status == 422
        assert words in (answer.error_for(field) or "")
        assert count(Update) == 0

    def test_it_makes_one_when_it_is_sent_twice(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene)
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        first = page.form().submit(progress="loopt", body="Op weg.")
        second = page.form().submit(progress="loopt", body="Op weg.")

        assert count(Update) == 1
        assert first.path == second.path

    def test_it_shows_what_a_colleague_told_meanwhile(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene)
        colleague = make_membership_of(scene.organisation)
        mine = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)
        theirs = sign_in(colleague).get("commitments.report", commitment_id=commitment.id)
        theirs.form().submit(progress="vertraagd", body="Het duurt langer.")

        conflict = mine.form().submit(progress="loopt", body="Het gaat goed.")

        assert conflict.status == 409
        assert "Het duurt langer." in conflict.main
        assert conflict.form().fields["body"] == "Het gaat goed."
        assert count(Update) == 1


class TestMoveTerm:
    def test_it_shows_the_old_term_and_the_new_one(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, term="eind 2030")
        page = sign_in(scene.editor).get("commitments.move_term", commitment_id=commitment.id)
        assert page.form().fields["term_words"] == ""

        asked = page.form().submit(term_words="medio 2031", reason="De markt is niet zover.")
        assert asked.status == 422
        assert "1 april tot en met 30 september 2031" in (asked.error_for("term_choice") or "")
        done = asked.form().submit(term_choice=asked.form().choices("term_choice")[0])

        assert "Van eind 2030 (1 oktober tot en met 31 december 2030) naar medio 2031" in done.main
        assert "De markt is niet zover." in done.main

    @pytest.mark.parametrize(
        ("values", "field", "words"),
        [
            ({"reason": " "}, "reason", "Leg uit waarom de termijn verschuift."),
            ({"decided_on": "2199-01-01"}, "decided_on", "ligt in de toekomst"),
        ],
    )
    def test_it_says_what_must_be_put_right(
        self, scene: Scene, sign_in: SignIn, values: dict[str, str], field: str, words: str
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        page = sign_in(scene.editor).get("commitments.move_term", commitment_id=commitment.id)

        answer = page.form().submit({"term_words": "2031", "reason": "Later.", **values})

        assert words in (answer.error_for(field) or "")
        assert count(TermMove) == 0

    def test_it_refuses_the_term_that_stands_there(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, term="eind 2030")
        page = sign_in(scene.editor).get("commitments.move_term", commitment_id=commitment.id)
        asked = page.form().submit(term_words="eind 2030", reason="Toch niet.")

        answer = asked.form().submit(term_choice=asked.form().choices("term_choice")[0])

        assert answer.status == 422
        assert "Dit is de termijn die er al staat" in (answer.error_for("term_words") or "")

    def test_it_reads_from_the_day_of_the_decision(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
        page = sign_in(scene.editor).get("commitments.move_term", commitment_id=commitment.id)

        asked = page.form().submit(
            term_words="volgend jaar", reason="Later.", decided_on="2020-12-01"
        )

        assert "31 december 2021" in (asked.error_for("term_choice") or "")


class TestWithdraw:
    def test_it_stays_to_be_read_with_the_reason(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene)
        page = sign_in(scene.editor).get("commitments.withdraw", commitment_id=commitment.id)

        refused = page.form().submit(reason="")
        assert refused.error_for("reason") == "Leg uit waarom u de toezegging intrekt."
        done = refused.form().submit(reason="Het budget is weg.")

        assert "Deze toezegging is ingetrokken" in done.main
        assert "Het budget is weg." in done.main

    @pytest.mark.parametrize("name", ["edit", "report", "move_term", "withdraw", "add_document"])
    def test_it_ends_the_work(self, scene: Scene, sign_in: SignIn, name: str) -> None:
        commitment = promise(scene, state="withdrawn")

        page = sign_in(scene.editor).get(f"commitments.{name}", commitment_id=commitment.id)

        assert page.status == 409


class TestStrangers:
    """Nobody else reaches the work pages, and nobody learns of a draft."""

    @pytest.mark.parametrize("name", WORK_PAGES)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_not_there_for_them_as_a_draft(
        self, scene: Scene, sign_in: SignIn, name: str, method: str
    ) -> None:
        commitment = promise(scene, state="draft", title="Geheim")
        for person in (make_account(), signatory("eigenaar").editor, make_moderator()):
            reader = sign_in(person)
            answer = getattr(reader, method)(f"commitments.{name}", commitment_id=commitment.id)
            assert answer.status == 404
        assert again(commitment).state == "draft"

    @pytest.mark.parametrize("name", ["edit", "report", "move_term", "withdraw", "add_document"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_refused_to_them_when_public(
        self, scene: Scene, sign_in: SignIn, name: str, method: str
    ) -> None:
        commitment = promise(scene)
        for person in (
            make_account(),
            signatory("eigenaar").editor,
            make_membership_of(scene.organisation, "lezer"),
        ):
            reader = sign_in(person)
            answer = getattr(reader, method)(f"commitments.{name}", commitment_id=commitment.id)
            assert answer.status == 403
        assert again(commitment).state == "published"

    @pytest.mark.parametrize("state", ["draft", "published"])
    def test_it_leads_a_visitor_to_the_entrance(
        self, scene: Scene, client: Client, state: str
    ) -> None:
        commitment = promise(scene, state=state, title="Geheim")

        page = client.get("commitments.edit", commitment_id=commitment.id)

        assert (page.location or "").startswith("/inloggen")
        assert "Geheim" not in page.text

    @pytest.mark.parametrize("name", WORK_PAGES)
    def test_it_is_not_there_when_it_never_was(
        self, scene: Scene, sign_in: SignIn, name: str
    ) -> None:
        page = sign_in(scene.editor).get(f"commitments.{name}", commitment_id=987654)

        assert page.status == 404
