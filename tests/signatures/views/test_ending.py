"""Tests of the pages on which the end of a signature is asked, confirmed and proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from portal.services.history import advance
from portal.signatures.jobs import end_signatures
from portal.signatures.models import Ending, Signature
from tests.factories import (
    make_account,
    make_commitment,
    make_document,
    make_ending,
    make_membership,
    make_moderator,
    make_signature,
    make_signature_link,
)
from tests.factories.documents import PDF
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import ending_of

SignIn = Callable[[Account | None], Client]
SetClock = Callable[[datetime | None], None]
DIRECTOR = "tekenbevoegde@example.org"
OTHER = {
    "who": "other",
    "name": "Noor de Wit",
    "function": "Directeur",
    "email": "noor@waterstad.example",
}


@pytest.fixture
def standing(organisation: Organisation, owner: Account) -> Signature:
    """A signature that stands."""
    return make_signature(organisation, author=owner)


def asked(standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox, **more) -> str:
    """Take the first step; return the address that was mailed to the person who confirms."""
    page = sign_in(owner).get("signatures.ask_end", signature_id=standing.id)
    page.form().submit(**more)
    mailbox.deliver()
    return mailbox.last(more.get("email", DIRECTOR)).paths[0]


class TestAsk:
    def test_it_goes_from_the_question_to_the_public_page(
        self,
        standing: Signature,
        organisation: Organisation,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
        set_clock: SetClock,
    ) -> None:
        make_commitment(organisation, progress="loopt", title="Een plan dat loopt")
        path = asked(standing, owner, sign_in, mailbox, reason="Wij gaan fuseren.")
        page = client.get(path)
        assert "Wij gaan fuseren." in page.main
        assert "ingetrokken bij opzegging" in page.main
        done = page.form().submit(is_authorised=True)
        assert "Gemeente Waterstad" in " ".join(done.flashes)
        assert client.get(path).status == 410
        work = sign_in(owner).get("signatures.show", signature_id=standing.id)
        assert "De ondertekening eindigt op" in work.main
        set_clock(clock.now() + timedelta(days=7))
        end_signatures()
        public = client.get("register.signatory", slug=organisation.slug)
        assert "voormalig ondertekenaar" in public.main
        assert "Wij gaan fuseren." in public.main
        page = sign_in(owner).get("register.organisation", organisation_id=organisation.id)
        assert page.follow("Begin met ondertekenen").status == 200

    def test_it_offers_who_signed_first_and_takes_nothing_else_for_known(
        self, standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        """What an officer types beside the known tekenbevoegde changes nothing of that person."""
        page = sign_in(owner).get("signatures.ask_end", signature_id=standing.id)
        assert "T. Bevoegd (tekenbevoegde@example.org), die ondertekende" in page.main
        page.form().submit(name="Ik", email=owner.email)
        ending = ending_of(standing)
        assert (ending.name, ending.email, ending.is_known) == ("T. Bevoegd", DIRECTOR, True)

    def test_it_asks_for_everything_about_another(
        self, standing: Signature, owner: Account, sign_in: SignIn
    ) -> None:
        page = sign_in(owner).get("signatures.ask_end", signature_id=standing.id)
        again = page.form().submit(who="other")
        for field in ("name", "function", "email", "proof"):
            assert again.error_for(field)

    def test_it_asks_for_another_where_nobody_is_known(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        historic = make_signature(organisation, is_historic=True)
        page = sign_in(owner).get("signatures.ask_end", signature_id=historic.id)
        assert "geen e-mailadres bekend" in page.main
        assert page.form().submit().error_for("proof")
        page.form().submit(**OTHER, proof=(PDF, "besluit.pdf"), has_left=True)
        ending = ending_of(historic)
        assert (ending.state, ending.has_left, ending.is_known) == ("asked", True, False)

    def test_it_takes_no_day_in_the_past(
        self, standing: Signature, owner: Account, sign_in: SignIn
    ) -> None:
        page = sign_in(owner).get("signatures.ask_end", signature_id=standing.id)
        again = page.form().submit(takes_effect_on="2024-01-01")
        assert "op zijn vroegst" in again.error_for("takes_effect_on")

    def test_it_ends_nothing_by_looking_or_without_authority(
        self,
        standing: Signature,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        page = client.get(asked(standing, owner, sign_in, mailbox))
        assert page.form().submit().status == 422
        assert ending_of(standing).state == "asked"

    def test_it_mails_one_link_when_it_is_sent_twice(
        self, standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        form = sign_in(owner).get("signatures.ask_end", signature_id=standing.id).form()
        form.submit()
        form.submit()
        mailbox.deliver()
        assert len(mailbox.to(DIRECTOR)) == 1

    def test_it_is_called_off(
        self,
        standing: Signature,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        path = asked(standing, owner, sign_in, mailbox)
        page = sign_in(owner).get("signatures.show", signature_id=standing.id)
        assert "Er loopt een opzegging" in page.main
        assert "Het Groeipact opzeggen" not in page.links
        page.follow("Verzoek terughalen").form().submit()
        assert client.get(path).status == 410

    def test_it_is_mailed_again(
        self, standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox, client: Client
    ) -> None:
        first = asked(standing, owner, sign_in, mailbox)
        page = sign_in(owner).get("signatures.show", signature_id=standing.id)
        page.follow("Nieuwe link mailen").form().submit()
        mailbox.deliver()
        assert client.get(first).status == 410
        assert client.get(mailbox.last(DIRECTOR).paths[0]).status == 200

    def test_it_is_for_owners_only(
        self, standing: Signature, organisation: Organisation, sign_in: SignIn
    ) -> None:
        make_ending(standing)
        editor = make_account()
        make_membership(organisation, editor)
        for person in (editor, make_account(), make_moderator()):
            for endpoint in ("ask_end", "call_off_end"):
                page = sign_in(person).get(f"signatures.{endpoint}", signature_id=standing.id)
                assert page.status == 403

    def test_it_leads_to_the_work_page_while_one_runs(
        self, standing: Signature, owner: Account, sign_in: SignIn
    ) -> None:
        make_ending(standing)
        page = sign_in(owner).get("signatures.ask_end", signature_id=standing.id)
        assert page.location == f"/ondertekeningen/{standing.id}"


class TestAnother:
    def test_it_goes_by_a_moderator_and_shows_the_proof_to_nobody_else(
        self,
        standing: Signature,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        proof = (PDF, "besluit.pdf")
        path = asked(standing, owner, sign_in, mailbox, **OTHER, proof=proof)
        page = client.get(path)
        assert "een andere tekenbevoegde bekend" in page.main
        page.form().submit(is_authorised=True)
        ending = ending_of(standing)
        assert ending.state == "confirmed"
        proof_address = f"/opzeggingen/{ending.id}/bewijs"
        colleague = make_account()
        make_membership(standing.organisation, colleague, role="eigenaar")
        assert sign_in(colleague).get(proof_address).status == 404
        shown = sign_in(owner).get("signatures.show", signature_id=standing.id)
        assert shown.follow("besluit.pdf").body == PDF
        reader = sign_in(make_moderator())
        assert reader.get(proof_address).status == 200
        desk = reader.get(f"/werkvoorraad/opzeggingen/{ending.id}")
        assert "Noor de Wit, Directeur" in desk.main
        assert DIRECTOR in desk.main
        desk.form("/akkoord").submit()
        assert ending_of(standing).state == "waiting"

    def test_it_is_completed_when_a_moderator_asks_more(
        self, standing: Signature, owner: Account, sign_in: SignIn
    ) -> None:
        ending = make_ending(
            standing, state="more_asked", is_known=False, proof=make_document(), author=owner
        )
        page = sign_in(owner).get("signatures.show", signature_id=standing.id)
        form = page.follow("Aanvulling versturen").form()
        assert form.submit().error_for("proof")
        form.submit(proof_note="De raad besloot op 3 maart.")
        db.session.expire_all()
        assert (ending.state, ending.proof_note) == ("confirmed", "De raad besloot op 3 maart.")


class TestLinkOfSomebodyRemoved:
    def test_it_says_that_the_link_is_taken_back(
        self, standing: Signature, sign_in: SignIn, client: Client
    ) -> None:
        ending = make_ending(standing, author=make_account())
        _link, token = make_signature_link(standing, purpose="end", ending=ending)
        assert client.get("signatures.confirm_end", token=token).status == 410


class TestEndByVereniging:
    def test_it_needs_a_second_person_and_days(
        self,
        standing: Signature,
        organisation: Organisation,
        sign_in: SignIn,
        client: Client,
        set_clock: SetClock,
    ) -> None:
        first, second = sign_in(make_moderator()), sign_in(make_moderator())
        page = first.get("signatures.end_by_vereniging", signature_id=standing.id)
        page.form().submit(reason="Failliet.", source="https://insolventies.example/1")
        ending = ending_of(standing)
        address = f"/werkvoorraad/opzeggingen/{ending.id}"
        own = first.get(address)
        assert "U hebt dit zelf voorgesteld." in own.main
        assert first.get(f"{address}/akkoord").status == 403
        assert "Failliet. Bron: https://insolventies.example/1" in second.get(address).main
        second.get(address).form("/akkoord").submit()
        assert "Failliet" not in client.get("register.signatory", slug=organisation.slug).main
        set_clock(clock.now() + timedelta(days=7))
        end_signatures()
        public = client.get("register.signatory", slug=organisation.slug)
        assert "Failliet. Bron: https://insolventies.example/1" in public.main
        assert "De vereniging heeft de ondertekening beëindigd" in public.main

    def test_it_is_stopped_by_the_moderator_who_proposed_it(
        self, standing: Signature, sign_in: SignIn
    ) -> None:
        moderator = make_moderator()
        ending = make_ending(standing, state="proposed", author=moderator)
        page = sign_in(moderator).get("signatures.show", signature_id=standing.id)
        page.follow("Opzegging stoppen").form().submit()
        db.session.expire_all()
        assert ending.state == "stopped"

    def test_it_asks_for_reason_and_source(self, standing: Signature, sign_in: SignIn) -> None:
        page = sign_in(make_moderator()).get(
            "signatures.end_by_vereniging", signature_id=standing.id
        )
        again = page.form().submit()
        assert again.error_for("reason")
        assert again.error_for("source")

    def test_it_is_not_done_by_a_moderator_with_a_stake(
        self, standing: Signature, organisation: Organisation, sign_in: SignIn
    ) -> None:
        moderator = make_moderator()
        make_membership(organisation, moderator)
        page = sign_in(moderator).get("signatures.end_by_vereniging", signature_id=standing.id)
        assert page.status == 403

    def test_it_is_not_done_by_the_moderator_who_is_the_signatory(
        self, organisation: Organisation, sign_in: SignIn
    ) -> None:
        moderator = make_moderator(email="mo@vereniging.example")
        signature = make_signature(organisation, signatory_email="Mo@vereniging.example")
        reader = sign_in(moderator)
        page = reader.get("signatures.show", signature_id=signature.id)
        assert "Ondertekening beëindigen" not in page.links
        refused = reader.get("signatures.end_by_vereniging", signature_id=signature.id)
        assert refused.status == 403


class TestUnseen:
    def test_it_shows_readers_nothing_while_it_can_be_stopped(
        self, standing: Signature, organisation: Organisation, client: Client
    ) -> None:
        make_commitment(organisation, progress="loopt", title="Een plan dat loopt")
        addresses = (
            "/",
            "/ondertekenaars",
            f"/ondertekenaars/{organisation.slug}",
            "/toezeggingen",
        )
        before = [client.get(address).main for address in addresses]
        for state in ("asked", "confirmed", "more_asked", "proposed", "stopped", "waiting"):
            make_ending(standing, state=state)
            assert [client.get(address).main for address in addresses] == before, state
            ending = ending_of(standing)
            if state in ("asked", "confirmed", "more_asked", "proposed"):
                _lapse(ending)


def _lapse(ending: Ending) -> None:
    with write_section():
        advance(ending, "lapse", by=None)
