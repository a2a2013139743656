"""What several tests of accounts say in the same words."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts import passwords
from portal.accounts.models import Account, AccountSession, AccountToken
from portal.accounts.queries import find_account
from portal.core.db import db
from tests.harness.client import Client
from tests.harness.mailbox import Mail

GOOD = "vijf groene paraplu's"
OTHER = "drie paarse fietsbellen"


@dataclass
class Runs:
    """How many runs of Argon2 were counted."""

    count: int = 0


def looked_up(email: str) -> Account:
    """The account as it is in the database now."""
    db.session.rollback()
    db.session.expire_all()
    found = find_account(email)
    assert found is not None, f"there is no account of {email}"
    return found


def has_password(account: Account, password: str) -> bool:
    """Whether the account opens with this password."""
    return passwords.fits(password, account.password_hash)


def count_of(model: type[Account] | type[AccountSession] | type[AccountToken]) -> int:
    """How many rows there are now."""
    db.session.rollback()
    return db.session.query(model).count()


def link_in(mail: Mail, start: str) -> str:
    """The path in the mail that begins so; there must be one."""
    found = [path for path in mail.paths if path.startswith(start)]
    assert found, f"{mail} holds no link {start}, only {mail.paths}"
    return found[0]


def is_in(reader: Client) -> bool:
    """Whether this browser is signed in."""
    return reader.get("/account").location is None
