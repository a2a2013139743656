"""The mark of what is public: it moves with everything that shows, and with nothing that waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Table, event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import AliasedReturnsRows
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.comments import actions as comments
from portal.comments.models import Discussion
from portal.core.db import Base, connection, db, short_transaction, write_section
from portal.core.errors import PortalError
from portal.kept import unseen
from portal.kept.models import PublicMark
from portal.kept.triggers import is_watched, unwatch, watch
from portal.organisations.models import Organisation
from portal.services import drafts, limits
from tests import factories as make
from tests.harness.client import Client
from tests.kept.addresses import addresses
from tests.rooms.every_function import NoValue, Values, functions_of, named
from tests.rooms.world import fill, values

# The last: called as no door would, twice with the same values.
REFUSALS = (NotFound, PortalError, IntegrityError)
TRIES = 12
# So many acts are done between two looks at all pages.
AT_ONCE = 10

# Address -> the status and the page that a visitor gets.
Seen = dict[str, tuple[int, str]]


def the_mark() -> str:
    """Return the mark, as the transaction at work sees it at its end."""
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return str(db.session.execute(select(PublicMark.mark)).scalar_one())


class Undone(Exception):
    """Ends a write section without keeping anything."""


def seen(app: Flask, paths: list[str]) -> Seen:
    """Return what a visitor gets; a page that is not there names each request anew."""
    db.session.rollback()
    reader = Client(app).raw
    found = {}
    for path in paths:
        answer = reader.get(path)
        found[path] = answer.status_code, answer.text if answer.status_code == 200 else ""
    return found


def _moves(function: Callable[..., Any], arguments: dict[str, Any]) -> bool | None:
    """Return whether an act moves the mark; None when it is refused. Nothing is kept of it."""
    moves: list[bool] = []
    try:
        with write_section():
            before = the_mark()
            function(**arguments)
            db.session.flush()
            moves.append(the_mark() != before)
            raise Undone
    except Undone:
        return moves[0]
    except REFUSALS:
        return None


def _calls(known: Values, function: Callable[..., Any], most: int) -> Iterator[dict[str, Any]]:
    # That there is a value for every parameter is asked by tests/rooms.
    with suppress(NoValue):
        yield from known.calls(function, most)


def test_it_moves_with_whatever_changes_a_page(app: Flask) -> None:
    """Every action; those that leave the mark alone are done, and no page may show it."""
    fill()
    paths = addresses(4)
    before = seen(app, paths)
    assert sum(status == 200 for status, _page in before.values()) > 25
    known, moving, quiet = values(), [], []
    for function in functions_of("actions"):
        done = _done_quietly(known, function)
        if done is not None:
            (quiet if done else moving).append(named(function))
        if done and len(quiet) % AT_ONCE == 0:
            _compare(before, seen(app, paths), quiet[-AT_ONCE:])
    _compare(before, seen(app, paths), quiet[-AT_ONCE:])
    assert len(quiet) > 20, quiet
    assert len(moving) > 40, moving
    # What waits for a moderator shows to nobody.
    assert {"comments.actions.posting.post", "organisations.actions.profiles.describe"} <= {*quiet}


def _done_quietly(known: Values, function: Callable[..., Any]) -> bool | None:
    """Do an act that leaves the mark alone; False for one that moves it, None when refused."""
    for arguments in _calls(known, function, TRIES):
        moves = _moves(function, arguments)
        if moves:
            return False
        if moves is None:
            continue
        try:
            with write_section():
                function(**arguments)
        except REFUSALS:
            continue
        return True
    return None


def _compare(before: Seen, after: Seen, acts: list[str]) -> None:
    changed = [path for path in before if before[path] != after[path]]
    assert not changed, f"the mark stands still, and one of {acts} shows at {changed}"


NAMED = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)')
# Read along with a row of the log, of which the page tells the step alone; and the mark itself,
# under which figures are kept.
READ_ALONG = {"history_reason", "public_mark"}


@contextmanager
def _tables_read() -> Iterator[set[str]]:
    """Collect the tables that the database is asked for in the meantime, those joined as well."""
    found: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.update(NAMED.findall(statement))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def _columns_read() -> Iterator[set[tuple[str, str]]]:
    """Collect table and column of whatever is selected in the meantime."""
    found: set[tuple[str, str]] = set()

    def note(_connection: Any, statement: Any, *_rest: Any) -> None:
        for element in visitors.iterate(statement):
            if isinstance(element, Column):
                table: Any = element.table
                while isinstance(table, AliasedReturnsRows):
                    table = table.element
                if isinstance(table, Table):
                    found.add((table.name, element.name))

    event.listen(db.engine, "before_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_execute", note)


def test_it_counts_as_public_whatever_a_page_for_visitors_reads(app: Flask) -> None:
    fill()
    with _columns_read() as read, _tables_read() as tables:
        pages = seen(app, addresses())
    assert sum(status == 200 for status, _page in pages.values()) > 25
    assert len(tables) > 20
    assert not tables & unseen.TABLES - READ_ALONG
    hidden = {(table, column) for table, names in unseen.COLUMNS.items() for column in names}
    assert not read & hidden


def test_it_names_no_table_or_column_that_is_not_there() -> None:
    tables = Base.metadata.tables
    assert set(tables) >= unseen.TABLES
    for table, names in unseen.COLUMNS.items():
        assert set(names) <= set(tables[table].columns.keys()), table
    for table in unseen.SHOWN:
        assert table in tables


class TestMove:
    @pytest.fixture
    def mark(self, app: Flask) -> Callable[[], str]:
        def read() -> str:
            db.session.commit()
            found = db.session.execute(select(PublicMark.mark)).scalar_one()
            db.session.rollback()
            return str(found)

        return read

    def test_it_is_another_after_every_change_and_never_an_earlier_one(
        self, mark: Callable[[], str]
    ) -> None:
        make.make_commitment()
        account = make.make_account()
        known = [mark()]
        for name in ("Noor", "Nora", "Noor"):
            with write_section():
                account.name = name
            known.append(mark())
        assert len(set(known)) == 4

    def test_it_moves_past_the_session_and_past_the_portal(self, mark: Callable[[], str]) -> None:
        make.make_vereniging()
        before = mark()
        with short_transaction() as plain:
            plain.execute(text("UPDATE vereniging SET name = 'Andere naam'"))
        assert mark() != before

    def test_it_stays_where_nothing_shows(self, app: Flask, mark: Callable[[], str]) -> None:
        discussion = make.make_commitment().discussion
        account = make.make_account()
        make.make_moderator()
        before = mark()
        with write_section():
            row = db.session.get_one(Discussion, discussion.id)
            comments.post(row, body="Een reactie", html="<p>Een reactie</p>", by=account)
        content = drafts.content_of({"body": "Nog niet af"})
        assert content is not None
        assert drafts.remember(drafts.Owner(account.id), "/reacties/1", content)
        with write_section():
            db.session.get_one(Account, account.id).locale = "en"
        limits.hit("comment_account", str(account.id))
        Client(app).get("/inloggen")
        assert mark() == before

    def test_it_stays_where_an_act_comes_to_nothing(self, mark: Callable[[], str]) -> None:
        organisation = make.make_organisation(is_public=True)
        before = mark()
        with pytest.raises(Undone), write_section():
            db.session.get_one(Organisation, organisation.id).name = "Anders"
            db.session.flush()
            raise Undone
        with write_section():
            db.session.get_one(Organisation, organisation.id).name = organisation.name
        assert mark() == before

    def test_it_is_told_when_the_database_does_not_move_it(self, app: Flask) -> None:
        with write_section():
            assert is_watched(connection(), Base.metadata)
            unwatch(connection())
            assert not is_watched(connection(), Base.metadata)
        with write_section():
            watch(connection(), Base.metadata)
            assert is_watched(connection(), Base.metadata)

    def test_it_is_watched_again_by_a_connection_that_saw_the_database_before(
        self, app: Flask
    ) -> None:
        db.session.rollback()
        # None of them has a statement ready that it would plan anew by itself.
        db.engine.dispose()
        with db.engine.connect() as other, other.execution_options(portal_write=True):
            assert is_watched(other, Base.metadata)
            other.rollback()
            with write_section():
                unwatch(connection())
            watch(other, Base.metadata)
            other.commit()
        with write_section():
            assert is_watched(connection(), Base.metadata)
