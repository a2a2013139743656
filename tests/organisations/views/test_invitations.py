"""Invitations: sent, taken back, accepted once, by the right person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Invitation, Organisation
from portal.policy import Role
from tests.factories import (
    PASSWORD,
    make_access_request,
    make_account,
    make_invitation,
    make_membership,
    make_moderator,
    make_organisation,
)
from tests.harness import portal
from tests.organisations.scenes import Scene, role

INVITED = "nieuw@dorp.example"


@pytest.fixture
def invite(sign_in: Any, mailbox: Any) -> Callable[..., str]:
    """Invite as somebody and return the path in the mail."""

    def send(organisation: Organisation, by: Account, email: str, role: str = "redacteur") -> str:
        page = sign_in(by).get("organisations.invite", organisation_id=organisation.id)
        done = page.form().submit({"email": email, "role": role})
        assert done.flashes == [f"De uitnodiging gaat per mail naar {email}."]
        mailbox.deliver()
        return next(path for path in mailbox.last(email).paths if "/uitnodigingen/" in path)

    return send


class TestInvite:
    def test_it_lets_who_was_invited_join_with_that_role(
        self, scene: Scene, sign_in: Any, invite: Any, mailbox: Any
    ) -> None:
        path = invite(scene.organisation, scene.owner, INVITED)
        mail = mailbox.last(INVITED)
        assert "Olga Eigenaar" in mail.text and "14 dagen" in mail.text
        guest = make_account(email="Nieuw@Dorp.example")
        page = sign_in(guest).get(path)
        assert "redacteur" in page.main
        done = page.form().submit({"job_title": "Adviseur"})
        assert done.h1 == "Gemeente Dorp (fictief)"
        assert role(scene.organisation, guest) == "redacteur"
        member = queries.find_membership(scene.organisation.id, guest.id)
        assert member is not None and member.job_title == "Adviseur"

    def test_it_leads_a_visitor_past_sign_in_and_back(
        self, scene: Scene, client: Any, invite: Any
    ) -> None:
        path = invite(scene.organisation, scene.owner, INVITED)
        page = client.get(path)
        assert page.status == 200 and INVITED in page.main
        assert page.links["Registreren"].endswith("/registreren")
        guest = make_account(email=INVITED)
        own_links = {str(a["href"]) for a in page.soup.main.find_all("a")}
        assert f"/inloggen?verder={path}" in own_links
        assert f"/registreren?verder={path}" in own_links
        landed = (
            client.get(f"/inloggen?verder={path}")
            .form()
            .submit({"email": INVITED, "password": PASSWORD})
        )
        assert landed.path == path
        landed.form().submit()
        assert role(scene.organisation, guest) == "redacteur"

    def test_it_refuses_who_belongs_here_already(self, scene: Scene) -> None:
        member = make_membership(scene.organisation).account
        form = scene.open("organisations.invite", by=scene.owner).form()
        page = form.submit({"email": member.email.upper(), "role": "lezer"})
        assert page.status == 422
        assert "hoort al bij deze organisatie" in (page.error_for("email") or "")

    @pytest.mark.parametrize("email", ["", "geen adres", "a@b", "a@b.example\nBcc: c@d.example"])
    def test_it_refuses_what_is_no_address(self, scene: Scene, email: str) -> None:
        form = scene.open("organisations.invite", by=scene.owner).form()
        page = form.submit({"email": email, "role": "lezer"})
        assert page.status == 422 and page.error_for("email")
        assert db.session.scalars(select(Invitation)).all() == []

    def test_it_limits_how_many_somebody_sends(self, scene: Scene, make_app: Any) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_INVITATION="2")
        with app.app_context():
            client = portal.signed_in(app, scene.owner)
            path = f"/organisaties/{scene.organisation.id}/uitnodigen"
            statuses = [
                client.get(path)
                .form()
                .submit({"email": f"gast{number}@dorp.example", "role": "lezer"}, follow=False)
                .status
                for number in range(3)
            ]
        assert statuses == [302, 302, 429]


class TestAccept:
    @pytest.mark.parametrize("method", ["page", "post"])
    def test_it_refuses_somebody_with_another_address(
        self, scene: Scene, sign_in: Any, method: str
    ) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        thief = make_account(email="dief@dorp.example")
        client = sign_in(thief)
        page = client.get("organisations.accept", token=token)
        assert "voor een ander e-mailadres" in page.main
        assert not page.soup.main.find_all("form")
        if method == "post":
            key = client.get("organisations.create").form().fields["csrf_token"]
            page = client.post(f"/uitnodigingen/{token}", data={"csrf_token": key})
            assert page.status == 403
        assert role(scene.organisation, thief) is None

    def test_it_waits_until_the_address_is_confirmed(self, scene: Scene, sign_in: Any) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        guest = make_account(email=INVITED, is_confirmed=False)
        page = sign_in(guest).get("organisations.accept", token=token)
        assert "Bevestig eerst uw e-mailadres" in page.main
        assert not page.soup.main.find_all("form")

    def test_it_works_once(self, scene: Scene, sign_in: Any) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        guest = make_account(email=INVITED)
        client = sign_in(guest)
        form = client.get("organisations.accept", token=token).form()
        form.submit()
        assert form.submit().flashes == ["U hoort al bij deze organisatie."]
        client.get("organisations.leave", organisation_id=scene.organisation.id).form().submit()
        again = client.get("organisations.accept", token=token)
        assert again.status == 410 and "al gebruikt" in again.text
        assert role(scene.organisation, guest) is None

    def test_it_dies_after_fourteen_days(self, scene: Scene, sign_in: Any, set_clock: Any) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        guest = make_account(email=INVITED)
        form = sign_in(guest).get("organisations.accept", token=token).form()
        set_clock(clock.now() + timedelta(days=14, minutes=1))
        late = sign_in(guest)
        page = late.get("organisations.accept", token=token)
        assert page.status == 410 and "verlopen" in page.text
        assert late.post(form.action, data=form.fields).status >= 400
        assert role(scene.organisation, guest) is None

    def test_it_dies_when_a_newer_one_is_sent_or_it_is_taken_back(
        self, scene: Scene, sign_in: Any, invite: Any
    ) -> None:
        guest = sign_in(make_account(email=INVITED))
        first = invite(scene.organisation, scene.owner, INVITED, "lezer")
        second = invite(scene.organisation, scene.owner, INVITED, "redacteur")
        replaced = guest.get(first)
        assert replaced.status == 410 and "nieuwere link" in replaced.main
        assert guest.get(second).status == 200
        people = scene.open("organisations.people", by=scene.owner)
        people.form("intrekken").submit()
        revoked = guest.get(second)
        assert revoked.status == 410 and "ingetrokken" in revoked.main
        assert "nieuwere link" not in revoked.main
        assert INVITED not in people.client.get(people.path).main

    def test_it_raises_a_role_but_never_lowers_one(self, scene: Scene, sign_in: Any) -> None:
        for had, offered, has in (
            ("lezer", "redacteur", "redacteur"),
            ("eigenaar", "lezer", "eigenaar"),
        ):
            guest = make_account()
            make_membership(scene.organisation, guest, role=had)
            _invitation, token = make_invitation(
                scene.organisation, email=guest.email, role=offered
            )
            sign_in(guest).get("organisations.accept", token=token).form().submit()
            assert role(scene.organisation, guest) == has

    def test_it_answers_an_open_request_of_the_same_person(
        self, scene: Scene, sign_in: Any
    ) -> None:
        guest = make_account(email=INVITED)
        asked = make_access_request(scene.organisation, author=guest)
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        sign_in(guest).get("organisations.accept", token=token).form().submit()
        db.session.refresh(asked)
        assert asked.state == "cancelled" and role(scene.organisation, guest) == "redacteur"

    def test_it_changes_nothing_when_a_mail_scanner_follows_the_link(
        self, scene: Scene, client: Any
    ) -> None:
        invitation, token = make_invitation(scene.organisation, email=INVITED)
        client.get("organisations.accept", token=token)
        db.session.refresh(invitation)
        assert invitation.state == "open"

    def test_it_knows_no_made_up_link(self, client: Any) -> None:
        assert client.get("/uitnodigingen/verzonnen").status == 404

    def test_it_can_be_accepted_from_my_own_list(self, scene: Scene, sign_in: Any) -> None:
        guest = make_account(email=INVITED)
        make_invitation(scene.organisation, email=INVITED)
        page = sign_in(guest).get("organisations.index")
        done = page.form("aannemen").submit()
        assert (
            done.h1 == "Gemeente Dorp (fictief)" and role(scene.organisation, guest) == "redacteur"
        )

    def test_it_is_not_there_for_others_on_that_list(self, scene: Scene, sign_in: Any) -> None:
        invitation, _token = make_invitation(scene.organisation, email=INVITED)
        thief = make_account(email="dief@dorp.example")
        client = sign_in(thief)
        key = client.get("organisations.create").form().fields["csrf_token"]
        path = f"/organisaties/{scene.organisation.id}/uitnodigingen/{invitation.id}/aannemen"
        assert client.post(path, data={"csrf_token": key}).status == 404
        assert role(scene.organisation, thief) is None


class TestClaim:
    def test_it_lets_no_moderator_invite_where_an_eigenaar_is(
        self, scene: Scene, sign_in: Any
    ) -> None:
        client = sign_in(make_moderator())
        assert (
            client.get("organisations.invite", organisation_id=scene.organisation.id).status == 403
        )

    def test_it_gives_nobody_a_role_for_the_right_mail_domain(self, sign_in: Any, app: Any) -> None:
        entered = make_organisation(is_public=True, mail_domain="dorp.example")
        colleague = make_account(email="collega@dorp.example")
        client = sign_in(colleague)
        assert client.get("register.organisation", organisation_id=entered.id).status == 404
        assert client.get("organisations.invite", organisation_id=entered.id).status == 403
        assert role(entered, colleague) is None

    def test_it_lets_a_moderator_inside_the_organisation_invite_nobody(
        self, sign_in: Any, app: Any
    ) -> None:
        entered = make_organisation(is_public=True)
        moderator = make_moderator()
        make_membership(entered, moderator, role=Role.READER)
        assert (
            sign_in(moderator).get("organisations.propose_owner", organisation_id=entered.id).status
            == 403
        )
