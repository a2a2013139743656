"""Who sees which comment, in what order, and at what price."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.comments import actions
from portal.comments.models import Comment, Discussion
from portal.comments.queries.finding import latest_version, placed_versions
from portal.comments.queries.own import comments_by
from portal.comments.queries.places import address_of
from portal.comments.queries.threads import (
    THREAD_PARAMETER,
    Thread,
    thread_for,
    visible_to,
)
from portal.core.db import db
from portal.core.paging import write_cursor
from portal.lifecycle import states_of
from portal.organisations.models import Organisation
from portal.policy import VISITOR, Permission, Person, can
from tests import factories as make
from tests.comments.people import Who, viewers
from tests.harness.portal import count_queries

Act = Callable[..., Any]


def in_address(address: str) -> str | None:
    """Return the cursor that an address names."""
    return parse_qs(urlsplit(address).query).get(THREAD_PARAMETER, [None])[0]


def shown(thread: Thread) -> list[int]:
    return [row.id for branch in thread.branches for _below, rows in branch for row in rows]


class TestVisibleTo:
    @pytest.mark.parametrize("state", list(states_of("comment")))
    @pytest.mark.parametrize("is_public", [True, False], ids=["shown", "hidden"])
    @pytest.mark.parametrize("replies", [0, 1])
    def test_it_is_what_the_policy_says(
        self, app: Flask, state: str, is_public: bool, replies: int
    ) -> None:
        writer = make.make_account()
        organisation = make.make_organisation()
        discussion = make.make_discussion(organisation=organisation, is_public=is_public)
        comment = make.make_comment(discussion, state=state, author=writer)
        db.session.execute(update(Comment).values(placed_reply_count=replies))
        db.session.commit()
        for name, viewer in viewers(writer, organisation.id).items():
            listed = comment.id in db.session.scalars(visible_to(viewer)).all()
            assert listed == can(viewer, Permission.COMMENT_READ, comment), name

    def test_it_knows_every_state(self) -> None:
        assert set(states_of("comment")) == {"pending", "placed", "refused", "withdrawn"}


class TestThreadFor:
    def test_it_is_not_found_without_a_discussion(self, app: Flask) -> None:
        with pytest.raises(NotFound):
            thread_for(7, VISITOR)

    def test_it_stands_in_the_order_of_the_threads(self, app: Flask) -> None:
        discussion = make.make_discussion()
        first = make.make_comment(discussion)
        second = make.make_comment(discussion)
        reply = make.make_comment(parent=first)
        further = make.make_comment(parent=reply)
        thread = thread_for(discussion.id, VISITOR)
        assert shown(thread) == [first.id, reply.id, further.id, second.id]
        assert [len(branch) for branch in thread.branches] == [2, 1]

    @pytest.mark.parametrize("state", ["pending", "refused"])
    def test_it_never_shows_others_what_is_not_placed(self, app: Flask, state: str) -> None:
        writer = make.make_account()
        discussion = make.make_discussion(organisation=make.make_organisation())
        make.make_comment(discussion, state=state, author=writer)
        everybody = viewers(writer, discussion.organisation_id or 0)
        for name, viewer in everybody.items():
            if viewer.id == writer.id and viewer.is_confirmed:
                continue
            thread = thread_for(discussion.id, viewer)
            assert (shown(thread), thread.count, thread.waiting) == ([], 0, {}), name

    def test_it_shows_writers_their_own_that_waits(self, app: Flask) -> None:
        comment = make.make_comment(state="pending")
        thread = thread_for(comment.discussion_id, Who(comment.author_id))
        assert shown(thread) == [comment.id]
        assert thread.waiting[comment.id].html == "<p>Een <strong>goed</strong> plan.</p>\n"
        assert thread.count == 0

    def test_it_tells_the_writer_alone_of_a_change_that_waits(self, app: Flask, act: Act) -> None:
        comment = make.make_comment()
        writer = db.session.get_one(Account, comment.author_id)
        act(actions.edit, comment, body="Anders", by=writer)
        own = thread_for(comment.discussion_id, Who(writer.id))
        others = thread_for(comment.discussion_id, Who(make.make_moderator().id))
        assert own.waiting[comment.id].state == "pending"
        assert others.waiting == {}
        assert shown(others) == [comment.id]

    def test_it_shows_nothing_of_a_hidden_discussion(self, app: Flask) -> None:
        comment = make.make_comment(make.make_discussion(is_public=False))
        assert shown(thread_for(comment.discussion_id, Who(comment.author_id))) == []

    def test_it_reads_nothing_of_the_text_of_a_hidden_comment(self, app: Flask, act: Act) -> None:
        comment, hider = make.make_comment(), make.make_moderator()
        make.make_comment(parent=comment)
        act(actions.hide, comment, ground="other", reason="Daarom.", by=hider)
        for viewer in viewers(db.session.get_one(Account, comment.author_id), 0).values():
            hidden, reply = thread_for(comment.discussion_id, viewer).rows
            assert (hidden.id, hidden.html, hidden.hidden_ground) == (comment.id, None, "other")
            assert reply.html is not None

    @pytest.mark.parametrize(("who", "asks"), [("visitor", 2), ("reader", 2), ("writer", 3)])
    def test_it_asks_as_little_for_fifty_as_for_one(self, app: Flask, who: str, asks: int) -> None:
        counted = []
        for how_many in (1, 50):
            discussion = make.make_discussion()
            writer = make.make_account()
            for _ in range(how_many):
                make.make_comment(discussion, state="placed", author=writer)
            viewer: Person = VISITOR
            if who != "visitor":
                viewer = Who(writer.id if who == "writer" else make.make_account().id)
            number = discussion.id
            with count_queries() as statements:
                thread_for(number, viewer)
            counted.append([s for s in statements if s.startswith("SELECT")])
        assert len(counted[0]) == len(counted[1]) == asks


class TestPaging:
    def test_it_shows_fifty_and_then_the_rest(self, app: Flask) -> None:
        discussion = make.make_discussion()
        numbers = [make.make_comment(discussion).id for _ in range(52)]
        first = thread_for(discussion.id, VISITOR)
        assert shown(first) == numbers[:50]
        assert first.previous is None
        second = thread_for(discussion.id, VISITOR, first.next)
        assert shown(second) == numbers[50:]
        assert second.next is None
        assert shown(thread_for(discussion.id, VISITOR, second.previous)) == numbers[:50]

    @pytest.mark.parametrize(
        "word",
        [
            "",
            "x",
            "W10",
            write_cursor(("x", "y"), True),
            write_cursor((1,), True),
            write_cursor((1, None), True),
            write_cursor((1, True), False),
            write_cursor((1, 2**70), True),
        ],
    )
    def test_it_begins_at_the_beginning_with_a_cursor_that_means_nothing(
        self, app: Flask, word: str
    ) -> None:
        comment = make.make_comment()
        thread = thread_for(comment.discussion_id, VISITOR, word)
        assert shown(thread) == [comment.id]

    def test_it_leads_to_the_page_on_which_a_comment_stands(self, app: Flask) -> None:
        discussion = make.make_discussion(address="/plan")
        comments = [make.make_comment(discussion) for _ in range(52)]
        assert address_of(comments[49]) == f"/plan#reactie-{comments[49].id}"
        for late in (comments[50], comments[51], make.make_comment(parent=comments[51])):
            address = address_of(late)
            assert address.endswith(f"#reactie-{late.id}")
            assert late.id in shown(thread_for(discussion.id, VISITOR, in_address(address)))

    def test_it_leads_far_down_a_long_thread(self, app: Flask, act: Act) -> None:
        discussion = make.make_discussion(address="/plan")
        top = make.make_comment(discussion)
        replies = [make.make_comment(parent=top) for _ in range(60)]
        cursor = in_address(address_of(replies[-1]))
        thread = thread_for(discussion.id, VISITOR, cursor)
        assert replies[-1].id in shown(thread)
        assert thread.branches[0][0][0] is True


def talk(owner: Organisation, chance: random.Random, *, threads: int) -> list[Comment]:
    """Make a discussion on the page of `owner`, who answers now and then; return the comments."""
    discussion = make.make_discussion(address="/plan", organisation=owner)
    other, writer = make.make_organisation(), make.make_account()
    voices = [None, None, None, other, owner]
    comments: list[Comment] = []
    for _ in range(threads):
        parent = chance.choice(comments) if comments and chance.random() < 0.6 else None
        organisation = chance.choice(voices)
        comments.append(
            make.make_comment(
                None if parent else discussion,
                parent=parent,
                organisation=organisation,
                author=writer,
            )
        )
    return comments


def as_it_should_stand(comments: list[Comment], owner: Organisation) -> list[int]:
    """Return the ids in order: answers above others, in the discussion and in each thread."""
    voice = {comment.id: comment.organisation_id == owner.id for comment in comments}

    def place(comment: Comment) -> tuple[bool, int, bool, bool, int]:
        is_reply = comment.id != comment.thread_id
        is_other = is_reply and not voice[comment.id]
        return not voice[comment.thread_id], comment.thread_id, is_reply, is_other, comment.id

    return [comment.id for comment in sorted(comments, key=place)]


class TestAnswers:
    def test_it_puts_the_answer_of_the_organisation_on_top(self, app: Flask) -> None:
        owner = make.make_organisation()
        discussion = make.make_discussion(organisation=owner)
        question = make.make_comment(discussion, organisation=make.make_organisation())
        reply = make.make_comment(parent=question)
        answer = make.make_comment(parent=reply, organisation=owner)
        statement = make.make_comment(discussion, organisation=owner)
        below = make.make_comment(parent=statement)
        assert shown(thread_for(discussion.id, VISITOR)) == [
            *(statement.id, below.id),
            *(question.id, answer.id, reply.id),
        ]

    @pytest.mark.parametrize("seed", [1, 2])
    def test_it_pages_through_everything_once_and_back(self, app: Flask, seed: int) -> None:
        owner = make.make_organisation()
        comments = talk(owner, random.Random(seed), threads=120)
        wanted, number = as_it_should_stand(comments, owner), comments[0].discussion_id
        pages, cursor = [], None
        while True:
            thread = thread_for(number, VISITOR, cursor)
            pages.append(shown(thread))
            if (cursor := thread.next) is None:
                break
        assert [comment for page in pages for comment in page] == wanted
        assert [len(page) for page in pages] == [50, 50, 20]
        assert thread.previous is not None
        assert shown(thread_for(number, VISITOR, thread.previous)) == pages[1]

    @pytest.mark.parametrize("seed", [3, 4])
    def test_it_leads_to_the_page_on_which_each_comment_stands(self, app: Flask, seed: int) -> None:
        owner = make.make_organisation()
        comments = talk(owner, random.Random(seed), threads=120)
        first = as_it_should_stand(comments, owner)[:50]
        for comment in comments:
            address = address_of(comment)
            assert ("?" in address) == (comment.id not in first)
            thread = thread_for(comment.discussion_id, VISITOR, in_address(address))
            assert comment.id in shown(thread), address

    def test_it_leads_on_from_an_address_of_before_the_answer(self, app: Flask) -> None:
        owner = make.make_organisation()
        discussion = make.make_discussion(address="/plan", organisation=owner)
        comments = [make.make_comment(discussion) for _ in range(53)]
        addresses = [address_of(comment) for comment in comments[50:]]
        assert all("?" in address for address in addresses)
        make.make_comment(discussion, organisation=owner)
        for comment, address in zip(comments[50:], addresses, strict=True):
            assert comment.id in shown(thread_for(discussion.id, VISITOR, in_address(address)))

    @pytest.mark.parametrize("placed", [49, 50])
    def test_it_leads_who_answers_to_the_top(self, app: Flask, act: Act, placed: int) -> None:
        owner, writer = make.make_organisation(), make.make_account()
        make.make_membership(owner, writer)
        discussion = make.make_discussion(address="/plan", organisation=owner)
        for _ in range(placed):
            make.make_comment(discussion)
        posted = act(
            actions.post, discussion, body="Ons antwoord", organisation_id=owner.id, by=writer
        )
        assert address_of(posted) == f"/plan?verstuurd={posted.id}#reactie-{posted.id}"
        assert shown(thread_for(discussion.id, Who(writer.id)))[0] == posted.id

    @pytest.mark.parametrize("word", [write_cursor((2**70, 1), True), write_cursor((7, 7), False)])
    def test_it_begins_at_the_beginning_with_a_cursor_that_means_nothing(
        self, app: Flask, word: str
    ) -> None:
        owner = make.make_organisation()
        discussion = make.make_discussion(organisation=owner)
        answer = make.make_comment(discussion, organisation=owner)
        assert shown(thread_for(discussion.id, VISITOR, word)) == [answer.id]

    @pytest.mark.parametrize("is_signed_in", [False, True])
    def test_it_asks_no_more_than_without_an_answer(self, app: Flask, is_signed_in: bool) -> None:
        owner = make.make_organisation()
        discussion = make.make_discussion(organisation=owner)
        make.make_comment(discussion, organisation=owner)
        viewer: Person = Who(make.make_account().id) if is_signed_in else VISITOR
        number = discussion.id
        with count_queries() as statements:
            thread_for(number, viewer)
        asked = [statement for statement in statements if statement.startswith("SELECT")]
        assert len(asked) == 2


class TestPlacedVersions:
    def test_it_holds_every_placed_text_newest_first(self, app: Flask, act: Act) -> None:
        comment = make.make_comment(body="Oud")
        writer = db.session.get_one(Account, comment.author_id)
        act(actions.edit, comment, body="Geweigerd", by=writer)
        act(
            actions.refuse,
            latest_version(comment.id),
            ground="other",
            reason="Nee.",
            by=make.make_moderator(),
        )
        act(actions.edit, comment, body="Nieuw", by=writer)
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        texts = [row.html for row in placed_versions(comment)]
        assert texts == ["<p>Nieuw</p>\n", "<p>Oud</p>\n"]

    @pytest.mark.parametrize("state", ["pending", "refused", "withdrawn"])
    def test_it_is_not_there_for_what_is_not_placed(self, app: Flask, state: str) -> None:
        with pytest.raises(NotFound):
            placed_versions(make.make_comment(state=state))


class TestCommentsBy:
    def test_it_holds_ones_own_only_newest_first(self, app: Flask) -> None:
        writer = make.make_account()
        make.make_comment()
        own = [make.make_comment(state=s, author=writer).id for s in states_of("comment")]
        found = comments_by(writer.id, None)
        assert [item.row.id for item in found.rows] == own[::-1]

    def test_it_asks_as_little_for_twenty_as_for_one(self, app: Flask) -> None:
        counted = []
        for how_many in (1, 20):
            writer = make.make_account()
            for _ in range(how_many):
                make.make_comment(state="refused", author=writer)
            number = writer.id
            with count_queries() as statements:
                comments_by(number, None)
            counted.append(len([s for s in statements if s.startswith("SELECT")]))
        assert counted == [3, 3]


def test_it_counts_what_is_placed_and_what_waits(app: Flask, act: Act) -> None:
    discussion: Discussion = make.make_discussion()
    for _ in range(3):
        act(actions.post, discussion, body="Ja", by=make.make_account())
    waiting = [c.id for c in db.session.query(Comment).order_by(Comment.id)]
    act(actions.place, latest_version(waiting[0]), by=make.make_moderator())
    assert (discussion.placed_count, discussion.pending_count) == (1, 2)


@pytest.mark.parametrize("placed", [48, 49, 50, 51])
def test_it_leads_who_posts_to_the_page_on_which_it_will_stand(
    app: Flask, act: Act, placed: int
) -> None:
    discussion, writer = make.make_discussion(), make.make_account()
    for _ in range(placed):
        make.make_comment(discussion, author=writer)
    posted = act(actions.post, discussion, body="Hier", by=writer)
    comment = db.session.get_one(Comment, posted.id)
    found = address_of(comment)
    path, _mark, anchor = found.partition("#")
    sent = f"{path}{'&' if '?' in path else '?'}verstuurd={comment.id}#{anchor}"
    assert address_of(posted) == sent
    assert ("?reacties=" in found) == (placed >= 50)
    thread = thread_for(discussion.id, Who(writer.id), in_address(found))
    assert comment.id in shown(thread)
