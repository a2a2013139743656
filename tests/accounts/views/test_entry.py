"""Registering, confirming, signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.accounts.models import Account, AccountSession
from portal.core.db import db
from tests.accounts.people import GOOD, OTHER, count_of, has_password, is_in, link_in, looked_up
from tests.factories import PASSWORD, make_account, make_moderator, make_organisation
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

Enter = Callable[..., Page]
SetClock = Callable[[datetime | None], None]

NEW = {"name": "Noor Nieuw", "email": "noor@example.org", "password": GOOD}


def register(reader: Client, **values: str) -> Page:
    return reader.get("accounts.register").form().submit(NEW | values)


OWN_NAME = "Vul uw eigen naam in. De organisatie noemt u later."


class TestRegister:
    def test_it_makes_an_account_that_waits_for_confirmation(self, client: Client) -> None:
        page = register(client)
        account = looked_up("noor@example.org")
        assert account.name == "Noor Nieuw"
        assert not account.is_confirmed
        assert has_password(account, GOOD)
        assert page.h1 == "Kijk in uw mail"
        assert "noor@example.org" in page.main

    def test_it_does_not_sign_in(self, client: Client) -> None:
        register(client)
        assert not is_in(client)

    def test_it_mails_a_link(self, client: Client, mailbox: Mailbox) -> None:
        register(client)
        mailbox.deliver()
        mail = mailbox.last("noor@example.org")
        assert mail.subject == "Bevestig uw e-mailadres voor Groeipact Common Ground"
        assert link_in(mail, "/bevestigen/")

    def test_it_keeps_the_address_as_typed_and_knows_it_in_any_case(self, client: Client) -> None:
        register(client, email=" Noor@Example.org ")
        assert looked_up("noor@example.org").email == "Noor@example.org"

    def test_it_speaks_english_to_who_registers_in_english(self, client: Client) -> None:
        client.get("/en/registreren").form().submit(NEW)
        assert looked_up("noor@example.org").locale == "en"

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("name", "", "Vul uw naam in."),
            ("name", "   ", "Vul uw naam in."),
            ("name", "Win geld op www.example.org", "Vul alleen uw naam in, zonder webadres."),
            ("name", "http://example.org", "Vul alleen uw naam in, zonder webadres."),
            ("name", "Gemeente Utrecht", OWN_NAME),
            ("name", "de  GEMEENTE Utrecht", OWN_NAME),
            ("name", "Stichting Beeld", OWN_NAME),
            ("name", "Coöperatie Dimpact", OWN_NAME),
            ("name", "x" * 121, "Gebruik hoogstens 120 tekens. U gebruikt er 1 te veel."),
            ("email", "", "Vul uw e-mailadres in."),
            ("email", "noor", "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."),
            ("password", "", "Kies een wachtwoord."),
            ("password", "elf tekens!", "Gebruik minstens 12 tekens."),
            (
                "password",
                "welkom123456",
                "Dit wachtwoord is te makkelijk te raden. Kies een zin met een paar woorden.",
            ),
            ("password", "noor@example.org", "Gebruik niet uw naam of e-mailadres als wachtwoord."),
        ],
    )
    def test_it_says_beside_the_field_what_is_wrong(
        self, client: Client, field: str, value: str, words: str
    ) -> None:
        page = register(client, **{field: value})
        assert page.status == 422
        assert page.error_for(field) == words
        assert page.errors == [words]
        assert count_of(Account) == 0

    @pytest.mark.parametrize(
        ("name", "is_public", "words"),
        [
            ("kompas & koppeling", True, OWN_NAME),
            ("Kompas & Koppeling", False, None),
            ("Kompas Koppeling", True, None),
            ("Gem Eentema", True, None),
        ],
    )
    def test_it_takes_no_name_of_an_organisation_in_the_register(
        self, client: Client, name: str, is_public: bool, words: str | None
    ) -> None:
        make_organisation(name="Kompas & Koppeling", is_public=is_public)
        before = count_of(Account)
        page = register(client, name=name)
        assert page.errors == ([words] if words else [])
        assert count_of(Account) - before == (0 if words else 1)

    def test_it_reads_half_a_megabyte_of_marks_and_refuses_it(self, client: Client) -> None:
        marks = "a" + "\u0301\u0328" * 70_000
        page = register(client, name=marks, password=marks)
        assert page.status == 422
        assert page.error_for("name").startswith("Gebruik hoogstens 120 tekens.")
        assert page.error_for("password") == "Gebruik hoogstens 1000 tekens."

    def test_it_says_everything_at_once_and_keeps_what_was_typed(self, client: Client) -> None:
        page = register(client, email="noor", password="kort")
        assert len(page.errors) == 2
        assert page.form().fields["name"] == "Noor Nieuw"
        assert page.form().fields["email"] == "noor"
        assert page.form().fields["password"] == ""

    def test_it_takes_a_password_of_128_characters(self, client: Client) -> None:
        long = ("woorden met spaties " * 7)[:128]
        register(client, password=long)
        assert has_password(looked_up("noor@example.org"), long)

    def test_it_lets_a_password_manager_paste_and_fill_in(self, client: Client) -> None:
        page = client.get("accounts.register")
        filled = {i["name"]: i.get("autocomplete") for i in page.soup.main.find_all("input")}  # type: ignore[union-attr]
        assert filled["name"] == "name"
        assert filled["email"] == "username"
        assert filled["password"] == "new-password"
        password = page.soup.find(attrs={"name": "password"})
        assert not password.has_attr("maxlength")  # type: ignore[union-attr]

    def test_it_takes_no_roles_from_the_form(self, client: Client) -> None:
        form = client.get("accounts.register").form()
        sent = form.fill(NEW) | {
            "is_moderator": "y",
            "is_beheerder": "1",
            "confirmed_at": "2020-01-01",
            "is_long_password": "1",
        }
        client.post("accounts.register", data=sent | {"password": "twaalf tekens"})
        account = looked_up("noor@example.org")
        assert not account.is_staff
        assert not account.is_confirmed
        assert not account.is_long_password

    def test_it_makes_one_account_of_a_form_that_is_sent_twice(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        form = client.get("accounts.register").form()
        form.submit(NEW)
        again = form.submit(NEW)
        assert again.h1 == "Kijk in uw mail"
        assert count_of(Account) == 1
        mailbox.deliver()
        assert [mail.subject for mail in mailbox.to("noor@example.org")] == [
            "Bevestig uw e-mailadres voor Groeipact Common Ground"
        ]

    def test_it_takes_nothing_without_the_key_against_forgery(self, client: Client) -> None:
        form = client.get("accounts.register").form()
        page = client.post("accounts.register", data=form.fill(NEW) | {"csrf_token": "x##x"})
        assert page.status == 422
        assert count_of(Account) == 0

    def test_it_takes_nothing_from_another_site(self, client: Client) -> None:
        form = client.get("accounts.register").form()
        page = client.post(
            "accounts.register", data=form.fill(NEW), headers={"Origin": "https://evil.example"}
        )
        assert page.status == 403
        assert count_of(Account) == 0

    def test_it_leads_on_who_is_signed_in(self, sign_in: Callable[[Account], Client]) -> None:
        page = sign_in(make_account()).get("/registreren?verder=/nieuws")
        assert page.location == "/nieuws"

    def test_it_strips_signs_that_nobody_sees(self, client: Client) -> None:
        register(client, name="Noor\u202e  \u200bNieuw\x07")
        assert looked_up("noor@example.org").name == "Noor Nieuw"


class TestUnconfirmed:
    def test_it_is_all_there_is_before_confirmation(self, enter: Enter, client: Client) -> None:
        make_account(email="noor@example.org", is_confirmed=False)
        page = enter("noor@example.org")
        assert page.h1 == "Bevestig eerst uw e-mailadres"
        for path in ("/account", "/account/naam", "/account/wachtwoord", "/account/sessies"):
            answer = client.get(path)
            assert answer.status == 403
            assert answer.h1 == "Bevestig eerst uw e-mailadres"

    def test_it_sends_a_new_mail_and_the_older_link_dies(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        register(client)
        page = enter("noor@example.org", GOOD)
        again = page.form().submit()
        assert again.flashes == ["Wij hebben u een nieuwe mail gestuurd."]
        mailbox.deliver()
        first, second = (link_in(m, "/bevestigen/") for m in mailbox.to("noor@example.org"))
        dead = client.get(first)
        assert dead.status == 410
        assert "nieuwere link" in dead.main
        assert client.get(second).status == 200

    def test_it_sends_from_the_page_on_which_somebody_was_stopped(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        make_account(email="noor@example.org", is_confirmed=False)
        enter("noor@example.org")
        stopped = client.get("/account/naam")
        stopped.form().submit()
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/bevestigen/")
        assert client.get(link).form().submit().h1 == "Wijzig uw naam"

    def test_it_is_not_for_visitors(self, client: Client) -> None:
        assert client.get("accounts.unconfirmed").location == "/inloggen?verder=/bevestigen"

    def test_it_leads_on_who_is_confirmed(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_account())
        assert reader.get("/bevestigen?verder=/nieuws").location == "/nieuws"

    def test_it_lets_a_wrong_address_be_put_right(
        self, client: Client, mailbox: Mailbox, enter: Enter
    ) -> None:
        make_account(email="nor@example.org", is_confirmed=False)
        page = enter("nor@example.org").follow("Wijzig uw e-mailadres")
        page.form().submit(new_email="noor@example.org", current_password=PASSWORD)
        mailbox.deliver()
        link = link_in(mailbox.last("noor@example.org"), "/nieuw-e-mailadres/")
        assert client.get(link).form().submit().h1 == "Mijn account"
        assert looked_up("noor@example.org").is_confirmed
        mailbox.deliver()
        assert mailbox.to("nor@example.org") == []


class TestSignIn:
    def test_it_signs_in(self, enter: Enter, client: Client) -> None:
        account = make_account(name="Noor Nieuw")
        page = enter(account.email)
        assert page.h1 == "Mijn werk"
        assert "Noor Nieuw" in page.text

    def test_it_reads_a_password_of_half_a_megabyte_of_marks_and_refuses_it(
        self, client: Client
    ) -> None:
        account = make_account()
        form = client.get("accounts.sign_in").form()
        page = form.submit(email=account.email, password="a" + "\u0301\u0328" * 140_000)
        assert page.status == 422
        assert "Het e-mailadres of het wachtwoord klopt niet." in page.main

    def test_it_knows_the_address_in_any_case(self, enter: Enter) -> None:
        make_account(email="noor@example.org")
        assert enter(" NOOR@Example.org ").h1 == "Mijn werk"

    def test_it_gives_every_sign_in_a_new_session(
        self, enter: Enter, client: Client, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_account()
        client.get("accounts.sign_in")
        before = client.cookie("groeipact")
        enter(account.email)
        first = client.cookie("groeipact")
        assert first not in (None, before)
        client.get("accounts.overview").form("/uitloggen").submit()
        enter(account.email)
        assert client.cookie("groeipact") not in (None, before, first)

    def test_it_ends_the_session_that_this_browser_had(self, client: Client, enter: Enter) -> None:
        first, second = make_account(), make_account()
        page = client.get("accounts.sign_in")
        enter(first.email)
        sent = page.form().fill({"email": second.email, "password": PASSWORD})
        token = client.get("accounts.overview").form("/uitloggen").fields["csrf_token"]
        client.post("accounts.sign_in", data=sent | {"csrf_token": token})
        rows = db.session.query(AccountSession).all()
        assert [row.account_id for row in rows] == [second.id]

    def test_it_makes_hashes_of_before_as_strong_as_today(self, enter: Enter) -> None:
        account = make_account(is_long_password=False)
        assert "m=8," in account.password_hash
        enter(account.email)
        after = looked_up(account.email)
        assert "m=19456,t=2,p=1" in after.password_hash
        assert has_password(after, PASSWORD)
        assert after.is_long_password

    def test_it_takes_nothing_without_the_key_against_forgery(self, client: Client) -> None:
        account = make_account()
        client.get("accounts.sign_in")
        sent = {"email": account.email, "password": PASSWORD}
        page = client.post("accounts.sign_in", data=sent)
        assert page.status == 422
        assert "Deze pagina stond te lang open" in page.main
        assert count_of(AccountSession) == 0
        assert page.form().submit(password=PASSWORD).h1 == "Mijn werk"

    def test_it_takes_no_key_of_another_browser(self, client: Client) -> None:
        account = make_account()
        other = Client(client.app).get("accounts.sign_in").form()
        client.get("accounts.sign_in")
        sent = other.fill({"email": account.email, "password": PASSWORD})
        assert client.post("accounts.sign_in", data=sent).status == 422

    def test_it_asks_for_both_fields(self, client: Client) -> None:
        page = client.get("accounts.sign_in").form().submit()
        assert page.error_for("email") == "Vul uw e-mailadres in."
        assert page.error_for("password") == "Vul uw wachtwoord in."

    def test_it_leads_on_who_is_signed_in(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_account())
        assert reader.get("accounts.sign_in").location == "/mijn-werk"
        assert reader.get("/inloggen?verder=/nieuws").location == "/nieuws"
        assert reader.get("/inloggen?verder=//evil.example").location == "/mijn-werk"

    def test_it_names_its_fields_for_password_managers(self, client: Client) -> None:
        page = client.get("accounts.sign_in")
        assert page.soup.find(attrs={"name": "email"})["autocomplete"] == "username"  # type: ignore[index]
        password = page.soup.find(attrs={"name": "password"})
        assert password["autocomplete"] == "current-password"  # type: ignore[index]

    def test_it_is_in_english_too(self, client: Client) -> None:
        account = make_account()
        page = client.get("/en/inloggen").form().submit(email=account.email, password=PASSWORD)
        assert page.path == "/en/mijn-werk"

    def test_it_is_not_kept_by_any_cache(self, client: Client) -> None:
        assert client.get("accounts.sign_in").headers["Cache-Control"] == "no-store"


class TestSignOut:
    def test_it_ends_the_session_on_the_server(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_account())
        stolen = reader.cookie("groeipact")
        page = reader.get("accounts.overview").form("/uitloggen").submit()
        assert page.flashes == ["U bent uitgelogd."]
        assert not is_in(reader)
        thief = Client(reader.app)
        thief.raw.set_cookie("groeipact", stolen or "")
        assert not is_in(thief)

    def test_it_needs_the_key_against_forgery(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_account())
        assert reader.post("accounts.sign_out").status == 422
        assert is_in(reader)

    def test_it_needs_more_than_a_link(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_moderator())
        assert reader.get("accounts.sign_out").status == 405
        assert is_in(reader)

    def test_it_bears_somebody_who_left_already(self, client: Client) -> None:
        assert client.post("accounts.sign_out").location == "/inloggen"


class TestRegistered:
    def test_it_helps_on_without_a_mail(self, client: Client) -> None:
        page = client.get("/registreren/mail?verder=/nieuws")
        assert page.links["Log dan in"] == "/inloggen?verder=/nieuws"


def test_it_does_not_show_the_other_password(client: Client, enter: Enter) -> None:
    """A password stands on no page, right or wrong."""
    account = make_account()
    assert OTHER not in enter(account.email, OTHER).html
