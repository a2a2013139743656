"""A new password for somebody who forgot the old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.accounts.models import Account, AccountSession, AccountToken
from portal.core import clock
from tests.accounts.people import GOOD, OTHER, count_of, has_password, is_in, link_in, looked_up
from tests.factories import PASSWORD, make_account, make_moderator
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page


def ask(reader: Client, email: str) -> Page:
    return reader.get("accounts.forgotten").form().submit(email=email)


def mailed_link(reader: Client, mailbox: Mailbox, account: Account) -> str:
    ask(reader, account.email)
    mailbox.deliver()
    return link_in(mailbox.last(account.email), "/nieuw-wachtwoord/")


class TestForgotten:
    def test_it_mails_a_link(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account(email="noor@example.org")
        page = ask(client, "Noor@example.org")
        assert page.h1 == "Kijk in uw mail"
        mailbox.deliver()
        mail = mailbox.last(account.email)
        assert mail.subject == "Kies een nieuw wachtwoord voor Groeipact Common Ground"
        assert "60 minuten" in mail.text
        assert link_in(mail, "/nieuw-wachtwoord/")

    def test_it_mails_nobody_without_an_account(self, client: Client, mailbox: Mailbox) -> None:
        ask(client, "niemand@example.org")
        assert mailbox.deliver() == []
        assert count_of(AccountToken) == 0

    def test_it_writes_to_the_account_in_its_own_language(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(locale="en")
        ask(client, account.email)
        mailbox.deliver()
        assert link_in(mailbox.last(account.email), "/en/nieuw-wachtwoord/")

    def test_it_asks_for_an_address(self, client: Client) -> None:
        page = ask(client, "noor")
        assert page.error_for("email") == (
            "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
        )

    def test_it_changes_nothing_for_the_account_until_the_link_is_used(
        self, client: Client, mailbox: Mailbox, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_account()
        reader = sign_in(account)
        client.get(mailed_link(client, mailbox, account))
        assert has_password(looked_up(account.email), PASSWORD)
        assert is_in(reader)


class TestReset:
    def test_it_sets_a_new_password(
        self, client: Client, mailbox: Mailbox, enter: Callable[..., Page]
    ) -> None:
        account = make_account()
        page = client.get(mailed_link(client, mailbox, account)).form().submit(password=GOOD)
        assert page.h1 == "Mijn werk"
        assert page.flashes == ["Uw nieuwe wachtwoord is opgeslagen. U bent ingelogd."]
        other = Client(client.app)
        assert enter(account.email, reader=other).status == 422
        assert enter(account.email, GOOD, reader=other).h1 == "Mijn werk"

    def test_it_ends_every_session_and_begins_one_where_the_password_was_chosen(
        self, client: Client, mailbox: Mailbox, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_account()
        readers = [sign_in(account), sign_in(account)]
        before = readers[0].cookie("groeipact")
        readers[0].get(mailed_link(client, mailbox, account)).form().submit(password=GOOD)
        assert [is_in(r) for r in readers] == [True, False]
        thief = Client(client.app)
        thief.raw.set_cookie("groeipact", before or "")
        assert not is_in(thief)

    def test_it_makes_whoever_was_in_as_somebody_else_the_account_of_the_link(
        self, client: Client, mailbox: Mailbox, sign_in: Callable[[Account], Client]
    ) -> None:
        account, other = make_account(), make_account()
        reader = sign_in(other)
        reader.get(mailed_link(client, mailbox, account)).form().submit(password=GOOD)
        assert account.email in reader.get("accounts.overview").main
        assert count_of(AccountSession) == 1

    def test_it_tells_the_person(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account()
        client.get(mailed_link(client, mailbox, account)).form().submit(password=GOOD)
        mailbox.deliver()
        assert (
            mailbox.last(account.email).subject
            == "Uw wachtwoord is gewijzigd op Groeipact Common Ground"
        )

    def test_it_works_once(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account()
        form = client.get(mailed_link(client, mailbox, account)).form()
        form.submit(password=GOOD)
        again = form.submit(password=OTHER)
        assert again.status == 410
        assert "al gebruikt" in again.main
        assert has_password(looked_up(account.email), GOOD)

    def test_it_dies_when_a_newer_link_is_made(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account()
        first = mailed_link(client, mailbox, account)
        form = client.get(first).form()
        second = mailed_link(client, mailbox, account)
        assert "nieuwere link" in client.get(first).main
        assert form.submit(password=OTHER).status == 410
        assert client.get(second).form().submit(password=GOOD).status == 200
        assert has_password(looked_up(account.email), GOOD)

    def test_it_ends_after_an_hour(
        self,
        client: Client,
        mailbox: Mailbox,
        set_clock: Callable[[datetime | None], None],
    ) -> None:
        account = make_account()
        link = mailed_link(client, mailbox, account)
        start = clock.now()
        set_clock(start + timedelta(minutes=59))
        form = client.get(link).form()
        set_clock(start + timedelta(minutes=61))
        page = form.submit(password=GOOD)
        assert page.status == 410
        assert "verlopen" in page.main
        assert page.links["Vraag een nieuwe link aan"] == "/wachtwoord-vergeten"
        assert has_password(looked_up(account.email), PASSWORD)

    def test_it_confirms_the_address_as_well(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account(is_confirmed=False)
        client.get(mailed_link(client, mailbox, account)).form().submit(password=GOOD)
        assert looked_up(account.email).is_confirmed

    def test_it_asks_more_of_somebody_with_a_role(self, client: Client, mailbox: Mailbox) -> None:
        account = make_moderator()
        page = client.get(mailed_link(client, mailbox, account))
        assert "Minstens 15 tekens" in page.main
        refused = page.form().submit(password="veertien teken")
        assert refused.error_for("password") == "Gebruik minstens 15 tekens."
        assert page.form().submit(password="vijftien tekens").h1 == "Mijn werk"

    def test_it_refuses_name_and_address(self, client: Client, mailbox: Mailbox) -> None:
        account = make_account(name="Noor van der Nieuwstad")
        page = client.get(mailed_link(client, mailbox, account))
        refused = page.form().submit(password="noorvandernieuwstad")
        assert refused.error_for("password") == (
            "Gebruik niet uw naam of e-mailadres als wachtwoord."
        )

    def test_it_tells_a_password_manager_whose_password_it_is(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account()
        page = client.get(mailed_link(client, mailbox, account))
        username = page.soup.find(attrs={"autocomplete": "username"})
        assert username["value"] == account.email  # type: ignore[index]
        assert page.soup.find(attrs={"name": "password"})["autocomplete"] == "new-password"  # type: ignore[index]

    def test_it_gives_the_link_to_no_other_site(self, client: Client, mailbox: Mailbox) -> None:
        page = client.get(mailed_link(client, mailbox, make_account()))
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cache-Control"] == "no-store"
