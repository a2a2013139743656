"""Tests of the pages behind the link that an authorised signatory gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.services.models import HistoryRow
from portal.signatures import actions
from portal.signatures.models import Signature
from tests.factories import make_pact_version
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import SIGNATORY, sent


@pytest.fixture
def asked(organisation: Organisation, owner: Account, pact: PactVersion) -> tuple[Signature, str]:
    """A signature that waits, and the token of the link."""
    return sent(organisation, owner)


class TestConfirm:
    def test_it_shows_who_asks_what_it_means_and_the_whole_text(
        self, asked: tuple[Signature, str], client: Client
    ) -> None:
        page = client.get("signatures.confirm", token=asked[1])
        assert page.status == 200
        assert "Gemeente Waterstad" in page.h1
        assert "Anna Jansen" in page.main
        assert "Noor de Wit, Directeur" in page.main
        assert "Wij groeien samen." in page.main
        assert "Pas daarna is de organisatie openbaar ondertekenaar." in page.main
        assert 'content="noindex"' in page.html

    def test_it_signs_once_without_an_account(
        self, asked: tuple[Signature, str], pact: PactVersion, client: Client
    ) -> None:
        signature, token = asked
        done = client.get("signatures.confirm", token=token).form().submit(is_authorised=True)
        assert done.status == 200
        assert "Gemeente Waterstad" in " ".join(done.flashes)
        db.session.expire_all()
        assert signature.state == "confirmed"
        assert signature.pact_sha256 == pact.sha256
        again = client.get("signatures.confirm", token=token)
        assert again.status == 410
        assert "al gebruikt" in again.main

    def test_it_changes_nothing_by_looking(
        self, asked: tuple[Signature, str], client: Client
    ) -> None:
        signature, token = asked
        before = db.session.query(HistoryRow).count()
        for _ in range(2):
            assert client.get("signatures.confirm", token=token).status == 200
            assert client.get("signatures.turn_down", token=token).status == 200
        db.session.expire_all()
        assert signature.state == "awaiting_confirmation"
        assert db.session.query(HistoryRow).count() == before

    def test_it_asks_to_be_authorised(self, asked: tuple[Signature, str], client: Client) -> None:
        signature, token = asked
        page = client.get("signatures.confirm", token=token).form().submit()
        assert page.status == 422
        assert page.error_for("is_authorised")
        db.session.expire_all()
        assert signature.state == "awaiting_confirmation"

    def test_it_must_be_read_again_when_the_text_changed_in_between(
        self, asked: tuple[Signature, str], client: Client
    ) -> None:
        signature, token = asked
        page = client.get("signatures.confirm", token=token)
        newer = make_pact_version(label="1.1", body="Wij groeien sneller.")
        again = page.form().submit(is_authorised=True)
        assert again.status == 409
        assert "Wij groeien sneller." in again.main
        assert "De tekst is veranderd" in (again.error_for("is_authorised") or "")
        assert again.form().fields["is_authorised"] == []
        db.session.expire_all()
        assert signature.state == "awaiting_confirmation"
        again.form().submit(is_authorised=True)
        db.session.expire_all()
        assert signature.pact_version_id == newer.id

    def test_it_signs_nothing_for_a_form_that_names_no_text(
        self, asked: tuple[Signature, str], client: Client
    ) -> None:
        signature, token = asked
        form = client.get("signatures.confirm", token=token).form()
        del form.fields["pact_version_id"]
        assert form.submit(is_authorised=True).status == 409
        db.session.expire_all()
        assert signature.state == "awaiting_confirmation"

    def test_it_is_dead_after_two_weeks(
        self, organisation: Organisation, owner: Account, pact: PactVersion, client, set_clock
    ) -> None:
        start = datetime(2026, 3, 2, 9, tzinfo=UTC)
        set_clock(start)
        _signature, token = sent(organisation, owner)
        set_clock(start + timedelta(days=15))
        page = client.get("signatures.confirm", token=token)
        assert page.status == 410
        assert "verlopen" in page.main
        assert "Vraag degene die de link liet mailen" in page.main

    def test_it_is_dead_after_a_recall(
        self, asked: tuple[Signature, str], owner: Account, client: Client
    ) -> None:
        signature, token = asked
        page = client.get("signatures.confirm", token=token)
        with write_section():
            actions.recall(signature, by=owner)
        late = page.form().submit(is_authorised=True)
        assert late.status == 410
        assert "nieuwere link" not in late.main

    def test_it_is_not_there_for_a_token_that_never_was(self, client: Client) -> None:
        assert client.get("signatures.confirm", token="x" * 43).status == 404

    def test_it_does_not_end_a_signature_with_a_link_to_set_it(
        self, asked: tuple[Signature, str], client: Client
    ) -> None:
        assert client.get("signatures.confirm_end", token=asked[1]).status == 404

    def test_it_may_be_the_same_person_who_prepared_it(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        signature, _token = sent(organisation, owner, name=owner.name, email=owner.email)
        mailbox.deliver()
        path = mailbox.last(owner.email).paths[0]
        client.get(path).form().submit(is_authorised=True)
        db.session.expire_all()
        assert signature.state == "confirmed"

    def test_it_stops_who_tries_too_often(
        self, asked: tuple[Signature, str], make_app: Callable
    ) -> None:
        limited = Client(make_app(RATE_LIMITS="on", LIMIT_LINK="1"))
        page = limited.get("signatures.confirm", token=asked[1])
        assert page.form().submit().status == 422
        assert page.form().submit().status == 429


class TestTurnDown:
    def test_it_tells_why_and_spends_the_link(
        self, asked: tuple[Signature, str], client: Client, mailbox: Mailbox
    ) -> None:
        signature, token = asked
        page = client.get("signatures.confirm", token=token).follow("Ik teken niet")
        done = page.form().submit(reason="Eerst overleg met de raad.")
        assert "U hebt niet getekend" in done.h1
        db.session.expire_all()
        assert signature.state == "draft"
        assert client.get("signatures.confirm", token=token).status == 410
        mailbox.deliver()
        assert "Eerst overleg met de raad." in mailbox.last("anna@waterstad.example").text

    def test_it_asks_for_a_reason(self, asked: tuple[Signature, str], client: Client) -> None:
        page = client.get("signatures.turn_down", token=asked[1]).form().submit(reason="  ")
        assert page.status == 422
        assert page.error_for("reason")

    def test_it_is_told_to_the_organisation_on_its_work_page(
        self, asked: tuple[Signature, str], owner: Account, client: Client, sign_in
    ) -> None:
        signature, token = asked
        client.get("signatures.turn_down", token=token).form().submit(reason="Niet bevoegd.")
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert "De tekenbevoegde tekent niet" in page.main
        assert "Niet bevoegd." in page.main


class TestSecrets:
    def test_it_never_shows_the_link_to_who_prepared_it(
        self, asked: tuple[Signature, str], owner: Account, sign_in, mailbox: Mailbox
    ) -> None:
        signature, token = asked
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert token not in page.html
        mailbox.deliver()
        assert [mail.to for mail in mailbox.messages if token in mail.text] == [SIGNATORY]
