"""The page on which the vereniging decides about an application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.organisations.models import Organisation
from portal.services.history import history_of
from tests.factories import (
    make_account,
    make_document,
    make_membership,
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

SignIn = Callable[[Account | None], Client]
STEPS = ("toelaten", "aanvullen", "afwijzen")


@pytest.fixture
def owner(app: Flask) -> Account:
    """Who prepared it."""
    return make_account(name="Anna Jansen", email="anna@waterstad.example")


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    """The organisation that signs."""
    return make_organisation(
        name="Gemeente Waterstad",
        owner=owner,
        website="https://waterstad.example",
        mail_domain="waterstad.example",
        kvk="01234567",
    )


@pytest.fixture
def waiting(organisation: Organisation, owner: Account):
    """An application that waits for a decision."""
    return make_signature(
        organisation,
        state="confirmed",
        author=owner,
        mandate=make_document(title="Mandaat", file_name="mandaatbesluit.pdf"),
    )


class TestDecide:
    def test_it_shows_what_a_moderator_needs(
        self, waiting, organisation: Organisation, sign_in: SignIn
    ) -> None:
        make_organisation(name="Waterstad", kvk="01234567")
        page = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        assert page.status == 200
        assert "01234567" in page.main
        assert "Anna Jansen" in page.main
        assert "hoort bij de website van de organisatie" in page.main
        assert "geen bewijs" in page.main
        assert "T. Bevoegd, Gemeentesecretaris" in page.main
        assert page.links["mandaatbesluit.pdf"] == f"/ondertekeningen/{waiting.id}/mandaat/1"
        assert "hetzelfde KVK-nummer" in page.main
        assert [form.buttons() for form in map(page.form, range(3))] == [
            ["Ja, toelaten"],
            ["Vraag versturen"],
            ["Afwijzen en reden versturen"],
        ]

    def test_it_says_when_the_mail_domain_does_not_match(
        self, organisation: Organisation, sign_in: SignIn
    ) -> None:
        author = make_account(email="iemand@elders.example")
        signature = make_signature(organisation, state="confirmed", author=author)
        page = sign_in(make_moderator()).get("moderation.signature", number=signature.id)
        assert "hoort niet bij de website" in page.main

    def test_it_compares_no_domain_where_there_is_none(
        self, owner: Account, sign_in: SignIn
    ) -> None:
        own_domain = owner.email.rpartition("@")[2]
        organisation = make_organisation(mail_domain=own_domain)
        signature = make_signature(organisation, state="confirmed", author=owner)
        page = sign_in(make_moderator()).get("moderation.signature", number=signature.id)
        assert "niet te vergelijken" in page.main

    def test_it_is_for_moderators_only(self, waiting, owner: Account, sign_in: SignIn) -> None:
        for person in (owner, make_account(), make_account(is_beheerder=True)):
            page = sign_in(person).get("moderation.signature", number=waiting.id)
            assert page.status == 403
        page = sign_in(None).get("moderation.signature", number=waiting.id)
        assert (page.location or "").startswith("/inloggen")

    def test_it_offers_nothing_when_nothing_waits(self, sign_in: SignIn) -> None:
        signature = make_signature(state="draft")
        page = sign_in(make_moderator()).get("moderation.signature", number=signature.id)
        assert "U hoeft hier nu niets te besluiten." in page.main
        assert page.soup.main.find("form") is None


class TestStake:
    def stakes(self, organisation: Organisation, kind: str):
        moderator = make_moderator(email="mo@vereniging.example")
        facts = {}
        if kind == "author":
            facts["author"] = moderator
        if kind == "member":
            make_membership(organisation, moderator)
        if kind == "signatory":
            facts["signatory_email"] = "MO@vereniging.example"
        return moderator, make_signature(organisation, state="confirmed", **facts)

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("author", "U hebt deze aanvraag zelf voorbereid."),
            ("member", "U hoort zelf bij deze organisatie."),
            ("signatory", "U bent zelf de tekenbevoegde."),
        ],
    )
    def test_it_says_why_not(
        self, organisation: Organisation, sign_in: SignIn, kind: str, words: str
    ) -> None:
        moderator, signature = self.stakes(organisation, kind)
        page = sign_in(moderator).get("moderation.signature", number=signature.id)
        assert page.status == 200
        assert words in page.main
        assert page.soup.main.find("form") is None

    @pytest.mark.parametrize("kind", ["author", "member", "signatory"])
    @pytest.mark.parametrize("step", STEPS)
    def test_it_refuses_the_decision_itself(
        self, organisation: Organisation, sign_in: SignIn, kind: str, step: str
    ) -> None:
        moderator, signature = self.stakes(organisation, kind)
        reader = sign_in(moderator)
        other = make_signature(make_organisation(), state="confirmed")
        page = reader.get("moderation.signature", number=other.id)
        sent = {**page.form(f"/{step}").fields, "ground": "other", "reason": "Omdat."}
        path = f"/werkvoorraad/ondertekeningen/{signature.id}/{step}"
        assert reader.post(path, data=sent).status == 403
        db.session.expire_all()
        assert signature.state == "confirmed"


class TestAdmit:
    def test_it_makes_the_organisation_public_and_tells_so(
        self, waiting, organisation: Organisation, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        assert client.get("/ondertekenaars/gemeente-waterstad").status == 404
        page = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        desk = page.form("/toelaten").submit(is_mandate_seen="y")
        assert "Gemeente Waterstad is nu ondertekenaar." in " ".join(desk.flashes)
        db.session.expire_all()
        public = client.get("register.signatory", slug=organisation.slug)
        assert public.status == 200
        assert "T. Bevoegd" in public.main
        mailbox.deliver()
        assert "is ondertekenaar" in mailbox.last("anna@waterstad.example").subject

    def test_it_tells_the_second_moderator_what_the_first_did(
        self, waiting, sign_in: SignIn
    ) -> None:
        late = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        first = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        first.form("/afwijzen").submit(ground="duplicate", reason="Staat er al.")
        page = late.form("/toelaten").submit(is_mandate_seen="y")
        assert page.status == 409
        assert "afgewezen" in page.main
        assert "Staat er al." in page.main

    def test_it_admits_nothing_that_the_moderator_did_not_see(
        self, waiting, organisation: Organisation, owner: Account, sign_in: SignIn, client: Client
    ) -> None:
        page = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        edited = sign_in(owner).get("organisations.edit", organisation_id=organisation.id)
        assert edited.form().submit(kvk="76543210").h1 == organisation.name

        late = page.form("/toelaten").submit(is_mandate_seen="y")

        assert late.status == 409
        db.session.expire_all()
        assert (waiting.state, organisation.is_public) == ("confirmed", False)
        again = page.client.get("moderation.signature", number=waiting.id)
        assert "76543210" in again.main
        again.form("/toelaten").submit(is_mandate_seen="y")
        db.session.expire_all()
        assert waiting.state == "admitted"

    def test_it_admits_nothing_for_who_does_not_say_what_was_seen(
        self, waiting, sign_in: SignIn
    ) -> None:
        reader = sign_in(make_moderator())
        form = reader.get("moderation.signature", number=waiting.id).form("/toelaten")
        sent = {"csrf_token": form.fields["csrf_token"], "is_mandate_seen": "y"}
        page = reader.post(form.action, data=sent)
        assert page.status == 409
        db.session.expire_all()
        assert waiting.state == "confirmed"

    def test_it_asks_whether_the_mandate_was_seen_and_keeps_the_answer(
        self, waiting, sign_in: SignIn
    ) -> None:
        page = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        refused = page.form("/toelaten").submit()
        assert refused.status == 422
        assert refused.title.startswith("Fout: ")
        assert "mag tekenen" in refused.error_for("is_mandate_seen")
        db.session.expire_all()
        assert waiting.state == "confirmed"
        refused.form("/toelaten").submit(is_mandate_seen="y")
        assert history_of("signature", waiting.id)[-1].ground == "mandate_seen"
        again = page.client.get("moderation.signature", number=waiting.id)
        assert "Mandaat gezien" in again.main


class TestReasons:
    @pytest.mark.parametrize("step", ["aanvullen", "afwijzen"])
    def test_it_asks_for_ground_and_reason_and_keeps_the_text(
        self, waiting, sign_in: SignIn, step: str
    ) -> None:
        page = sign_in(make_moderator()).get("moderation.signature", number=waiting.id)
        again = page.form(f"/{step}").submit(ground="", reason="Zo niet.")
        assert again.status == 422
        assert "Kies een reden." in again.errors
        assert again.form(f"/{step}").fields["reason"] == "Zo niet."
        db.session.expire_all()
        assert waiting.state == "confirmed"

    def test_it_goes_back_and_forth_until_it_is_complete(
        self, waiting, owner: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        make_pact_version()
        moderator = make_moderator()
        page = sign_in(moderator).get("moderation.signature", number=waiting.id)
        page.form("/aanvullen").submit(ground="incomplete", reason="De datum ontbreekt.")
        mailbox.deliver()
        mail = mailbox.last("anna@waterstad.example")
        assert "De datum ontbreekt." in mail.text
        work_page = sign_in(owner).get(mail.paths[0])
        assert "De datum ontbreekt." in work_page.main
        form = work_page.follow("Gegevens wijzigen").form()
        page = form.submit(mandate_note="Het besluit is van 1 juni.")
        page.follow("Aanvulling versturen").form().submit()
        db.session.expire_all()
        assert waiting.state == "confirmed"
