"""Something public is hidden from where it stands, is reached nowhere, and comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.moderation.hidables import HIDABLE_KINDS
from portal.organisations.models import Organisation
from portal.services.history import history_of
from portal.services.vereniging import Vereniging
from tests import factories as make
from tests.factories.states import add
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import count_queries
from tests.moderation.hidables import SCENES, SECRET, Scene

SignIn = Callable[[Account | None], Client]
REASON = "Er staat een naam in van iemand die hier niet om vroeg."
GROUND = "Bevat persoonsgegevens van anderen"


@pytest.fixture(params=SCENES)
def scene(app: Flask, request: pytest.FixtureRequest) -> Scene:
    made: Scene = SCENES[request.param]()
    return made


def form_of(scene: Scene) -> str:
    return f"/werkvoorraad/verbergen/{scene.path}/{scene.number}"


def way_back(scene: Scene) -> str:
    return f"/werkvoorraad/terugzetten/{scene.path}/{scene.number}"


def hide(moderator: Client, scene: Scene) -> Page:
    form = moderator.get(form_of(scene)).form()
    return form.submit(ground="personal_facts", reason=REASON, follow=True)


def restore(moderator: Client, scene: Scene) -> Page:
    return moderator.get(way_back(scene)).form().submit(reason="Bij nader inzien kan dit.")


def another(comment: Comment) -> Scene:
    return Scene("reactie", comment.id, comment.discussion.address, (), (), "", ())


def english(address: str) -> str:
    return f"/en{address}"


def check_that_it_stands(reader: Client, scene: Scene) -> None:
    for address in (*scene.addresses, *scene.gone):
        assert reader.get(address).status == 200
    for address in scene.lists:
        assert SECRET in reader.get(address).html
        assert SECRET in reader.get(english(address)).html
    for address in scene.shown_on:
        assert f'src="{scene.addresses[0]}"' in reader.get(address).html


def check_that_it_is_gone(reader: Client, scene: Scene) -> None:
    for way in (str, english):
        for address in scene.addresses:
            page = reader.get(way(address))
            assert page.status == 410
            assert SECRET not in page.html
        for address in scene.lists:
            assert SECRET not in reader.get(way(address)).html
    for address in scene.gone:
        assert reader.get(address).status == 404
    for address in scene.shown_on:
        assert scene.addresses[0] not in reader.get(address).html


def test_it_has_a_scene_for_every_kind() -> None:
    assert set(SCENES) == {kind.path for kind in HIDABLE_KINDS}


class TestHide:
    def test_it_begins_where_it_stands_and_shows_what_that_is(
        self, sign_in: SignIn, scene: Scene
    ) -> None:
        moderator = sign_in(make.make_moderator())
        assert form_of(scene) in moderator.get(scene.at).links.values()

        page = moderator.get(form_of(scene))

        assert " verbergen: " in page.h1
        if scene.lists:
            assert SECRET in page.main
        assert "krijgt een mail" in page.main or "krijgen een mail" in page.main

    def test_it_is_offered_to_nobody_with_a_stake(self, sign_in: SignIn, scene: Scene) -> None:
        others = (None, make.make_account(), make.make_beheerder(), *scene.readers)
        assert sign_in(make.make_moderator()).get(form_of(scene)).status == 200
        for person in (*others, *scene.concerned):
            reader = sign_in(person)
            assert form_of(scene) not in reader.get(scene.at).links.values()
            answer = reader.get(form_of(scene))
            assert answer.status == (403 if person else 303), person

    def test_it_asks_for_a_ground_and_for_words(self, sign_in: SignIn, scene: Scene) -> None:
        page = sign_in(make.make_moderator()).get(form_of(scene)).form().submit()
        assert page.status == 422
        assert page.error_for("ground") == "Kies een reden."
        assert page.error_for("reason") == "Schrijf op waarom."

    def test_it_is_gone_at_once_for_everybody_and_comes_back(
        self, client: Client, sign_in: SignIn, scene: Scene
    ) -> None:
        moderator, account = sign_in(make.make_moderator()), sign_in(make.make_account())
        tags = {
            address: client.get(address).headers.get("ETag", "*") for address in scene.addresses
        }
        check_that_it_stands(client, scene)

        hide(moderator, scene)

        for reader in (client, account):
            check_that_it_is_gone(reader, scene)
            for address, tag in tags.items():
                assert reader.get(address, headers={"If-None-Match": tag}).status == 410

        restore(moderator, scene)

        check_that_it_stands(client, scene)

    def test_it_says_calmly_that_it_is_hidden_and_why(
        self, client: Client, sign_in: SignIn, scene: Scene
    ) -> None:
        hide(sign_in(make.make_moderator()), scene)
        for address in scene.addresses:
            page = client.get(address)
            assert page.h1 == "De vereniging heeft dit verborgen"
            assert GROUND in page.main
            assert page.soup.find("meta", attrs={"name": "robots", "content": "noindex"})
            assert "Contains personal data" in client.get(english(address)).main

    def test_it_tells_its_people_why_and_how_to_ask_for_another_look(
        self, sign_in: SignIn, mailbox: Mailbox, scene: Scene
    ) -> None:
        with write_section():
            add(Vereniging(name="V", site_name="S", email="bureau@vereniging.example"))
        moderator = sign_in(make.make_moderator())

        hide(moderator, scene)

        mails = mailbox.deliver()
        assert {mail.to for mail in mails} == {reader.email for reader in scene.readers}
        for mail in mails:
            assert mail.subject.startswith("Verborgen: uw ")
            for words in (GROUND, REASON, "bureau@vereniging.example", "heroverweging"):
                assert words in " ".join(mail.text.split())
        own = sign_in(scene.readers[0]).get(scene.own_page)
        assert GROUND in own.main and REASON in own.main

        restore(moderator, scene)

        mails = mailbox.deliver()
        assert {mail.to for mail in mails} == {reader.email for reader in scene.readers}
        assert all(mail.subject.startswith("Teruggezet: uw ") for mail in mails)
        assert REASON not in sign_in(scene.readers[0]).get(scene.own_page).main

    def test_it_writes_to_each_in_their_own_language(
        self, sign_in: SignIn, mailbox: Mailbox, scene: Scene
    ) -> None:
        scene.readers[0].locale = "en"
        db.session.commit()
        hide(sign_in(make.make_moderator()), scene)
        mailbox.deliver()
        mail = mailbox.last(scene.readers[0].email)
        assert mail.subject.startswith("Hidden: your ")
        assert "Contains personal data" in mail.text


class TestHidden:
    def test_it_lists_what_is_hidden_with_who_hid_it(self, sign_in: SignIn, scene: Scene) -> None:
        hider, second = make.make_moderator(), sign_in(make.make_moderator())
        assert "Niets verborgen" in second.get("/werkvoorraad/verborgen").main
        hide(sign_in(hider), scene)

        page = second.get("/werkvoorraad/verborgen")

        assert GROUND in page.main and hider.name in page.main
        assert way_back(scene) in page.links.values()
        for person in scene.concerned:
            inside = sign_in(person).get("/werkvoorraad/verborgen")
            assert way_back(scene) not in inside.links.values()
            assert "Een andere moderator besluit hierover." in inside.main

        shown = second.get(way_back(scene))
        assert REASON in shown.main and hider.name in shown.main
        restore(second, scene)
        assert "Niets verborgen" in second.get("/werkvoorraad/verborgen").main

    def test_it_leads_to_the_other_page_when_a_colleague_was_first(
        self, sign_in: SignIn, scene: Scene
    ) -> None:
        moderator = sign_in(make.make_moderator())
        late = moderator.get(form_of(scene)).form()
        assert moderator.get(way_back(scene)).location is not None
        hide(moderator, scene)
        assert moderator.get(form_of(scene)).location == way_back(scene)
        answer = late.submit(ground="other", reason=REASON)
        assert answer.status == 409
        assert "De status is nu: verborgen" in answer.main

    def test_it_is_confirmed_by_a_second_moderator_and_anew_after_a_return(
        self, sign_in: SignIn, scene: Scene
    ) -> None:
        hider, second = sign_in(make.make_moderator()), sign_in(make.make_moderator())
        confirming = f"/werkvoorraad/verborgen/{scene.path}/{scene.number}/bevestigen"
        hide(hider, scene)
        unconfirmed = "Nog niet bevestigd door een tweede moderator."
        assert unconfirmed in second.get("/werkvoorraad/verborgen").main
        form = second.get(way_back(scene)).form(confirming)
        assert confirming not in hider.get(way_back(scene)).html
        assert hider.post(confirming).status == 403

        assert unconfirmed not in form.submit().main

        assert "Een tweede moderator heeft dit bevestigd" in hider.get(way_back(scene)).main
        restore(second, scene)
        hide(hider, scene)
        assert unconfirmed in second.get("/werkvoorraad/verborgen").main

    def test_it_pages_through_many_in_a_few_queries(self, sign_in: SignIn) -> None:
        moderator = sign_in(make.make_moderator())
        comments = [make.make_comment() for _ in range(24)]
        for comment in comments[:2]:
            hide(moderator, another(comment))
        with count_queries() as few:
            moderator.get("/werkvoorraad/verborgen")
        for comment in comments[2:]:
            hide(moderator, another(comment))
        with count_queries() as many:
            first = moderator.get("/werkvoorraad/verborgen")
        # One more counts them, where they take more than one page.
        assert len(many) == len(few) + 1
        second = first.follow("Volgende")
        links = [*first.links.values(), *second.links.values()]
        for comment in comments:
            assert f"/werkvoorraad/terugzetten/reactie/{comment.id}" in links


class TestHiddenComment:
    def test_it_leaves_its_place_above_replies_and_nothing_without(
        self, client: Client, sign_in: SignIn
    ) -> None:
        scene = SCENES["reactie"]()
        comment = db.session.get_one(Comment, scene.number)
        reply = make.make_comment(parent=comment, body="Daar ben ik het niet mee eens.")
        moderator = sign_in(make.make_moderator())

        answer = hide(moderator, scene)

        assert answer.path.startswith(scene.at)
        page = client.get(scene.at)
        place = page.soup.find(id=f"reactie-{comment.id}")
        assert place is not None
        words = place.get_text(" ", strip=True)
        assert words == f"Deze reactie is verborgen door de vereniging. Reden: {GROUND}."
        assert page.soup.find(id=f"reactie-{reply.id}") is not None
        assert "Reacties (1)" in page.main
        assert way_back(scene) in moderator.get(scene.at).links.values()

        hide(moderator, another(reply))
        page = client.get(scene.at)
        assert page.soup.find(id=f"reactie-{comment.id}") is None
        assert "Reacties (0)" in page.main

    def test_it_takes_no_change_nor_answer_while_it_is_hidden(self, sign_in: SignIn) -> None:
        scene = SCENES["reactie"]()
        writer, moderator = sign_in(scene.readers[0]), sign_in(make.make_moderator())
        late = writer.get(f"/reacties/{scene.number}/bewerken").form()
        waiting = make.make_comment_version(db.session.get_one(Comment, scene.number))
        assert "1 tekst of aanvraag wacht" in moderator.get("/werkvoorraad").main

        hide(moderator, scene)

        assert late.submit(body="Zonder naam.").status == 409
        assert "De werkvoorraad is leeg" in moderator.get("/werkvoorraad").main
        placing = moderator.get(f"/werkvoorraad/reacties/{waiting.id}").form()
        assert placing.submit().status == 409
        restore(moderator, scene)
        assert "1 tekst of aanvraag wacht" in moderator.get("/werkvoorraad").main

    def test_it_leaves_a_row_with_its_ground_and_reason(self, sign_in: SignIn) -> None:
        scene, moderator = SCENES["reactie"](), make.make_moderator()
        hide(sign_in(moderator), scene)
        row = history_of("comment", scene.number)[-1]
        assert (row.step, row.ground, row.reason) == ("hide", "personal_facts", REASON)
        assert row.account_id == moderator.id


class TestHiddenCommitment:
    def test_it_counts_nowhere_and_its_people_go_on_reading_it(
        self, client: Client, sign_in: SignIn
    ) -> None:
        scene, moderator = SCENES["toezegging"](), sign_in(make.make_moderator())
        assert "1 toezegging" in client.get("/toezeggingen").main

        assert hide(moderator, scene).path == "/werkvoorraad/verborgen"

        assert "1 toezegging" not in client.get("/toezeggingen").main
        assert SECRET not in client.get("/toezeggingen?q=Geheimpje").main.replace("Geheimpje”", "")
        editor = sign_in(scene.readers[1])
        page = editor.get(scene.at)
        assert page.status == 200 and SECRET in page.h1
        commitment = db.session.get_one(Commitment, scene.number)
        assert "verborgen" in editor.get(f"/organisaties/{commitment.organisation_id}").main


class TestHiddenDocument:
    def test_it_shows_the_version_before_and_its_people_still_open_the_file(
        self, client: Client, sign_in: SignIn
    ) -> None:
        scene, moderator = SCENES["document"](), sign_in(make.make_moderator())
        hide(moderator, scene)

        page = client.get(scene.at)

        assert f"Versie 1 is verborgen door de vereniging. Reden: {GROUND}." in page.main
        assert "Het bewijsstuk is verborgen door de vereniging." in page.main
        assert sign_in(scene.readers[0]).get(scene.addresses[0]).status == 200
        file = f"/werkvoorraad/verborgen/document/{scene.number}/bestand"
        answer = moderator.get(file)
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert client.get(file).status == 303


class TestHiddenProfile:
    def test_it_is_found_by_no_word_in_it(self, client: Client, sign_in: SignIn) -> None:
        scene, search = SCENES["omschrijving"](), "/ondertekenaars?q=Geheimpje"
        catch_up()
        assert scene.at in client.get(search).links.values()
        hide(sign_in(make.make_moderator()), scene)
        assert scene.at not in client.get(search).links.values()

    def test_it_gives_way_to_another_text(self, client: Client, sign_in: SignIn) -> None:
        scene, moderator = SCENES["omschrijving"](), sign_in(make.make_moderator())
        hide(moderator, scene)
        organisation_id = scene.own_page.removeprefix("/organisaties/")
        organisation = db.session.get_one(Organisation, int(organisation_id))
        waiting = make.make_profile(organisation, state="pending", body="Wij doen mee.")
        placing = f"/werkvoorraad/profielen/{waiting.id}"
        moderator.get(placing).form(f"{placing}/plaatsen").submit()
        assert "Wij doen mee." in client.get(scene.at).main
        assert "Niets verborgen" in moderator.get("/werkvoorraad/verborgen").main
