"""Tests of how an organisation ends its signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused, LinkDead, LinkUnknown, StepNotOpen
from portal.organisations.models import Organisation
from portal.organisations.queries import find_membership
from portal.pact.models import PactVersion
from portal.policy import Role
from portal.services.history import history_of
from portal.signatures import actions, queries
from portal.signatures.models import Ending
from tests.factories import make_account, make_membership, make_moderator, make_signature
from tests.signatures.scenes import (
    another,
    end_asked,
    end_link,
    ending_of,
    person,
    sent,
    upload,
)


def steps(ending: Ending) -> list[str]:
    return [row.step for row in history_of("ending", ending.id)]


class TestAsk:
    def test_it_changes_nothing_of_the_signature(self, owner: Account) -> None:
        signature = make_signature(signatory_name="Eerste Tekenaar")
        end_asked(signature, owner, other=another())
        db.session.expire_all()
        assert signature.state == "admitted"
        assert (signature.ended_on, signature.signatory_name) == (None, "Eerste Tekenaar")

    def test_it_names_the_known_signatory_as_the_signature_has_it(self, owner: Account) -> None:
        signature = make_signature(signatory_email="directeur@waterstad.example")
        end_asked(signature, owner)
        ending = ending_of(signature)
        assert (ending.name, ending.email) == ("T. Bevoegd", "directeur@waterstad.example")
        assert ending.is_by_known_signatory

    def test_it_takes_nobody_for_known_where_no_address_is(self, owner: Account) -> None:
        signature = make_signature(is_historic=True)
        with pytest.raises(FieldRefused, match="geen e-mailadres bekend"):
            end_asked(signature, owner)

    def test_it_is_refused_for_what_is_not_a_signatory(self, owner: Account) -> None:
        with pytest.raises(StepNotOpen):
            end_asked(make_signature(state="confirmed"), owner)

    def test_it_runs_once_at_a_time(self, owner: Account) -> None:
        signature = make_signature()
        end_asked(signature, owner)
        with pytest.raises(AlreadyExists, match="loopt al een opzegging"):
            end_asked(signature, owner)
        with write_section():
            actions.call_off_end(ending_of(signature), by=person(owner))
        end_asked(signature, owner)
        assert ending_of(signature).state == "asked"

    @pytest.mark.parametrize("days", [-400, 0, 6])
    def test_it_takes_no_day_before_it_could_have_been_stopped(
        self, owner: Account, days: int
    ) -> None:
        day = clock.today() + timedelta(days=days)
        with pytest.raises(FieldRefused, match="op zijn vroegst"):
            end_asked(make_signature(), owner, takes_effect_on=day)

    def test_it_takes_the_first_day_that_is_possible(self, owner: Account) -> None:
        signature = make_signature()
        end_asked(signature, owner, takes_effect_on=queries.first_end_day())
        assert ending_of(signature).asked_for_on == queries.first_end_day()


class TestConfirm:
    def test_it_lets_the_days_begin_when_it_is_the_known_signatory(
        self, owner: Account, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        signature = make_signature()
        token = end_asked(signature, owner)
        with write_section():
            actions.confirm_end(end_link(token))
        ending = ending_of(signature)
        assert (ending.state, signature.state) == ("waiting", "admitted")
        assert ending.ends_at is not None and ending.confirmed_at is not None
        assert ending.ends_at - ending.confirmed_at == timedelta(days=7)
        assert ending.is_stoppable

    def test_it_waits_for_a_moderator_when_it_is_another_mailbox(self, owner: Account) -> None:
        """The officer who names herself ends nothing by a click in her own mailbox."""
        signature = make_signature(signatory_email="directeur@waterstad.example")
        token = end_asked(signature, owner, other=another(email=owner.email))
        with write_section():
            actions.confirm_end(end_link(token))
        ending = ending_of(signature)
        assert (ending.state, ending.ends_at) == ("confirmed", None)
        assert signature.signatory_email == "directeur@waterstad.example"

    def test_it_asks_for_a_moderator_even_when_another_has_the_known_address(
        self, owner: Account
    ) -> None:
        signature = make_signature()
        token = end_asked(signature, owner, other=another(email=signature.signatory_email))
        with write_section():
            actions.confirm_end(end_link(token))
        assert ending_of(signature).state == "confirmed"

    def test_it_asks_for_a_moderator_when_the_signatory_was_corrected_meanwhile(
        self, owner: Account
    ) -> None:
        signature = make_signature()
        token = end_asked(signature, owner)
        with write_section():
            signature.signatory_email = "nieuwe.directeur@waterstad.example"
        with write_section():
            actions.confirm_end(end_link(token))
        assert ending_of(signature).state == "confirmed"

    def test_it_works_once(self, owner: Account) -> None:
        signature = make_signature()
        token = end_asked(signature, owner)
        link = end_link(token)
        with write_section():
            actions.confirm_end(link)
        with pytest.raises(LinkDead) as dead:
            end_link(token)
        assert dead.value.why == "used"
        with pytest.raises(StepNotOpen), write_section():
            actions.confirm_end(link)
        assert steps(ending_of(signature)) == ["ask", "confirm"]

    def test_it_does_not_take_a_link_that_was_mailed_to_sign(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        _signature, token = sent(organisation, owner)
        with pytest.raises(LinkUnknown):
            end_link(token)

    def test_it_dies_with_the_role_of_who_asked(self, owner: Account) -> None:
        signature = make_signature()
        token = end_asked(signature, owner)
        membership = find_membership(signature.organisation_id, owner.id)
        with write_section():
            membership.role = str(Role.EDITOR)
        with pytest.raises(LinkDead):
            end_link(token)

    def test_it_dies_when_it_is_called_off_or_sent_again(self, owner: Account) -> None:
        signature = make_signature()
        first = end_asked(signature, owner)
        with write_section():
            second = actions.send_end_link_again(ending_of(signature), by=person(owner))
        with pytest.raises(LinkDead):
            end_link(first)
        with write_section():
            actions.call_off_end(ending_of(signature), by=person(owner))
        with pytest.raises(LinkDead):
            end_link(second)
        assert ending_of(signature).state == "called_off"


class TestComplete:
    def test_it_keeps_every_proof_and_goes_back_to_the_moderator(self, owner: Account) -> None:
        signature = make_signature()
        token = end_asked(signature, owner, other=another())
        with write_section():
            actions.confirm_end(end_link(token))
        moderator = person(make_moderator())
        with write_section():
            actions.ask_more_of_end(ending_of(signature), reason="Te oud.", by=moderator)
        with write_section():
            better = upload(b"%PDF-1.5 beter", "besluit.pdf")
            actions.complete_end(ending_of(signature), proof=better, note="", by=person(owner))
        ending = ending_of(signature)
        assert ending.state == "confirmed"
        assert ending.proof is not None
        assert [version.number for version in ending.proof.versions] == [1, 2]

    def test_it_is_refused_when_nothing_was_added(self, owner: Account) -> None:
        signature = make_signature()
        token = end_asked(signature, owner, other=another())
        with write_section():
            actions.confirm_end(end_link(token))
        with write_section():
            actions.ask_more_of_end(ending_of(signature), reason="Te oud.", by=person(owner))
        with pytest.raises(FieldRefused), write_section():
            actions.complete_end(ending_of(signature), proof=None, note=" ", by=person(owner))


class TestAskerIsNoMember:
    def test_it_never_lets_the_link_of_a_stranger_end_anything(self, app: Flask) -> None:
        signature = make_signature()
        stranger = make_account()
        token = end_asked(signature, stranger)
        membership = find_membership(signature.organisation_id, stranger.id)
        with write_section():
            db.session.delete(membership)
        with pytest.raises(LinkDead):
            end_link(token)
        make_membership(signature.organisation, stranger, role=Role.READER)
        with pytest.raises(LinkDead):
            end_link(token)
