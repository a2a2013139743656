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
from portal.signatures.models import Signature
from tests.factories import (
    make_account,
    make_ending,
    make_membership,
    make_moderator,
    make_signature,
    make_stop_link,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import (
    REASON,
    SIGNATORY,
    another,
    confirm_link,
    end_asked,
    end_link,
    end_waits,
    person,
    sent,
)

SECOND = "tweede@waterstad.example"
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
        assert SIGNATORY in mail.text and "@" not in mail.subject
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


class TestEnding:
    @pytest.fixture
    def signature(self, organisation: Organisation, owner: Account) -> Signature:
        """A signature with two eigenaren, who did not sign themselves."""
        make_membership(organisation, make_account(email=SECOND), role=Role.OWNER)
        return make_signature(organisation, author=owner, signatory_email=SIGNATORY)

    def addresses(self, mailbox: Mailbox, template_words: str) -> list[str]:
        """Return who got a mail with these words in its subject, and forget all mail."""
        mails = [mail for mail in mailbox.deliver() if template_words in mail.subject]
        mailbox.empty()
        return sorted(mail.to for mail in mails)

    def test_it_asks_the_signatory_and_tells_the_others_at_once(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        token = end_asked(signature, owner, reason="Wij gaan fuseren.")
        mails = mailbox.deliver()
        assert sorted(mail.to for mail in mails) == [SIGNATORY, SECOND]
        asked = mailbox.last(SIGNATORY)
        assert "Wij gaan fuseren." in asked.text
        assert f"/opzegging-bevestigen/{token}" in asked.paths
        told = mailbox.last(SECOND)
        assert "Er is gevraagd om het Groeipact op te zeggen" in told.subject
        assert "Wij gaan fuseren." in told.text
        assert token not in told.text

    def test_it_tells_who_signed_when_another_is_named(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        """The director hears of it at once when an officer names a mailbox of her own."""
        end_asked(signature, owner, other=another(email=owner.email, has_left=True))
        mailbox.deliver()
        assert "niet de tekenbevoegde die bij ons bekend is" in mailbox.last(SIGNATORY).text

    def test_it_gives_everybody_concerned_a_link_of_their_own_to_stop_it(
        self, signature: Signature, owner: Account, mailbox: Mailbox, client: Client
    ) -> None:
        moderator = make_moderator()
        token = end_asked(signature, owner)
        mailbox.deliver()
        mailbox.empty()
        with write_section():
            actions.confirm_end(end_link(token))
        mails = mailbox.deliver()
        assert sorted(mail.to for mail in mails) == [owner.email, SIGNATORY, SECOND]
        assert moderator.email not in {mail.to for mail in mails}
        links = {path for mail in mails for path in mail.paths if "/opzegging-stoppen/" in path}
        assert len(links) == 3
        for link in links:
            assert client.get(link).status == 200

    def test_it_speaks_to_each_in_their_own_language(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        english = make_account(email="english@waterstad.example", locale="en")
        make_membership(signature.organisation, english, role=Role.OWNER)
        end_waits(signature, owner)
        mailbox.deliver()
        languages = {mail.to: mail.message["Content-Language"] for mail in mailbox.messages}
        assert (languages[english.email], languages[SECOND]) == ("en", "nl")

    def test_it_lets_moderators_without_a_stake_look_and_tells_the_others_so(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        moderator, inside = make_moderator(), make_moderator()
        make_membership(signature.organisation, inside)
        token = end_asked(signature, owner, other=another(email="noor@waterstad.example"))
        mailbox.deliver()
        mailbox.empty()
        with write_section():
            actions.confirm_end(end_link(token))
        mails = mailbox.deliver()
        by_subject = {mail.to: mail.subject for mail in mails}
        assert "Beoordeel" in by_subject.pop(moderator.email)
        assert set(by_subject) == {owner.email, SIGNATORY, SECOND, "noor@waterstad.example"}
        assert all("bekijkt de opzegging" in subject for subject in by_subject.values())

    @pytest.mark.parametrize(
        ("decide", "words"),
        [(actions.refuse_end, "niet aangenomen"), (actions.ask_more_of_end, "Vul het bewijs aan")],
    )
    def test_it_tells_everybody_what_a_moderator_decided_and_why(
        self, signature: Signature, owner: Account, mailbox: Mailbox, decide, words: str
    ) -> None:
        ending = make_ending(signature, state="confirmed", author=owner, is_known=False)
        with write_section():
            decide(ending, reason="Het besluit is van 2011.", by=person(make_moderator()))
        mails = mailbox.deliver()
        assert sorted(mail.to for mail in mails) == [owner.email, SIGNATORY, SECOND]
        assert all(words in mail.subject for mail in mails)
        assert all("Het besluit is van 2011." in mail.text for mail in mails)

    def test_it_tells_the_others_and_nobody_of_their_own_act_that_it_was_stopped(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        ending = make_ending(signature, state="waiting", author=owner)
        with write_section():
            actions.stop_end(ending, reason="Dit klopt niet.", by=person(owner))
        assert self.addresses(mailbox, "is gestopt") == [SIGNATORY, SECOND]

    def test_it_gives_a_receipt_to_who_stopped_it_with_a_link(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        ending = make_ending(signature, state="waiting", author=owner)
        link, _token = make_stop_link(ending, email=SIGNATORY)
        with write_section():
            actions.stop_end_by_link(link)
        assert self.addresses(mailbox, "is gestopt") == [owner.email, SIGNATORY, SECOND]

    def test_it_tells_who_was_asked_that_it_was_called_off(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        ending = make_ending(signature, author=owner)
        with write_section():
            actions.call_off_end(ending, by=person(owner))
        assert self.addresses(mailbox, "gaat niet door") == [SIGNATORY, SECOND]

    def test_it_tells_everybody_and_the_moderators_once_that_it_ended(
        self, signature: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        moderator = make_moderator(email="moderator@vereniging.example")
        ending = make_ending(signature, state="waiting", author=owner, ends_at=clock.now())
        with write_section():
            actions.finish_end(ending)
        mails = mailbox.deliver()
        everybody = [owner.email, SIGNATORY, moderator.email, SECOND]
        assert sorted(mail.to for mail in mails) == everybody
        assert all("voormalig ondertekenaar" in mail.text for mail in mails)

    def test_it_goes_by_the_second_person_when_the_vereniging_proposes_it(
        self, signature: Signature, mailbox: Mailbox
    ) -> None:
        first, second = make_moderator(), make_moderator(email="tweede@vereniging.example")
        with write_section():
            actions.propose_end(signature, reason="Failliet.", by=person(first))
        mails = {mail.to: mail for mail in mailbox.deliver()}
        assert "Bent u akkoord?" in mails[second.email].text
        assert first.email not in mails


def test_moderators_hear_that_a_signatory_did_not_sign_so(mailbox: Mailbox) -> None:
    first, second = make_moderator(), make_moderator()
    signature = make_signature(is_historic=True)
    owner = make_account()
    make_membership(signature.organisation, owner, role=Role.OWNER)
    with write_section():
        actions.disown(signature, reason="Niet op die dag.", by=person(owner))
    mailbox.deliver()
    for moderator in (first, second):
        (told,) = mailbox.to(moderator.email)
        assert "dit is niet van ons" in told.subject
        assert "Niet op die dag." in told.text
    assert mailbox.to(owner.email) == []
