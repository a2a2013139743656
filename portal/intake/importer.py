"""Who brings a file in, outside a request: what the law asks of a person, read from an account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.accounts.models import Account
from portal.accounts.roles import roles_of, ties_of
from portal.policy import Tie


@dataclass(frozen=True, slots=True)
class Importer:
    """The person of an account, at the moment that it was read."""

    id: int
    email_key: str
    is_confirmed: bool
    is_moderator: bool
    is_beheerder: bool
    roles: Mapping[int, str]
    frozen_organisation_ids: Collection[int]
    ties: Mapping[int, Tie]
    is_authenticated: bool = True


def importer_of(account: Account) -> Importer:
    """Return the person that an account is."""
    roles = roles_of()(account.id)
    return Importer(
        id=account.id,
        email_key=account.email_key,
        is_confirmed=account.is_confirmed,
        is_moderator=account.is_moderator,
        is_beheerder=account.is_beheerder,
        roles=roles,
        frozen_organisation_ids=roles.frozen,
        ties=ties_of()(account.id),
    )
