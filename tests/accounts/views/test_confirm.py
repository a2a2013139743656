"""Confirming an address: by who has the mail and the password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.actions.links import CONFIRM, make_link
from portal.core import clock
from portal.core.db import db, write_section
from portal.services.history import history_of
from tests.accounts.people import GOOD, OTHER, has_password, is_in, link_in, looked_up
from tests.factories import PASSWORD, make_account
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

Enter = Callable[..., Page]
SetClock = Callable[[datetime | None], None]

NEW = {"name": "Noor Nieuw", "email": "noor@example.org", "password": GOOD}
KNOWN, FRESH = 0, 1  # the two forms on the page


def register(reader: Client, **values: str) -> Page:
    return reader.get("accounts.register").form().submit(NEW | values)


class TestConfirm:
    def test_it_changes_nothing_when_the_link_is_opened(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        register(client)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        for _ in range(3):
            assert client.get(link).form().buttons() == ["Bevestigen"]
        assert not looked_up("noor@example.org").is_confirmed

    def test_it_confirms_with_the_button_and_signs_in_the_browser_that_registered(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        register(client)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        page = client.get(link).form().submit()
        assert page.h1 == "Mijn werk"
        assert page.flashes == ["Uw e-mailadres is bevestigd."]
        account = looked_up("noor@example.org")
        assert account.is_confirmed
        assert [row.step for row in history_of("account", account.id)] == ["confirmed"]
        assert enter("noor@example.org", GOOD, reader=Client(client.app)).h1 == "Mijn werk"

    def test_it_works_once(self, client: Client, mailbox: Mailbox) -> None:
        register(client)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        form = client.get(link).form()
        form.submit()
        again = form.submit()
        assert (again.status, again.h1) == (200, "Uw e-mailadres is al bevestigd")
        # Nothing went wrong: the same page when the link is opened once more.
        assert client.get(link).h1 == again.h1
        assert "/inloggen" in Client(client.app).get(link).html

    def test_it_ends_after_its_time(
        self, client: Client, mailbox: Mailbox, set_clock: SetClock
    ) -> None:
        register(client)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        set_clock(clock.now() + timedelta(days=3, minutes=1))
        page = client.get(link)
        assert page.status == 410
        assert "verlopen" in page.main
        assert not looked_up("noor@example.org").is_confirmed

    def test_it_knows_no_made_up_link(self, client: Client) -> None:
        assert client.get("/bevestigen/verzonnen").status == 410

    def test_it_takes_no_link_that_was_mailed_for_something_else(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        register(client)
        mailbox.deliver()
        token = link_in(mailbox.last("noor@example.org"), "/bevestigen/").rpartition("/")[2]
        assert client.get(f"/nieuw-wachtwoord/{token}").status == 410
        assert client.get(f"/nieuw-e-mailadres/{token}").status == 410

    def test_it_keeps_whoever_confirms_signed_in(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        register(client)
        enter("noor@example.org", GOOD)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        assert client.get(link).form().submit().h1 == "Mijn werk"


@pytest.fixture
def link(client: Client, mailbox: Mailbox) -> str:
    """The link that came when somebody registered in the browser `client`."""
    register(client)
    mailbox.deliver()
    return link_in(mailbox.last("noor@example.org"), "/bevestigen/")


class TestAnotherBrowser:
    def test_it_asks_for_the_password(self, client: Client, link: str) -> None:
        elsewhere = Client(client.app)
        page = elsewhere.get(link).form(KNOWN).submit(current_password=OTHER)
        assert page.status == 422
        assert page.error_for("current_password") == "Dit is niet het wachtwoord van dit account."
        assert page.errors == ["Dit is niet het wachtwoord van dit account."]
        assert not looked_up("noor@example.org").is_confirmed
        done = page.form(KNOWN).submit(current_password=GOOD)
        assert done.h1 == "Mijn werk"
        assert is_in(elsewhere)
        assert has_password(looked_up("noor@example.org"), GOOD)

    def test_it_takes_no_press_of_the_button_alone(self, client: Client, link: str) -> None:
        elsewhere = Client(client.app)
        shown = elsewhere.get(link)
        key = shown.form().fields["csrf_token"]
        for sent in ({}, {"current_password": ""}, {"password": ""}, {"current_password": " "}):
            page = elsewhere.post(link, data={"csrf_token": key, **sent})
            assert page.status == 422
        assert not looked_up("noor@example.org").is_confirmed

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "Kies een wachtwoord."),
            ("kort", "Gebruik minstens 12 tekens."),
            ("noor@example.org", "Gebruik niet uw naam of e-mailadres als wachtwoord."),
        ],
    )
    def test_it_says_what_is_wrong_with_a_new_password(
        self, client: Client, link: str, typed: str, words: str
    ) -> None:
        page = Client(client.app).get(link).form(FRESH).submit(password=typed)
        assert page.status == 422
        assert page.error_for("password") == words
        assert page.error_for("current_password") is None
        assert page.errors == [words]
        assert not looked_up("noor@example.org").is_confirmed

    def test_it_knows_the_browser_from_which_the_mail_was_asked_again(
        self, client: Client, link: str, mailbox: Mailbox, enter: Enter
    ) -> None:
        second = Client(client.app)
        enter("noor@example.org", GOOD, reader=second).form().submit()
        second.get("accounts.unconfirmed").form("/uitloggen").submit()
        mailbox.deliver()
        newest = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        assert second.get(newest).form().submit().h1 == "Mijn werk"

    def test_it_knows_no_made_up_mark(self, client: Client, link: str) -> None:
        other = Client(client.app)
        register(other, email="ander@example.org")
        assert "current_password" in other.get(link).form().fields

    def test_it_believes_the_mark_for_one_account(self, client: Client, link: str) -> None:
        with write_section():
            token = make_link(make_account(is_confirmed=False), CONFIRM)
        assert "current_password" in client.get(f"/bevestigen/{token}").form().fields

    def test_it_forgets_the_mark_once_it_was_used(self, client: Client, link: str) -> None:
        client.get(link).form().submit()
        assert client.cookie("groeipact-registratie") in (None, "")

    def test_it_leaves_the_account_of_who_is_signed_in(self, client: Client, link: str) -> None:
        reader = Client(client.app)
        account = make_account(email="ander@example.org")
        form = reader.get("accounts.sign_in").form()
        form.submit(email=account.email, password=PASSWORD)
        page = reader.get(link)
        assert "U bent nu ingelogd met ander@example.org." in page.main
        page.form(KNOWN).submit(current_password=GOOD)
        assert "noor@example.org" in reader.get("accounts.overview").main


class TestStranger:
    """A stranger makes an account for somebody's address, with a password of his own."""

    @pytest.fixture
    def stranger(self, client: Client, enter: Enter) -> Client:
        reader = Client(client.app)
        register(reader, name="Boef", password=OTHER)
        enter("noor@example.org", OTHER, reader=reader)
        return reader

    def test_his_password_opens_nothing_that_the_owner_of_the_address_confirmed(
        self, client: Client, stranger: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        page = client.get(link).form(FRESH).submit(password=GOOD)
        assert page.h1 == "Mijn werk"
        assert looked_up("noor@example.org").is_confirmed
        assert not is_in(stranger)
        assert enter("noor@example.org", OTHER, reader=stranger).status == 422
        assert enter("noor@example.org", GOOD, reader=Client(client.app)).h1 == "Mijn werk"

    def test_his_other_links_die(
        self, client: Client, stranger: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        changed = stranger.get("accounts.change_email").form()
        changed.submit(new_email="boef@example.org", current_password=OTHER)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        client.get(link).form(FRESH).submit(password=GOOD)
        moved = link_in(mailbox.last("boef@example.org"), "/nieuw-e-mailadres/")
        assert stranger.get(moved).status == 410
        assert looked_up("noor@example.org").is_confirmed

    def test_he_confirms_nothing_without_the_mail(
        self, client: Client, stranger: Client, mailbox: Mailbox
    ) -> None:
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        assert stranger.get("/account").status == 403
        client.get(link)
        assert not looked_up("noor@example.org").is_confirmed

    def test_what_he_typed_goes_with_his_password(
        self, client: Client, stranger: Client, mailbox: Mailbox
    ) -> None:
        stopped = stranger.post("accounts.rename", data={"name": "Boef de Eerste"})
        assert stopped.status == 403
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        client.get(link).form(FRESH).submit(password=GOOD)
        page = client.get("accounts.rename")
        assert "Eerste" not in page.html

    def test_he_gives_no_address_to_his_own_account(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        """He asks for her address as the new one of his account; she presses the button."""
        make_account(email="boef@example.org")
        reader = Client(client.app)
        enter("boef@example.org", reader=reader)
        form = reader.get("accounts.change_email").form()
        form.submit(new_email="noor@example.org", current_password=PASSWORD)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/nieuw-e-mailadres/")
        page = client.get(link)
        assert "Log eerst in met uw oude e-mailadres." in page.main
        assert not page.soup.main.find_all("form")  # type: ignore[union-attr]
        key = client.get("accounts.register").form().fields["csrf_token"]
        assert client.post(link, data={"csrf_token": key}).status == 403
        assert looked_up("boef@example.org")
        enter(make_account(email="iemand@example.org").email)
        page = client.get(link)
        assert "U bent ingelogd met iemand@example.org, een ander account." in page.main
        assert not page.soup.main.find_all("form")  # type: ignore[union-attr]


def test_a_link_of_before_confirms_no_account_that_is_confirmed_since(
    client: Client, link: str
) -> None:
    """As if another link had confirmed it and left this one alive."""
    looked_up("noor@example.org").confirmed_at = clock.now()
    db.session.commit()
    page = Client(client.app).get(link).form(FRESH).submit(password=OTHER)
    assert page.h1 == "Uw e-mailadres is al bevestigd"
    assert has_password(looked_up("noor@example.org"), GOOD)
