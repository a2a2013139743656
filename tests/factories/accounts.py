"""People."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher

from portal.accounts.models import Account, StaffInvitation
from portal.accounts.staff_roles import StaffRole
from portal.core import clock
from portal.core.tokens import new_token, token_hash
from tests.factories.states import add, bring_to, committed, number

PASSWORD = "een lang wachtwoord voor de test"


@cache
def _hashed() -> str:
    # The cheapest that Argon2 does: the tests sign in often, and nobody guesses here.
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@committed
def make_account(
    *,
    name: str | None = None,
    email: str | None = None,
    is_confirmed: bool = True,
    is_moderator: bool = False,
    is_beheerder: bool = False,
    has_desk_keys: bool = False,
    is_long_password: bool = True,
    locale: str = "nl",
    created_at: datetime | None = None,
) -> Account:
    """Return a person whose password is PASSWORD."""
    own = number()
    address = email or f"persoon{own}@example.org"
    moment = created_at or clock.now()
    account = Account(
        name=name or f"Persoon {own}",
        email=address,
        email_key=address.lower(),
        password_hash=_hashed(),
        is_long_password=is_long_password,
        locale=locale,
        is_moderator=is_moderator,
        is_beheerder=is_beheerder,
        has_desk_keys=has_desk_keys,
        confirmed_at=moment if is_confirmed else None,
        created_at=moment,
    )
    add(account)
    return account


@committed
def make_staff_invitation(
    *,
    email: str | None = None,
    role: StaffRole = StaffRole.MODERATOR,
    state: str = "open",
    author: Account | None = None,
) -> tuple[StaffInvitation, str]:
    """Return an invitation to a role and the token of its link; a beheerder sent it."""
    author = author or make_beheerder()
    token = new_token()
    address = email or f"genodigde{number()}@example.org"
    invitation = StaffInvitation(
        email=address,
        email_key=address.lower(),
        role=str(role),
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=14),
        author=author,
    )
    bring_to(invitation, state, by=author)
    add(invitation)
    return invitation, token


def make_moderator(**values: str | bool) -> Account:
    """Return a moderator of the vereniging."""
    return make_account(is_moderator=True, **values)  # type: ignore[arg-type]


def make_beheerder(**values: str) -> Account:
    """Return a beheerder of the vereniging."""
    return make_account(is_beheerder=True, **values)  # type: ignore[arg-type]
