"""Two versions of the portal can be compared by what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bench.snapshot import Folder, Links, compare, rules_of, without_random

KEY = "8c41d7735d459ab38c41d7735d459ab3"


def _taken(root: Path, **pages: str) -> Path:
    folder = Folder(root)
    for name, page in pages.items():
        folder.write("visitor", f"/{name}", page)
    return root


def test_it_writes_what_is_random_as_a_word() -> None:
    page = f'<input name="once" type="hidden" value="{KEY}">'
    token = "aB3-" * 10 + "xyz"
    assert without_random(page) == '<input name="once" type="hidden" value="ONE-TIME-KEY">'
    assert without_random(f"/uitnodigingen/{token}") == "/uitnodigingen/TOKEN"
    slug = "gemeente-lindewoude-deelt-haar-register-ook"
    assert len(slug) == len(token)
    assert without_random(f"/toezeggingen/{slug}") == f"/toezeggingen/{slug}"


def test_it_says_what_differs_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _taken(tmp_path / "a", one="<p>Was</p>", two="<p>Was</p>", three="same", four="gone")
    after = _taken(tmp_path / "b", one="<p>Is</p>", two="<p>Is</p>", three="same")
    assert compare(before, after, ignore_space=False, summary=False) == 1
    said = capsys.readouterr().out
    assert "=== 2 x: visitor/~one\n        visitor/~two\n@@\n-<p>Was</p>\n+<p>Is</p>\n" in said
    assert "1 the same; 2 different; 1 only before; 0 only after; 2 kinds of difference" in said


def test_it_can_look_past_white_space(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _taken(tmp_path / "a", one="<p>\n  A word\n</p>\n<p>Two</p>")
    after = _taken(tmp_path / "b", one="<p>A  word</p> <p>Two</p>")
    assert compare(before, after, ignore_space=False, summary=True) == 1
    assert compare(before, after, ignore_space=True, summary=True) == 0
    assert capsys.readouterr().out.endswith("0 kinds of difference\n")


def test_it_keeps_two_pages_of_one_name_apart(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("mails", f"/{KEY}", "first")
    folder.write("mails", f"/{KEY[::-1]}", "second")
    assert sorted(path.read_text() for path in tmp_path.rglob("~*")) == ["first\n", "second\n"]


def test_it_lists_addresses_by_their_shape(app: Flask) -> None:
    rules = rules_of(app)
    assert "/inloggen GET POST" in rules
    assert "/ondertekenaars/<> GET" in rules
    assert not [rule for rule in rules if "HEAD" in rule]


def test_it_follows_links_and_the_forms_that_only_read() -> None:
    page = (
        '<a href="/a">A</a><img src="/b.webp"><form action="/c"></form>'
        '<form action="/d" method="post"></form>'
    )
    assert Links(page).addresses == ["/a", "/b.webp", "/c"]
