"""One's own account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import Account
from portal.services.history import history_of
from tests.accounts.people import GOOD, has_password, is_in, link_in, looked_up
from tests.factories import PASSWORD, make_account, make_beheerder, make_comment, make_moderator
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

SignIn = Callable[[Account], Client]


class TestOverview:
    def test_it_shows_what_is_mine(self, sign_in: SignIn) -> None:
        account = make_account(name="Noor Nieuw", email="noor@example.org")
        page = sign_in(account).get("accounts.overview")
        assert "Noor Nieuw" in page.main
        assert "noor@example.org" in page.main
        assert page.links["Mijn reacties"] == "/account/reacties"
        assert "/account/sessies" in page.links.values()

    def test_it_shows_an_address_as_it_was_typed(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        account = make_account(email="noor@xn--bcher-kva.example")
        reader = sign_in(account)
        assert "noor@bücher.example" in reader.get("accounts.overview").main
        form = reader.get("accounts.change_email").form()
        refused = form.submit(new_email="noor@súd.example", current_password="fout")
        assert refused.form().fields["new_email"] == "noor@súd.example"
        asked = refused.form().submit(current_password=PASSWORD)
        assert "noor@súd.example" in asked.flashes[0]
        mailbox.deliver()
        assert link_in(mailbox.last("noor@xn--sd-rka.example"), "/nieuw-e-mailadres/")
        assert "noor@súd.example" in mailbox.last("noor@xn--bcher-kva.example").text
        found = sign_in(make_beheerder()).get("accounts.roles", q="noor@bücher.example")
        assert "noor@bücher.example" in found.main

    def test_it_sends_a_visitor_to_sign_in(self, client: Client) -> None:
        assert client.get("accounts.overview").location == "/inloggen?verder=/account"


class TestDeskKeys:
    def test_they_are_off_until_a_moderator_switches_them_on(self, sign_in: SignIn) -> None:
        moderator = make_moderator()
        reader = sign_in(moderator)
        make_comment(state="pending")
        assert not reader.get("moderation.desk").soup.select("[data-shortcuts], [data-key], kbd")
        page = reader.get("accounts.overview").follow("Wijzig toetsen in de werkvoorraad")
        told = page.form().submit(has_desk_keys="y", follow=True)
        assert "De toetsen staan aan." in told.text
        keyed = reader.get("moderation.desk").soup
        assert keyed.select("[data-shortcuts] [data-key]") and keyed.select(".key-hints kbd")
        page.form().submit()
        assert not reader.get("moderation.desk").soup.select("[data-shortcuts], [data-key], kbd")
        steps = [row.step for row in history_of("account", moderator.id)]
        assert steps[-2:] == ["desk_keys_on", "desk_keys_off"]

    def test_they_are_nothing_to_others(self, sign_in: SignIn) -> None:
        links = sign_in(make_account()).get("accounts.overview").links.values()
        assert "/account/toetsen" not in links


class TestRename:
    def test_it_changes_the_name(self, sign_in: SignIn) -> None:
        account = make_account(name="Noor Oud")
        page = sign_in(account).get("accounts.rename").form().submit(name="Noor Nieuw")
        assert page.flashes == ["Uw naam is gewijzigd."]
        assert looked_up(account.email).name == "Noor Nieuw"

    def test_it_starts_from_the_name_that_stands_there(self, sign_in: SignIn) -> None:
        form = sign_in(make_account(name="Noor Oud")).get("accounts.rename").form()
        assert form.fields["name"] == "Noor Oud"

    @pytest.mark.parametrize("name", ["", "www.example.org", "x" * 121, "Provincie Utrecht"])
    def test_it_refuses(self, sign_in: SignIn, name: str) -> None:
        account = make_account(name="Noor Oud")
        page = sign_in(account).get("accounts.rename").form().submit(name=name)
        assert page.error_for("name")
        assert looked_up(account.email).name == "Noor Oud"

    def test_it_takes_no_roles_from_the_form(self, sign_in: SignIn) -> None:
        account = make_account()
        reader = sign_in(account)
        sent = reader.get("accounts.rename").form().fill({"name": "Noor"})
        reader.post(
            "accounts.rename", data=sent | {"is_moderator": "1", "is_beheerder": "1", "id": "1"}
        )
        after = looked_up(account.email)
        assert after.name == "Noor"
        assert not after.is_staff

    def test_it_needs_the_key_against_forgery(self, sign_in: SignIn) -> None:
        account = make_account(name="Noor Oud")
        assert sign_in(account).post("accounts.rename", data={"name": "Boef"}).status == 422
        assert looked_up(account.email).name == "Noor Oud"


class TestChangeEmail:
    def ask(self, reader: Client, email: str, password: str = PASSWORD) -> Page:
        form = reader.get("accounts.change_email").form()
        return form.submit(new_email=email, current_password=password)

    def test_it_changes_nothing_before_the_new_address_is_confirmed(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(email="oud@example.org")
        page = self.ask(sign_in(account), "nieuw@example.org")
        assert "nieuw@example.org" in page.flashes[0]
        mailbox.deliver()
        client.get(link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/"))
        assert looked_up("oud@example.org").id == account.id

    def test_it_takes_the_new_address_with_the_button(
        self,
        sign_in: SignIn,
        client: Client,
        mailbox: Mailbox,
        enter: Callable[..., Page],
    ) -> None:
        account = make_account(email="oud@example.org")
        reader = sign_in(account)
        self.ask(reader, "Nieuw@example.org")
        mailbox.deliver()
        link = link_in(mailbox.last("Nieuw@example.org"), "/nieuw-e-mailadres/")
        reader.get(link).form().submit(follow=False)
        after = looked_up("nieuw@example.org")
        assert (after.id, after.email) == (account.id, "Nieuw@example.org")
        assert enter("oud@example.org").status == 422
        assert enter("nieuw@example.org").h1 == "Mijn werk"

    def test_it_says_whose_account_takes_the_address(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        self.ask(sign_in(make_account(name="Iemand Anders")), "nieuw@example.org")
        mailbox.deliver()
        page = client.get(link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/"))
        assert "Dit is het account van Iemand Anders. Bent u dat niet?" in page.main

    def test_it_tells_the_old_address_before_and_after(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(email="oud@example.org")
        reader = sign_in(account)
        self.ask(reader, "nieuw@example.org")
        mailbox.deliver()
        assert [m.subject for m in mailbox.to("oud@example.org")] == [
            "Uw e-mailadres wordt gewijzigd op Groeipact Common Ground"
        ]
        link = link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/")
        reader.get(link).form().submit(follow=False)
        mailbox.deliver()
        mail = mailbox.last("oud@example.org")
        assert mail.subject == "Uw e-mailadres is gewijzigd op Groeipact Common Ground"
        assert "nieuw@example.org" in mail.text

    def test_it_works_once(self, sign_in: SignIn, client: Client, mailbox: Mailbox) -> None:
        reader = sign_in(make_account())
        self.ask(reader, "nieuw@example.org")
        mailbox.deliver()
        form = reader.get(link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/")).form()
        form.submit(follow=False)
        assert form.submit().status == 410

    def test_it_needs_the_current_password(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        page = self.ask(sign_in(make_account()), "nieuw@example.org", "een verkeerd wachtwoord")
        assert page.error_for("current_password") == "Dit is niet uw huidige wachtwoord."
        assert mailbox.deliver() == []

    def test_it_does_not_tell_that_an_address_is_taken(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        make_account(email="ander@example.org")
        reader = sign_in(make_account())
        taken = self.ask(reader, "ander@example.org")
        free = self.ask(reader, "nieuw@example.org")
        assert taken.flashes[0].replace("ander@", "nieuw@") == free.flashes[0]
        mailbox.deliver()
        assert mailbox.last("ander@example.org").subject.startswith("U hebt al een account op ")

    def test_it_refuses_an_address_that_was_taken_meanwhile(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(email="oud@example.org")
        reader = sign_in(account)
        self.ask(reader, "nieuw@example.org")
        mailbox.deliver()
        link = link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/")
        make_account(email="nieuw@example.org")
        page = reader.get(link).form().submit()
        assert page.status == 410
        assert "ander account" in page.main
        assert looked_up("oud@example.org").id == account.id

    def test_it_lets_links_to_the_old_address_die(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(email="oud@example.org")
        client.get("accounts.forgotten").form().submit(email=account.email)
        reader = sign_in(account)
        self.ask(reader, "nieuw@example.org")
        mailbox.deliver()
        reset = next(
            path
            for mail in mailbox.to("oud@example.org")
            for path in mail.paths
            if path.startswith("/nieuw-wachtwoord/")
        )
        link = link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/")
        reader.get(link).form().submit(follow=False)
        assert client.get(reset).status == 410

    def test_it_dies_when_the_password_is_changed(
        self, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        reader = sign_in(make_account(email="oud@example.org"))
        self.ask(reader, "nieuw@example.org")
        mailbox.deliver()
        reader.get("accounts.change_password").form().submit(
            current_password=PASSWORD, password=GOOD
        )
        link = link_in(mailbox.last("nieuw@example.org"), "/nieuw-e-mailadres/")
        assert client.get(link).status == 410

    def test_it_says_when_it_is_the_same_address(self, sign_in: SignIn) -> None:
        page = self.ask(sign_in(make_account(email="oud@example.org")), "OUD@example.org")
        assert page.error_for("new_email") == "Dit is al uw e-mailadres."


class TestChangePassword:
    def change(self, reader: Client, current: str = PASSWORD, new: str = GOOD) -> Page:
        form = reader.get("accounts.change_password").form()
        return form.submit(current_password=current, password=new)

    def test_it_changes_the_password(self, sign_in: SignIn) -> None:
        account = make_account()
        page = self.change(sign_in(account))
        assert page.flashes == ["Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd."]
        after = looked_up(account.email)
        assert has_password(after, GOOD)
        assert [row.step for row in history_of("account", account.id)] == ["password_changed"]

    def test_it_ends_the_other_sessions_and_renews_this_one(self, sign_in: SignIn) -> None:
        account = make_account()
        here, there = sign_in(account), sign_in(account)
        old = here.cookie("groeipact")
        self.change(here)
        assert is_in(here)
        assert not is_in(there)
        thief = Client(here.app)
        thief.raw.set_cookie("groeipact", old or "")
        assert not is_in(thief)

    def test_it_tells_the_person(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        account = make_account()
        self.change(sign_in(account))
        mailbox.deliver()
        assert (
            mailbox.last(account.email).subject
            == "Uw wachtwoord is gewijzigd op Groeipact Common Ground"
        )

    def test_it_needs_the_current_password(self, sign_in: SignIn) -> None:
        account = make_account()
        page = self.change(sign_in(account), current="een verkeerd wachtwoord")
        assert page.status == 422
        assert page.error_for("current_password") == "Dit is niet uw huidige wachtwoord."
        assert has_password(looked_up(account.email), PASSWORD)

    @pytest.mark.parametrize(
        ("new", "words"),
        [
            ("elf tekens!", "Gebruik minstens 12 tekens."),
            (
                "welkom123456",
                "Dit wachtwoord is te makkelijk te raden. Kies een zin met een paar woorden.",
            ),
            ("noorvannieuwstad", "Gebruik niet uw naam of e-mailadres als wachtwoord."),
        ],
    )
    def test_it_refuses_a_weak_one(self, sign_in: SignIn, new: str, words: str) -> None:
        page = self.change(sign_in(make_account(name="Noor van Nieuwstad")), new=new)
        assert page.error_for("password") == words

    def test_it_asks_more_of_somebody_with_a_role(self, sign_in: SignIn) -> None:
        page = self.change(sign_in(make_beheerder()), new="veertien teken")
        assert page.error_for("password") == "Gebruik minstens 15 tekens."

    def test_it_remembers_that_the_new_one_is_long(self, sign_in: SignIn) -> None:
        account = make_account(is_long_password=False)
        self.change(sign_in(account), new="veertien teken")
        assert not looked_up(account.email).is_long_password
        self.change(sign_in(account), current="veertien teken", new="vijftien tekens")
        assert looked_up(account.email).is_long_password
