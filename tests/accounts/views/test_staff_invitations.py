"""Who gets a role in the vereniging is invited by mail, and takes it up with the link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.accounts.staff_roles import StaffRole
from portal.core import clock
from portal.core.db import db
from tests.accounts.people import looked_up
from tests.factories import (
    PASSWORD,
    make_account,
    make_beheerder,
    make_moderator,
    make_staff_invitation,
)
from tests.harness.client import Client
from tests.harness.page import Page

INVITED = "mo@dorp.example"
LONG = "een heel lang wachtwoord voor wie modereert"


def invite(reader: Client, role: str = "moderator", email: str = INVITED) -> Page:
    return reader.get("accounts.invite_staff").form().submit(email=email, role=role)


def link_to(mailbox: Any, email: str = INVITED) -> str:
    mailbox.deliver()
    paths = mailbox.last(email).paths
    return str(next(path for path in paths if "/uitnodigingen/vereniging/" in path))


def subjects_to(mailbox: Any, account: Account) -> list[str]:
    return [mail.subject for mail in mailbox.to(account.email)]


class TestInvite:
    def test_it_leads_from_the_check_list_to_a_second_moderator(
        self, sign_in: Any, client: Client, mailbox: Any
    ) -> None:
        bea, other = make_beheerder(name="Bea Heerder"), make_moderator()
        beheerder = sign_in(bea)
        to_invite = "/beheer/rollen/uitnodigen"
        ways = {str(a["href"]) for a in beheerder.get("admin.checklist").soup.main.find_all("a")}
        assert to_invite in ways
        sent = invite(beheerder)
        assert sent.flashes == [f"De uitnodiging gaat per mail naar {INVITED}."]
        assert f"Uitgenodigd als moderator: {INVITED}" in sent.main
        path = link_to(mailbox)
        letter = mailbox.last(INVITED).text
        assert "Bea Heerder nodigt u uit om moderator te worden" in letter
        assert "14 dagen" in letter
        register = next(
            str(a["href"])
            for a in client.get(path).soup.main.find_all("a")
            if a.text.strip() == "Registreren"
        )
        form = client.get(register).form()
        short = form.submit(name="Mo Nieuw", password="korter zin 12")
        assert "15 tekens" in (short.error_for("password") or "")
        page = short.form().submit(name="Mo Nieuw", password=LONG)
        done = page.form().submit()
        assert done.flashes == ["U bent nu moderator."]
        told = client.get("accounts.overview").main
        assert "Mo Nieuw werd moderator" in told and "op een uitnodiging" in told
        account = looked_up(INVITED)
        assert account.is_moderator and not account.is_beheerder and account.is_confirmed
        assert client.get("moderation.desk").status == 200
        mailbox.deliver()
        assert subjects_to(mailbox, bea) == ["Mo Nieuw is nu moderator"]
        assert subjects_to(mailbox, other)[-1].startswith("Rol gewijzigd op")
        # Of one's own act nobody hears.
        assert len(mailbox.to(INVITED)) == 1
        seen = beheerder.get("accounts.roles").main
        assert f"Uitnodiging aangenomen: {INVITED}" in seen and "Uitgenodigd\n" not in seen

    def test_it_offers_an_account_the_role_that_it_lacks(self, sign_in: Any, mailbox: Any) -> None:
        mo = make_moderator(email=INVITED)
        beheerder = sign_in(make_beheerder())
        assert "heeft deze rol al" in (invite(beheerder).error_for("email") or "")
        invite(beheerder, role="beide")
        page = sign_in(mo).get(link_to(mailbox))
        assert page.form().submit().flashes == ["U bent nu moderator en beheerder."]
        assert looked_up(INVITED).is_beheerder

    def test_it_asks_for_a_longer_password_first_and_comes_back(self, sign_in: Any) -> None:
        guest = make_account(email=INVITED, is_long_password=False)
        _invitation, token = make_staff_invitation(email=INVITED)
        path = f"/uitnodigingen/vereniging/{token}"
        page = sign_in(guest).get(path)
        assert "Kies eerst een langer wachtwoord" in page.main
        way = page.links["Wijzig uw wachtwoord"]
        own = next(str(a["href"]) for a in page.soup.main.find_all("a") if way in str(a["href"]))
        change = page.client.get(own).form()
        short = change.submit(current_password=PASSWORD, password="korter zin 12")
        assert "15 tekens" in (short.error_for("password") or "")
        back = short.form().submit(current_password=PASSWORD, password=LONG)
        assert back.path == path
        back.form().submit()
        assert looked_up(INVITED).is_moderator


class TestAccept:
    @pytest.mark.parametrize(
        ("why", "words"),
        [
            ("taken back", "ingetrokken"),
            ("mailed again", "nieuwere link"),
            ("invited again", "nieuwere link"),
            ("expired", "verlopen"),
            ("used", "al gebruikt"),
            ("inviter gone", "ingetrokken"),
        ],
    )
    def test_it_gives_nothing_with_a_link_that_does_not_work(
        self, sign_in: Any, set_clock: Any, why: str, words: str
    ) -> None:
        author, guest = make_beheerder(), make_account(email=INVITED)
        _invitation, token = make_staff_invitation(email=INVITED, author=author)
        reader, beheerder = sign_in(guest), sign_in(author)
        form = reader.get("accounts.accept_role", token=token).form()
        if why == "taken back":
            beheerder.get("accounts.roles").form("intrekken").submit()
        elif why == "mailed again":
            beheerder.get("accounts.roles").form("mailen").submit()
        elif why == "invited again":
            invite(beheerder)
        elif why == "expired":
            set_clock(clock.now() + timedelta(days=14, minutes=1))
            reader = sign_in(guest)
        elif why == "used":
            form.submit()
            account = looked_up(INVITED)
            account.is_moderator = False
            db.session.commit()
        else:
            other = sign_in(make_beheerder())
            roles = other.get("accounts.assign", account_id=author.id).form()
            roles.submit(is_beheerder=False, is_moderator=True)
        page = reader.get("accounts.accept_role", token=token)
        assert page.status == 410 and words in page.main
        assert reader.post(form.action, data=form.fields).status >= 400
        assert not looked_up(INVITED).is_moderator

    def test_it_is_for_the_invited_address_alone(self, sign_in: Any, client: Client) -> None:
        _invitation, token = make_staff_invitation(email=INVITED)
        thief = make_account(email="dief@dorp.example")
        reader = sign_in(thief)
        page = reader.get("accounts.accept_role", token=token)
        assert "voor een ander e-mailadres" in page.main
        assert not page.soup.main.find_all("form")
        key = reader.get("accounts.rename").form().fields["csrf_token"]
        assert reader.post(page.path, data={"csrf_token": key}).status == 403
        assert not looked_up(thief.email).is_moderator
        form = client.get(f"/registreren?verder={page.path}").form()
        refused = form.submit(name="Dief", email="d@dorp.example", password=LONG)
        assert INVITED in (refused.error_for("email") or "")


class TestMailAgain:
    def test_it_revives_what_has_expired(self, sign_in: Any, mailbox: Any, set_clock: Any) -> None:
        author = make_beheerder()
        make_staff_invitation(email=INVITED, author=author, role=StaffRole.BEHEERDER)
        set_clock(clock.now() + timedelta(days=20))
        page = sign_in(author).get("accounts.roles")
        assert "verlopen" in page.main
        again = page.form("mailen").submit()
        assert again.flashes == [f"Er is een nieuwe link gemaild aan {INVITED}."]
        guest = make_account(email=INVITED)
        sign_in(guest).get(link_to(mailbox)).form().submit()
        assert looked_up(INVITED).is_beheerder
