"""Which articles somebody may read, in doors and in lists alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.lifecycle import states_of
from portal.news import queries
from portal.news.models import Article
from portal.policy import VISITOR, Permission, Person, Tie, can
from tests.factories import make_account, make_article, make_beheerder, make_moderator

VIEWERS: dict[str, Callable[[], Account | None]] = {
    "visitor": lambda: None,
    "account": make_account,
    "unconfirmed": lambda: make_account(is_confirmed=False),
    "unconfirmed moderator": lambda: make_account(is_confirmed=False, is_moderator=True),
    "moderator": make_moderator,
    "beheerder": make_beheerder,
}


class Seen:
    """An account as the policy wants to see somebody who is signed in."""

    def __init__(self, account: Account) -> None:
        self.id = account.id
        self.is_authenticated = True
        self.is_confirmed = account.is_confirmed
        self.is_moderator = account.is_moderator
        self.is_beheerder = account.is_beheerder
        self.roles: dict[int, str] = {}
        self.frozen_organisation_ids: tuple[int, ...] = ()
        self.ties: dict[int, Tie] = {}


@pytest.mark.parametrize("kind", VIEWERS)
def test_it_lists_what_the_policy_lets_read(app: Flask, kind: str) -> None:
    articles = [make_article(state=state) for state in states_of("article")]
    account = VIEWERS[kind]()
    viewer: Person = VISITOR if account is None else Seen(account)
    listed = {article.id for article in db.session.scalars(queries.visible_to(viewer))}
    allowed = {a.id for a in articles if can(viewer, Permission.ARTICLE_READ, a)}
    assert listed == allowed
    assert len(allowed) >= 1


def test_it_offers_the_newest_others(app: Flask) -> None:
    read, *others = [make_article(title=f"Nummer {number}") for number in range(4)]
    make_article(state="draft")
    titles = [row.title for row in queries.latest_but(read, 2)]
    assert titles == [others[2].title, others[1].title]
    assert db.session.query(Article).count() == 5
