"""Every row that is kept of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select

from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion
from portal.core.db import Base, connection
from portal.personal.holdings import HOLDINGS, Holding

_BY_NAME = {holding.table: holding for holding in HOLDINGS}
# A number that says nothing by itself -> the table and the column with words for it.
_WORDS = {
    "organisation_id": ("organisation", "name"),
    "discussion_id": ("discussion", "title"),
    "commitment_id": ("commitment", "title"),
    "document_id": ("document", "title"),
}
SOMEBODY_ELSE = "(van iemand anders)"


@dataclass(frozen=True, slots=True)
class Found:
    """A holding and its rows of one person: what that person may read of each."""

    holding: Holding
    rows: list[dict[str, Any]]


def table_of(holding: Holding) -> Table:
    """Return the table that a holding is about."""
    return Base.metadata.tables[holding.table]


def is_of(holding: Holding, account: Account) -> ColumnElement[bool]:
    """Return the condition of the rows that are kept of an account."""
    table = table_of(holding)
    ways = [table.c[name] == account.id for name in holding.mine]
    ways += [_is_address(table.c[name], account) for name in holding.address]
    if holding.via is not None:
        column, above = holding.via
        whole = _BY_NAME[above]
        ways.append(table.c[column].in_(select(table_of(whole).c.id).where(is_of(whole, account))))
    if holding.table == "job":
        ways.append(_is_address(table.c.payload["to"].as_string(), account))
    if holding.table == "history":
        ways += _is_about(table, account)
    return or_(*ways)


def _is_address(column: ColumnElement[str], account: Account) -> ColumnElement[bool]:
    return or_(column == account.email, func.lower(column) == account.email_key)


def _is_about(history: Table, account: Account) -> Iterator[ColumnElement[bool]]:
    """Give the conditions of the log about the account itself, and about what it commented."""
    comments = select(Comment.id).where(Comment.author_id == account.id)
    versions = select(CommentVersion.id).where(CommentVersion.comment_id.in_(comments))
    number = history.c.subject_id
    for thing, is_one in (
        (Account.thing, number == account.id),
        (Comment.thing, number.in_(comments)),
        (CommentVersion.thing, number.in_(versions)),
    ):
        yield and_(history.c.subject == thing, is_one)


def all_of(account: Account) -> list[Found]:
    """Return everything that is kept of a person, table by table, also where that is nothing."""
    return [Found(holding, list(_told(holding, account))) for holding in HOLDINGS]


def count_of(holding: Holding, account: Account) -> int:
    """Return how many rows of a holding are kept of an account."""
    counted = select(func.count()).select_from(table_of(holding)).where(is_of(holding, account))
    return connection().execute(counted).scalar_one()


def _told(holding: Holding, account: Account) -> Iterator[dict[str, Any]]:
    table = table_of(holding)
    names = dict.fromkeys((*holding.told, *holding.about, *holding.address))
    query = select(*(table.c[name] for name in names)).where(is_of(holding, account))
    for row in connection().execute(query.order_by(*table.primary_key.columns)).mappings():
        told = {name: _words_for(name, row[name]) for name in holding.told}
        is_own = any(_key(row[name]) == account.email_key for name in holding.address)
        yield told | {name: row[name] if is_own else SOMEBODY_ELSE for name in holding.about}


def _key(address: str | None) -> str:
    return (address or "").lower()


def _words_for(name: str, value: Any) -> Any:
    """Return a value as a person reads it: a name for a number, and no secret of a link."""
    if name in _WORDS and value is not None:
        above, column = _WORDS[name]
        table = Base.metadata.tables[above]
        return connection().execute(select(table.c[column]).where(table.c.id == value)).scalar()
    if name == "payload":
        return _without_links(value)
    return value


def _without_links(payload: Mapping[str, Any]) -> dict[str, Any]:
    words = payload.get("words", {})
    kept = {name: word for name, word in words.items() if "token" not in name and name != "back"}
    return {name: value for name, value in payload.items() if name != "words"} | {"words": kept}
