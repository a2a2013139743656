"""Tests of signatures of the past, entered by the vereniging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused
from portal.organisations import actions as organisation_actions
from portal.organisations.facts import Facts
from portal.organisations.models import Organisation
from portal.signatures import actions, queries
from portal.signatures.models import Signature
from portal.signatures.signed import Signed
from portal.terms import Term, read
from tests.factories import (
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
    make_signing_event,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import person

SOURCE = "https://ibestuur.example/artikel"
SAID_ON = date(2026, 6, 1)


def when(words: str) -> Term:
    term = read(words, SAID_ON)
    assert term is not None
    return term


def enter(organisation: Organisation, words: str = "3 juli 2019", **changes) -> Signature:
    signed = Signed(**{"when": when(words), "source_url": SOURCE, **changes})
    with write_section():
        return actions.enter(organisation, signed, by=make_moderator())


class TestEnter:
    def test_it_makes_a_signatory_without_an_account_public(self, app: Flask) -> None:
        organisation = make_organisation(name="Waterstad (fictief)")
        event = make_signing_event()
        signature = enter(
            organisation, event=event, signatory_name="N. de Wit", signatory_function="directeur"
        )
        db.session.expire_all()
        assert signature.state == "admitted"
        assert signature.is_historic
        assert signature.signed_earliest == signature.signed_latest == date(2019, 7, 3)
        assert signature.event_id == event.id
        assert signature.signatory_email is None
        assert organisation.is_public
        assert db.session.get_one(Discussion, signature.discussion_id).is_public

    def test_it_keeps_the_words_of_a_date_that_is_not_sure(self, app: Flask) -> None:
        signature = enter(make_organisation(), "in 2019")
        assert signature.signed_words == "in 2019"
        assert signature.signed_earliest == date(2019, 1, 1)
        assert signature.signed_latest == date(2019, 12, 31)

    def test_it_invents_no_text_that_was_not_written_down(self, app: Flask) -> None:
        make_pact_version(valid_from=date(2019, 1, 1))
        signature = enter(make_organisation())
        assert signature.pact_version_id is None
        assert signature.pact_sha256 is None

    def test_it_is_bound_to_a_text_that_existed(self, app: Flask) -> None:
        pact = make_pact_version(valid_from=date(2019, 7, 3))
        assert enter(make_organisation(), pact=pact).pact_sha256 == pact.sha256

    def test_it_refuses_a_text_that_is_younger_than_the_signature(self, app: Flask) -> None:
        pact = make_pact_version(valid_from=date(2019, 7, 4))
        organisation = make_organisation()
        with pytest.raises(FieldRefused) as refused:
            enter(organisation, pact=pact)
        assert refused.value.field == "pact_version_id"
        assert "tekst niet vastgelegd" in refused.value.message
        db.session.expire_all()
        assert not organisation.is_public

    def test_it_takes_a_text_that_may_have_existed_when_the_date_is_not_sure(
        self, app: Flask
    ) -> None:
        pact = make_pact_version(valid_from=date(2019, 7, 4))
        assert enter(make_organisation(), "in 2019", pact=pact).pact_version_id == pact.id

    def test_it_refuses_a_day_to_come(self, app: Flask) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(FieldRefused) as refused:
            enter(make_organisation(), tomorrow.isoformat())
        assert refused.value.field == "signed_words"

    def test_it_ends_this_year_today(self, app: Flask) -> None:
        signature = enter(make_organisation(), f"in {clock.today().year}")
        assert signature.signed_latest == clock.today()

    @pytest.mark.parametrize("words", ["vanaf 2019", "voor 1 oktober 2019"])
    def test_it_refuses_an_open_end(self, app: Flask, words: str) -> None:
        with pytest.raises(FieldRefused) as refused:
            enter(make_organisation(), words)
        assert refused.value.field == "signed_words"

    def test_it_refuses_what_has_no_source(self, app: Flask) -> None:
        with pytest.raises(FieldRefused) as refused:
            enter(make_organisation(), source_url="")
        assert refused.value.field == "source_url"

    @pytest.mark.parametrize("state", ["draft", "confirmed", "admitted"])
    def test_it_refuses_an_organisation_that_is_signing_or_has_signed(
        self, app: Flask, state: str
    ) -> None:
        signature = make_signature(state=state)
        with pytest.raises(AlreadyExists):
            enter(signature.organisation)

    def test_it_brings_back_nothing_that_ended(self, app: Flask) -> None:
        ended = make_signature(state="ended")
        with pytest.raises(FieldRefused) as refused:
            enter(ended.organisation)
        assert refused.value.field == "signed_words"
        assert enter(ended.organisation, clock.today().isoformat()).state == "admitted"


class TestForAnOrganisationWithAnEigenaar:
    @pytest.fixture
    def entered(self, owner: Account, organisation: Organisation, mailbox: Mailbox) -> Signature:
        signature = enter(organisation)
        (mail,) = mailbox.deliver()
        assert (mail.to, f"/ondertekeningen/{signature.id}" in mail.paths) == (owner.email, True)
        return signature

    def test_it_shows_nobody_anything_before_that_person_answers(
        self, entered: Signature, client: Client
    ) -> None:
        db.session.expire_all()
        assert (entered.state, entered.organisation.is_public) == ("awaiting_owner", False)
        assert queries.public_signatures(entered.organisation_id) == []
        assert "Waterstad" not in client.get("/ondertekenaars").main

    def test_it_is_public_once_it_is_right(self, entered: Signature, owner: Account) -> None:
        with write_section():
            actions.affirm(entered, by=person(owner))
        assert (entered.state, entered.organisation.is_public) == ("admitted", True)

    def test_it_never_is_when_it_is_not_right_and_the_moderators_hear_why(
        self, entered: Signature, owner: Account, mailbox: Mailbox
    ) -> None:
        with write_section():
            actions.deny(entered, reason="Dat was een andere gemeente.", by=person(owner))
        assert (entered.state, entered.organisation.is_public) == ("cancelled", False)
        (mail,) = mailbox.deliver()
        assert "Dat was een andere gemeente." in mail.text

    def test_it_can_be_entered_anew_after_it_was_taken_back(
        self, entered: Signature, organisation: Organisation
    ) -> None:
        with pytest.raises(AlreadyExists):
            enter(organisation)
        with write_section():
            actions.take_back_entered(entered, by=person(make_moderator()))
        assert enter(organisation).state == "awaiting_owner"

    def test_it_is_answered_by_an_eigenaar_and_nobody_else(
        self, entered: Signature, owner: Account, sign_in: Callable[[Account], Client]
    ) -> None:
        moderator = sign_in(make_moderator())
        assert moderator.get("signatures.affirm", signature_id=entered.id).status == 403
        page = sign_in(owner).get("signatures.show", signature_id=entered.id)
        page.follow("Dit klopt").form().submit()
        db.session.expire_all()
        assert entered.state == "admitted"

    @pytest.mark.parametrize("changed", [{"name": "Centric"}, {"numbers": {"kvk": "30134690"}}])
    def test_it_never_makes_somebody_public_whom_the_vereniging_did_not_enter(
        self,
        entered: Signature,
        owner: Account,
        organisation: Organisation,
        changed: dict[str, Any],
    ) -> None:
        facts = Facts(**{"name": organisation.name, "kind_id": organisation.kind_id, **changed})
        with pytest.raises(FieldRefused):
            with write_section():
                organisation_actions.edit(organisation, facts, by=person(owner))
            with write_section():
                actions.affirm(entered, by=person(owner))
        db.session.expire_all()
        assert (entered.state, entered.organisation.is_public) == ("awaiting_owner", False)

    def test_it_can_be_affirmed_after_the_province_was_changed(
        self, entered: Signature, owner: Account, organisation: Organisation
    ) -> None:
        with write_section():
            organisation_actions.move(organisation, province="utrecht", by=person(owner))
            actions.affirm(entered, by=person(owner))
        assert entered.state == "admitted"
