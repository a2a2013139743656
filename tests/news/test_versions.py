"""What an article said before stays to be read, with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db, write_section
from portal.news import actions
from portal.news.models import Article
from tests import factories as make
from tests.harness.client import Client
from tests.signatures.scenes import person

SignIn = Callable[..., Client]


@pytest.fixture
def article(app: Flask) -> Article:
    return make.make_article(title="De eerste titel", body="De eerste tekst.")


def edit(article: Article, **changes: Any) -> None:
    row = db.session.get_one(Article, article.id)
    texts = {name: getattr(row, name) for name in ("title", "lead", "body", "language")}
    with write_section():
        actions.edit(
            row,
            **{**texts, **changes},
            picture=None,
            picture_alt="",
            by=person(make.make_moderator()),
        )


def test_it_says_what_changed_and_keeps_each_version(client: Client, article: Article) -> None:
    edit(article, title="De tweede titel")
    edit(article, body="De tweede tekst.")
    page = client.get(f"/nieuws/{article.slug}")
    changed_on = next(words for words in page.links if words.startswith("gewijzigd op"))
    history = page.follow(changed_on)
    assert [each.get_text() for each in history.soup.select("main h2")] == [
        "Versie 3",
        "Versie 2",
        "Versie 1",
    ]
    marks = [mark.get_text() for mark in history.soup.select("main del, main ins")]
    assert ["eerste" in mark for mark in marks] == [True, False] * 2
    first = history.follow("Versie 1")
    assert first.h1 == "De eerste titel"
    assert "De eerste tekst." in first.main
    assert client.get(f"/nieuws/{article.slug}/versies/4").status == 404


def test_each_version_leads_to_those_beside_it(client: Client, article: Article) -> None:
    for title in ("De tweede titel", "De derde titel"):
        edit(article, title=title)

    def around(number: int) -> list[tuple[str, str]]:
        page = client.get(f"/nieuws/{article.slug}/versies/{number}")
        return [
            (way["rel"], page.follow(way.get_text(strip=True)).h1)
            for way in page.soup.select('main a[rel="prev"], main a[rel="next"]')
        ]

    assert around(1) == [("next", "De tweede titel")]
    assert around(2) == [("prev", "De eerste titel"), ("next", "De derde titel")]
    assert around(3) == [("prev", "De tweede titel")]


def test_what_is_saved_as_it_was_is_no_version(client: Client, article: Article) -> None:
    edit(article)
    with write_section():
        by = person(make.make_moderator())
        row = db.session.get_one(Article, article.id)
        actions.unpublish(row, by=by)
        actions.publish(row, by=by)
    assert client.get(f"/nieuws/{article.slug}/versies/2").status == 404


def test_what_was_only_a_draft_is_never_read(client: Client, article: Article) -> None:
    by = person(make.make_moderator())
    with write_section():
        actions.unpublish(db.session.get_one(Article, article.id), by=by)
    edit(article, body="Een geheim kladje.")
    edit(article, body="Wat er nu staat.")
    assert client.get(f"/nieuws/{article.slug}/versies/1").status == 404
    with write_section():
        actions.publish(db.session.get_one(Article, article.id), by=by)
    assert "De eerste tekst." in client.get(f"/nieuws/{article.slug}/versies/1").main
    assert "Wat er nu staat." in client.get(f"/nieuws/{article.slug}/versies/2").main
    assert "kladje" not in client.get(f"/nieuws/{article.slug}/geschiedenis").main


def test_its_versions_are_hidden_with_it(client: Client, article: Article) -> None:
    edit(article, body="Anders.")
    with write_section():
        row = db.session.get_one(Article, article.id)
        actions.hide(row, ground="other", reason="Naam.", by=person(make.make_moderator()))
    for path in ("geschiedenis", "versies/1"):
        assert client.get(f"/nieuws/{article.slug}/{path}").status == 410
