"""Tests of the page on which the vereniging enters signatures of the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.organisations.actions import leave
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.signatures.models import Signature
from tests.factories import (
    kind,
    make_access_request,
    make_account,
    make_commitment,
    make_membership,
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
    make_signing_event,
)
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import count_queries

SignIn = Callable[[Account | None], Client]


def filled(**changes) -> dict:
    return {
        "name": "Samenwerking Duinrand (fictief)",
        "kind_id": kind("samenwerkingsverband").id,
        "signed_words": "3 juli 2019",
        "source_url": "https://nieuws.example/artikel?id=3",
        "source_title": "Nieuwsblad: zij tekenden",
        **changes,
    }


@pytest.fixture
def page(app: Flask, sign_in: SignIn) -> Page:
    """The empty form, as a moderator sees it."""
    make_signing_event(name="iBestuur-congres", place="Papendal", held_on=date(2019, 7, 3))
    make_pact_version(label="1.0", valid_from=date(2020, 1, 1))
    return sign_in(make_moderator()).get("signatures.enter")


def entered() -> Signature:
    db.session.expire_all()
    return db.session.query(Signature).one()


class TestEnter:
    def test_it_is_public_at_once_with_its_source(self, page: Page, client: Client) -> None:
        work_page = page.form().submit(filled(place="Papendal", signatory_name="N. de Wit"))
        assert "Eigenaar voorstellen" in work_page.links
        signature = entered()
        public = client.get("register.signatory", slug=signature.organisation.slug)
        assert "3 juli 2019" in public.main
        assert "tekst niet vastgelegd" in public.main
        assert "https://nieuws.example/artikel?id=3" in public.links.values()
        assert "Papendal" in public.main

    def test_it_takes_the_day_of_the_event(self, page: Page) -> None:
        event_id = page.form().choices("event_id")[1]
        page.form().submit(filled(signed_words="", event_id=event_id))
        assert entered().signed_earliest == date(2019, 7, 3)

    def test_it_refuses_a_day_that_is_not_that_of_the_event(self, page: Page) -> None:
        event_id = page.form().choices("event_id")[1]
        again = page.form().submit(filled(signed_words="4 juli 2019", event_id=event_id))
        assert "3 juli 2019" in (again.error_for("signed_words") or "")

    def test_it_reads_english_on_an_english_page(self, page: Page) -> None:
        form = page.client.get(f"/en{page.path}").form()
        again = form.submit(filled(signed_words="July 2019"))
        assert "1 to 31 July 2019" in again.main
        again.form().submit(is_read_right=True)
        assert entered().signed_words == "July 2019"

    def test_it_reads_a_date_that_is_not_sure_back_and_asks(self, page: Page) -> None:
        again = page.form().submit(filled(signed_words="in 2019"))
        assert again.status == 422
        assert "Wij lezen dit als" in again.main
        assert "31 december 2019" in again.main
        other = again.form().submit(signed_words="in 2018", is_read_right=True)
        assert other.status == 422
        assert "31 december 2018" in other.main
        other.form().submit(is_read_right=True)
        assert entered().signed_words == "in 2018"

    @pytest.mark.parametrize("words", ["voor 3 juli 2019", "vanaf 2019", "eind 2099"])
    def test_it_does_not_ask_about_a_date_that_it_cannot_take(self, page: Page, words: str) -> None:
        again = page.form().submit(filled(signed_words=words))
        assert again.status == 422
        assert again.error_for("signed_words")
        assert "Wij lezen dit als" not in again.main
        assert db.session.query(Organisation).count() == 0

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"signed_words": ""}, "signed_words"),
            ({"signed_words": "ooit"}, "signed_words"),
            ({"signed_words": "31 februari 2019"}, "signed_words"),
            ({"signed_words": "1 januari 2099"}, "signed_words"),
            ({"source_url": ""}, "source_url"),
            ({"source_url": "javascript:alert(1)"}, "source_url"),
            ({"name": ""}, "name"),
        ],
    )
    def test_it_says_beside_the_field_what_is_wrong(
        self, page: Page, changes: dict, field: str
    ) -> None:
        again = page.form().submit(filled(**changes))
        assert again.status == 422
        assert again.error_for(field)
        assert db.session.query(Signature).count() == 0
        assert db.session.query(Organisation).count() == 0

    def test_it_refuses_a_text_that_is_younger_than_the_signature(self, page: Page) -> None:
        pact_id = page.form().choices("pact_version_id")[1]
        again = page.form().submit(filled(pact_version_id=pact_id))
        assert again.status == 422
        assert "tekst niet vastgelegd" in (again.error_for("pact_version_id") or "")
        assert db.session.query(Organisation).count() == 0

    def test_it_asks_whether_it_is_an_organisation_that_is_here(self, page: Page) -> None:
        known = make_organisation(name="Samenwerking Duinrand", kind_slug="samenwerkingsverband")
        asked = page.form().submit(filled())
        assert asked.status == 422
        assert asked.error_for("existing")
        asked.form().submit(existing=known.id)
        assert entered().organisation_id == known.id
        assert db.session.query(Organisation).count() == 1

    def test_it_asks_to_look_at_a_chosen_name_that_nobody_checked(self, page: Page) -> None:
        make_organisation(
            name="Samenwerking Duinrand",
            kind_slug="samenwerkingsverband",
            owner=make_account(),
        )
        asked = page.form().submit(filled())
        assert "nog niet getoetst" not in asked.main
        known = db.session.query(Organisation).one()

        refused = asked.form().submit(existing=known.id)

        assert refused.status == 422 and refused.error_for("is_name_checked")
        refused.form().submit(is_name_checked=True)
        assert entered().organisation_id == known.id

    def test_it_makes_a_new_one_that_is_only_like_another(self, page: Page) -> None:
        make_organisation(name="Samenwerking Duinrand", kind_slug="samenwerkingsverband")
        page.form().submit(filled()).form().submit(existing="nieuw")
        assert db.session.query(Organisation).count() == 2

    def test_it_refuses_an_organisation_that_is_signing(self, page: Page) -> None:
        known = make_organisation(name="Samenwerking Duinrand")
        make_signature(known, state="confirmed")
        asked = page.form().submit(filled())
        again = asked.form().submit(existing=known.id)
        assert again.status == 422
        assert "heeft al een ondertekening" in (again.error_for("existing") or "")

    def test_it_is_for_moderators_only(self, app: Flask, sign_in: SignIn) -> None:
        assert sign_in(make_account()).get("signatures.enter").status == 403
        assert sign_in(None).get("signatures.enter").status == 303


class TestGoOn:
    def test_it_goes_on_with_what_the_next_has_in_common(self, page: Page, client: Client) -> None:
        event_id = page.form().choices("event_id")[1]
        said = filled(signed_words="juli 2019", event_id=event_id, signatory_name="N. de Wit")
        asked = page.form().submit(said, press="Invoeren en nog een")
        assert "Wij lezen dit als" in (asked.error_for("is_read_right") or "")
        again = asked.form().submit(is_read_right=True, press="Invoeren en nog een")
        assert again.path.startswith("/werkvoorraad/historisch")
        fields = again.form().fields
        shared = ("signed_words", "event_id", "source_title", "source_url")
        assert {name: fields[name] for name in shared} == {name: said[name] for name in shared}
        assert not (fields["name"] or fields["signatory_name"])
        second = {"name": "Waterschap Zand (fictief)", "kind_id": said["kind_id"]}
        last = again.form().submit(second, press="Invoeren en nog een")
        names = [title.get_text() for title in last.soup.select("#ingevoerd + ul h3")]
        assert names == ["Waterschap Zand (fictief)", "Samenwerking Duinrand (fictief)"]
        # A first page is empty, and a colleague has a list of their own.
        assert not page.client.get("signatures.enter").form().fields["source_url"]

    def test_it_undoes_what_was_entered_by_mistake_as_long_as_nothing_came_of_it(
        self, page: Page, client: Client, sign_in: SignIn
    ) -> None:
        said = page.form().submit(filled()).flashes
        assert said == [
            "De ondertekening van Samenwerking Duinrand (fictief) is ingevoerd en openbaar."
        ]
        signature = entered()
        slug = signature.organisation.slug
        colleague = sign_in(make_moderator())
        assert "Wat u net invoerde" not in colleague.get("signatures.enter").main
        path = f"/ondertekeningen/{signature.id}/invoer-ongedaan"
        work_page = f"/ondertekeningen/{signature.id}"
        assert path not in colleague.get(work_page).links.values()
        assert path in page.client.get(work_page).links.values()
        refused = colleague.get(path).form().submit()
        assert refused.status == 422 and "door wie dit invoerde" in refused.main
        listed = page.client.get("signatures.enter")
        confirm = page.client.get(next(a for a in listed.links.values() if a == path))
        done = confirm.form().submit()
        assert done.flashes == [
            "De invoer over Samenwerking Duinrand (fictief) is ongedaan gemaakt."
        ]
        assert "Wat u net invoerde" not in done.main
        assert client.get("register.signatory", slug=slug).status == 404
        assert "Duinrand" not in client.get("register.signatories").main
        # Entered anew it is found, and becomes a signatory again.
        alike = done.form().submit(filled())
        choice = alike.form().choices("existing")[0]
        alike.form().submit(filled(existing=choice))
        assert "Duinrand" in client.get("register.signatories").main

    def test_it_undoes_nothing_on_which_something_was_built(
        self, page: Page, client: Client
    ) -> None:
        page.form().submit(filled())
        signature = entered()
        make_commitment(signature.organisation)
        form = page.client.get("signatures.undo_entry", signature_id=signature.id).form()
        assert form.submit().status == 422
        assert client.get("register.signatory", slug=signature.organisation.slug).status == 200


class TestEnterFor:
    def test_it_enters_for_an_organisation_that_is_here(self, app: Flask, sign_in: SignIn) -> None:
        organisation = make_organisation()
        page = sign_in(make_moderator()).get(
            "signatures.enter_for", organisation_id=organisation.id
        )
        page.form().submit(
            signed_words="3 juli 2019",
            source_title="Nieuwsblad",
            source_url="https://nieuws.example/artikel",
        )
        assert entered().organisation_id == organisation.id

    def test_it_asks_to_look_at_a_name_that_nobody_of_the_vereniging_checked(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        own = make_organisation(name="Centric", kvk="30134690", owner=make_account())
        page = sign_in(make_moderator()).get("signatures.enter_for", organisation_id=own.id)
        assert "nog niet getoetst" in page.main
        assert "Centric" in page.main and "30134690" in page.main
        told = {
            "signed_words": "3 juli 2019",
            "source_title": "Nieuwsblad",
            "source_url": "https://nieuws.example/artikel",
        }

        refused = page.form().submit(told)

        assert refused.status == 422 and refused.error_for("is_name_checked")
        assert db.session.query(Signature).count() == 0
        refused.form().submit(is_name_checked=True)
        assert entered().organisation_id == own.id

    def test_it_refuses_a_moderator_of_the_organisation_itself(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        organisation, moderator = make_organisation(), make_moderator()
        make_membership(organisation, moderator)
        page = sign_in(moderator).get("signatures.enter_for", organisation_id=organisation.id)
        again = page.form().submit(
            signed_words="3 juli 2019",
            source_title="Nieuwsblad",
            source_url="https://nieuws.example/artikel",
        )
        assert again.status == 422 and again.title.startswith("Fout: ")
        summary = again.soup.select_one(".error-summary")
        assert "Laat een andere moderator dit doen." in summary.get_text()
        assert summary.select("ul") == []
        assert db.session.query(Signature).count() == 0

    def test_it_refuses_a_moderator_who_was_one_of_its_people_or_asked_to_be(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        left, asked, moderator = make_organisation(), make_organisation(), make_moderator()
        make_membership(left, role=Role.OWNER)
        membership = make_membership(left, moderator)
        with write_section():
            leave(membership, by=moderator)
        make_access_request(asked, author=moderator)
        for organisation in (left, asked):
            page = sign_in(moderator).get("signatures.enter_for", organisation_id=organisation.id)
            again = page.form().submit(
                signed_words="3 juli 2019",
                source_title="Nieuwsblad",
                source_url="https://nieuws.example/artikel",
            )
            assert again.status == 422
            assert "Laat een andere moderator dit doen." in again.main
        assert db.session.query(Signature).count() == 0


class TestStrangers:
    @pytest.mark.parametrize("is_known", [False, True])
    def test_it_looks_nothing_up_for_who_may_not_enter(
        self, page: Page, client: Client, sign_in: SignIn, is_known: bool
    ) -> None:
        reader = sign_in(make_account()) if is_known else client
        with count_queries() as statements:
            answer = reader.post("signatures.enter", data=filled(name="Gemeente Duinrand"))
        assert answer.status == (403 if is_known else 303)
        assert not [asked for asked in statements if "organisation_name" in asked]


class TestClaim:
    def test_it_is_claimed_through_an_invitation_and_not_by_a_mail_domain(
        self, page: Page, sign_in: SignIn, mailbox
    ) -> None:
        work_page = page.form().submit(filled(website="https://duinrand.example"))
        signature = entered()
        neighbour = make_account(email="iemand@duinrand.example")
        seen = sign_in(neighbour).get("signatures.show", signature_id=signature.id)
        assert seen.status == 404
        invitation = work_page.follow("Eigenaar voorstellen")
        invitation.form().submit(email=neighbour.email, proof="Gebeld met het algemene nummer.")
        mailbox.deliver()
        link = next(p for p in mailbox.last(neighbour.email).paths if "/uitnodigingen/" in p)
        sign_in(neighbour).get(link).form().submit()
        seen = sign_in(neighbour).get("signatures.show", signature_id=signature.id)
        assert seen.status == 200
        assert "Het Groeipact opzeggen" in seen.links
