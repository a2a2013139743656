"""Asking to join, and the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Organisation
from tests.factories import (
    make_access_request,
    make_account,
    make_membership,
    make_moderator,
    make_organisation,
)
from tests.organisations.scenes import Scene, role

WORDS = {"job_title": "Adviseur", "message": "Ik schrijf onze toezeggingen."}


class TestJoin:
    def test_it_asks_every_eigenaar_and_nobody_else(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        second = make_membership(scene.organisation, role="eigenaar").account
        editor = make_membership(scene.organisation).account
        moderator = make_moderator()
        page = scene.open("organisations.join", by=scene.asker)
        done = page.form().submit(WORDS)
        assert "Gemeente Dorp (fictief)" in done.main
        assert role(scene.organisation, scene.asker) is None
        mailbox.deliver()
        assert mailbox.to(editor.email) == mailbox.to(moderator.email) == []
        for reader in (scene.owner, second):
            mail = mailbox.last(reader.email)
            assert "Arie Vrager" in mail.subject and WORDS["message"] in mail.text
            path = next(path for path in mail.paths if "/verzoeken/" in path)
            assert sign_in(reader).get(path).h1.startswith("Arie Vrager wil meedoen: ")

    def test_it_asks_the_moderators_when_there_is_no_eigenaar(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        entered = make_organisation(is_public=True)
        moderator = make_moderator()
        page = sign_in(scene.asker).get("organisations.join", organisation_id=entered.id)
        page.form().submit(WORDS)
        mailbox.deliver()
        assert "geen eigenaar" in mailbox.last(moderator.email).text
        waiting = queries.requests_waiting_for_moderators()
        assert [row.author_name for row in waiting] == ["Arie Vrager"]

    def test_it_asks_once(self, scene: Scene, sign_in: Any) -> None:
        client = sign_in(scene.asker)
        form = client.get("organisations.join", organisation_id=scene.organisation.id).form()
        form.submit(WORDS)
        assert form.submit(WORDS).h1 == "Mijn organisaties"
        again = client.get("organisations.join", organisation_id=scene.organisation.id, follow=True)
        assert "U hebt al toegang gevraagd" in again.flashes[0]
        assert len(queries.open_requests_for(scene.organisation.id)) == 1

    def test_it_shows_a_member_the_way_in(self, scene: Scene) -> None:
        page = scene.open("organisations.join", by=scene.owner)
        assert page.location == f"/organisaties/{scene.organisation.id}"

    def test_it_tells_no_name_of_an_organisation_that_is_not_public(
        self, scene: Scene, sign_in: Any
    ) -> None:
        hidden = make_organisation(name="Geheim plan (fictief)")
        client = sign_in(scene.asker)
        page = client.get("organisations.join", organisation_id=hidden.id)
        assert page.h1 == "Vraag toegang tot deze organisatie" and "Geheim" not in page.html
        assert "Geheim" not in page.form().submit(WORDS).html

    def test_it_wants_a_reason(self, scene: Scene) -> None:
        page = scene.open("organisations.join", by=scene.asker)
        refused = page.form().submit({"job_title": "Adviseur", "message": "  "})
        assert refused.error_for("message") == "Schrijf op waarom u mee wilt doen."

    def test_it_can_be_taken_back_by_who_asked_only(self, scene: Scene, sign_in: Any) -> None:
        asked = make_access_request(scene.organisation, author=scene.asker)
        page = sign_in(scene.asker).get("organisations.index")
        path = f"/toegangsverzoeken/{asked.id}/intrekken"
        for other in (scene.owner, make_account()):
            client = sign_in(other)
            key = client.get("organisations.create").form().fields["csrf_token"]
            assert client.post(path, data={"csrf_token": key}).status == 403
        db.session.refresh(asked)
        assert asked.state == "open"
        page.form(path).submit()
        assert queries.open_requests_for(scene.organisation.id) == []


class TestAnswer:
    def address(self, organisation: Organisation, request_id: int) -> str:
        return f"/organisaties/{organisation.id}/verzoeken/{request_id}"

    def test_it_lets_somebody_in_as_what_the_eigenaar_chooses(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        make_access_request(scene.organisation, author=scene.asker)
        client = sign_in(scene.owner)
        page = client.get("organisations.people", organisation_id=scene.organisation.id)
        answer = page.follow("Beantwoorden Arie Vrager")
        assert "geen bewijs" in answer.main and "dorp.example" in answer.main
        answer.form().submit({"answer": "redacteur"})
        assert role(scene.organisation, scene.asker) == "redacteur"
        member = queries.find_membership(scene.organisation.id, scene.asker.id)
        assert member is not None and member.job_title == "Adviseur"
        mailbox.deliver()
        assert "redacteur" in mailbox.last(scene.asker.email).text

    def test_it_refuses_with_a_reason_that_who_asked_reads(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        asked = make_access_request(scene.organisation, author=scene.asker)
        form = sign_in(scene.owner).get(self.address(scene.organisation, asked.id)).form()
        silent = form.submit({"answer": "weigeren"})
        assert silent.status == 422 and "Schrijf op waarom" in (silent.error_for("reason") or "")
        silent.form().submit({"reason": "Wij kennen u niet."})
        assert role(scene.organisation, scene.asker) is None
        mailbox.deliver()
        assert "Wij kennen u niet." in mailbox.last(scene.asker.email).text

    def test_it_warns_when_the_address_says_nothing(self, scene: Scene, sign_in: Any) -> None:
        asked = make_access_request(scene.organisation, author=make_account(email="a@gmail.com"))
        page = sign_in(scene.owner).get(self.address(scene.organisation, asked.id))
        assert "Controleer dat zelf" in page.main

    def test_it_counts_the_first_answer_of_two(self, scene: Scene, sign_in: Any) -> None:
        second = make_membership(scene.organisation, role="eigenaar").account
        asked = make_access_request(scene.organisation, author=scene.asker)
        address = self.address(scene.organisation, asked.id)
        late = sign_in(second).get(address).form()
        sign_in(scene.owner).get(address).form().submit({"answer": "lezer"})
        page = late.submit({"answer": "weigeren", "reason": "Nee."})
        assert page.status == 409 and role(scene.organisation, scene.asker) == "lezer"
        assert "al beantwoord" in sign_in(second).get(address).main

    def test_it_tells_the_owners_nothing_of_what_one_of_them_did(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        asked = make_access_request(scene.organisation, author=scene.asker)
        form = sign_in(scene.owner).get(self.address(scene.organisation, asked.id)).form()
        form.submit({"answer": "eigenaar"})
        mailbox.deliver()
        assert mailbox.to(scene.owner.email) == []

    def test_it_brings_to_the_moderators_what_owners_leave_for_fourteen_days(
        self, scene: Scene, set_clock: Any
    ) -> None:
        make_access_request(scene.organisation, author=scene.asker)
        assert queries.requests_waiting_for_moderators() == []
        set_clock(clock.now() + timedelta(days=14, minutes=1))
        assert len(queries.requests_waiting_for_moderators()) == 1

    def test_it_is_not_found_under_another_organisation(self, scene: Scene, sign_in: Any) -> None:
        asked = make_access_request(make_organisation())
        assert sign_in(scene.owner).get(self.address(scene.organisation, asked.id)).status == 404
