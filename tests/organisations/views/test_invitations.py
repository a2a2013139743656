"""Invitations: sent, taken back, mailed again, accepted once, by the right person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.accounts.queries import find_account
from portal.core import clock
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Invitation, Organisation
from portal.policy import Role
from portal.services.history import history_of
from tests.accounts.people import GOOD, OTHER, has_password, looked_up
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
from tests.harness.client import Client
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

    def test_it_confirms_the_address_to_which_its_link_came(
        self, scene: Scene, sign_in: Any
    ) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        guest = make_account(email=INVITED, is_confirmed=False)
        elsewhere, client = sign_in(guest), sign_in(guest)
        client.get("organisations.accept", token=token).form().submit()
        assert role(scene.organisation, guest) == "redacteur"
        assert looked_up(INVITED).is_confirmed
        assert client.get("accounts.overview").h1 == "Mijn account"
        assert elsewhere.get("accounts.overview").location is not None

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
        page = client.get("/uitnodigingen/verzonnen")
        assert page.status == 404
        assert "Misschien is de link niet helemaal overgenomen uit de mail." in page.main


class TestMailAgain:
    def test_it_mails_a_new_link_to_who_was_invited_and_joins_nobody(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        guest = make_account(email=INVITED)
        invitation, former = make_invitation(scene.organisation, email=INVITED, author=scene.owner)
        client = sign_in(guest)
        page = client.get("organisations.index").form("mailen").submit()
        assert page.flashes == [f"Er is een nieuwe link gemaild aan {INVITED}."]
        assert role(scene.organisation, guest) is None
        mailbox.deliver()
        mail = mailbox.last(INVITED)
        assert "Olga Eigenaar" in mail.text and "14 dagen" in mail.text
        [path] = [path for path in mail.paths if "/uitnodigingen/" in path]
        dead = client.get("organisations.accept", token=former)
        assert dead.status == 410 and "nieuwere link" in dead.main
        client.get(path).form().submit()
        assert role(scene.organisation, guest) == "redacteur"
        steps = [row.step for row in history_of("invitation", invitation.id)]
        assert steps[-2:] == ["mailed_again", "accept"]

    def test_it_gives_no_more_days(
        self, scene: Scene, sign_in: Any, mailbox: Any, set_clock: Any
    ) -> None:
        make_invitation(scene.organisation, email=INVITED, author=scene.owner)
        set_clock(clock.now() + timedelta(days=10))
        sign_in(make_account(email=INVITED)).get("organisations.index").form("mailen").submit()
        mailbox.deliver()
        assert "4 dagen" in mailbox.last(INVITED).text

    def test_it_is_not_there_for_others(self, scene: Scene, sign_in: Any, mailbox: Any) -> None:
        invitation, _token = make_invitation(scene.organisation, email=INVITED)
        path = f"/organisaties/{scene.organisation.id}/uitnodigingen/{invitation.id}/mailen"
        for reader in (
            make_account(email="dief@dorp.example"),
            make_account(email=INVITED, is_confirmed=False),
        ):
            client = sign_in(reader)
            key = client.get("accounts.sessions").form("/uitloggen").fields["csrf_token"]
            assert client.post(path, data={"csrf_token": key}).status in (403, 404)
        mailbox.deliver()
        assert mailbox.to(INVITED) == []

    def test_it_says_when_there_is_nothing_to_accept_any_longer(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        make_invitation(scene.organisation, email=INVITED, author=scene.owner)
        form = sign_in(make_account(email=INVITED)).get("organisations.index").form("mailen")
        scene.open("organisations.people", by=scene.owner).form("intrekken").submit()
        assert form.submit().status == 410
        mailbox.deliver()
        assert mailbox.to(INVITED) == []


class TestRegisterWhenInvited:
    """The link came to the invited address: whoever opens it has that mail."""

    def register(self, client: Any, token: str, **typed: str) -> Any:
        page = client.get("organisations.accept", token=token)
        own = next(a for a in page.soup.main.find_all("a") if a.text.strip() == "Registreren")
        values = {"name": "Gijs Gast", "password": PASSWORD, **typed}
        return client.get(str(own["href"])).form().submit(values)

    def test_it_goes_on_at_once_and_sends_no_second_mail(
        self, scene: Scene, client: Any, mailbox: Any
    ) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        page = self.register(client, token)
        assert page.form().submit().h1 == "Gemeente Dorp (fictief)"
        guest = looked_up(INVITED)
        assert guest.is_confirmed and role(scene.organisation, guest) == "redacteur"
        assert [row.step for row in history_of("account", guest.id)] == ["confirmed"]
        mailbox.deliver()
        assert mailbox.to(INVITED) == []

    def test_it_refuses_another_address(self, scene: Scene, client: Any) -> None:
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        page = self.register(client, token, email="dief@dorp.example")
        words = f"De uitnodiging is voor {INVITED}. Registreer u met dat adres."
        assert page.status == 422 and page.error_for("email") == words
        assert find_account("dief@dorp.example") is None

    @pytest.mark.parametrize("why", ["made up", "expired", "revoked", "accepted", "former"])
    def test_it_proves_nothing_with_a_link_that_does_not_work(
        self, scene: Scene, client: Any, mailbox: Any, set_clock: Any, why: str
    ) -> None:
        state = why if why in ("revoked", "accepted") else "open"
        invitation, token = make_invitation(scene.organisation, email=INVITED, state=state)
        if why == "former":
            invitation.former_token_hash, invitation.token_hash = invitation.token_hash, "0" * 64
            db.session.commit()
        if why == "expired":
            set_clock(clock.now() + timedelta(days=14, minutes=1))
        path = f"/uitnodigingen/{'verzonnen' if why == 'made up' else token}"
        form = client.get(f"/registreren?verder={path}").form()
        page = form.submit(name="Dief", email=INVITED, password=PASSWORD)
        assert page.h1 == "Kijk in uw mail"
        assert not looked_up(INVITED).is_confirmed
        assert client.get("accounts.overview").location is not None

    def test_it_gives_nobody_the_account_that_there_is(
        self, scene: Scene, client: Any, mailbox: Any
    ) -> None:
        make_account(email=INVITED, name="Was er al")
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        page = self.register(client, token, password=GOOD)
        assert page.h1 == "Kijk in uw mail"
        assert client.get("accounts.overview").location is not None
        assert not has_password(looked_up(INVITED), GOOD)
        mailbox.deliver()
        assert mailbox.last(INVITED).subject.startswith("U hebt al een account op ")


class TestStranger:
    """A stranger made an account for the invited address, and never had its mail."""

    def test_he_joins_nothing_and_keeps_nothing(
        self, scene: Scene, sign_in: Any, client: Any, mailbox: Any
    ) -> None:
        stranger = Client(client.app)
        form = stranger.get("accounts.register").form()
        form.submit(name="Boef", email=INVITED, password=OTHER)
        _invitation, token = make_invitation(scene.organisation, email=INVITED)
        mailbox.deliver()
        [link] = [path for path in mailbox.last(INVITED).paths if "/bevestigen/" in path]
        # She confirms: what she sets is her own password.
        client.get(link).form(1).submit(password=GOOD)
        again = stranger.get("accounts.sign_in").form().submit(email=INVITED, password=OTHER)
        assert again.status == 422
        assert stranger.get("organisations.index").location is not None
        assert role(scene.organisation, looked_up(INVITED)) is None
        client.get("organisations.accept", token=token).form().submit()
        assert role(scene.organisation, looked_up(INVITED)) == "redacteur"

    def test_no_account_accepts_without_the_link(self, scene: Scene, sign_in: Any) -> None:
        guest = make_account(email=INVITED)
        make_invitation(scene.organisation, email=INVITED)
        page = sign_in(guest).get("organisations.index")
        actions = [form.get("action", "") for form in page.soup.main.find_all("form")]
        assert [action.rpartition("/")[2] for action in actions] == ["mailen"]


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
