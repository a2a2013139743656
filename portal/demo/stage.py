"""The stage of the demo: its people, and the rows that the acts so far have made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.accounts.passwords import SealedPassword
from portal.core.db import Base, db, row_id
from portal.documents.upload import KeptUpload
from portal.organisations.queries import kinds, roles_of, ties_of
from portal.pact.models import Layer, Principle
from portal.policy import Roles, Tie

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the demo with an account; actions take it as `by`."""

    id: int
    name: str
    email: str
    is_moderator: bool
    is_beheerder: bool
    locale: str = "nl"
    is_authenticated: bool = True
    is_confirmed: bool = True

    @property
    def email_key(self) -> str:
        return address_key(self.email)

    @property
    def roles(self) -> Roles:
        return roles_of(self.id)

    @property
    def frozen_organisation_ids(self) -> frozenset[int]:
        return self.roles.frozen

    @property
    def ties(self) -> Mapping[int, Tie]:
        return ties_of(self.id)


@dataclass
class Stage:
    """What an act can use: prepared files, and the rows that earlier acts made, by their keys."""

    now: datetime
    password: SealedPassword
    files: Mapping[str, KeptUpload]
    _rows: dict[str, tuple[type[Base], int]] = field(default_factory=dict)

    def keep(self, key: str, row: Base) -> None:
        """Remember a row under "thing:name"."""
        self._rows[key] = type(row), row_id(row)

    def find(self, model: type[Row], key: str) -> Row:
        """Return the row that an act put under this key; KeyError when none did."""
        return db.session.get_one(model, self._rows[key][1])

    def has(self, key: str) -> bool:
        """Return whether an act put a row under this key."""
        return key in self._rows

    def player(self, key: str) -> Player:
        """Return the person with this key in people.toml."""
        account = self.find(Account, f"account:{key}")
        return Player(
            account.id, account.name, account.email, account.is_moderator, account.is_beheerder
        )

    def kind_id(self, slug: str) -> int:
        """Return the id of a kind of organisation."""
        return next(kind.id for kind in kinds() if kind.slug == slug)

    def layers(self, slugs: list[str]) -> list[Layer]:
        """Return the layers with these slugs."""
        return list(db.session.scalars(select(Layer).where(Layer.slug.in_(slugs))))

    def principles(self, slugs: list[str]) -> list[Principle]:
        """Return the principles with these slugs."""
        return list(db.session.scalars(select(Principle).where(Principle.slug.in_(slugs))))
