"""Which promises stand below a promise as being about the same."""

from __future__ import annotations

from flask import Flask

from portal.commitments.models import Commitment
from portal.commitments.queries.alike import alike_to, tagged
from portal.core import clock
from portal.core.db import write_section
from tests.factories import layer, make_commitment, principle


def titles(commitment: Commitment, most: int = 4) -> list[str]:
    tags = [("laag", each.slug) for each in commitment.layers]
    tags += [("thema", each.slug) for each in commitment.principles]
    rows = alike_to(
        commitment.id,
        commitment.organisation_id,
        tags=tags,
        among=tagged(),
        on=clock.today(),
        grace_days=30,
        most=most,
    )
    return [row.title for row in rows]


def test_it_shows_what_shares_most_and_those_of_others_first(app: Flask) -> None:
    data, process, theme = layer("data"), layer("proces"), principle()
    mine = make_commitment(title="Deze", layers=[data, process], principles=[theme])
    make_commitment(mine.organisation, title="Eigen", layers=[data, process], principles=[theme])
    make_commitment(title="Twee lagen", layers=[data, process])
    make_commitment(title="Laag en thema", layers=[data], principles=[theme])
    make_commitment(title="Alleen thema", principles=[theme])
    make_commitment(title="Iets anders", layers=[layer("interactie")])
    assert titles(mine) == ["Laag en thema", "Twee lagen", "Alleen thema", "Eigen"]
    assert titles(mine, most=1) == ["Laag en thema"]


def test_it_shows_only_what_everybody_reads_and_still_counts(app: Flask) -> None:
    mine = make_commitment(layers=[layer("data")])
    hidden = make_commitment(title="Verborgen", layers=[layer("data")])
    with write_section():
        hidden.hidden_at = hidden.created_at
    for state in ("draft", "discarded", "withdrawn"):
        make_commitment(title=state, layers=[layer("data")], state=state)
    assert titles(mine) == []


def test_of_those_that_share_as_much_it_shows_the_newest(app: Flask) -> None:
    data, process, theme = layer("data"), layer("proces"), principle()
    mine = make_commitment(layers=[data, process])
    make_commitment(title="Oudste", layers=[data])
    make_commitment(title="Middelste", layers=[process], principles=[theme])
    make_commitment(title="Nieuwste", layers=[data])
    assert titles(mine, most=2) == ["Nieuwste", "Middelste"]


def test_it_shows_nothing_below_a_promise_without_layer_and_theme(app: Flask) -> None:
    make_commitment(title="Ook zonder")
    assert titles(make_commitment()) == []
