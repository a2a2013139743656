"""Back at the same spot, with what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.accounts.people import GOOD, OTHER, link_in, looked_up
from tests.factories import PASSWORD, make_account
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%255cevil.example",
    "/%252f/evil.example",
    "https://evil.example",
    "https:evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "/nieuws\r\nSet-Cookie: x=y",
    "/nieuws%0d%0aSet-Cookie:x=y",
    "?x=//evil.example",
    "/" + "x" * 3000,
]

HERE = [
    "/nieuws",
    "/toezeggingen/plan-2020?na=abc#reacties",
    "/en/news/a-title",
    "/ondertekenaars?soort=gemeente&q=caf%C3%A9",
]

TYPED = {"name": "Getypte Naam"}

NAME = "/account/naam"


def send_while_signed_out(reader: Client) -> Page:
    """Send a form that only somebody signed in may send."""
    return reader.post("/account/naam", data=TYPED, follow=True)


def sign_out(reader: Client) -> None:
    reader.get("accounts.overview").form("/uitloggen").submit()


class TestSafeReturn:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_it_leads_to_no_other_site(self, client: Client, target: str) -> None:
        account = make_account()
        form = client.get("accounts.sign_in", verder=target).form()
        assert form.fields["verder"] == ""
        sent = form.fill({"email": account.email, "password": PASSWORD}) | {"verder": target}
        assert client.post("accounts.sign_in", data=sent).location == "/mijn-werk"

    @pytest.mark.parametrize("target", HERE)
    def test_it_leads_back_on_this_site(self, client: Client, target: str) -> None:
        account = make_account()
        form = client.get("accounts.sign_in", verder=target).form()
        page = form.submit(email=account.email, password=PASSWORD, follow=False)
        assert page.location == target

    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_it_leads_to_no_other_site_after_registering_and_confirming(
        self, client: Client, mailbox: Mailbox, target: str
    ) -> None:
        form = client.get("accounts.register", verder=target).form()
        sent = form.fill({"name": "Noor", "email": "n@example.org", "password": GOOD})
        page = client.post("accounts.register", data=sent | {"verder": target})
        assert page.location == "/registreren/mail"
        mailbox.deliver()
        link = link_in(mailbox.last("n@example.org"), "/bevestigen/")
        answer = client.get(link).form().submit(follow=False)
        assert answer.location == "/mijn-werk"

    def test_it_keeps_the_way_back_when_something_is_wrong(self, client: Client) -> None:
        account = make_account()
        page = client.get("/inloggen?verder=/nieuws")
        page = page.form().submit(email=account.email, password=OTHER)
        assert page.status == 422
        page = page.form().submit(email=account.email, password=PASSWORD, follow=False)
        assert page.location == "/nieuws"

    def test_it_keeps_the_way_back_on_every_page_on_the_way(self, client: Client) -> None:
        page = client.get("/inloggen?verder=/nieuws")
        for text in ("Registreren", "Inloggen", "Wachtwoord vergeten?"):
            page = client.get(
                next(
                    str(link["href"])
                    for link in page.soup.main.find_all("a")  # type: ignore[union-attr]
                    if link.get_text(strip=True) == text
                )
            )
            assert page.form().fields["verder"] == "/nieuws"


class TestTypedText:
    def test_it_stands_in_the_field_after_sign_in(self, client: Client) -> None:
        account = make_account(name="Oude Naam")
        page = send_while_signed_out(client)
        assert page.h1 == "Inloggen"
        assert "Wij hebben de tekst voor u bewaard" in page.main
        page = page.form().submit(email=account.email, password=PASSWORD)
        assert page.path == "/account/naam"
        assert page.form(NAME).fields["name"] == "Getypte Naam"
        assert "Uw tekst staat er weer. U hebt de tekst nog niet verstuurd." in page.main
        assert looked_up(account.email).name == "Oude Naam"
        page.form(NAME).submit()
        assert looked_up(account.email).name == "Getypte Naam"

    def test_it_is_gone_once_it_was_sent(self, client: Client) -> None:
        account = make_account()
        page = send_while_signed_out(client)
        page = page.form().submit(email=account.email, password=PASSWORD)
        page.form(NAME).submit(name="Nog Anders")
        assert client.get("/account/naam").form().fields["name"] == "Nog Anders"

    def test_it_survives_a_wrong_password(self, client: Client) -> None:
        account = make_account()
        page = send_while_signed_out(client).form().submit(email=account.email, password=OTHER)
        page = page.form().submit(email=account.email, password=PASSWORD)
        assert page.form(NAME).fields["name"] == "Getypte Naam"

    def test_it_stands_in_the_field_after_registering_and_confirming_elsewhere(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        page = send_while_signed_out(client)
        register = next(
            str(link["href"])
            for link in page.soup.main.find_all("a")  # type: ignore[union-attr]
            if link.get_text(strip=True) == "Registreren"
        )
        client.get(register).form().submit(
            name="Noor Nieuw", email="noor@example.org", password=GOOD
        )
        mailbox.deliver()
        elsewhere = Client(client.app)
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        page = elsewhere.get(link).form().submit(current_password=GOOD)
        assert page.path == NAME
        assert page.form(NAME).fields["name"] == "Getypte Naam"

    def test_it_waits_in_its_browser_while_a_new_password_is_set_elsewhere(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account()
        page = send_while_signed_out(client).follow("Wachtwoord vergeten?")
        page.form().submit(email=account.email)
        mailbox.deliver()
        elsewhere = Client(client.app)
        link = link_in(mailbox.last(account.email), "/nieuw-wachtwoord/")
        page = elsewhere.get(link).form().submit(password=GOOD)
        assert page.path == "/account/naam"
        assert page.form().fields["name"] == account.name
        page = client.get("accounts.sign_in").form().submit(email=account.email, password=GOOD)
        assert page.path == "/account/naam"
        assert page.form(NAME).fields["name"] == "Getypte Naam"
        assert elsewhere.get(NAME).form(NAME).fields["name"] == "Getypte Naam"

    def test_it_waits_for_who_must_confirm_first(
        self, client: Client, mailbox: Mailbox, sign_in: Callable[..., Client]
    ) -> None:
        account = make_account(is_confirmed=False)
        reader = sign_in(account)
        stopped = reader.post("/account/naam", data=TYPED)
        assert stopped.status == 403
        stopped.form().submit()
        mailbox.deliver()
        link = link_in(mailbox.last(account.email), "/bevestigen/")
        page = reader.get(link).form().submit()
        assert page.path == "/account/naam"
        assert page.form(NAME).fields["name"] == "Getypte Naam"

    def test_it_stays_in_the_browser_in_which_it_was_typed(self, client: Client) -> None:
        first, second = make_account(), make_account(name="Tweede")
        page = send_while_signed_out(client)
        other = Client(client.app)
        led = other.get(page.path).form().submit(email=second.email, password=PASSWORD)
        assert (led.path, led.form().fields["name"]) == (NAME, "Tweede")
        page.form().submit(email=first.email, password=PASSWORD)
        assert client.get(NAME).form(NAME).fields["name"] == "Getypte Naam"

    def test_it_is_of_the_account_that_signed_in_first_in_its_browser(self, client: Client) -> None:
        first, second = make_account(), make_account(name="Tweede")
        send_while_signed_out(client).form().submit(email=first.email, password=PASSWORD)
        sign_out(client)
        page = client.get("accounts.sign_in", verder=NAME).form()
        page = page.submit(email=second.email, password=PASSWORD)
        assert page.form(NAME).fields["name"] == "Tweede"

    def test_it_leads_to_the_text_only_without_another_way_back(self, client: Client) -> None:
        account = make_account()
        for back, landing in (("/nieuws", "/nieuws"), ("", NAME)):
            send_while_signed_out(client)
            form = client.get("accounts.sign_in", verder=back).form()
            page = form.submit(email=account.email, password=PASSWORD, follow=False)
            assert page.location == landing
            sign_out(client)

    @pytest.mark.parametrize("is_stranger", [True, False])
    def test_it_is_not_for_somebody_whose_address_a_stranger_registered(
        self, client: Client, mailbox: Mailbox, is_stranger: bool
    ) -> None:
        send_while_signed_out(client)
        form = client.get("accounts.register").form()
        form.submit(name="Noor", email="noor@example.org", password=OTHER)
        reader = Client(client.app) if is_stranger else client
        reader.get("accounts.forgotten").form().submit(email="noor@example.org")
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/nieuw-wachtwoord/")
        reader.get(link).form().submit(password=GOOD)
        fields = reader.get(NAME).form(NAME).fields
        assert fields["name"] == ("Noor" if is_stranger else "Getypte Naam")

    def test_it_is_thrown_away_with_a_button(self, client: Client) -> None:
        account = make_account(name="Oude Naam")
        page = send_while_signed_out(client).form().submit(email=account.email, password=PASSWORD)
        page = page.form("/account/getypte-tekst").submit()
        assert "De tekst die u had getypt, is verwijderd." in page.main
        assert (page.path, page.form(NAME).fields["name"]) == (NAME, "Oude Naam")
        assert "Uw tekst staat er weer" not in page.main
        page = page.form("/account/getypte-tekst/terug").submit()
        assert (page.path, page.form(NAME).fields["name"]) == (NAME, "Getypte Naam")
        page = page.form("/account/getypte-tekst").submit()
        page.form(NAME).submit(name="Nieuwe Naam")
        assert "verwijderd" not in client.get(NAME).main

    def test_it_never_keeps_a_password(self, client: Client) -> None:
        page = client.post(
            "/account/wachtwoord",
            data={"current_password": PASSWORD, "password": GOOD},
            follow=True,
        )
        assert page.h1 == "Inloggen"
        assert "Wij hebben de tekst voor u bewaard" not in page.main
        assert client.cookie("groeipact-concepten") is None
