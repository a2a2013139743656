"""Roles in the vereniging and addresses of accounts: everybody who hears of them."""

from __future__ import annotations

from sqlalchemy import select

from portal.accounts.actions.own import ask_new_email, take_email
from portal.accounts.actions.roles import assign_roles
from portal.accounts.models import Account, AccountToken
from portal.core.db import db, write_section
from portal.services.telling import Audience
from tests import factories as make
from tests.rooms.scenes.parts import Heard, Scene
from tests.test_policy import Who


def _roles(
    account: Account, act: str, others: set[str], *, is_moderator: bool, is_beheerder: bool
) -> Scene:
    giver = make.make_beheerder()
    everyone = others | {make.make_moderator().email, make.make_beheerder().email}
    return Scene(
        lambda: assign_roles(
            account,
            is_moderator=is_moderator,
            is_beheerder=is_beheerder,
            by=Who(giver.id, is_beheerder=True),
        ),
        [
            Heard("account", act, "account_roles", {Audience.PERSON: {account.email}}),
            Heard("account", act, "account_role_news", {Audience.MODERATORS: everyone}),
        ],
    )


def a_beheerder_made() -> Scene:
    """Everybody with a role hears, but for who gives it."""
    account = make.make_account()
    return _roles(account, "beheerder_given", set(), is_moderator=False, is_beheerder=True)


def a_beheerder_less() -> Scene:
    """As for one who is made."""
    account = make.make_beheerder()
    return _roles(account, "beheerder_taken", set(), is_moderator=False, is_beheerder=False)


def a_moderator_less() -> Scene:
    """As for a beheerder."""
    account, other = make.make_moderator(), make.make_moderator()
    others = {other.email}
    return _roles(account, "moderator_taken", others, is_moderator=False, is_beheerder=False)


def an_address_asked() -> Scene:
    """The link goes to the new address, and word of it to the old one."""
    account = make.make_account()
    return Scene(
        lambda: ask_new_email(account, email="nieuw@example.org", by=Who(account.id)),
        [
            Heard(
                "account",
                "email_asked",
                "account_email_confirm",
                {Audience.PERSON: {"nieuw@example.org"}},
            ),
            Heard(
                "account", "email_asked", "account_email_asked", {Audience.PERSON: {account.email}}
            ),
        ],
    )


def an_address_changed() -> Scene:
    """The old address hears of it."""
    account = make.make_account()
    former = account.email
    with write_section():
        ask_new_email(account, email="nieuw@example.org", by=Who(account.id))
    query = select(AccountToken).where(AccountToken.account_id == account.id)
    token = db.session.scalars(query).one()
    changed = Heard("account", "email_changed", "account_email", {Audience.PERSON: {former}})
    return Scene(lambda: take_email(token, by=Who(account.id)), [changed])
