"""One signatory: what it signed, what it promised, what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Identifier, OrganisationName
from portal.policy import Role
from portal.signatures import actions as signatures
from portal.signatures.models import EndingKind
from tests.commitments.scenes import moment
from tests.factories import (
    make_account,
    make_comment,
    make_commitment,
    make_ending,
    make_membership,
    make_organisation,
    make_pact_version,
    make_profile,
    make_signature,
    make_signing_event,
    make_update,
)
from tests.harness.client import Client
from tests.harness.portal import count_queries
from tests.register.signers import make_signer, signature_of

SignIn = Callable[[Account | None], Client]
PRIMARY = "a.nl-button--primary"


class TestSignature:
    def test_it_tells_what_was_signed_by_whom_and_when(self, client: Client) -> None:
        text = make_pact_version(label="1.0", is_example=True)
        signature = make_signature(
            make_organisation(name="Gemeente Lindewoude"),
            pact_version=text,
            signatory_name="Marianne Vos",
            signed_on=date(2021, 3, 1),
        )
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "Ondertekenaar van het Groeipact sinds 1 maart 2021." in page.main
        assert "Marianne Vos, Gemeentesecretaris" in page.main
        assert "versie 1.0 (voorbeeldtekst)" in page.main
        assert page.links["versie 1.0"].endswith("/groeipact/versies/1.0")

    def test_it_makes_up_no_text_for_a_signature_of_the_past(self, client: Client) -> None:
        event = make_signing_event(place="Arnhem (Papendal)")
        signature = make_signature(
            is_historic=True, event=event, source_url="https://nieuws.example/bericht"
        )
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "tekst niet vastgelegd" in page.main
        assert "iBestuur-congres, Arnhem (Papendal)" in page.main
        assert "ingevoerd door de vereniging" in page.main
        assert page.links["nieuws.example/bericht"] == "https://nieuws.example/bericht"

    def test_it_shows_a_vague_day_in_the_words_of_then(self, client: Client) -> None:
        signer = make_signer("Gemeente Oosterwaard")
        signature = signature_of(signer)
        with write_section():
            signature.signed_words = "najaar 2019"
            signature.signed_earliest = date(2019, 9, 1)
            signature.signed_latest = date(2019, 11, 30)
        page = client.get("register.signatory", slug=signer.slug)
        assert "sinds najaar 2019" in page.main

    def test_it_never_shows_the_address_or_the_proof_of_the_signatory(self, client: Client) -> None:
        signature = make_signature(signatory_email="geheim@example.org")
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "geheim@example.org" not in page.html
        assert "mandaat" not in page.html


class TestFormer:
    def test_it_keeps_the_page_of_who_left_with_their_reason(self, client: Client) -> None:
        signature = make_signature(state="ended", signed_on=date(2021, 4, 19))
        with write_section():
            signature.end_reason = "Wij fuseren."
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "voormalig ondertekenaar" in page.main
        assert "Deze organisatie heeft opgezegd" in page.main
        assert "Wij fuseren." in page.main
        assert "Was ondertekenaar van het Groeipact van 19 april 2021 tot" in page.main

    def test_it_does_not_say_that_somebody_left_whom_the_vereniging_removed(
        self, client: Client, app: Flask
    ) -> None:
        signature = make_signature()
        ending = make_ending(
            signature,
            state="waiting",
            kind=EndingKind.BY_VERENIGING,
            reason="Failliet, zie het register.",
            ends_at=clock.now(),
        )
        with write_section():
            signatures.finish_end(ending)
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "De vereniging heeft de ondertekening beëindigd" in page.main
        assert "heeft opgezegd" not in page.main
        assert "Failliet, zie het register." in page.main

    def test_it_tells_both_signatures_of_who_came_back(self, client: Client) -> None:
        first = make_signature(state="ended", signed_on=date(2020, 11, 10))
        make_signature(first.organisation, signed_on=date(2024, 1, 15))
        page = client.get("register.signatory", slug=first.organisation.slug)
        assert "sinds 15 januari 2024" in page.main
        assert "Eerdere ondertekening" in page.main
        assert "10 november 2020" in page.main
        assert "heeft opgezegd" not in page.main

    def test_it_offers_to_sign_again_before_anything_else(self, sign_in: SignIn) -> None:
        organisation = make_signature(state="ended").organisation
        owner = make_account()
        make_membership(organisation, owner, role=Role.OWNER)
        page = sign_in(owner).get("register.signatory", slug=organisation.slug)
        primary = [link.get_text(strip=True) for link in page.soup.main.select(PRIMARY)]  # type: ignore[union-attr]
        assert primary == ["Opnieuw ondertekenen"]
        assert page.follow("Opnieuw ondertekenen").status == 200


class TestContents:
    def test_it_is_not_there_before_the_first_admission(self, client: Client) -> None:
        organisation = make_organisation(name="Gemeente Nog Niet")
        with write_section():
            organisation.slug = "gemeente-nog-niet"
        make_signature(organisation, state="confirmed")
        assert client.get("register.signatory", slug="gemeente-nog-niet").status == 404
        assert client.get("register.signatory", slug="bestaat-niet").status == 404

    def test_it_shows_what_was_promised_and_nothing_that_is_still_a_draft(
        self, client: Client
    ) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, title="Routekaart", progress="gereed")
        make_commitment(signer, title="Nog geheim", state="draft")
        page = client.get("register.signatory", slug=signer.slug)
        assert "Routekaart" in page.links
        assert "Nog geheim" not in page.html

    def test_it_says_whose_words_the_promises_are(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_membership(signer, make_account(), role=Role.OWNER)
        make_commitment(signer, title="Eigen plan")
        make_commitment(signer, title="Plan uit de krant", entered_as=EnteredAs.VERENIGING)
        page = client.get("register.signatory", slug=signer.slug)
        said = {
            row.select_one("a").get_text(): row.get_text(" ", strip=True)
            for row in page.soup.select(".rows > li")
        }
        assert "opgave van de ondertekenaar" in said["Eigen plan"]
        assert "ingevoerd door de vereniging" in said["Plan uit de krant"]
        assert "geen bericht bij dit portaal" in said["Plan uit de krant"]

    def test_it_shows_the_placed_text_while_a_new_one_waits(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", profile="Bos en rivier.")
        make_profile(signer, state="pending", body="Nieuwe tekst.")
        page = client.get("register.signatory", slug=signer.slug)
        assert "Bos en rivier." in page.main
        assert "Nieuwe tekst." not in page.html

    def test_it_names_numbers_and_earlier_names(self, client: Client) -> None:
        signer = make_signer("Gemeente Noorderkoog")
        with write_section():
            signer.identifiers.append(Identifier(scheme="kvk", value="01234567"))
            signer.website = "https://www.noorderkoog.example"
            signer.names.append(
                OrganisationName(
                    name="Gemeente Koogerland",
                    match_name="koogerland",
                    valid_until=date(2022, 12, 31),
                )
            )
        page = client.get("register.signatory", slug=signer.slug)
        assert "01234567" in page.main
        assert "Gemeente Koogerland (tot en met 31 december 2022)" in page.main
        assert page.links["www.noorderkoog.example"] == "https://www.noorderkoog.example"

    def test_it_says_of_a_fictional_one_that_it_is_made_up(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude (fictief)")
        with write_section():
            signer.is_fictional = True
        page = client.get("register.signatory", slug=signer.slug)
        assert "Deze organisatie is verzonnen" in page.main

    def test_it_has_the_comments_below(self, client: Client) -> None:
        signature = make_signature()
        make_comment(signature.discussion, body="Mooi dat u meedoet.")
        page = client.get("register.signatory", slug=signature.organisation.slug)
        assert "Mooi dat u meedoet." in page.main
        assert "U moet ingelogd zijn om een reactie te kunnen plaatsen" in page.main

    def test_it_offers_work_to_its_own_editors_only(self, client: Client, sign_in: SignIn) -> None:
        signer = make_signer("Gemeente Lindewoude")
        editor, other = make_account(), make_account()
        make_membership(signer, editor, role=Role.EDITOR)
        make_membership(make_organisation(), other, role=Role.OWNER)
        own = sign_in(editor).get("register.signatory", slug=signer.slug)
        assert "Nieuwe toezegging" in own.links
        for reader in (client, sign_in(other)):
            page = reader.get("register.signatory", slug=signer.slug)
            assert "Nieuwe toezegging" not in page.links

    def test_it_tells_machines_what_the_page_is(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        page = client.get("register.signatory", slug=signer.slug)
        head = page.soup.head
        assert head is not None
        assert page.title.startswith("Gemeente Lindewoude")
        told = {tag.get("property") or tag.get("name"): tag.get("content") for tag in head("meta")}
        assert "Gemeente Lindewoude" in str(told["description"])
        assert told["og:title"] == "Gemeente Lindewoude"
        canonical = head.find("link", rel="canonical")
        assert canonical is not None
        assert str(canonical["href"]).endswith("/ondertekenaars/gemeente-lindewoude")
        assert told["og:url"] == canonical["href"]

    def test_it_asks_the_database_equally_often_however_much_there_is(self, client: Client) -> None:
        signature = make_signature()
        slug = signature.organisation.slug
        make_commitment(signature.organisation)
        make_comment(signature.discussion)
        client.get("register.signatory", slug=slug)
        with count_queries() as few:
            client.get("register.signatory", slug=slug)
        for _ in range(8):
            make_commitment(signature.organisation)
            make_comment(signature.discussion)
        with count_queries() as many:
            client.get("register.signatory", slug=slug)
        assert len(few) == len(many)


class TestSum:
    def test_it_counts_what_is_late_or_quiet_and_says_the_way_back(
        self, client: Client, app: Flask, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(moment(2024, 3, 1))
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, term="eind 2026", title="Zonder bericht")
        for term in ("begin oktober 2025", "eind 2025"):
            make_update(make_commitment(signer, term=term, promised_on=date(2024, 3, 1)))
        set_clock(moment(2026, 2, 1))
        make_update(make_commitment(signer, term="eind 2026", title="Met bericht"))

        page = client.get("register.signatory", slug=signer.slug)

        assert "2 toezeggingen zijn te laat (de oudste: 3 maanden te laat)." in page.main
        assert "Eén bericht over de voortgang is genoeg" in page.main
        late, quiet = (
            "2 toezeggingen zijn te laat",
            "Van 3 toezeggingen is er langere tijd geen bericht",
        )
        for words, count in ((late, 2), (quiet, 3)):
            listed = client.get(page.links[words])
            assert len(listed.soup.select("ul.rows > li")) == count

    def test_it_says_nothing_where_nothing_is_late_or_quiet(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer)
        page = client.get("register.signatory", slug=signer.slug)
        assert "Eén bericht" not in page.main


class TestColleague:
    def test_it_leads_to_asking_for_access(self, client: Client, sign_in: SignIn) -> None:
        organisation = make_signature().organisation
        asking = f"/organisaties/{organisation.id}/meedoen"
        for reader in (client, sign_in(make_account())):
            page = reader.get("register.signatory", slug=organisation.slug)
            assert "Werkt u hier?" in page.main
            assert page.links[f"Vraag toegang {organisation.name}"] == asking
        assert client.get(asking).location == f"/inloggen?verder={asking}"
        form = sign_in(make_account()).get(asking)
        assert form.links["Annuleren"] == f"/ondertekenaars/{organisation.slug}"

    def test_it_asks_nothing_of_its_own_people(self, sign_in: SignIn) -> None:
        organisation = make_signature().organisation
        reader = make_account()
        make_membership(organisation, reader, role=Role.READER)
        page = sign_in(reader).get("register.signatory", slug=organisation.slug)
        assert "Werkt u hier?" not in page.main


class TestPast:
    def test_it_shows_how_it_stood_on_an_earlier_day(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3), state="ended")
        with write_section():
            signature_of(signer).ended_on = date(2024, 1, 1)
        since = {"promised_on": date(2019, 7, 3), "published_at": moment(2022, 1, 1)}
        make_commitment(signer, title="Het plan", term="eind 2022", **since)
        make_commitment(signer, title="Later beloofd")
        page = client.get("/ondertekenaars/gemeente-lindewoude?peildatum=2022-06-30")
        assert "Peildatum: 30 juni 2022" in page.main
        assert "Ondertekenaar van het Groeipact sinds 3 juli 2019." in page.main
        assert "Het plan" in page.links
        assert "Later beloofd" not in page.main
        assert "te laat" not in page.main
        assert "reacties" not in page.main.casefold()
        today = page.follow("Naar vandaag")
        assert "Was ondertekenaar" in today.main
        assert "te laat" in today.main
