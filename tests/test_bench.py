"""The large database is made as the portal itself would have made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from bench.fill import SMALL, Size, fill
from bench.keep import measure
from bench.people import cookie_of
from bench.place import Place
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db
from portal.kept.packing import BROTLI, packed
from portal.services.models import HistoryRow
from tests.harness.client import Client


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    found = Place.at(tmp_path_factory.mktemp("bench"))
    assert fill(found, SMALL)
    return found


@pytest.fixture
def filled(place: Place) -> Iterator[Flask]:
    app = place.portal(PUBLIC_URL="http://localhost")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _one(query: Any) -> int:
    return db.session.scalar(query) or 0


def test_it_is_as_large_as_it_says(filled: Flask) -> None:
    assert _one(select(func.count()).select_from(Comment)) == SMALL.comments
    assert sum(SMALL.comments_on(n + 1) for n in range(SMALL.commitments)) == SMALL.comments
    whole = Size()
    assert (whole.comments, whole.commitments, whole.signatories) == (100_000, 5000, 500)
    assert sum(whole.comments_on(n + 1) for n in range(whole.commitments)) == whole.comments


def test_it_has_counters_that_are_right(filled: Flask) -> None:
    placed = (
        select(func.count())
        .where(Comment.discussion_id == Discussion.id, Comment.state == "placed")
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .select_from(CommentVersion)
        .join(Comment, Comment.id == CommentVersion.comment_id)
        .where(Comment.discussion_id == Discussion.id, CommentVersion.state == "pending")
        .scalar_subquery()
    )
    wrong = select(func.count()).where(
        (Discussion.placed_count != placed) | (Discussion.pending_count != waiting)
    )
    assert _one(wrong) == 0
    reply = select(Comment.parent_id).where(Comment.state == "placed").subquery()
    replies = select(func.count()).where(reply.c.parent_id == Comment.id).scalar_subquery()
    assert _one(select(func.count()).where(Comment.placed_reply_count != replies)) == 0


def test_it_has_the_history_of_every_comment(filled: Flask) -> None:
    for table, subject in ((Comment, "comment"), (CommentVersion, "comment_version")):
        steps = select(func.count()).where(HistoryRow.subject == subject)
        placed = select(func.count()).where(table.state == "placed")
        assert _one(steps) == SMALL.comments + _one(placed)


def test_it_is_shown_by_the_portal_as_anything_else(filled: Flask) -> None:
    visitor = Client(filled)
    page = visitor.get("/toezeggingen/toezegging-7")
    assert page.status == 200
    assert len(page.soup.select("article.comment")) == 50
    for path in ("/", "/toezeggingen", "/ondertekenaars", "/ondertekenaars/organisatie-7"):
        assert visitor.get(path).status == 200
    moderator = Client(filled)
    moderator.raw.set_cookie(*cookie_of(filled, account_id=3).split("=", 1))
    assert moderator.get("/werkvoorraad").status == 200


def test_it_weighs_little_as_it_travels(filled: Flask) -> None:
    built = Path(filled.root_path).parent / "static" / "dist"

    def sent(*names: str) -> int:
        return sum(path.stat().st_size for name in names for path in built.glob(name))

    files = sent("app.*.css.br", "app.*.js.br", "img/favicon.*.svg.br", "img/favicon.*.png")
    fonts = sent("fonts/source-sans-3-latin-wght-normal.*", "fonts/letters-extended.*")
    page = packed(Client(filled).get("/toezeggingen/toezegging-7").html.encode(), BROTLI)
    assert len(page) < 8_000
    assert fonts > 30_000 and files > 10_000
    # What must hold is 90,000; what is aimed at, 70,000, is passed by a little.
    assert len(page) + files + fonts < 72_000


def test_it_fills_a_database_once(place: Place) -> None:
    assert not fill(place, SMALL)


def test_it_says_what_to_type_before_anything_is_filled(tmp_path: Path) -> None:
    empty = Place.at(tmp_path / "new")
    with pytest.raises(SystemExit, match=re.escape(f"fill --folder {tmp_path}/new")):
        empty.filled()
    empty.migrate()
    with pytest.raises(SystemExit, match=r"type: python -m bench\.fill"):
        empty.filled()


def test_it_measures_what_is_filled(place: Place) -> None:
    assert place.filled() is place


def test_it_says_how_much_memory_a_backup_takes(tmp_path: Path) -> None:
    found = measure(tmp_path, 100_000)
    assert set(found) == {"backup", "verify", "restore"}
    assert min(found.values()) > 1_000_000
