"""Somebody lost the telephone and the recovery codes: another beheerder helps, and all are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account, RecoveryCode, SecondFactor
from portal.core.db import db
from portal.services.history import history_of
from tests.accounts.people import is_in
from tests.factories import PASSWORD, make_account, make_beheerder, make_moderator, make_telephone
from tests.harness import portal
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]
REASON = "Telefoon gestolen. Ik heb Mo gebeld."


def has_factor(account: Account) -> bool:
    db.session.rollback()
    return account.id in db.session.scalars(select(SecondFactor.account_id)).all()


def reset(reader: Client, account: Account, reason: str = REASON) -> Page:
    page = reader.get("accounts.reset_factor", account_id=account.id)
    return page.form().submit(reason=reason)


def test_it_lets_the_owner_in_with_the_password_and_ends_every_session(
    app: Flask, sign_in: SignIn
) -> None:
    moderator = make_moderator(name="Mo Derator")
    make_telephone(moderator)
    theirs = sign_in(moderator)
    waiting = Client(app).get("accounts.sign_in").form()
    waiting = waiting.submit(email=moderator.email, password=PASSWORD)

    beheerder = sign_in(make_beheerder())
    page = beheerder.get("accounts.assign", account_id=moderator.id)
    page = page.follow("Telefoon en herstelcodes kwijt? Verwijder de tweede stap")
    page = page.form().submit(reason=REASON)

    assert "De tweede stap van Mo Derator is verwijderd." in page.main
    assert not has_factor(moderator)
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert not is_in(theirs)
    assert waiting.form().submit(code="123456").h1 == "Inloggen"
    entering = Client(app).get("accounts.sign_in").form()
    entered = entering.submit(email=moderator.email, password=PASSWORD)
    assert entered.h1 == "Mijn werk"


def test_it_is_written_down_and_told_to_the_owner_and_everybody_with_a_role(
    sign_in: SignIn, mailbox: Mailbox
) -> None:
    owner, other = make_moderator(email="mo@example.org"), make_moderator(email="an@example.org")
    make_account(email="noor@example.org")
    make_telephone(owner)
    beheerder = make_beheerder(name="Bea Heerder", email="bea@example.org")
    reset(sign_in(beheerder), owner)
    mailbox.deliver()
    assert {mail.to for mail in mailbox.messages} == {owner.email, other.email}
    for address in (owner.email, other.email):
        assert "Bea Heerder" in mailbox.last(address).text
        assert REASON in mailbox.last(address).text
    [row] = history_of("account", owner.id)
    assert (row.step, row.account_id, row.reason) == ("second_factor_reset", beheerder.id, REASON)


def test_it_asks_for_a_reason_and_for_something_to_take_away(sign_in: SignIn) -> None:
    account = make_account()
    reader = sign_in(make_beheerder())
    bare = reader.get("accounts.reset_factor", account_id=account.id)
    assert "Dit account heeft geen tweede stap." in bare.main
    make_telephone(account)
    assert reset(reader, account, " ").error_for("reason") == "Schrijf op waarom."
    assert has_factor(account)


@pytest.mark.parametrize(
    ("demand", "make_owner", "must_set_up"),
    [
        ("required", make_moderator, True),
        ("required", make_account, False),
        ("offered", make_moderator, False),
    ],
)
def test_it_says_what_is_asked_of_the_owner_next(
    make_app: Callable[..., Flask],
    demand: str,
    make_owner: Callable[[], Account],
    must_set_up: bool,
) -> None:
    owner, beheerder = make_owner(), make_beheerder()
    make_telephone(owner)
    make_telephone(beheerder)
    reader = portal.signed_in(make_app(SECOND_FACTOR=demand), beheerder)
    page = reader.get("accounts.reset_factor", account_id=owner.id)
    assert ("stelt deze persoon eerst een nieuwe telefoon in" in page.main) is must_set_up


@pytest.mark.parametrize("who", ["self", "moderator", "account"])
def test_it_is_for_another_beheerder_only(sign_in: SignIn, who: str) -> None:
    owner = make_beheerder()
    make_telephone(owner)
    reader = sign_in({"self": owner, "moderator": make_moderator(), "account": make_account()}[who])
    token = reader.get("accounts.rename").form().fields["csrf_token"]
    path = f"/beheer/rollen/{owner.id}/twee-stappen"
    assert reader.get(path).status == 403
    assert reader.post(path, data={"reason": REASON, "csrf_token": token}).status == 403
    assert has_factor(owner)
