"""What may be meant by the first letters of a name, a title or a number."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core import clock
from portal.core.db import write_section
from portal.search.queries import suggestions
from portal.search.queries.suggesting import MOST_SUGGESTED
from tests import factories as make
from tests.search.conftest import catch_up, signatory
from tests.search.queries.test_finding import (
    BIRD,
    CHART,
    FORMS,
    HOUSE,
    JOINED,
    LINDE,
    PILE,
    ROUTES,
    SEVEN,
    SHARING,
)

# What is typed -> what is suggested, in its order.
MEANT = {
    # A name that begins so, before the others.
    "ge": [BIRD, LINDE, SHARING, SEVEN],
    "gem": [BIRD, LINDE, SEVEN],
    "Gemeente Li": [LINDE],
    "li gem": [LINDE],
    "bû": [BIRD, SHARING],
    "bute": [BIRD],
    "openst": [PILE],
    "huis van de z": [HOUSE],
    "de z": [HOUSE, ROUTES],
    # Other names and numbers.
    "koog": [BIRD],
    "1234": [LINDE],
    "GM99": [BIRD],
    # Titles of promises, news and documents.
    "kopp": [ROUTES],
    "form": [FORMS],
    "seven": [JOINED],
    "route": [CHART],
    # Not what stands in a text only, in the middle of a word, or is not there for everybody.
    "koppelv": [],
    "uitwis": [],
    "nerg": [],
    "geheim": [],
    "verborgen": [],
    "luchtb": [],
    "b": [],
    "": [],
    "?!": [],
    "%%": [],
    "\x00ge\x00": [BIRD, LINDE, SHARING, SEVEN],
}


@pytest.mark.parametrize("typed", MEANT)
def test_it_suggests_the_same_in_the_same_order(searched: Flask, typed: str) -> None:
    assert [each.source.title for each in suggestions(typed)] == MEANT[typed]


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [("koog", "Gemeente Koogerland"), ("1234", "12345678"), ("gemeente bu", "")],
)
def test_it_says_by_which_other_name(searched: Flask, typed: str, known_as: str) -> None:
    assert suggestions(typed)[0].known_as == known_as


def test_it_suggests_a_few_and_nothing_hidden_from_that_moment_on(app: Flask) -> None:
    owner = signatory("Gemeente Lindewoude")
    for number in range(MOST_SUGGESTED + 2):
        shown = make.make_commitment(owner, title=f"Kwartelwoord van{number}")
    catch_up()
    assert len(suggestions("kwar")) == MOST_SUGGESTED
    assert [each.source.title for each in suggestions(shown.title)] == [shown.title]
    (named,) = suggestions(f"gp {shown.short_number}")
    assert (named.source.title, named.known_as) == (shown.title, f"GP-{shown.short_number}")
    with write_section():
        shown.hidden_at = clock.now()
    assert not suggestions(shown.title)
