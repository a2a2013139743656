"""Hidden is an axis of its own: out of sight everywhere, and back in the state that it had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.comments import actions as comment_actions
from portal.comments.queries import threads as comments
from portal.comments.queries.threads import thread_for
from portal.commitments import actions as commitment_actions
from portal.commitments.queries import subjects as commitments
from portal.commitments.queries.counting import counts_by_organisation
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import listing
from portal.commitments.queries.rows import latest_published, published_of
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, ReasonMissing, StepNotOpen
from portal.lifecycle import open_steps
from portal.news import actions as article_actions
from portal.news import queries as articles
from portal.policy import VISITOR, Permission, can
from portal.register import queries as register
from portal.services.history import history_of
from tests import factories as make
from tests.harness.client import Client
from tests.test_policy import Who

REASON = "Er staat een privéadres in."


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is made, hidden, read and counted."""

    make: Callable[[], Any]
    actions: ModuleType
    queries: ModuleType
    read: Permission
    count: Callable[[Any], int]
    address: Callable[[Any], str]


def _discussed(comment: Any) -> int:
    thread = thread_for(comment.discussion_id, VISITOR)
    assert thread.count == len(thread.rows)
    return thread.count


def _promised(commitment: Any) -> int:
    day: dict[str, Any] = {"on": clock.today(), "grace_days": 30}
    listed = listing(CommitmentFilter(), **day).count
    own = published_of(commitment.organisation_id, **day)
    counts = counts_by_organisation([commitment.organisation_id], **day)
    published = counts[commitment.organisation_id].published if counts else 0
    latest = latest_published(5, **day)
    figures = register.figures(**day).commitments.number
    assert {listed, len(own), published, len(latest), figures} == {listed}
    return listed


def _told(_article: Any) -> int:
    page = articles.published_page(None)
    assert len(page.rows) == len(articles.latest_published(5))
    return len(page.rows)


KINDS = {
    "comment": Kind(
        make.make_comment,
        comment_actions,
        comments,
        Permission.COMMENT_READ,
        _discussed,
        lambda comment: f"/reacties/{comment.id}/geschiedenis",
    ),
    "commitment": Kind(
        make.make_commitment,
        commitment_actions,
        commitments,
        Permission.COMMITMENT_READ,
        _promised,
        lambda commitment: f"/toezeggingen/{commitment.slug}",
    ),
    "article": Kind(
        make.make_article,
        article_actions,
        articles,
        Permission.ARTICLE_READ,
        _told,
        lambda article: f"/nieuws/{article.slug}",
    ),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def _hide(kind: Kind, item: Any, by: Account, reason: str = REASON) -> None:
    with write_section():
        kind.actions.hide(item, ground="personal_facts", reason=reason, by=by)


def _is_listed(kind: Kind, item: Any) -> bool:
    found = db.session.scalars(kind.queries.visible_to(VISITOR)).all()
    is_listed = item in found or item.id in found
    assert is_listed == can(VISITOR, kind.read, item) == item.is_public
    return is_listed


def test_it_is_out_of_every_list_and_count_and_comes_back_as_it_was(app: Flask, kind: Kind) -> None:
    item, moderator = kind.make(), make.make_moderator()
    state, counted = item.state, kind.count(item)
    assert (_is_listed(kind, item), counted) == (True, 1)

    _hide(kind, item, moderator)

    assert (_is_listed(kind, item), kind.count(item), item.state) == (False, 0, state)
    assert (item.hidden_by, item.hidden_ground) == (moderator.id, "personal_facts")
    with write_section():
        kind.actions.restore(item, by=moderator)
    assert (_is_listed(kind, item), kind.count(item), item.state) == (True, 1, state)
    steps = [(row.step, row.ground, row.reason) for row in history_of(item.thing, item.id)[-2:]]
    assert steps == [("hide", "personal_facts", REASON), ("restore", None, None)]


def test_it_is_hidden_and_restored_once(app: Flask, kind: Kind) -> None:
    item, moderator = kind.make(), make.make_moderator()
    with pytest.raises(StepNotOpen), write_section():
        kind.actions.restore(item, by=moderator)
    _hide(kind, item, moderator)
    with pytest.raises(StepNotOpen):
        _hide(kind, item, moderator)


def test_it_asks_for_a_ground_and_for_words(app: Flask, kind: Kind) -> None:
    item, moderator = kind.make(), make.make_moderator()
    with pytest.raises(ReasonMissing):
        _hide(kind, item, moderator, reason=" ")
    with pytest.raises(FieldRefused), write_section():
        kind.actions.hide(item, ground="whim", reason=REASON, by=moderator)
    assert _is_listed(kind, item)


def test_it_is_offered_to_moderators_without_a_stake(app: Flask, kind: Kind) -> None:
    item, moderator = kind.make(), make.make_moderator()

    def offered(person: Any) -> set[str]:
        return {step.name for step in open_steps(item, person)} & {"hide", "restore"}

    outsider = Who(moderator.id, is_moderator=True)
    assert offered(outsider) == {"hide"}
    assert offered(Who(item.author_id, is_moderator=True)) in (set(), {"hide"})
    assert offered(VISITOR) == offered(Who(is_beheerder=True)) == set()
    _hide(kind, item, moderator)
    assert offered(outsider) == {"restore"}


def test_it_is_gone_from_pages_that_were_kept(client: Client, kind: Kind) -> None:
    item, moderator = kind.make(), make.make_moderator()
    address = kind.address(item)
    assert client.get(address).status == 200

    _hide(kind, item, moderator)
    assert client.get(address).status == 410

    with write_section():
        kind.actions.restore(item, by=moderator)
    assert client.get(address).status == 200


def test_it_takes_what_is_said_about_it_along(app: Flask) -> None:
    commitment, moderator = make.make_commitment(), make.make_moderator()
    comment = make.make_comment(commitment.discussion)

    _hide(KINDS["commitment"], commitment, moderator)
    assert not can(VISITOR, Permission.COMMENT_READ, comment)

    with write_section():
        commitment_actions.restore(commitment, by=moderator)
    assert can(VISITOR, Permission.COMMENT_READ, comment)


def test_it_counts_a_comment_once_that_was_withdrawn_while_it_was_hidden(app: Flask) -> None:
    writer, moderator = make.make_account(), make.make_moderator()
    comment = make.make_comment(author=writer)
    other = make.make_comment(comment.discussion)
    _hide(KINDS["comment"], comment, moderator)
    with write_section():
        comment_actions.withdraw(comment, by=writer)
    with write_section():
        comment_actions.restore(comment, by=moderator)

    thread = thread_for(comment.discussion_id, VISITOR)
    assert (thread.count, [row.id for row in thread.rows]) == (1, [other.id])
