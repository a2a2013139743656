"""Every kind of person that may look at a comment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.accounts.models import Account
from portal.policy import VISITOR, Person, Role, Tie
from tests import factories as make


@dataclass(frozen=True)
class Who:
    """Somebody who asks."""

    id: int
    email_key: str | None = None
    is_authenticated: bool = True
    is_confirmed: bool = True
    is_moderator: bool = False
    is_beheerder: bool = False
    roles: Mapping[int, str] = field(default_factory=dict)
    frozen_organisation_ids: tuple[int, ...] = ()
    ties: Mapping[int, Tie] = field(default_factory=dict)


def viewers(writer: Account, organisation_id: int) -> dict[str, Person]:
    other = make.make_account().id
    inside = {organisation_id: str(Role.OWNER)}
    return {
        "visitor": VISITOR,
        "account": Who(other),
        "writer": Who(writer.id),
        "unconfirmed_writer": Who(writer.id, is_confirmed=False),
        "unconfirmed_moderator": Who(other, is_confirmed=False, is_moderator=True),
        "owner": Who(other, roles=inside),
        "moderator": Who(other, is_moderator=True),
        "moderator_inside": Who(other, is_moderator=True, roles=inside),
        "moderator_writer": Who(writer.id, is_moderator=True),
        "beheerder": Who(other, is_beheerder=True),
    }
