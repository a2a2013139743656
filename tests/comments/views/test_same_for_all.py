"""What is rendered once for many readers: each still sees what is theirs, and nothing of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.vereniging.queries import editable_vereniging
from tests import factories as make
from tests.harness.client import Client
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]


@pytest.fixture
def commitment(app: Flask) -> Commitment:
    found = make.make_commitment()
    make.make_comment(found.discussion, body="Van iedereen te lezen")
    return found


def _page(reader: Client, commitment: Commitment) -> Page:
    return reader.get(f"/toezeggingen/{commitment.slug}")


def test_it_shows_a_waiting_comment_to_its_writer_only_in_any_order(
    sign_in: SignIn, client: Client, commitment: Commitment
) -> None:
    writer = make.make_account()
    make.make_comment(commitment.discussion, author=writer, state="pending", body="Nog niet")
    readers = [client, sign_in(make.make_account()), sign_in(make.make_moderator())]
    for _ in range(2):
        for reader in readers:
            assert "Nog niet" not in _page(reader, commitment).main
        assert "Nog niet" in _page(sign_in(writer), commitment).main


def test_it_offers_to_edit_to_the_writer_only(
    sign_in: SignIn, client: Client, commitment: Commitment
) -> None:
    writer = make.make_account()
    comment = make.make_comment(commitment.discussion, author=writer)
    link = f'a[href="/reacties/{comment.id}/bewerken"]'
    for _ in range(2):
        assert _page(sign_in(writer), commitment).soup.select(link)
        assert not _page(sign_in(make.make_account()), commitment).soup.select(link)
        assert not _page(client, commitment).soup.select(link)


def test_it_offers_a_reply_to_who_may_write_only(
    sign_in: SignIn, client: Client, commitment: Commitment
) -> None:
    for _ in range(2):
        assert _page(sign_in(make.make_account()), commitment).soup.select(".comment__actions")
        assert not _page(client, commitment).soup.select(".comment__actions")
    commitment.discussion.is_open = False
    db.session.commit()
    assert not _page(sign_in(make.make_account()), commitment).soup.select(".comment__actions")


def test_it_names_each_reader_by_their_own_name_and_organisations(
    sign_in: SignIn, commitment: Commitment
) -> None:
    first, second = make.make_account(name="Fenna"), make.make_account(name="Gijs")
    make.make_membership(make.make_organisation(name="Bij Gijs (fictief)"), second)
    for _ in range(2):
        assert "U reageert als Fenna" in _page(sign_in(first), commitment).main
        assert "Bij Gijs" not in _page(sign_in(first), commitment).main
        assert "Bij Gijs" in _page(sign_in(second), commitment).main


def test_it_follows_who_changes_their_name(sign_in: SignIn, commitment: Commitment) -> None:
    account = make.make_account(name="Fenna")
    reader = sign_in(account)
    assert "U reageert als Fenna" in _page(reader, commitment).main
    account.name = "Fenna van Dijk"
    db.session.commit()
    assert "U reageert als Fenna van Dijk" in _page(reader, commitment).main


def test_it_gives_each_form_a_one_time_key_of_its_own(
    sign_in: SignIn, commitment: Commitment
) -> None:
    reader = sign_in(make.make_account())
    keys = [
        str(_page(reader, commitment).soup.select_one("input[name=once]")["value"])  # type: ignore[index]
        for _ in range(2)
    ]
    assert keys[0] != keys[1]


def test_it_shows_a_visitor_what_changed_at_once(client: Client, commitment: Commitment) -> None:
    assert "Pas geplaatst" not in _page(client, commitment).main
    make.make_comment(commitment.discussion, body="Pas geplaatst")
    assert "Pas geplaatst" in _page(client, commitment).main


def test_it_shows_nobody_the_name_of_who_read_before(
    sign_in: SignIn, client: Client, commitment: Commitment
) -> None:
    assert "Fenna" in str(_page(sign_in(make.make_account(name="Fenna")), commitment).soup)
    page = _page(client, commitment)
    assert "Fenna" not in str(page.soup)
    assert page.soup.select('a[href^="/inloggen"]')


def test_it_shows_a_message_to_whom_it_is_meant_for(
    app: Flask, client: Client, commitment: Commitment
) -> None:
    words = "U bent uitgelogd."
    assert words not in _page(client, commitment).main
    with client.raw.session_transaction() as kept:
        kept["_flashes"] = [("message", words)]
    assert words in _page(client, commitment).main
    assert words not in _page(Client(app), commitment).main


def test_it_follows_what_the_vereniging_calls_the_site(
    client: Client, commitment: Commitment
) -> None:
    assert "Een andere naam" not in str(_page(client, commitment).soup.title)
    with write_section():
        editable_vereniging().site_name = "Een andere naam"
    assert "Een andere naam" in str(_page(client, commitment).soup.title)
