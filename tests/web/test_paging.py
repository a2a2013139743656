"""Keyset paging: forward and back over every row once, and no word of a stranger breaks it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.paging import (
    Key,
    Page,
    listing_of,
    page_of,
    read_cursor,
    read_day,
    read_moment,
    write_cursor,
)
from tests import factories as make
from tests.harness.client import Client
from tests.harness.portal import count_queries

PEOPLE = select(Account.id, Account.name, Account.created_at)
BY_NAME = (Key(Account.name, "name"), Key(Account.id, "id"))
NEWEST = (
    Key(Account.created_at, "created_at", descending=True, read=read_moment),
    Key(Account.id, "id", descending=True),
)


@pytest.fixture
def people(app: Flask) -> list[Account]:
    """Seven people, of whom three have one name and two one moment."""
    begun = datetime(2019, 7, 3, 12, tzinfo=UTC)
    names = ["Bo", "An", "Cas", "Bo", "Dirk", "Bo", "Eva"]
    return [
        make.make_account(name=name, created_at=begun + timedelta(hours=number // 2))
        for number, name in enumerate(names)
    ]


def _page(keys: Any, size: int, cursor: str | None, spare: int = 0) -> Page[Any]:
    return page_of(db.session, PEOPLE, keys, size=size, cursor=cursor or "", spare=spare)


def _walk(
    keys: Any, size: int, way: str, cursor: str | None = None, spare: int = 0
) -> list[list[int]]:
    found = []
    while True:
        page = _page(keys, size, cursor, spare)
        found.append([row.id for row in page.rows])
        cursor = getattr(page, way)
        if cursor is None:
            return found


@pytest.mark.parametrize(
    ("size", "spare", "lengths"), [(3, 0, [3, 3, 1]), (3, 1, [3, 4]), (5, 1, [5, 2]), (5, 2, [7])]
)
def test_it_takes_a_few_more_on_the_last_page(
    people: list[Account], size: int, spare: int, lengths: list[int]
) -> None:
    pages = _walk(NEWEST, size, "next", spare=spare)
    assert [len(page) for page in pages] == lengths
    assert len({*chain(*pages)}) == len(people)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("keys", [BY_NAME, NEWEST], ids=["name", "newest"])
def test_it_shows_every_row_once_forward_and_back(
    app: Flask, people: list[Account], keys: Any, size: int
) -> None:
    if keys is BY_NAME:
        wanted = [a.id for a in sorted(people, key=lambda a: (a.name, a.id))]
    else:
        wanted = [a.id for a in sorted(people, key=lambda a: (a.created_at, a.id), reverse=True)]

    forward = _walk(keys, size, "next")
    assert list(chain(*forward)) == wanted
    assert [len(page) for page in forward[:-1]] == [size] * (len(forward) - 1)

    last = _page(keys, size, None)
    while last.next is not None:
        last = _page(keys, size, last.next)
    if last.previous is not None:
        back = _walk(keys, size, "previous", last.previous)
        assert list(chain(*reversed(back))) == wanted[: -len(last.rows)]


def test_it_begins_without_a_page_before_and_ends_without_a_page_after(
    app: Flask, people: list[Account]
) -> None:
    first = _page(BY_NAME, 3, None)
    assert (first.previous, first.next is not None) == (None, True)
    last = _page(BY_NAME, 3, _page(BY_NAME, 3, first.next).next)
    assert (len(last.rows), last.next, last.previous is not None) == (1, None, True)
    assert _page(BY_NAME, 50, None) == Page(_page(BY_NAME, 50, None).rows, None, None)


def test_it_misses_nobody_who_comes_or_goes_between_two_pages(
    app: Flask, people: list[Account]
) -> None:
    first = _page(BY_NAME, 3, None)
    make.make_account(name="Aad")
    second = _page(BY_NAME, 3, first.next)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}
    assert [row.name for row in second.rows] == ["Bo", "Cas", "Dirk"]


def test_it_asks_the_database_once_however_far_the_page(app: Flask, people: list[Account]) -> None:
    far = _page(BY_NAME, 1, None)
    for _ in range(4):
        far = _page(BY_NAME, 1, far.next)
    with count_queries() as statements:
        _page(BY_NAME, 1, far.next)
    assert len(statements) == 1


@pytest.mark.parametrize("size", [1, 3, 7])
def test_it_says_which_rows_a_page_shows_and_counts_only_where_there_are_more(
    app: Flask, people: list[Account], size: int
) -> None:
    at, cursor, seen = {"size": size}, None, 0
    while True:
        with count_queries() as statements:
            page = listing_of(db.session, PEOPLE, BY_NAME, cursor=cursor, **at)
        assert (page.start, page.count) == (seen + 1, 7)
        assert len(statements) == 1 + (cursor is not None) + (page.next is not None)
        seen += len(page.rows)
        if page.previous is not None:
            back = listing_of(db.session, PEOPLE, BY_NAME, cursor=page.previous, **at)
            assert back.start + len(back.rows) == page.start
        if (cursor := page.next) is None:
            break
    assert seen == 7


def test_it_counts_no_further_than_it_is_told(app: Flask, people: list[Account]) -> None:
    page = listing_of(db.session, PEOPLE, BY_NAME, size=1, cursor=None, most=5)
    assert (page.start, page.count, page.is_cut) == (1, 5, True)
    page = listing_of(db.session, PEOPLE, BY_NAME, size=1, cursor=None, most=7)
    assert (page.start, page.count, page.is_cut) == (1, 7, False)


def _cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


MALFORMED = [
    "",
    "x",
    "é",
    "%",
    "=" * 9,
    "a" * 601,
    "\x00",
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b"[" * 400).decode(),
    _cursor(),
    _cursor("v"),
    _cursor("v", "Bo"),
    _cursor("v", "Bo", 1, 2),
    _cursor("x", "Bo", 1),
    _cursor("v", None, 1),
    _cursor("v", ["Bo"], 1),
    _cursor("v", {"a": 1}, 1),
    _cursor("v", 1.5, 1),
    _cursor("v", 1, 1),
    _cursor("v", "Bo", "1"),
    _cursor("v", "Bo", True),
    _cursor("v", "Bo", 10**30),
    _cursor("v", "B\x00", 1),
    _cursor("v", "B\ud800", 1),
    json.dumps({"v": 1}),
]


@pytest.mark.parametrize("word", MALFORMED)
def test_it_begins_at_the_beginning_with_a_word_that_is_no_place(
    app: Flask, people: list[Account], word: str
) -> None:
    assert _page(BY_NAME, 3, word).rows == _page(BY_NAME, 3, None).rows


@pytest.mark.parametrize(
    "moment", ["gisteren", "2019-07-03", "2019-07-03T12:00:00", "0001-01-01T00:00:00+14:00", 5]
)
def test_it_begins_at_the_beginning_with_a_moment_that_is_none(
    app: Flask, people: list[Account], moment: Any
) -> None:
    found = _page(NEWEST, 3, _cursor("v", moment, 1))
    assert found.rows == _page(NEWEST, 3, None).rows


@given(st.text(max_size=80))
def test_it_reads_any_word_without_a_fault(word: str) -> None:
    found = read_cursor(word, 2)
    assert found is None or (isinstance(found[0], bool) and len(found[1]) == 2)


@given(st.lists(st.one_of(st.text(max_size=20), st.integers()), min_size=1, max_size=4))
def test_it_reads_back_what_it_wrote(values: list[Any]) -> None:
    for forward in (True, False):
        word = write_cursor(values, forward)
        if len(word) <= 600:
            assert read_cursor(word, len(values)) == (forward, values)


def test_it_reads_days_and_moments_as_they_were_written() -> None:
    moment, day = datetime(2020, 2, 29, 1, 2, 3, 456, tzinfo=UTC), date(2020, 2, 29)
    found = read_cursor(write_cursor([moment, day], True), 2)
    assert found is not None
    assert (read_moment(found[1][0]), read_day(found[1][1])) == (moment, day)


OTHER_ORDERS = [
    _cursor("v", "0001-01-01T00:00:00", 1),
    _cursor("v", "0001-01-01T00:00:00+14:00", 1),
    _cursor("v", "9999-12-31", "0001-01-01", 1),
]


@pytest.mark.parametrize(
    "path",
    [
        "/toezeggingen?",
        "/toezeggingen?sorteer=nieuwste&",
        "/toezeggingen?sorteer=titel&",
        "/nieuws?",
        "/ondertekenaars?",
        "/ondertekenaars?sorteer=nieuwste&",
    ],
)
def test_it_keeps_public_lists_standing(client: Client, path: str) -> None:
    make.make_commitment()
    make.make_article()
    for word in MALFORMED + OTHER_ORDERS:
        page = client.get(f"{path}na={_quoted(word)}")
        # An empty word is left out of the address.
        assert (client.get(page.location) if page.location else page).status == 200


def _quoted(word: str) -> str:
    return "".join(f"%{byte:02x}" for byte in word.encode())


def test_it_leads_a_reader_over_a_whole_list(
    client: Client, set_clock: Callable[[datetime | None], None]
) -> None:
    titles = []
    for number in range(25):
        set_clock(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number))
        titles.append(make.make_article(title=f"Bericht {number:02}").title)
    set_clock(None)
    seen, page = [], client.get("news.index")
    for _ in range(10):
        seen += [title for title in reversed(titles) if title in page.main]
        onward = page.soup.select_one("a[rel=next]")
        if onward is None:
            break
        page = client.get(str(onward["href"]))
    assert seen == list(reversed(titles))
