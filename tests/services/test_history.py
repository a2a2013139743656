"""The log of every step: in order, by thing, and only of what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from portal.core import clock
from portal.core.db import db, write_section
from portal.services.conflicts import last_step_of
from portal.services.history import advance, history_of, last_row, record
from tests import factories as make


def test_it_tells_the_story_of_one_thing_in_order(
    app: Flask, set_clock: Callable[[datetime | None], None]
) -> None:
    begun = clock.now()
    set_clock(begun)
    commitment, other = make.make_commitment(state="draft"), make.make_commitment()
    writer = make.make_account()
    set_clock(begun + timedelta(days=1))
    with write_section():
        advance(commitment, "publish", by=writer)
    set_clock(begun + timedelta(days=2))
    with write_section():
        record(commitment, "edited", by=writer, reason="Een tikfout.")
        advance(commitment, "withdraw", by=writer, reason="Wij stoppen.")

    rows = history_of("commitment", commitment.id)

    assert [row.step for row in rows] == ["draft", "publish", "edited", "withdraw"]
    assert [row.at for row in rows] == [begun + timedelta(days=n) for n in (0, 1, 2, 2)]
    assert [row.reason for row in rows] == [None, None, "Een tikfout.", "Wij stoppen."]
    assert {row.subject_id for row in history_of("commitment", other.id)} == {other.id}
    last = last_row("commitment", commitment.id)
    assert last is not None
    assert last.step == "withdraw"


def test_it_keeps_things_apart_that_have_the_same_number(app: Flask) -> None:
    comment = make.make_comment()
    version = make.make_comment_version(comment, state="refused")
    assert {row.subject for row in history_of("comment", comment.id)} == {"comment"}
    assert {row.subject for row in history_of("comment_version", version.id)} == {"comment_version"}


def test_it_writes_empty_words_as_none(app: Flask) -> None:
    comment = make.make_comment(state="pending")
    with write_section():
        advance(comment, "place", by=make.make_moderator(), ground="", reason="   ")
    last = last_row("comment", comment.id)
    assert last is not None
    assert (last.ground, last.reason) == (None, None)


def test_it_knows_nothing_of_what_never_was(app: Flask) -> None:
    assert history_of("comment", 99) == []
    assert last_row("comment", 99) is None
    account = make.make_account()
    db.session.rollback()
    assert last_step_of(account) is None
