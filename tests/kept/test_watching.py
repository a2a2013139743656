"""The mark is asked once for all who came before it was asked, and anew for who came after."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from portal.kept.watching import Away, SqliteWatch
from tests.kept.process import run_apart


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "portal.sqlite3"
    with sqlite3.connect(place) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE public_mark (mark TEXT)")
        made.execute("INSERT INTO public_mark VALUES ('first')")
    made.close()
    return place


def _move(path: Path, mark: str) -> None:
    with sqlite3.connect(path) as writer:
        writer.execute("UPDATE public_mark SET mark = ?", (mark,))
    writer.close()


def test_it_tells_who_comes_after_a_change_the_new_mark(path: Path) -> None:
    watch = SqliteWatch(path, frozenset())

    async def ask() -> list[str]:
        before = asyncio.ensure_future(watch.mark())
        marks = [await watch.mark()]
        _move(path, "second")
        # Came to the loop before the mark was asked, or after it moved.
        after = asyncio.ensure_future(watch.mark())
        return [*marks, await before, await after]

    assert run_apart(ask()) == ["first", "first", "second"]
    watch.close()


def test_it_is_away_for_everybody_while_there_is_no_database(tmp_path: Path) -> None:
    watch = SqliteWatch(tmp_path / "gone.sqlite3", frozenset())

    async def ask() -> list[object]:
        return await asyncio.gather(watch.mark(), watch.mark(), return_exceptions=True)

    assert [type(told) for told in run_apart(ask())] == [Away, Away]
