"""What was asked in vain: counted without who asked, shown to the vereniging, and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.search import misses
from portal.search.jobs import forget_what_was_asked
from portal.search.models import SearchMiss
from tests.factories import make_account, make_beheerder, make_moderator
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]


def rows() -> dict[str, int]:
    """Return words -> how often they were asked, on whatever day."""
    db.session.rollback()
    counted = select(SearchMiss.words, func.sum(SearchMiss.count)).group_by(SearchMiss.words)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def test_the_vereniging_sees_what_is_asked_often_and_not_found(
    client: Client, sign_in: SignIn
) -> None:
    for words in ("Gemeente Nergenshoven", "nergenshoven gemeente?", "GEMEENTE nergenshoven"):
        client.get("search.show", q=words)
    client.get("search.show", q="gemeente nergenshoven?")
    client.get("search.show", q="eenmalig")
    for person in (make_moderator(), make_beheerder()):
        page = sign_in(person).get("/beheer/zoeken")
        [row] = page.soup.select("main tbody tr")
        assert row.get_text(" ", strip=True).startswith("gemeente nergenshoven")
        assert "5 zoekopdrachten" in page.main and "eenmalig" not in page.main
        assert page.links["gemeente nergenshoven"] == "/zoeken?q=gemeente+nergenshoven"


def test_nobody_else_sees_it(client: Client, sign_in: SignIn) -> None:
    assert client.get("/beheer/zoeken").status == 303
    assert sign_in(make_account()).get("/beheer/zoeken").status == 403


def test_it_counts_no_question_that_is_answered_and_no_second_page(
    client: Client, app: Flask
) -> None:
    client.get("/zoeken")
    client.get("search.show", q="")
    assert rows() == {}


def test_what_may_tell_of_a_person_is_a_number_only(client: Client, app: Flask) -> None:
    long = "woord" * 10 + " " + "ander" * 10
    for words in ("iemand@huis.example", "06-1234 5678", "123456782", long, "🙂"):
        client.get("search.show", q=words)
    assert rows() == {"": 5}


def test_of_a_day_no_more_than_so_many_are_kept(
    client: Client, app: Flask, monkeypatch: Any
) -> None:
    monkeypatch.setattr(misses, "MOST_KEPT", 2)
    for words in ("eerste", "tweede", "derde", "vierde", "tweede"):
        client.get("search.show", q=words)
    assert rows() == {"eerste": 1, "tweede": 2, "": 2}


def test_it_is_forgotten(client: Client, app: Flask, set_clock: Any) -> None:
    for _time in range(3):
        client.get("search.show", q="eenhoorn")
    set_clock(clock.now() + timedelta(days=misses.KEEP_DAYS - 1))
    forget_what_was_asked()
    assert [miss.words for miss in misses.misses()] == ["eenhoorn"]
    set_clock(clock.now() + timedelta(days=1))
    assert (misses.misses(), misses.misses_in_all()) == ((), 0)
    forget_what_was_asked()
    assert rows() == {}
