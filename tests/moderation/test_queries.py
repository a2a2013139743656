"""What waits: all kinds, oldest first, counted, a page at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from portal.comments.actions import refuse
from portal.comments.models import CommentVersion
from portal.comments.queries.finding import latest_version
from portal.core.db import db, write_section
from portal.core.paging import Listing, write_cursor
from portal.core.words import count_words
from portal.lifecycle import states_of
from portal.moderation import queries
from portal.moderation.kinds import COMMENT, KINDS, PROFILE
from portal.moderation.waiting import Item, Kind
from portal.policy import VISITOR, Role
from tests import factories as make
from tests.comments.people import Who
from tests.harness.portal import count_queries
from tests.moderation.waiting import one_of

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def shown(found: Listing[Item]) -> list[tuple[str, int]]:
    return [(item.kind.thing, item.row.id) for item in found.rows]


class TestQueuePage:
    def test_it_mixes_the_kinds_oldest_first(self, app: Flask, set_clock: Any) -> None:
        wanted = []
        for hours, kind in enumerate([*KINDS, *reversed(KINDS)]):
            set_clock(START + timedelta(hours=hours))
            wanted.append((kind.thing, one_of(kind)))
        assert shown(queries.queue_page(None)) == wanted

    @pytest.mark.parametrize("state", list(states_of("comment_version")))
    def test_it_holds_a_text_only_while_it_waits(self, app: Flask, state: str) -> None:
        comment = make.make_comment()
        make.make_comment_version(comment, state=state)
        assert len(queries.queue_page(None).rows) == (1 if state == "pending" else 0)

    @pytest.mark.parametrize("state", list(states_of("signature")))
    def test_it_holds_an_application_only_when_confirmed(self, app: Flask, state: str) -> None:
        make.make_signature(state=state)
        assert len(queries.queue_page(None).rows) == (1 if state == "confirmed" else 0)

    def test_it_leaves_requests_to_the_owners_for_a_fortnight(
        self, page: Any, set_clock: Any
    ) -> None:
        set_clock(START)
        organisation = make.make_organisation(owner=make.make_account())
        make.make_access_request(organisation)
        assert queries.queue_page(None).rows == []
        set_clock(START + timedelta(days=15))
        assert len(queries.queue_page(None).rows) == 1

    @pytest.mark.parametrize("kinds", [[COMMENT], KINDS])
    def test_it_pages_through_everything_once(
        self, page: Any, set_clock: Any, kinds: list[Kind]
    ) -> None:
        wanted = set()
        for number in range(47):
            set_clock(START + timedelta(minutes=number // 5))  # several of one moment
            kind = kinds[number % len(kinds)]
            wanted.add((kind.thing, one_of(kind)))
        seen: list[tuple[str, int]] = []
        found = queries.queue_page(None)
        assert found.previous is None
        pages = []
        while True:
            assert (found.start, found.count) == (len(seen) + 1, len(wanted))
            seen += shown(found)
            pages.append(shown(found))
            if found.next is None:
                break
            found = queries.queue_page(found.next)
        assert len(seen) == len(wanted)
        assert set(seen) == wanted
        # And back again, page by page.
        for former in reversed(pages[:-1]):
            found = queries.queue_page(found.previous)
            assert shown(found) == former
        assert (found.start, found.previous) == (1, None)

    def test_it_begins_anew_where_nothing_is_left_beyond(self, app: Flask, set_clock: Any) -> None:
        for number in range(24):
            set_clock(START + timedelta(minutes=number))
            one_of(COMMENT)
        beyond = queries.queue_page(None).next
        last = [item.row.id for item in queries.queue_page(beyond).rows]
        moderator = make.make_moderator()
        with write_section():
            for number in last:
                version = db.session.get_one(CommentVersion, number)
                refuse(version, ground="other", reason="Daarom.", by=moderator)
        found = queries.queue_page(beyond)
        assert (len(last), len(found.rows), found.start, found.is_whole) == (4, 20, 1, True)

    @pytest.mark.parametrize(
        "position",
        [
            ("x", "y", 1),
            (1, 2, 3),
            ("2026-01-01", "comment_version", 1),
            ("0001-01-01T00:00:00+14:00", "comment_version", 1),
            ("2026-01-01T00:00:00+00:00", "made_up", 1),
            ("2026-01-01T00:00:00+00:00", "comment_version", "one"),
            ("2026-01-01T00:00:00+00:00", "comment_version", 2**70),
        ],
    )
    def test_it_begins_at_the_beginning_with_a_cursor_that_means_nothing(
        self, app: Flask, position: tuple[Any, ...]
    ) -> None:
        one_of(COMMENT)
        assert len(queries.queue_page(write_cursor(position, True)).rows) == 1

    def test_it_asks_as_little_for_twenty_as_for_one(self, app: Flask) -> None:
        counted = []
        for how_many in (1, 20):
            for _ in range(how_many):
                for kind in KINDS:
                    one_of(kind)
            with count_queries() as statements:
                items = queries.queue_page(None).rows
                queries.records_of(items)
            counted.append(len([s for s in statements if s.startswith("SELECT")]))
        # One more counts what waits where there is another page.
        assert counted == [len(KINDS) + 1, len(KINDS) + 2]


class TestItem:
    def test_it_brings_what_a_text_answers_and_what_stands_there(self, app: Flask) -> None:
        parent = make.make_comment(body="Een vraag")
        comment = make.make_comment(parent=parent, body="Staat er")
        version = make.make_comment_version(comment, body="Nieuw")
        row = queries.item_of(COMMENT, version.id).row
        assert row.html == "<p>Nieuw</p>\n"
        assert row.placed_html == "<p>Staat er</p>\n"
        assert row.parent_html == "<p>Een vraag</p>\n"
        assert row.title == comment.discussion.title

    def test_it_brings_the_profile_that_stands_there(self, app: Flask) -> None:
        organisation = make.make_organisation()
        make.make_profile(organisation, body="Staat er")
        version = make.make_profile(organisation, state="pending", body="Nieuw")
        row = queries.item_of(PROFILE, version.id).row
        assert "Nieuw" in row.html
        assert "Staat er" in row.placed_html

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_is_decided_by_a_moderator_without_a_stake(self, app: Flask, kind: Kind) -> None:
        writer = make.make_account()
        organisation = make.make_organisation()
        item = queries.item_of(kind, one_of(kind, author=writer, organisation=organisation))
        other = make.make_account().id
        inside = {organisation.id: str(Role.READER)}
        assert item.may_be_decided_by(Who(other, is_moderator=True))
        assert not item.may_be_decided_by(Who(writer.id, is_moderator=True))
        assert not item.may_be_decided_by(Who(other, is_moderator=True, roles=inside))
        assert not item.may_be_decided_by(Who(other))
        assert not item.may_be_decided_by(Who(other, is_beheerder=True))

    def test_it_concerns_the_organisation_of_the_discussion(self, app: Flask) -> None:
        organisation = make.make_organisation()
        discussion = make.make_discussion(organisation=organisation)
        comment = make.make_comment(discussion, state="pending")
        item = queries.item_of(COMMENT, latest_version(comment.id).id)
        inside = {organisation.id: str(Role.READER)}
        assert not item.may_be_decided_by(Who(99, is_moderator=True, roles=inside))


class TestNextItem:
    def test_it_is_the_one_after_and_at_the_end_the_oldest(
        self, app: Flask, set_clock: Any
    ) -> None:
        numbers = []
        for hours in range(3):
            set_clock(START + timedelta(hours=hours))
            numbers.append(one_of(COMMENT))
        asker = Who(999, is_moderator=True)
        first, second, third = (queries.item_of(COMMENT, n) for n in numbers)
        assert queries.next_item(asker, first.position) == second
        assert queries.next_item(asker, third.position) == first

    def test_it_passes_over_what_somebody_else_must_decide(self, app: Flask) -> None:
        asker = make.make_moderator()
        first = queries.item_of(COMMENT, one_of(COMMENT))
        one_of(COMMENT, author=asker)
        third = one_of(COMMENT)
        found = queries.next_item(Who(asker.id, is_moderator=True), first.position)
        assert found is not None
        assert found.row.id == third

    def test_it_is_nothing_when_nothing_else_waits(self, app: Flask) -> None:
        only = queries.item_of(COMMENT, one_of(COMMENT))
        assert queries.next_item(Who(999, is_moderator=True), only.position) is None


class TestCounts:
    def test_it_counts_every_kind_in_one_query(self, app: Flask) -> None:
        for kind in KINDS:
            one_of(kind)
        make.make_comment()
        with count_queries() as statements:
            assert queries.waiting_total() == len(KINDS)
        assert len([s for s in statements if s.startswith("SELECT")]) == 1

    def test_it_is_nothing_to_a_visitor(self, app: Flask) -> None:
        one_of(COMMENT)
        assert queries.waiting_count(VISITOR) is None

    def test_it_stops_where_nobody_reads_on(self, app: Flask) -> None:
        comment = make.make_comment()
        text = latest_version(comment.id)
        row = {"comment_id": comment.id, "body": "a", "html": "a", "language": "nl"}
        rows = [
            {**row, "number": number, "state": "pending", "created_at": text.created_at}
            for number in range(2, 1203)
        ]
        db.session.execute(insert(CommentVersion), rows)
        assert count_words(queries.waiting_total()) == "999+"
        page = queries.queue_page(None)
        assert (page.start, page.count, page.is_cut) == (1, 999, True)
        since, thing, _number = page.rows[0].position
        newest = latest_version(comment.id).id
        last = queries.queue_page(write_cursor((since.isoformat(), thing, newest - 10), True))
        assert (last.start + len(last.rows) - 1, last.count, last.is_cut) == (1201, 1201, False)

    def test_it_agrees_with_the_queue(self, app: Flask) -> None:
        make.make_access_request(make.make_organisation(owner=make.make_account()))
        assert queries.waiting_total() == len(queries.queue_page(None).rows) == 0


def test_it_counts_what_became_of_earlier_texts(app: Flask) -> None:
    writer = make.make_account()
    comment = make.make_comment(author=writer)
    make.make_comment_version(comment, state="superseded")
    make.make_comment(author=writer, state="refused")
    make.make_comment(author=writer, state="pending")
    one_of(PROFILE, author=make.make_account())
    records = queries.records_of(queries.queue_page(None).rows)
    assert {number: (row.placed, row.refused) for number, row in records.items()} == {
        writer.id: (2, 1)
    }
