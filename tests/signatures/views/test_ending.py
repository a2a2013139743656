"""Tests of the pages on which a signature ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import Account
from portal.core.db import db
from portal.organisations.models import Organisation
from portal.signatures.models import Signature
from tests.factories import (
    make_account,
    make_commitment,
    make_membership,
    make_moderator,
    make_signature,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import SIGNATORY

SignIn = Callable[[Account | None], Client]


@pytest.fixture
def standing(organisation: Organisation, owner: Account) -> Signature:
    """A signature that stands."""
    return make_signature(organisation, author=owner)


def asked(standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox, **more) -> str:
    """Take the first step; return the address that was mailed."""
    page = sign_in(owner).get("signatures.stop", signature_id=standing.id)
    page.form().submit(
        signatory_name="Noor de Wit",
        signatory_function="Directeur",
        signatory_email=SIGNATORY,
        **more,
    )
    mailbox.deliver()
    return mailbox.last(SIGNATORY).paths[0]


class TestStop:
    def test_it_takes_two_steps_and_the_page_stays(
        self,
        standing: Signature,
        organisation: Organisation,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        make_commitment(organisation, progress="loopt", title="Een plan dat loopt")
        path = asked(standing, owner, sign_in, mailbox, reason="Wij gaan fuseren.")
        db.session.expire_all()
        assert standing.state == "admitted"
        page = client.get(path)
        assert "Wij gaan fuseren." in page.main
        assert "ingetrokken bij opzegging" in page.main
        done = page.form().submit(is_authorised=True)
        assert "Gemeente Waterstad" in " ".join(done.flashes)
        public = client.get("register.signatory", slug=organisation.slug)
        assert public.status == 200
        assert "voormalig ondertekenaar" in public.main
        assert "Wij gaan fuseren." in public.main
        assert client.get(path).status == 410

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
        db.session.expire_all()
        assert standing.state == "admitted"

    def test_it_proposes_who_signed(
        self, standing: Signature, owner: Account, sign_in: SignIn
    ) -> None:
        form = sign_in(owner).get("signatures.stop", signature_id=standing.id).form()
        assert form.fields["signatory_name"] == "T. Bevoegd"

    def test_it_mails_one_link_when_it_is_sent_twice(
        self, standing: Signature, owner: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        form = sign_in(owner).get("signatures.stop", signature_id=standing.id).form()
        form.submit(signatory_email=SIGNATORY)
        form.submit(signatory_email=SIGNATORY)
        mailbox.deliver()
        assert len(mailbox.to(SIGNATORY)) == 1

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
        page.follow("Verzoek terughalen").form().submit()
        assert client.get(path).status == 410

    def test_it_is_for_owners_only(
        self, standing: Signature, organisation: Organisation, sign_in: SignIn
    ) -> None:
        editor = make_account()
        make_membership(organisation, editor)
        for person in (editor, make_account(), make_moderator()):
            for endpoint in ("stop", "call_off_end"):
                page = sign_in(person).get(f"signatures.{endpoint}", signature_id=standing.id)
                assert page.status == 403

    def test_it_can_begin_anew_afterwards(
        self,
        standing: Signature,
        organisation: Organisation,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        path = asked(standing, owner, sign_in, mailbox)
        client.get(path).form().submit(is_authorised=True)
        page = sign_in(owner).get("register.organisation", organisation_id=organisation.id)
        assert page.follow("Begin met ondertekenen").status == 200


class TestEndByVereniging:
    def test_it_ends_with_the_source_in_the_reason(
        self, standing: Signature, organisation: Organisation, sign_in: SignIn, client: Client
    ) -> None:
        page = sign_in(make_moderator()).get(
            "signatures.end_by_vereniging", signature_id=standing.id
        )
        page.form().submit(reason="Failliet.", source="https://insolventies.example/1")
        public = client.get("register.signatory", slug=organisation.slug)
        assert "Failliet. Bron: https://insolventies.example/1" in public.main

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
