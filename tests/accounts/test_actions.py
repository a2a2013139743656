"""What becomes of an account that two things change at once, and of the links in its mails."""

from __future__ import annotations

import pytest

from portal.accounts import actions
from portal.accounts.actions.links import CONFIRM, RESET, make_link
from portal.accounts.models import Account
from portal.accounts.passwords import Proof, SealedPassword, seal
from portal.accounts.queries import TokenDead, get_token
from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused
from portal.policy import Person
from tests.accounts.people import GOOD, OTHER, has_password, looked_up
from tests.factories import make_account, make_beheerder, make_moderator
from tests.harness.mailbox import Mailbox

pytestmark = pytest.mark.usefixtures("app")


def sealed(password: str) -> SealedPassword:
    return seal(password, long_from=15)


def person(account: Account) -> Person:
    return account  # type: ignore[return-value]


class TestSignIn:
    def test_it_refuses_a_password_that_was_changed_after_it_was_proven(self) -> None:
        account = make_account()
        proven = account.password_hash
        with write_section():
            account.password_hash = sealed(GOOD).hash
        with pytest.raises(FieldRefused), write_section():
            actions.sign_in(Proof(account.id, proven))

    def test_it_refuses_an_account_that_is_gone(self) -> None:
        with pytest.raises(FieldRefused), write_section():
            actions.sign_in(Proof(12345, "x"))


class TestChangePassword:
    def test_it_refuses_when_the_proven_password_is_no_longer_the_current_one(self) -> None:
        account = make_account()
        proven = account.password_hash
        with write_section():
            account.password_hash = sealed(OTHER).hash
        with pytest.raises(FieldRefused) as refusal, write_section():
            actions.change_password(
                account,
                password=sealed(GOOD),
                proof=Proof(account.id, proven),
                by=person(account),
            )
        assert refusal.value.field == "current_password"
        assert has_password(looked_up(account.email), OTHER)

    def test_it_refuses_a_short_password_for_a_role_that_was_given_meanwhile(self) -> None:
        account = make_moderator()
        with pytest.raises(FieldRefused) as refusal, write_section():
            actions.change_password(
                account,
                password=sealed("veertien teken"),
                proof=Proof(account.id, account.password_hash),
                by=person(account),
            )
        assert refusal.value.field == "password"


class TestLinks:
    def test_it_kills_older_links_of_the_same_purpose_only(self) -> None:
        account = make_account(is_confirmed=False)
        with write_section():
            confirm = make_link(account, CONFIRM)
            first = make_link(account, RESET)
            second = make_link(account, RESET)
        with pytest.raises(TokenDead) as dead:
            get_token(first, RESET)
        assert dead.value.why == "replaced"
        assert get_token(second, RESET).account_id == account.id
        assert get_token(confirm, CONFIRM).account_id == account.id

    def test_it_is_used_once_even_when_two_hold_it(self) -> None:
        account = make_account(is_confirmed=False)
        with write_section():
            token = make_link(account, RESET)
        held = get_token(token, RESET)
        with write_section():
            actions.reset_password(held, password=sealed(GOOD))
        with pytest.raises(TokenDead), write_section():
            actions.reset_password(held, password=sealed(OTHER))
        assert has_password(looked_up(account.email), GOOD)

    def test_it_keeps_no_token_that_could_be_used(self) -> None:
        account = make_account()
        with write_section():
            token = make_link(account, RESET)
        assert get_token(token, RESET).token_hash != token


class TestMailReset:
    def test_it_bears_being_done_twice(self, mailbox: Mailbox) -> None:
        account = make_account()
        for _ in range(2):
            with write_section():
                actions.mail_reset(email=account.email, back=None)
        mailbox.deliver()
        *_, newest = [mail.paths[0].rpartition("/")[2] for mail in mailbox.to(account.email)]
        assert get_token(newest, RESET).account_id == account.id


class TestCreateConfirmed:
    def test_it_refuses_a_second_account_for_an_address(self) -> None:
        make_account(email="noor@example.org")
        with pytest.raises(AlreadyExists), write_section():
            actions.create_confirmed(name="Noor", email="NOOR@example.org", password=sealed(GOOD))
        assert db.session.query(Account).count() == 1


class TestAssignRoles:
    def test_it_gives_nothing_when_one_of_two_is_refused(self) -> None:
        beheerder = make_beheerder()
        with pytest.raises(FieldRefused), write_section():
            actions.assign_roles(
                beheerder, is_moderator=True, is_beheerder=False, by=person(beheerder)
            )
        assert not looked_up(beheerder.email).is_moderator
