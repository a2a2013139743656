"""How often a request asks the database: a fixed number, however much there is to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.commitments.models import Commitment
from tests import factories as make
from tests.harness.client import Client
from tests.harness.portal import count_queries

SignIn = Callable[[Account | None], Client]


@pytest.fixture
def commitment(app: Flask) -> Commitment:
    found = make.make_commitment()
    make.make_update(found)
    make.make_comment(found.discussion)
    return found


def _statements(reader: Client, path: str) -> list[str]:
    reader.get(path)
    with count_queries() as found:
        assert reader.get(path).status == 200
    return found


@pytest.mark.parametrize(("who", "most"), [("visitor", 7), ("account", 11), ("moderator", 13)])
def test_it_asks_for_a_commitment_as_often_with_many_comments_as_with_one(
    sign_in: SignIn, commitment: Commitment, who: str, most: int
) -> None:
    people = {"visitor": None, "account": make.make_account(), "moderator": make.make_moderator()}
    reader, path = sign_in(people[who]), f"/toezeggingen/{commitment.slug}"
    few = _statements(reader, path)

    author = make.make_account()
    for _ in range(12):
        parent = make.make_comment(commitment.discussion, author=author)
        make.make_comment(commitment.discussion, parent=parent, author=author)
    many = _statements(reader, path)

    assert many == few
    assert len(few) <= most, "\n".join(few)


@pytest.mark.parametrize("path", ["/", "/toezeggingen", "/ondertekenaars", "/nieuws"])
def test_it_asks_for_a_list_as_often_with_many_rows_as_with_one(
    client: Client, commitment: Commitment, path: str
) -> None:
    make.make_article()
    few = _statements(client, path)
    for _ in range(6):
        make.make_commitment()
        make.make_article()
    many = _statements(client, path)
    assert len(many) == len(few)
    assert len(few) <= 9, "\n".join(few)


def test_it_takes_a_comment_in_a_bounded_number_of_statements(
    sign_in: SignIn, commitment: Commitment
) -> None:
    reader = sign_in(make.make_account())
    path = f"/reacties/{commitment.discussion.id}"
    reader.get(path).form().submit(body="De eerste", follow=False)
    form = reader.get(path).form()
    with count_queries() as found:
        assert form.submit(body="De tweede", follow=False).status == 302
    assert len(found) <= 16, "\n".join(found)


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_it_asks_nothing_where_nothing_is_to_be_known(client: Client, path: str) -> None:
    client.get(path)
    with count_queries() as found:
        client.get(path)
    assert found == []


def test_it_asks_only_whose_site_it_is_where_nothing_is(client: Client) -> None:
    client.get("/nergens")
    with count_queries() as found:
        client.get("/nergens")
    assert len(found) <= 1


def test_it_asks_nothing_for_a_built_file(client: Client) -> None:
    styles = client.get("home.show").soup.select_one("link[rel=stylesheet]")
    assert styles is not None
    with count_queries() as found:
        client.get(str(styles["href"]))
    assert found == []


@pytest.mark.parametrize("path", ["/", "/spelregels", "/groeipact"])
def test_it_looks_for_nobody_when_nobody_is_signed_in(client: Client, path: str) -> None:
    make.make_pact_version()
    asked = _statements(client, path)
    assert not [statement for statement in asked if "FROM account" in statement]
