"""The checks that stand on every page must be able to fail."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.harness.markup import check_page

GOOD = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Titel</title></head>
<body><main><h1>Kop</h1>
<form><label for="naam">Naam</label><input id="naam" name="naam"><button>Verstuur</button></form>
</main></body></html>"""


def _check(text: str) -> None:
    check_page(text, BeautifulSoup(text, "lxml"))


def test_it_takes_a_page_that_is_well_made() -> None:
    _check(GOOD)


@pytest.mark.parametrize(
    ("was", "became", "words"),
    [
        ("</form>", "</div></form>", "line 4"),
        ("<!doctype html>", "", "Expected DOCTYPE"),
        (' lang="nl"', "", "no language"),
        ("Titel", "", "no title"),
        ("<h1>Kop</h1>", "", "one h1"),
        ("<h1>Kop</h1>", "<h1>Kop</h1><h1>Kop</h1>", "one h1"),
        ('<label for="naam">Naam</label>', "", "no label"),
        ("<h1>", '<h1 id="naam">', "stands 2 times"),
        ("<h1>", '<h1 aria-describedby="nergens">', "points nowhere"),
        ("<h1>", '<a href="#nergens">Daar</a><h1>', "points nowhere"),
        ("<h1>", '<h1 style="color: red">', "has a style"),
        ("<h1>", "<script>alert(1)</script><h1>", "script in the page"),
        ("<h1>", '<h1 onclick="alert(1)">', "has onclick"),
        ("<h1>", '<a href=" javascript:alert(1)">Daar</a><h1>', "runs a script"),
        ("<h1>", '<img src="/beeld.png"><h1>', "no alt"),
        ("<h1>", '<a href="/"></a><h1>', "no text"),
    ],
)
def test_it_refuses_a_page_with_a_fault(was: str, became: str, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        _check(GOOD.replace(was, became, 1))
