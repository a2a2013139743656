"""Who has a role in the vereniging."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import Account
from portal.services.history import history_of
from tests.accounts.people import is_in, looked_up
from tests.factories import make_account, make_beheerder, make_moderator
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]


def assign(reader: Client, account: Account, **roles: bool) -> Page:
    return reader.get("accounts.assign", account_id=account.id).form().submit(roles)


class TestRoles:
    def test_it_lists_who_has_a_role(self, sign_in: SignIn) -> None:
        make_moderator(name="Mo Derator")
        make_account(name="Niemand Bijzonder")
        page = sign_in(make_beheerder(name="Bea Heerder")).get("accounts.roles")
        assert "Mo Derator" in page.main
        assert "Bea Heerder" in page.main
        assert "Niemand Bijzonder" not in page.main

    def test_it_finds_somebody_by_a_part_of_the_address(self, sign_in: SignIn) -> None:
        make_account(name="Noor Nieuw", email="noor@gemeente.example")
        make_account(name="Olaf Oud", email="olaf@elders.example")
        reader = sign_in(make_beheerder())
        page = reader.get("accounts.roles").form().submit(q="Noor@Gem")
        assert "Noor Nieuw" in page.main
        assert "Olaf Oud" not in page.main

    def test_it_takes_a_percent_sign_as_itself(self, sign_in: SignIn) -> None:
        make_account(name="Noor Nieuw")
        page = sign_in(make_beheerder()).get("/beheer/rollen?q=%25")
        assert "Geen account gevonden" in page.main

    @pytest.mark.parametrize("make", [make_account, make_moderator])
    def test_it_is_for_beheerders_only(self, sign_in: SignIn, make: Callable[[], Account]) -> None:
        account = make()
        reader = sign_in(account)
        assert reader.get("accounts.roles").status == 403
        assert reader.get("accounts.assign", account_id=account.id).status == 403
        page = reader.post(
            "accounts.assign", account_id=account.id, data={"is_beheerder": "y", "version": "1"}
        )
        assert page.status == 403
        assert not looked_up(account.email).is_beheerder

    def test_it_sends_a_visitor_to_sign_in(self, client: Client) -> None:
        assert client.get("accounts.roles").location == "/inloggen?verder=/beheer/rollen"


class TestAssign:
    def test_it_gives_a_role(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        account = make_account(name="Noor Nieuw")
        page = assign(sign_in(make_beheerder()), account, is_moderator=True)
        assert page.flashes == ["De rollen van Noor Nieuw zijn gewijzigd."]
        after = looked_up(account.email)
        assert after.is_moderator
        assert not after.is_beheerder
        mailbox.deliver()
        mail = mailbox.last(account.email)
        assert mail.subject == "Uw rol op Groeipact Common Ground is gewijzigd"
        assert "U bent nu moderator op" in mail.text

    def test_it_takes_a_role(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        account = make_moderator()
        assign(sign_in(make_beheerder()), account, is_moderator=False)
        assert not looked_up(account.email).is_moderator
        mailbox.deliver()
        assert "U hebt geen rol meer" in mailbox.last(account.email).text

    def test_it_ends_every_session_of_the_person(self, sign_in: SignIn) -> None:
        account = make_account()
        reader = sign_in(account)
        beheerder = sign_in(make_beheerder())
        assign(beheerder, account, is_moderator=True)
        assert not is_in(reader)
        assert is_in(beheerder)

    def test_it_changes_nothing_when_nothing_changes(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        account = make_moderator()
        reader = sign_in(account)
        assign(sign_in(make_beheerder()), account, is_moderator=True)
        assert is_in(reader)
        assert mailbox.deliver() == []

    def test_it_writes_in_the_log_who_gave_it(self, sign_in: SignIn) -> None:
        account, beheerder = make_account(), make_beheerder()
        assign(sign_in(beheerder), account, is_moderator=True, is_beheerder=True)
        rows = history_of("account", account.id)
        assert [(row.step, row.account_id) for row in rows] == [
            ("moderator_given", beheerder.id),
            ("beheerder_given", beheerder.id),
        ]

    def test_it_needs_a_long_password_first(self, sign_in: SignIn) -> None:
        account = make_account(is_long_password=False)
        page = assign(sign_in(make_beheerder()), account, is_moderator=True)
        assert page.status == 422
        assert "15 tekens" in (page.error_for("is_moderator") or "")
        assert not looked_up(account.email).is_moderator

    def test_it_needs_a_confirmed_address_first(self, sign_in: SignIn) -> None:
        account = make_account(is_confirmed=False)
        page = assign(sign_in(make_beheerder()), account, is_beheerder=True)
        assert "nog niet bevestigd" in (page.error_for("is_beheerder") or "")
        assert not looked_up(account.email).is_beheerder

    def test_it_keeps_the_last_beheerder(self, sign_in: SignIn) -> None:
        beheerder = make_beheerder()
        make_account(is_beheerder=True, is_confirmed=False)
        page = assign(sign_in(beheerder), beheerder, is_beheerder=False)
        assert page.status == 422
        assert page.error_for("is_beheerder") == (
            "Dit is de laatste beheerder. Maak eerst iemand anders beheerder."
        )
        assert looked_up(beheerder.email).is_beheerder

    def test_it_lets_a_beheerder_stop_when_there_is_another(self, sign_in: SignIn) -> None:
        make_beheerder()
        beheerder = make_beheerder()
        reader = sign_in(beheerder)
        page = assign(reader, beheerder, is_beheerder=False)
        assert page.h1 == "Inloggen"
        assert page.flashes == ["Uw rollen zijn gewijzigd. Log opnieuw in."]
        assert not looked_up(beheerder.email).is_beheerder
        assert not is_in(reader)

    def test_it_shows_both_when_somebody_else_was_first(self, sign_in: SignIn) -> None:
        account = make_account()
        reader = sign_in(make_beheerder())
        stale = reader.get("accounts.assign", account_id=account.id).form()
        assign(sign_in(make_beheerder()), account, is_moderator=True)
        page = stale.submit(is_beheerder=True)
        assert page.status == 409
        assert "Moderator" in page.main
        after = looked_up(account.email)
        assert (after.is_moderator, after.is_beheerder) == (True, False)

    def test_it_knows_no_made_up_account(self, sign_in: SignIn) -> None:
        assert sign_in(make_beheerder()).get("/beheer/rollen/999").status == 404


class TestNews:
    """A role that is given or taken is told at once to all who have one."""

    @pytest.mark.parametrize("gains", [True, False])
    def test_it_tells_everybody_with_a_role_once_and_not_the_actor(
        self, sign_in: SignIn, mailbox: Mailbox, gains: bool
    ) -> None:
        beheerder, other = make_beheerder(name="Bea Heerder"), make_beheerder()
        moderator, stranger = make_moderator(), make_account()
        somebody = make_account(name="Noor Nieuw", is_moderator=not gains)
        assign(sign_in(beheerder), somebody, is_moderator=gains)
        mailbox.deliver()
        words = "is nu moderator" if gains else "is geen moderator meer"
        for reader in (other, moderator):
            [mail] = mailbox.to(reader.email)
            assert "Noor Nieuw" in mail.subject and "Bea Heerder" in mail.text
            assert words in mail.text
        assert mailbox.to(beheerder.email) == mailbox.to(stranger.email) == []
        assert len(mailbox.to(somebody.email)) == 1
