"""To whom a mail went, seen from what was acted upon: the audiences that its reader belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import MANYTOONE

from portal.accounts.models import Account
from portal.core.db import Base, db
from portal.news.models import Article
from portal.organisations.models import Membership
from portal.policy import Role
from portal.services.telling import Audience

# Whoever is named in the thing itself: told apart by no column that all things have.
NAMED = frozenset({Audience.PERSON, Audience.WRITER, Audience.SIGNATORY})
_DEPTH = 2


def _models() -> dict[str, type[Any]]:
    classes = [mapper.class_ for mapper in Base.registry.mappers]
    return {model.thing: model for model in classes if hasattr(model, "thing")}


def rows_about(acts: Iterable[tuple[str, int]]) -> list[Any]:
    """Return what was acted upon, by kind and number, with what it belongs to."""
    models = _models()
    found = [db.session.get(models[thing], number) for thing, number in acts if thing in models]
    rows = [row for row in found if row is not None]
    for _step in range(_DEPTH):
        rows += [row for row in _above(rows) if row not in rows]
    return rows


def _above(rows: Iterable[Any]) -> Iterator[Any]:
    for row in rows:
        for relation in inspect(row).mapper.relationships:
            above = getattr(row, relation.key) if relation.direction is MANYTOONE else None
            if above is not None:
                yield above


def audiences_of(address: str, rows: Iterable[Any], more: Iterable[int]) -> set[Audience]:
    """Return the audiences of what was acted upon to which the reader at an address belongs.

    `more` are the organisations that the mail itself is about.
    """
    account = db.session.scalars(select(Account).where(Account.email == address)).first()
    rows = list(rows)
    found: set[Audience] = set()
    if account is not None:
        found |= _roles_of(account, {*more, *_organisations(rows)})
        if account.is_moderator or account.is_beheerder:
            found.add(Audience.MODERATORS)
        if _is_host(account, rows):
            found.add(Audience.HOST)
    if address in _addresses(rows) or (account is not None and account.id in _people(rows)):
        found |= NAMED
    return found


def _organisations(rows: Iterable[Any]) -> Iterator[int]:
    for row in rows:
        numbers = getattr(row, "concerned_organisation_ids", ())
        yield from (number for number in numbers if number)
        if getattr(row, "organisation_id", None):
            yield row.organisation_id
        if row.__tablename__ == "organisation":
            yield row.id


def _roles_of(account: Account, organisations: set[int]) -> set[Audience]:
    mine = select(Membership.role).where(
        Membership.account_id == account.id, Membership.organisation_id.in_(organisations)
    )
    names = {Role.OWNER: Audience.OWNERS, Role.EDITOR: Audience.EDITORS}
    return {names[Role(role)] for role in db.session.scalars(mine) if Role(role) in names}


def _is_host(account: Account, rows: Iterable[Any]) -> bool:
    discussions = [row.id for row in rows if row.__tablename__ == "discussion"]
    query = select(Article.id).where(
        Article.discussion_id.in_(discussions), Article.author_id == account.id
    )
    return db.session.scalars(query).first() is not None


def _columns(row: Any) -> Iterator[tuple[Any, Any]]:
    mapper = inspect(row).mapper
    for column in mapper.column_attrs:
        yield column.columns[0], getattr(row, column.key)


def _addresses(rows: Iterable[Any]) -> set[str]:
    return {
        value
        for row in rows
        for column, value in _columns(row)
        if "email" in column.name and isinstance(value, str)
    }


def _people(rows: Iterable[Any]) -> set[int]:
    numbers = {row.id for row in rows if row.__tablename__ == "account"}
    for row in rows:
        for column, value in _columns(row):
            if value and any(key.column.table.name == "account" for key in column.foreign_keys):
                numbers.add(value)
    return numbers
