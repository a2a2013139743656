"""What the pictures count."""

from __future__ import annotations

from random import Random

import pytest
from flask import Flask

from portal.commitments.queries import outcomes
from portal.commitments.queries.outcomes import Counted
from portal.core import clock
from portal.signatures.queries import counting
from tests.factories import make_commitment
from tests.harness.portal import count_queries
from tests.overview.scenes import fill

GRACE_DAYS = 30


class TestPromised:
    def test_it_tells_what_is_done_in_time_from_what_was_put_off(self, app: Flask) -> None:
        signer = make_commitment(progress="gereed", term="eind 2090").organisation
        make_commitment(signer, progress="gereed", term="eind 2020")
        make_commitment(signer, term="eind 2020")
        make_commitment(signer, term="doorlopend")
        make_commitment(signer, state="withdrawn")
        make_commitment(signer, state="draft")
        found = outcomes.promised(on=clock.today(), grace_days=GRACE_DAYS)
        whole = {row.outcome: row.number for row in found if row.by == outcomes.ALL}
        assert whole == {
            "op-tijd": 1,
            "na-termijn": 1,
            "te-laat": 1,
            "binnen-termijn": 1,
            "ingetrokken": 1,
        }
        years = {(row.group, row.outcome) for row in found if row.by == outcomes.YEAR}
        assert {("2090", "op-tijd"), ("2020", "te-laat"), (None, "binnen-termijn")} <= years

    @pytest.mark.parametrize("most", [0, 12])
    def test_it_asks_once_however_much_there_is(self, app: Flask, most: int) -> None:
        fill(Random(1), most=most)
        with count_queries() as asked:
            outcomes.promised(on=clock.today(), grace_days=GRACE_DAYS)
            counting.signed()
        assert len(asked) == 2


class TestOutcomes:
    def test_it_counts_what_all_promises_are_counted_as(self, app: Flask) -> None:
        fill(Random(2), most=12)
        day = {"on": clock.today(), "grace_days": GRACE_DAYS}
        whole = {row for row in outcomes.promised(**day) if row.by == outcomes.ALL}
        assert set(outcomes.outcomes(**day)) == whole
        assert all(isinstance(row, Counted) for row in whole)
