"""Columns that are made of others: HTML to show, and what lists are found and sorted by.

They are made when the text is written, and made anew when the same text gives something else, in
slices, between other jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, bindparam, inspect, select, update
from sqlalchemy import event as database_event
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.db import connection, db, read_rows, write_section
from portal.core.folding import FOLDING
from portal.core.log import event
from portal.core.markdown import RENDERER
from portal.services.jobs import does, enqueue
from portal.services.upkeep import every

SLICE = 500
# The ways of making: another one of these, and everything is made anew.
WAYS = f"{RENDERER}.{FOLDING}"

Kept: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[int]
Html: TypeAlias = Kept | InstrumentedAttribute[str | None]
Typed: TypeAlias = InstrumentedAttribute[str] | ColumnElement[str]
Make: TypeAlias = Callable[[str], str | int]


@dataclass(frozen=True)
class _Stored:
    """A column: how a slice of it is read, how a row is written, how it is made."""

    rows: Select[int, str, str]
    write: Any
    render: Make


_stored: dict[str, _Stored] = {}


def keeps_html(html: Html, source: Typed, render: Make, *joined: Any) -> None:
    """Register a column with what `render` makes of `source`.

    When `source` stands in another table, `joined` is that model and the condition of the join.
    A row without HTML stays without.
    """
    model = html.class_
    rows = select(model.id, source, html).where(html.is_not(None), model.id > bindparam("after"))
    rows = rows.order_by(model.id).limit(SLICE)
    # Whoever wrote another text meanwhile has rendered that one.
    same = (model.id == bindparam("row_id"), html == bindparam("before"))
    write = update(model.__table__).where(*same).values({html.key: bindparam("made")})
    _stored[f"{model.__tablename__}.{html.key}"] = _Stored(
        rows.join(*joined) if joined else rows, write, render
    )


def keeps_folded(column: Kept, sources: Sequence[InstrumentedAttribute[str]], fold: Make) -> None:
    """Let a column hold what `fold` makes of the `sources` of its row, a line each.

    It is made whenever the session writes a row with another text.
    """
    first, *others = sources
    typed: Typed = first
    for source in others:
        typed = typed + "\n" + source
    keeps_html(column, typed, fold)
    names = [source.key for source in sources]

    def make(_mapper: object, _connection: object, row: Any) -> None:
        if any(inspect(row).attrs[name].history.has_changes() for name in names):
            setattr(row, column.key, fold("\n".join(getattr(row, name) for name in names)))

    for moment in ("before_insert", "before_update"):
        database_event.listen(column.class_, moment, make)


@every(timedelta(minutes=5))
def begin_rendering() -> None:
    """Let the worker go through all texts, once for each way of making."""
    _go_on(min(_stored), 0)


def _go_on(column: str, after: int) -> None:
    place = {"column": column, "after": after}
    with write_section():
        enqueue("render_anew", place, key=f"render_anew/{WAYS}/{column}/{after}")


@does("render_anew")
def render_slice(payload: dict[str, Any]) -> None:
    """Make a slice of a stored column anew, and leave the next one to another job."""
    begin, after = payload["column"], payload["after"]
    for column in sorted(_stored):
        if column < begin:
            continue
        last = _make_anew(column, _stored[column], after)
        if last is not None:
            _go_on(column, last)
            return
        after = 0


def _make_anew(column: str, stored: _Stored, after: int) -> int | None:
    """Make a slice anew; return the last row of it when there may be more."""
    rows = read_rows(stored.rows, after=after)
    # Rendering is slow: no transaction stays open meanwhile.
    db.session.rollback()
    changed = [
        {"row_id": number, "before": before, "made": made}
        for number, source, before in rows
        if (made := stored.render(source)) != before
    ]
    if changed:
        with write_section():
            connection().execute(stored.write, changed)
        event("texts_made_anew", column=column, rows=len(changed))
    return rows[-1][0] if len(rows) == SLICE else None
