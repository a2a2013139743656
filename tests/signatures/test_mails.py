"""Tests of the mails about signatures, as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.policy import Role
from portal.services import jobs, upkeep
from portal.services.models import Job
from portal.services.sweep import sweep
from portal.signatures import actions, queries
from portal.signatures.jobs import tell_of_bounced
from tests.factories import (
    make_account,
    make_membership,
    make_moderator,
    make_signature,
)
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import REASON, SIGNATORY, confirm_link, end_link, sent

SetClock = Callable[[datetime | None], None]


class TestLink:
    def test_it_tells_the_signatory_everything_and_until_when(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        mailbox: Mailbox,
        set_clock,
    ) -> None:
        set_clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        _signature, token = sent(organisation, owner)
        mailbox.deliver()
        mail = mailbox.last(SIGNATORY)
        assert "Gemeente Waterstad" in mail.subject
        assert "Noor de Wit, Directeur" in mail.text
        assert "Anna Jansen, anna@waterstad.example" in mail.text
        assert "tot 16 maart 2026 om 10.00 uur" in mail.text
        assert f"/ondertekening-bevestigen/{token}" in mail.paths
        assert [line for line in mail.text.splitlines() if token in line] == [mail.links[0]]

    def test_it_speaks_the_language_of_who_prepared_it(
        self, organisation: Organisation, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        editor = make_account(locale="en")
        make_membership(organisation, editor)
        sent(organisation, editor)
        mailbox.deliver()
        mail = mailbox.last(SIGNATORY)
        assert mail.message["Content-Language"] == "en"
        assert mail.paths[0].startswith("/en/ondertekening-bevestigen/")

    def test_it_is_known_to_have_come_back(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        mailbox.refuse(SIGNATORY)
        signature, _token = sent(organisation, owner)
        mailbox.deliver()
        link = queries.newest_link(signature.id, "confirm")
        assert link is not None
        status = queries.mail_status(link)
        assert status is not None
        assert status.state == "parked"

    def test_it_tells_who_sent_it_once_that_it_came_back(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        mailbox.refuse(SIGNATORY)
        sent(organisation, owner)
        mailbox.deliver()
        tell_of_bounced()
        tell_of_bounced()
        mailbox.deliver()
        (mail,) = mailbox.to("anna@waterstad.example")
        assert SIGNATORY in mail.subject
        assert "Haal het verzoek terug" in mail.text

    def test_it_does_not_tell_again_when_it_is_forgotten_that_it_was_told(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        mailbox: Mailbox,
        set_clock: SetClock,
    ) -> None:
        mailbox.refuse(SIGNATORY)
        sent(organisation, owner)
        mailbox.deliver()
        tell_of_bounced()
        mailbox.deliver()
        set_clock(clock.now() + jobs.KEEP_DONE + timedelta(minutes=1))
        sweep()
        tell_of_bounced()
        assert mailbox.deliver() == []
        assert db.session.scalars(select(Job.state)).all() == ["parked"]

    def test_it_takes_no_mail_of_another_link_for_its_own(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        signature, _token = sent(organisation, owner)
        mailbox.deliver()
        link = queries.newest_link(signature.id, "confirm")
        assert link is not None
        with write_section():
            jobs.enqueue("mail", {}, key=f"{queries.mail_key(link.id)}0")
        other = db.session.scalars(select(Job).where(Job.state == "waiting")).one()
        with write_section():
            other.state = "parked"
        assert queries.bounced_link_ids() == []

    def test_it_does_not_tell_of_a_link_that_was_taken_back(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        mailbox.refuse(SIGNATORY)
        signature, _token = sent(organisation, owner)
        mailbox.deliver()
        with write_section():
            actions.recall(signature, by=owner)
        tell_of_bounced()
        assert mailbox.deliver() == []

    def test_it_is_no_longer_in_the_database_once_it_was_sent(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        signature, token = sent(organisation, owner)
        mailbox.deliver()
        link = queries.newest_link(signature.id, "confirm")
        assert link is not None
        assert token != link.token_hash
        done = [
            job.payload for job in db.session.query(Job) if job.key == queries.mail_key(link.id)
        ]
        assert done == [{}]

    def test_it_is_named_as_work_for_the_worker(self) -> None:
        assert upkeep._works["tell_of_bounced"][1] is tell_of_bounced


class TestAfterwards:
    def test_it_gives_the_signatory_a_receipt_with_the_fingerprint(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        _signature, token = sent(organisation, owner)
        mailbox.deliver()
        with write_section():
            actions.confirm(confirm_link(token), pact=pact)
        mailbox.deliver()
        receipt = mailbox.last(SIGNATORY)
        assert pact.sha256 in receipt.text
        assert "versie 1.0" in receipt.text
        assert "/groeipact/versies/1.0" in receipt.paths
        assert token not in receipt.text
        assert "heeft ondertekend" in mailbox.last("anna@waterstad.example").subject

    def test_it_tells_who_prepared_it_why_the_signatory_does_not_sign(
        self, organisation: Organisation, owner: Account, pact: PactVersion, mailbox: Mailbox
    ) -> None:
        _signature, token = sent(organisation, owner)
        with write_section():
            actions.turn_down(confirm_link(token), reason="Ik ben niet bevoegd.")
        mailbox.deliver()
        mail = mailbox.last("anna@waterstad.example")
        assert "tekent niet" in mail.subject
        assert "Ik ben niet bevoegd." in mail.text

    @pytest.mark.parametrize("decide", [actions.ask_more, actions.decline])
    def test_it_tells_the_ground_and_the_reason_of_a_decision(
        self, organisation: Organisation, owner: Account, mailbox: Mailbox, decide
    ) -> None:
        signature = make_signature(organisation, state="confirmed", author=owner)
        with write_section():
            decide(signature, ground="no_authority", reason=REASON, by=make_moderator())
        (mail,) = mailbox.deliver()
        assert mail.to == "anna@waterstad.example"
        assert "Geen tekenbevoegdheid aangetoond" in mail.text
        assert REASON in mail.text
        assert f"/ondertekeningen/{signature.id}" in mail.paths

    def test_it_tells_all_owners_and_the_signatory_of_an_admission_once_each(
        self, organisation: Organisation, owner: Account, mailbox: Mailbox
    ) -> None:
        second = make_account(email="tweede@waterstad.example")
        make_membership(organisation, second, role=Role.OWNER)
        signature = make_signature(
            organisation, state="confirmed", author=owner, signatory_email="Anna@waterstad.example"
        )
        with write_section():
            actions.admit(signature, by=make_moderator())
        told = mailbox.deliver()
        assert sorted(mail.to for mail in told) == [
            "anna@waterstad.example",
            "tweede@waterstad.example",
        ]
        assert f"/ondertekenaars/{organisation.slug}" in told[0].paths

    def test_it_asks_the_authorised_person_to_confirm_a_withdrawal(
        self, organisation: Organisation, owner: Account, mailbox: Mailbox
    ) -> None:
        signature = make_signature(organisation, author=owner)
        with write_section():
            token = actions.request_end(
                signature,
                name="Noor de Wit",
                function="Directeur",
                email=SIGNATORY,
                reason="Wij gaan fuseren.",
                by=owner,
            )
        (mail,) = mailbox.deliver()
        assert mail.to == SIGNATORY
        assert "Wij gaan fuseren." in mail.text
        assert f"/opzegging-bevestigen/{token}" in mail.paths

    def test_it_tells_everybody_concerned_that_a_signature_ended(
        self, organisation: Organisation, owner: Account, mailbox: Mailbox
    ) -> None:
        moderator = make_moderator(email="moderator@vereniging.example")
        signature = make_signature(organisation, author=owner)
        with write_section():
            token = actions.request_end(
                signature, name="N", function="D", email=SIGNATORY, reason="", by=owner
            )
        mailbox.deliver()
        mailbox.empty()
        with write_section():
            actions.end(end_link(token))
        told = mailbox.deliver()
        assert sorted(mail.to for mail in told) == [
            "anna@waterstad.example",
            SIGNATORY,
            moderator.email,
        ]
        assert all("voormalig ondertekenaar" in mail.text for mail in told)
