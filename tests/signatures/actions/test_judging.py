"""Tests of what the vereniging decides about the end of a signature."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import write_section
from portal.core.errors import AlreadyExists, ReasonMissing, StepNotOpen
from portal.policy import Permission, can
from portal.services.history import history_of
from portal.signatures import actions
from portal.signatures.models import EndingKind
from portal.vereniging.queries import editable_vereniging
from tests.factories import make_ending, make_moderator, make_signature
from tests.signatures.scenes import end_asked, ending_of, person


@pytest.fixture(autouse=True)
def _with_an_app(app: Flask) -> None:
    """Every test here reads and writes."""


class TestPropose:
    def test_it_waits_for_a_second_person(self, owner: Account) -> None:
        first, second = make_moderator(), make_moderator()
        signature = make_signature()
        with write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(first))
        ending = ending_of(signature)
        assert (ending.state, signature.state) == ("proposed", "admitted")
        assert not can(person(first), Permission.ENDING_DECIDE, ending)
        assert can(person(second), Permission.ENDING_DECIDE, ending)
        with write_section():
            actions.agree_end(ending_of(signature), by=person(second))
        assert (ending_of(signature).state, signature.state) == ("waiting", "admitted")

    def test_it_says_why_where_one_person_decides_alone(self) -> None:
        signature, only = make_signature(), make_moderator()
        with write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(only))
        ending = ending_of(signature)
        last = history_of("ending", ending.id)[-1]
        assert (ending.state, last.step, last.ground) == ("waiting", "agree", "nobody_else")

    def test_it_says_that_the_vereniging_switched_a_second_look_off(self) -> None:
        signature, first, _second = make_signature(), make_moderator(), make_moderator()
        with write_section():
            editable_vereniging().four_eyes = False
        with write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(first))
        assert history_of("ending", ending_of(signature).id)[-1].ground == "four_eyes_off"

    def test_it_counts_no_colleague_who_has_a_stake(self) -> None:
        first = make_moderator()
        make_moderator(email="bevoegd@example.org")
        signature = make_signature(signatory_email="Bevoegd@example.org")
        with write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(first))
        assert ending_of(signature).state == "waiting"

    def test_it_names_a_source_and_runs_once_at_a_time(self, owner: Account) -> None:
        signature, moderator = make_signature(), make_moderator()
        with pytest.raises(ReasonMissing), write_section():
            actions.propose_end(signature, reason=" ", by=person(moderator))
        end_asked(signature, owner)
        with pytest.raises(AlreadyExists), write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(moderator))

    def test_it_is_stopped_by_the_person_who_proposed_it(self) -> None:
        moderator = make_moderator()
        ending = make_ending(state="proposed", author=moderator)
        assert can(person(moderator), Permission.ENDING_STOP, ending)
        with write_section():
            actions.stop_end(ending, by=person(moderator))
        assert ending_of(ending.signature).state == "stopped"

    def test_it_is_a_proposal_of_the_vereniging(self) -> None:
        assert make_ending(state="proposed").kind == EndingKind.BY_VERENIGING


class TestJudge:
    def test_it_refuses_with_a_reason_and_the_signature_stands(self) -> None:
        ending = make_ending(state="confirmed", is_known=False)
        with pytest.raises(ReasonMissing), write_section():
            actions.refuse_end(ending, reason=" ", by=person(make_moderator()))
        with write_section():
            actions.refuse_end(ending, reason="Niet bevoegd.", by=person(make_moderator()))
        assert ending_of(ending.signature).state == "refused"
        assert ending.signature.state == "admitted"

    @pytest.mark.parametrize("state", ["asked", "waiting", "stopped", "ended", "called_off"])
    def test_it_decides_on_nothing_that_does_not_wait_for_it(self, state: str) -> None:
        ending = make_ending(state=state)
        with pytest.raises(StepNotOpen), write_section():
            actions.agree_end(ending, by=person(make_moderator()))
