"""Tests of the pages on which an organisation prepares its signature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core.db import db
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.policy import Role
from portal.signatures.models import Signature
from tests.factories import (
    make_account,
    make_membership,
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
    make_signature_link,
)
from tests.factories.documents import PDF
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.signatures.scenes import SIGNATORY, prepared, sent

PRIMARY = "a.nl-button--primary"
SignIn = Callable[[Account | None], Client]
FILLED = {
    "signatory_name": "Noor de Wit",
    "signatory_function": "Directeur",
    "signatory_email": SIGNATORY,
    "proof": (PDF, "mandaat.pdf"),
}


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Signature.id))) or 0


class TestStart:
    def test_it_explains_the_steps_to_a_visitor(self, pact: PactVersion, client: Client) -> None:
        page = client.get("signatures.start")
        assert page.status == 200
        assert "De leden ondertekenen elk zelf." in page.main
        assert "De link werkt 14 dagen." in page.main
        assert "/inloggen?verder=/ondertekenen" in page.soup.main.decode()
        assert "Set-Cookie" not in page.headers
        assert len(page.soup.select(".steps > li")) == 5
        assert len(client.get("home.show").soup.select(".steps > li")) == 5
        searched = page.form("/ondertekenaars").submit(q="nergens")
        assert searched.path == "/ondertekenaars?q=nergens"

    def test_it_says_when_there_is_no_text_to_sign(self, client: Client) -> None:
        make_pact_version(state="draft")
        assert "Ondertekenen kan nog niet" in client.get("signatures.start").main

    def test_it_offers_the_organisations_of_who_is_signed_in(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signed = make_organisation(name="Gemeente Duinrand", owner=owner)
        signature = make_signature(signed, state="confirmed")
        page = sign_in(owner).get("signatures.start")
        assert f"/organisaties/{organisation.id}/ondertekenen" in page.links.values()
        assert f"/ondertekeningen/{signature.id}" in page.links.values()
        assert f"/organisaties/{signed.id}/ondertekenen" not in page.links.values()

    def test_it_offers_a_reader_no_beginning(
        self, organisation: Organisation, pact: PactVersion, sign_in: SignIn
    ) -> None:
        reader = make_account()
        make_membership(organisation, reader, role=Role.READER)
        page = sign_in(reader).get("signatures.start")
        assert organisation.name in page.main
        assert f"/organisaties/{organisation.id}/ondertekenen" not in page.links.values()


class TestPrepare:
    def test_it_leads_from_the_form_to_the_mail(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        sign_in: SignIn,
        mailbox: Mailbox,
    ) -> None:
        page = sign_in(owner).get("signatures.prepare", organisation_id=organisation.id)
        check = page.form().submit(FILLED)
        assert "Noor de Wit, Directeur" in check.main
        assert SIGNATORY in check.main
        assert mailbox.deliver() == []
        work_page = check.form().submit()
        assert work_page.path == f"/ondertekeningen/{db.session.query(Signature).one().id}"
        assert "wacht op bevestiging" in work_page.main
        mailbox.deliver()
        assert "/ondertekening-bevestigen/" in mailbox.last(SIGNATORY).paths[0]

    @pytest.mark.parametrize("kind", ["gemeente", "samenwerkingsverband"])
    def test_it_speaks_of_members_only_where_there_are_any(
        self, owner: Account, pact: PactVersion, sign_in: SignIn, kind: str
    ) -> None:
        own = make_organisation(kind_slug=kind, owner=owner)
        page = sign_in(owner).get("signatures.prepare", organisation_id=own.id)
        has_members = "De leden ondertekenen elk zelf." in page.main
        assert has_members is (kind == "samenwerkingsverband")

    def test_it_asks_for_name_function_address_and_proof(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        page = sign_in(owner).get("signatures.prepare", organisation_id=organisation.id)
        again = page.form().submit(signatory_email="geen adres")
        assert again.status == 422
        for field in ("signatory_name", "signatory_function", "signatory_email", "proof"):
            assert again.error_for(field)
        assert count() == 0

    @pytest.mark.parametrize("field", ["signatory_name", "signatory_function"])
    def test_it_mails_no_link_of_who_prepares_to_a_stranger(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        sign_in: SignIn,
        field: str,
    ) -> None:
        page = sign_in(owner).get("signatures.prepare", organisation_id=organisation.id)
        again = page.form().submit({**FILLED, field: "zie https://evil.example"})
        assert again.status == 422
        assert "webadres" in (again.error_for(field) or "")
        assert count() == 0

    def test_it_keeps_the_proof_when_another_field_is_wrong(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        page = sign_in(owner).get("signatures.prepare", organisation_id=organisation.id)
        again = page.form().submit({**FILLED, "signatory_email": ""})
        assert "mandaat.pdf" in again.main
        assert again.error_for("proof") is None
        again.form().submit(signatory_email=SIGNATORY)
        signature = db.session.query(Signature).one()
        assert signature.mandate is not None
        assert signature.mandate.latest.file_name == "mandaat.pdf"

    def test_it_makes_one_when_it_is_sent_twice(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        page = sign_in(owner).get("signatures.prepare", organisation_id=organisation.id)
        first = page.form().submit(FILLED)
        second = page.form().submit(FILLED)
        assert count() == 1
        assert second.path == first.path

    def test_it_leads_the_second_of_two_colleagues_to_the_first(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        colleague = make_account()
        make_membership(organisation, colleague)
        page = sign_in(colleague).get("signatures.prepare", organisation_id=organisation.id)
        signature = prepared(organisation, owner)
        led = page.form().submit(FILLED)
        assert led.path == f"/ondertekeningen/{signature.id}"
        assert "loopt al een ondertekening" in " ".join(led.flashes)
        assert count() == 1

    def test_it_is_shut_to_readers_and_strangers(
        self, organisation: Organisation, pact: PactVersion, sign_in: SignIn
    ) -> None:
        reader = make_account()
        make_membership(organisation, reader, role=Role.READER)
        for person in (reader, make_account(), make_moderator()):
            page = sign_in(person).get("signatures.prepare", organisation_id=organisation.id)
            assert page.status == 403

    def test_it_keeps_what_a_visitor_typed(
        self, organisation: Organisation, pact: PactVersion, client: Client
    ) -> None:
        page = client.get("signatures.prepare", organisation_id=organisation.id)
        assert page.location is not None
        assert page.location.startswith("/inloggen?verder=")


class TestShow:
    @pytest.mark.parametrize(
        "state",
        [
            "draft",
            "awaiting_confirmation",
            "confirmed",
            "more_asked",
            "declined",
            "cancelled",
            "admitted",
            "ended",
        ],
    )
    def test_it_tells_members_and_moderators_how_it_stands(
        self, organisation: Organisation, owner: Account, sign_in: SignIn, state: str
    ) -> None:
        signature = make_signature(organisation, state=state, author=owner)
        for person in (owner, make_moderator()):
            page = sign_in(person).get("signatures.show", signature_id=signature.id)
            assert page.status == 200
            assert organisation.name in page.h1

    def test_it_is_not_there_for_others(self, organisation: Organisation, sign_in: SignIn) -> None:
        signature = make_signature(organisation)
        page = sign_in(make_account()).get("signatures.show", signature_id=signature.id)
        assert page.status == 404
        page = sign_in(None).get("signatures.show", signature_id=signature.id)
        assert page.status == 303

    def test_it_says_in_words_that_the_mail_came_back(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        sign_in: SignIn,
        mailbox: Mailbox,
    ) -> None:
        mailbox.refuse(SIGNATORY)
        signature, _token = sent(organisation, owner)
        mailbox.deliver()
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert "De mail is niet aangekomen" in page.main

    def test_it_says_that_the_link_has_expired(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signature, _token = sent(organisation, owner)
        for link in db.session.query(type(make_signature_link(signature)[0])):
            link.expires_at = link.created_at
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert "De link is verlopen" in page.main
        assert "Nieuwe link mailen" in page.links

    def test_it_names_the_moderator_to_moderators_only(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        moderator = make_moderator(name="Mo de Rator")
        signature = make_signature(organisation, state="confirmed", author=owner)
        page = sign_in(moderator).get("moderation.signature", number=signature.id)
        page.form("/afwijzen").submit(ground="other", reason="Dit klopt niet.")
        seen = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert "Mo de Rator" not in seen.text
        assert "Dit klopt niet." in seen.main
        seen = sign_in(moderator).get("signatures.show", signature_id=signature.id)
        assert "Mo de Rator" in seen.main

    def test_it_offers_an_owner_to_a_historic_signatory(
        self, organisation: Organisation, sign_in: SignIn
    ) -> None:
        unclaimed = make_signature(make_organisation(), is_historic=True)
        page = sign_in(make_moderator()).get("signatures.show", signature_id=unclaimed.id)
        assert "Eigenaar voorstellen" in page.links
        claimed = make_signature(organisation, is_historic=True)
        page = sign_in(make_moderator()).get("signatures.show", signature_id=claimed.id)
        assert "Eigenaar voorstellen" not in page.links

    def test_it_puts_what_can_be_done_next_on_top(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        def next_step() -> list[str]:
            page = sign_in(owner).get("signatures.show", signature_id=signature.id)
            return [link.get_text(strip=True) for link in page.soup.main.select(PRIMARY)]  # type: ignore[union-attr]

        signature = prepared(organisation, owner)
        assert next_step() == []
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        assert "Versturen kan zodra de vereniging de tekst" in page.main
        make_pact_version()
        assert next_step() == ["Controleren en versturen"]
        signature = make_signature(make_organisation(owner=owner), state="confirmed", author=owner)
        moderator = sign_in(make_moderator())
        page = moderator.get("moderation.signature", number=signature.id)
        page.form("/aanvullen").submit(ground="other", reason="Het bewijs ontbreekt.")
        assert next_step() == ["Gegevens wijzigen"]
        form = sign_in(owner).get("signatures.edit", signature_id=signature.id).form()
        assert form.submit(mandate_note="Zie het besluit van 3 juli.").status == 200
        assert next_step() == ["Aanvulling versturen"]


class TestSteps:
    def test_it_recalls_corrects_the_address_and_sends_again(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        sign_in: SignIn,
        mailbox: Mailbox,
        client: Client,
    ) -> None:
        _signature, first = sent(organisation, owner, email="fout@waterstad.example")
        reader = sign_in(owner)
        page = reader.get("signatures.show", signature_id=_signature.id)
        page = page.follow("Verzoek terughalen").form().submit()
        page = page.follow("Gegevens wijzigen").form().submit(signatory_email=SIGNATORY)
        page = page.follow("Controleren en versturen").form().submit()
        mailbox.deliver()
        assert "/ondertekening-bevestigen/" in mailbox.last(SIGNATORY).paths[0]
        assert client.get("signatures.confirm", token=first).status == 410

    def test_it_mails_a_new_link_in_place_of_the_old(
        self,
        organisation: Organisation,
        owner: Account,
        pact: PactVersion,
        sign_in: SignIn,
        client: Client,
    ) -> None:
        signature, first = sent(organisation, owner)
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        page.follow("Nieuwe link mailen").form().submit()
        dead = client.get("signatures.confirm", token=first)
        assert dead.status == 410
        assert "nieuwere link" in dead.main

    def test_it_says_beside_the_step_what_is_missing(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signature = prepared(organisation, owner, mandate=None)
        page = sign_in(owner).get("signatures.send", signature_id=signature.id).form().submit()
        assert page.status == 422
        assert "Voeg eerst het bewijs van mandaat toe." in page.main

    def test_it_says_that_there_is_no_text_yet(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = prepared(organisation, owner)
        page = sign_in(owner).get("signatures.send", signature_id=signature.id).form().submit()
        assert page.status == 422
        assert "nog geen tekst" in page.main

    def test_it_completes_what_was_asked(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = make_signature(
            organisation, state="more_asked", author=owner, signatory_name="Noor de Wit"
        )
        reader = sign_in(owner)
        page = reader.get("signatures.show", signature_id=signature.id)
        assert "Controleren en versturen" not in page.links
        page = page.follow("Gegevens wijzigen").form().submit(proof=(PDF, "beter.pdf"))
        page = page.follow("Aanvulling versturen").form().submit()
        assert "wacht op beoordeling" in page.main

    def test_it_says_beside_the_button_that_nothing_was_added(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = make_signature(organisation, state="more_asked", author=owner)
        page = sign_in(owner).get("signatures.complete", signature_id=signature.id)
        page = page.form().submit()
        assert page.status == 422
        assert "U hebt nog niets toegevoegd of veranderd." in page.main
        assert "Vul eerst aan wat de vereniging vraagt." in page.main

    def test_it_asks_for_a_new_signature_after_another_signatory_was_named(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signature = make_signature(organisation, state="more_asked", author=owner)
        page = sign_in(owner).get("signatures.edit", signature_id=signature.id)
        page = page.form().submit(signatory_name="Sam Bos")
        assert "Aanvulling versturen" not in page.links
        assert "Controleren en versturen" in page.links

    def test_it_opens_a_refused_application_again(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = make_signature(organisation, state="declined", author=owner)
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        page = page.follow("Aanvraag weer openen").form().submit()
        assert page.path == f"/ondertekeningen/{signature.id}/bewerken"

    def test_it_cancels(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signature, _token = sent(organisation, owner)
        page = sign_in(owner).get("signatures.show", signature_id=signature.id)
        page = page.follow("Aanvraag annuleren").form().submit()
        assert "geannuleerd" in page.main
        assert sign_in(owner).get("signatures.prepare", organisation_id=organisation.id).status == (
            200
        )

    @pytest.mark.parametrize("step", ["send", "send_again", "recall", "complete", "correct"])
    def test_it_leads_back_when_the_step_is_not_open(
        self, organisation: Organisation, owner: Account, sign_in: SignIn, step: str
    ) -> None:
        signature = make_signature(organisation, state="admitted", author=owner)
        page = sign_in(owner).get(f"signatures.{step}", signature_id=signature.id)
        assert page.location == f"/ondertekeningen/{signature.id}"

    def test_it_tells_the_second_what_happened_meanwhile(
        self, organisation: Organisation, owner: Account, pact: PactVersion, sign_in: SignIn
    ) -> None:
        signature = prepared(organisation, owner)
        page = sign_in(owner).get("signatures.cancel", signature_id=signature.id)
        sign_in(owner).get("signatures.cancel", signature_id=signature.id).form().submit()
        late = page.form().submit()
        assert late.status == 409
        assert "geannuleerd" in late.main

    def test_it_shows_both_texts_when_two_edit_at_once(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = prepared(organisation, owner)
        mine = sign_in(owner).get("signatures.edit", signature_id=signature.id)
        other = sign_in(owner).get("signatures.edit", signature_id=signature.id)
        other.form().submit(signatory_name="Sam Bos")
        late = mine.form().submit(signatory_name="Noor de Wit-Smit")
        assert late.status == 409
        assert "Sam Bos" in late.main
        assert "Noor de Wit-Smit" in late.html

    @pytest.mark.parametrize("step", ["edit", "send", "send_again", "recall", "correct", "cancel"])
    def test_it_is_shut_to_who_may_not_prepare(
        self, organisation: Organisation, sign_in: SignIn, step: str
    ) -> None:
        signature = make_signature(organisation, state="draft")
        for person in (make_account(), make_moderator()):
            page = sign_in(person).get(f"signatures.{step}", signature_id=signature.id)
            assert page.status == 403


class TestMandate:
    def test_it_is_for_moderators_and_the_person_who_added_it(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        signature = prepared(organisation, owner)
        path = f"/ondertekeningen/{signature.id}/mandaat"
        colleague = make_account()
        make_membership(organisation, colleague, role=Role.OWNER)
        for person, status in ((None, 303), (colleague, 404), (make_account(), 404)):
            assert sign_in(person).get(path).status == status
            assert sign_in(person).get(f"{path}/1").status == status
        for person in (owner, make_moderator()):
            shown = sign_in(person).get("signatures.show", signature_id=signature.id)
            assert shown.links["mandaat.pdf"] == f"{path}/1"
            assert sign_in(person).get(path).body == PDF
        shown = sign_in(colleague).get("signatures.show", signature_id=signature.id)
        assert "mandaat.pdf" not in shown.links
        page = sign_in(make_moderator()).get(path)
        assert "attachment" in page.headers["Content-Disposition"]
        assert page.headers["Cache-Control"] == "no-store"

    def test_it_is_closed_to_who_left_the_organisation(
        self, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        editor = make_account()
        membership = make_membership(organisation, editor, role=Role.EDITOR)
        signature = prepared(organisation, editor)
        reader, path = sign_in(editor), f"/ondertekeningen/{signature.id}/mandaat"
        assert reader.get(path).status == 200
        db.session.delete(membership)
        db.session.commit()
        assert reader.get(path).status == 404

    def test_it_stays_private_after_admission_on_every_page(
        self, organisation: Organisation, owner: Account, sign_in: SignIn, client: Client
    ) -> None:
        signature = prepared(organisation, owner)
        document = signature.mandate
        assert document is not None
        signature = make_signature(make_organisation(), mandate=document)
        slug = signature.organisation.slug
        for page in (
            client.get("register.signatory", slug=slug),
            sign_in(owner).get("register.signatory", slug=slug),
        ):
            assert page.status == 200
            assert "mandaat.pdf" not in page.html
            assert document.latest.storage_key not in page.html
            assert "tekenbevoegde@example.org" not in page.html
        assert client.get(f"/beelden/{document.latest.storage_key}").status == 404

    def test_it_is_not_there_without_proof(self, sign_in: SignIn) -> None:
        signature = make_signature()
        page = sign_in(make_moderator()).get(f"/ondertekeningen/{signature.id}/mandaat")
        assert page.status == 404
