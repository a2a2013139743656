"""Tests of the reads of signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import LIFECYCLES, states_of
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.policy import VISITOR, Permission, Role, Visitor, can
from portal.services.models import HistoryRow
from portal.signatures import queries
from portal.signatures.actions import turn_down
from portal.signatures.queries.story import (
    BY_VERENIGING,
    ENDING_BY_VERENIGING,
    ENDING_HAPPENINGS,
    HAPPENINGS,
)
from portal.signatures.signed import is_year_inferred
from tests.factories import (
    make_account,
    make_beheerder,
    make_document,
    make_ending,
    make_membership,
    make_moderator,
    make_organisation,
    make_signature,
)
from tests.harness.client import Client
from tests.harness.portal import count_queries
from tests.signatures.scenes import sent


def viewers(organisation: Organisation) -> dict[str, object]:
    """Return every kind of viewer, with the roles that a session would read."""

    def seen(account: Account, role: str | None = None) -> Visitor:
        return Visitor(
            id=account.id,  # type: ignore[arg-type]
            is_authenticated=True,
            is_confirmed=account.is_confirmed,
            is_moderator=account.is_moderator,
            is_beheerder=account.is_beheerder,
            roles={organisation.id: role} if role else {},
        )

    return {
        "visitor": VISITOR,
        "other": seen(make_account()),
        "owner": seen(make_account(), Role.OWNER),
        "editor": seen(make_account(), Role.EDITOR),
        "reader": seen(make_account(), Role.READER),
        "unconfirmed member": seen(make_account(is_confirmed=False), Role.EDITOR),
        "moderator": seen(make_moderator()),
        "unconfirmed moderator": seen(make_account(is_moderator=True, is_confirmed=False)),
        "beheerder": seen(make_beheerder()),
    }


class TestVisibleTo:
    @pytest.mark.parametrize("state", list(states_of("signature")))
    def test_it_lists_exactly_what_may_be_read(self, app: Flask, state: str) -> None:
        organisation = make_organisation()
        signature = make_signature(organisation, state=state)
        readers = set()
        for name, viewer in viewers(organisation).items():
            listed = db.session.scalars(queries.visible_to(viewer)).all()  # type: ignore[arg-type]
            may = can(viewer, Permission.SIGNATURE_READ, signature)  # type: ignore[arg-type]
            assert (signature in listed) == may, name
            readers |= {name} if may else set()
        assert readers == {"owner", "editor", "reader", "moderator"}

    def test_it_hides_the_proof_from_everybody_but_moderators(self, app: Flask) -> None:
        organisation = make_organisation()
        signature = make_signature(organisation, mandate=make_document())
        readers = {
            name
            for name, viewer in viewers(organisation).items()
            if queries.mandates_for(signature, viewer)  # type: ignore[arg-type]
        }
        assert readers == {"moderator"}


class TestPublicSignatures:
    @pytest.mark.parametrize("state", list(states_of("signature")))
    def test_it_tells_everybody_only_of_what_was_admitted(self, app: Flask, state: str) -> None:
        signature = make_signature(state=state)
        found = queries.public_signatures(signature.organisation_id)
        assert [row.state for row in found] == ([state] if state in ("admitted", "ended") else [])

    def test_it_holds_no_address_and_no_proof(self, app: Flask) -> None:
        private = {"signatory_email", "mandate_id", "mandate_note", "author_id"}
        assert not private & set(queries.PublicSignature._fields)


class TestStandings:
    def test_it_finds_what_is_under_way_in_one_query(self, app: Flask) -> None:
        signatures = [make_signature(state=state) for state in ("draft", "admitted", "ended")]
        ids = [signature.organisation_id for signature in signatures]
        with count_queries() as statements:
            found = queries.standings_of(ids)
        assert {row.state for row in found.values()} == {"draft", "admitted"}
        assert len(statements) == 1


class TestStory:
    def test_it_has_words_for_every_step(self) -> None:
        assert set(LIFECYCLES["signature"]) <= set(HAPPENINGS)
        assert set(LIFECYCLES["ending"]) == set(ENDING_HAPPENINGS)

    def test_it_tells_of_endings_between_the_steps_of_the_signature(self, app: Flask) -> None:
        ending = make_ending(state="waiting")
        make_ending(state="asked")
        titles = [str(row.title) for row in queries.story_of(ending.signature_id)[-2:]]
        assert titles == [
            "Opzegging gevraagd: link gemaild aan de tekenbevoegde",
            "Opzegging bevestigd door de tekenbevoegde",
        ]

    def test_it_names_whose_link_was_used_also_when_another_person_signs_later(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, token = sent(organisation, owner)
        first = signature.signatory_name
        with write_section():
            turn_down(queries.get_confirm_link(token), reason="Ik ben niet bevoegd.")
        with write_section():
            signature.signatory_name = "Iemand Anders"
        (told,) = [row for row in queries.story_of(signature.id) if row.reason]
        assert (str(told.title), told.name) == ("De tekenbevoegde tekent niet", first)

    def test_it_reads_an_old_recall_of_nobody_as_a_signatory_who_declined(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, _token = sent(organisation, owner)
        facts = {"subject": "signature", "subject_id": signature.id, "step": "recall"}
        with write_section():
            db.session.add(HistoryRow(**facts, actor="tekenbevoegde", at=clock.now()))
            db.session.add(HistoryRow(**facts, account_id=owner.id, at=clock.now()))
        titles = [str(row.title) for row in queries.story_of(signature.id)[-2:]]
        assert titles == ["De tekenbevoegde tekent niet", "Verzoek teruggehaald"]

    def test_it_keeps_the_names_of_moderators_to_themselves(
        self, organisation: Organisation, owner: Account
    ) -> None:
        of_vereniging = (
            Permission.SIGNATURE_DECIDE,
            Permission.SIGNATURE_ENTER,
            Permission.INTAKE_RUN,
        )
        by_moderators = {
            step.name
            for step in LIFECYCLES["signature"].values()
            if step.permission in of_vereniging
        }
        # The end by the vereniging follows from an ending on which moderators decided.
        assert by_moderators | {"end_by_vereniging"} == set(BY_VERENIGING)
        own = ("ending:decide", "signature:decide")
        steps = LIFECYCLES["ending"].values()
        by_moderators = {step.name for step in steps if step.permission in own}
        assert by_moderators == set(ENDING_BY_VERENIGING)

    def test_it_is_told_with_the_same_number_of_queries_however_long(
        self, organisation: Organisation, owner: Account, pact: PactVersion
    ) -> None:
        signature, _token = sent(organisation, owner)
        signature_id = signature.id
        with count_queries() as statements:
            story = queries.story_of(signature_id)
        assert [row.name for row in story] == ["Anna Jansen"] * 3
        assert len(statements) == 1


class TestPanel:
    def shown(self, sign_in: Callable, person: Account, organisation: Organisation) -> Client:
        return sign_in(person).get("register.organisation", organisation_id=organisation.id)

    def test_it_leads_an_owner_to_signing(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: Callable
    ) -> None:
        page = self.shown(sign_in, owner, organisation)
        assert "Begin met ondertekenen" in page.links
        assert "Historische ondertekening invoeren" not in page.links

    def test_it_leads_a_moderator_to_entering(
        self, organisation: Organisation, pact: PactVersion, sign_in: Callable
    ) -> None:
        page = self.shown(sign_in, make_moderator(), organisation)
        assert "Begin met ondertekenen" not in page.links
        assert "Historische ondertekening invoeren" in page.links

    def test_it_offers_a_moderator_nothing_for_the_own_organisation(
        self, organisation: Organisation, pact: PactVersion, sign_in: Callable
    ) -> None:
        moderator = make_moderator()
        make_membership(organisation, moderator, role=Role.READER)
        page = self.shown(sign_in, moderator, organisation)
        assert "Historische ondertekening invoeren" not in page.links

    def test_it_leads_to_the_signature_that_is_under_way(
        self, organisation: Organisation, owner: Account, sign_in: Callable
    ) -> None:
        signature = make_signature(organisation, state="awaiting_confirmation")
        page = self.shown(sign_in, owner, organisation)
        assert page.links["Bekijk de ondertekening"] == f"/ondertekeningen/{signature.id}"


class TestIsYearInferred:
    @pytest.mark.parametrize(
        ("words", "latest", "inferred"),
        [
            ("woensdag 3 juli", date(2019, 7, 3), True),
            ("19 juli", date(2019, 7, 19), True),
            ("3 juli 2019", date(2019, 7, 3), False),
            ("3-7-19", date(2019, 7, 3), False),
            ("juli '19", date(2019, 7, 31), False),
            ("in 2019", date(2019, 12, 31), False),
            (None, None, False),
        ],
    )
    def test_it_tells_a_year_in_the_words_from_one_that_was_added(
        self, words: str | None, latest: date | None, inferred: bool
    ) -> None:
        assert is_year_inferred(words, latest) is inferred
