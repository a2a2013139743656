"""Tests of the writes of signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused, LinkDead, ReasonMissing, StepNotOpen
from portal.moderation.queries import oldest_item
from portal.organisations.actions import edit as rename
from portal.organisations.actions import place_proposal, propose
from portal.organisations.facts import Facts
from portal.organisations.identity import identity_of
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.services.models import HistoryRow
from portal.signatures import actions
from portal.signatures.models import Signature
from tests.factories import (
    make_account,
    make_moderator,
    make_pact_version,
    make_signature,
)
from tests.signatures.scenes import (
    REASON,
    SIGNATORY,
    confirm_link,
    facts,
    prepared,
    sent,
    upload,
)


def steps(signature: Signature) -> list[str]:
    found = select(HistoryRow.step).where(
        HistoryRow.subject == "signature", HistoryRow.subject_id == signature.id
    )
    return list(db.session.scalars(found.order_by(HistoryRow.id)))


def confirmed(organisation: Organisation, owner: Account, pact: PactVersion) -> Signature:
    signature, token = sent(organisation, owner)
    with write_section():
        actions.confirm(confirm_link(token), pact=pact)
    return signature


class TestPrepare:
    def test_it_makes_one_draft_when_two_colleagues_are_at_it(
        self, organisation: Organisation, owner: Account
    ) -> None:
        prepared(organisation, owner)
        colleague = make_account()
        with pytest.raises(AlreadyExists), write_section():
            actions.prepare(organisation, by=colleague)
        assert len(db.session.scalars(select(Signature)).all()) == 1

    def test_it_lets_the_database_refuse_a_second_one_that_was_not_seen(
        self, organisation: Organisation, owner: Account
    ) -> None:
        make_signature(organisation, state="awaiting_confirmation")
        with write_section():
            with pytest.raises(AlreadyExists):
                actions.prepare(organisation, by=owner)
            # The section goes on: nothing else that it did is lost.
            organisation.website = "https://www.waterstad.example"
        db.session.expire_all()
        assert organisation.website == "https://www.waterstad.example"

    @pytest.mark.parametrize("state", ["cancelled", "ended"])
    def test_it_begins_anew_after_an_earlier_one_is_over(
        self, organisation: Organisation, owner: Account, state: str
    ) -> None:
        make_signature(organisation, state=state)
        assert prepared(organisation, owner).state == "draft"


class TestFillIn:
    def test_it_keeps_earlier_proof_beside_the_new(
        self, organisation: Organisation, owner: Account
    ) -> None:
        signature = prepared(organisation, owner)
        with write_section():
            actions.fill_in(signature, **facts(mandate=upload(b"%PDF-1.5 nieuw")), by=owner)
        assert signature.mandate is not None
        assert [version.number for version in signature.mandate.versions] == [1, 2]

    def test_it_keeps_the_proof_when_no_new_one_is_sent(
        self, organisation: Organisation, owner: Account
    ) -> None:
        signature = prepared(organisation, owner)
        with write_section():
            actions.fill_in(signature, **facts(mandate=None, name="Sam Bos"), by=owner)
        assert signature.mandate is not None
        assert len(signature.mandate.versions) == 1
        assert signature.signatory_name == "Sam Bos"

    @pytest.mark.parametrize(
        "state", ["awaiting_confirmation", "confirmed", "declined", "admitted", "ended"]
    )
    def test_it_is_refused_while_somebody_else_has_the_turn(
        self, owner: Account, state: str
    ) -> None:
        signature = make_signature(state=state)
        with pytest.raises(StepNotOpen), write_section():
            actions.fill_in(signature, **facts(name="Iemand anders"), by=owner)
        db.session.expire_all()
        assert signature.signatory_name == "T. Bevoegd"


class TestSend:
    def test_it_is_refused_without_proof_of_mandate(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = prepared(organisation, owner, mandate=None)
        with pytest.raises(FieldRefused), write_section():
            actions.send(signature, by=owner)
        db.session.expire_all()
        assert signature.state == "draft"

    def test_it_is_refused_without_a_text_to_sign(
        self, organisation: Organisation, owner: Account
    ) -> None:
        make_pact_version(state="draft")
        signature = prepared(organisation, owner)
        with pytest.raises(FieldRefused), write_section():
            actions.send(signature, by=owner)

    def test_it_makes_the_earlier_link_die(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, first = sent(organisation, owner)
        with write_section():
            second = actions.send_again(signature, by=owner)
        with pytest.raises(LinkDead) as dead:
            confirm_link(first)
        assert dead.value.why == "replaced"
        assert confirm_link(second).email == SIGNATORY

    def test_it_sends_again_only_while_the_answer_is_awaited(self, owner: Account) -> None:
        signature = make_signature(state="confirmed")
        with pytest.raises(StepNotOpen), write_section():
            actions.send_again(signature, by=owner)

    def test_it_gives_the_link_fourteen_days(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        _signature, token = sent(organisation, owner)
        link = confirm_link(token)
        assert link.expires_at - link.created_at == timedelta(days=14)


class TestConfirm:
    def test_it_binds_the_signature_to_the_text_and_its_fingerprint(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        db.session.expire_all()
        assert signature.state == "confirmed"
        assert signature.pact_version_id == pact.id
        assert signature.pact_sha256 == pact.sha256
        assert signature.signed_latest == clock.today()

    def test_it_works_once(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        _signature, token = sent(organisation, owner)
        with write_section():
            actions.confirm(confirm_link(token), pact=pact)
        with pytest.raises(LinkDead) as dead:
            confirm_link(token)
        assert dead.value.why == "used"

    def test_it_does_not_make_the_organisation_public(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        confirmed(organisation, owner, pact)
        db.session.expire_all()
        assert not organisation.is_public

    def test_it_is_too_late_after_two_weeks(
        self, organisation: Organisation, owner: Account, pact: PactVersion, set_clock
    ) -> None:
        start = datetime(2026, 3, 2, 9, tzinfo=UTC)
        set_clock(start)
        _signature, token = sent(organisation, owner)
        set_clock(start + timedelta(days=14))
        assert confirm_link(token).email == SIGNATORY
        set_clock(start + timedelta(days=14, seconds=1))
        with pytest.raises(LinkDead) as dead:
            confirm_link(token)
        assert dead.value.why == "expired"

    def test_it_is_refused_after_the_request_was_recalled(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, token = sent(organisation, owner)
        with write_section():
            actions.recall(signature, by=owner)
        with pytest.raises(LinkDead) as dead:
            confirm_link(token)
        assert dead.value.why == "revoked"

    def test_it_is_refused_after_the_application_was_cancelled(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, token = sent(organisation, owner)
        with write_section():
            actions.cancel(signature, by=owner)
        with pytest.raises(LinkDead):
            confirm_link(token)


class TestTurnDown:
    def test_it_makes_a_draft_of_it_again_and_spends_the_link(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, token = sent(organisation, owner)
        with write_section():
            actions.turn_down(confirm_link(token), reason="Ik ben niet bevoegd.")
        assert signature.state == "draft"
        with pytest.raises(LinkDead):
            confirm_link(token)


class TestAdmit:
    def test_it_makes_the_organisation_public_with_a_discussion_on_its_page(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.admit(signature, by=make_moderator())
        db.session.expire_all()
        assert organisation.is_public
        assert signature.admitted_at is not None
        discussion = db.session.get_one(Discussion, signature.discussion_id)
        assert discussion.address == f"/ondertekenaars/{organisation.slug}"
        assert discussion.is_public
        assert discussion.organisation_id == organisation.id

    def test_it_is_refused_before_the_signatory_has_signed(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, _token = sent(organisation, owner)
        with pytest.raises(StepNotOpen), write_section():
            actions.admit(signature, by=make_moderator())
        db.session.expire_all()
        assert not organisation.is_public

    def test_it_is_refused_to_the_second_of_two_moderators(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.decline(signature, ground="no_authority", reason=REASON, by=make_moderator())
        with pytest.raises(StepNotOpen), write_section():
            actions.admit(signature, by=make_moderator())

    def test_it_stands_under_the_text_that_was_signed_when_a_newer_one_appears(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        make_pact_version(label="2.0", body="Een andere tekst.")
        with write_section():
            actions.admit(signature, by=make_moderator())
        assert signature.pact_version_id == pact.id


class TestDecide:
    @pytest.mark.parametrize("decide", [actions.ask_more, actions.decline])
    def test_it_is_refused_without_a_reason_in_words(
        self, organisation: Organisation, owner: Account, pact: PactVersion, decide
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with pytest.raises(ReasonMissing), write_section():
            decide(signature, ground="incomplete", reason="  ", by=make_moderator())

    def test_it_goes_back_to_the_vereniging_when_completed(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.ask_more(signature, ground="incomplete", reason=REASON, by=make_moderator())
            actions.fill_in(signature, **facts(mandate=upload(b"%PDF-1.5 getekend")), by=owner)
            actions.complete(signature, by=owner)
        assert signature.state == "confirmed"
        assert signature.confirmed_at is not None

    def test_it_waits_anew_from_the_moment_of_completing(
        self, organisation: Organisation, owner: Account, pact: PactVersion, set_clock
    ) -> None:
        begun = datetime(2026, 11, 16, 9, tzinfo=UTC)
        set_clock(begun)
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.ask_more(signature, ground="incomplete", reason=REASON, by=make_moderator())
        set_clock(begun + timedelta(days=4))
        with write_section():
            actions.fill_in(signature, **facts(mandate_note="Zie bladzijde 2."), by=owner)
            actions.complete(signature, by=owner)
        oldest = oldest_item()
        assert signature.confirmed_at == begun
        assert oldest is not None
        assert oldest.row.since == begun + timedelta(days=4)
        assert not oldest.is_late

    @pytest.mark.parametrize("saves", [False, True])
    def test_it_takes_no_completion_to_which_nothing_was_added(
        self, organisation: Organisation, owner: Account, pact: PactVersion, saves: bool
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.ask_more(signature, ground="incomplete", reason=REASON, by=make_moderator())
        if saves:
            same = facts(mandate=None, mandate_note=signature.mandate_note)
            with write_section():
                actions.fill_in(signature, **same, by=owner)
        with pytest.raises(FieldRefused, match="nog niets toegevoegd"), write_section():
            actions.complete(signature, by=owner)
        assert signature.state == "more_asked"
        for change in (
            {"mandate_note": "Zie bladzijde 2."},
            {"mandate": upload(b"%PDF-1.5 nieuw")},
        ):
            with write_section():
                actions.fill_in(signature, **facts(**{"mandate": None, **change}), by=owner)
                actions.complete(signature, by=owner)
            assert signature.state == "confirmed"
            with write_section():
                actions.ask_more(signature, ground="incomplete", reason=REASON, by=make_moderator())

    def test_it_asks_another_signatory_to_sign_anew(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.ask_more(signature, ground="no_authority", reason=REASON, by=make_moderator())
            actions.fill_in(signature, **facts(name="Sam Bos", mandate=None), by=owner)
        with pytest.raises(FieldRefused), write_section():
            actions.complete(signature, by=owner)
        with write_section():
            token = actions.send(signature, by=owner)
            actions.confirm(confirm_link(token), pact=pact)
        assert signature.state == "confirmed"

    def test_it_can_be_corrected_and_sent_again_after_a_refusal(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature = confirmed(organisation, owner, pact)
        with write_section():
            actions.decline(signature, ground="no_authority", reason=REASON, by=make_moderator())
            actions.correct(signature, by=owner)
        assert signature.confirmed_at is None
        with write_section():
            actions.fill_in(signature, **facts(name="Sam Bos"), by=owner)
            token = actions.send(signature, by=owner)
            actions.confirm(confirm_link(token), pact=pact)
            actions.admit(signature, by=make_moderator())
        assert signature.state == "admitted"
        assert steps(signature) == [
            "prepare",
            "filled_in",
            "send",
            "confirm",
            "decline",
            "correct",
            "filled_in",
            "send",
            "confirm",
            "admit",
        ]


class TestFollowName:
    @pytest.mark.parametrize("state", ["awaiting_confirmation", "confirmed"])
    def test_it_keeps_the_name_under_which_somebody_signs(
        self, organisation: Organisation, owner: Account, state: str
    ) -> None:
        make_signature(organisation, state=state, author=owner)
        before = organisation.name
        facts_now = Facts(name="Gemeente Heel Anders (fictief)", kind_id=organisation.kind_id)
        with pytest.raises(FieldRefused, match="loopt een ondertekening"), write_section():
            rename(organisation, facts_now, by=owner)
        db.session.expire_all()
        assert organisation.name == before

    def test_it_lets_sign_anew_under_a_new_name(
        self, organisation: Organisation, owner: Account
    ) -> None:
        signature = make_signature(organisation, state="more_asked", author=owner)
        assert signature.confirmed_at is not None
        facts_now = Facts(name="Gemeente Waterstad aan Zee", kind_id=organisation.kind_id)
        with write_section():
            rename(organisation, facts_now, by=owner)
        db.session.expire_all()
        assert (organisation.name, signature.confirmed_at) == (facts_now.name, None)

    def test_it_gives_the_discussion_of_a_signatory_its_new_name(
        self, organisation: Organisation, owner: Account
    ) -> None:
        signature = make_signature(organisation, state="admitted")
        other = make_signature(state="admitted")
        after = replace(identity_of(organisation), name="Nieuwe naam (fictief)")
        with write_section():
            day = date(2024, 1, 1)
            proposal = propose(organisation, after, renamed_on=day, note="Fusie.", by=owner)
            place_proposal(proposal, by=make_moderator())
        titles = {
            found.discussion_id: db.session.get_one(Discussion, found.discussion_id).title
            for found in (signature, other)
        }
        assert titles[signature.discussion_id] == "Nieuwe naam (fictief)"
        assert titles[other.discussion_id] == other.organisation.name
