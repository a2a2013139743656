"""What a scene is made of, and who acts in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from portal.accounts.models import Account
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.services.telling import Audience
from tests import factories as make
from tests.test_policy import Who


class Heard(NamedTuple):
    """One mail of an act: its template, and the addresses of each audience that gets it."""

    thing: str
    act: str
    template: str
    readers: dict[Audience, set[str]]


class Scene(NamedTuple):
    """Something that somebody does, and every mail of which it tells whom."""

    do: Callable[[], object]
    heard: list[Heard]


def of_staff() -> tuple[Account, Account, set[str]]:
    """Return two moderators, and the addresses of all."""
    first, second, third = (make.make_moderator() for _number in range(3))
    return first, second, {first.email, second.email, third.email}


def moderator(account: Account) -> Who:
    return Who(account.id, is_moderator=True)


def owner_of(account: Account, organisation: Organisation) -> Who:
    return Who(account.id, roles={organisation.id: str(Role.OWNER)})
