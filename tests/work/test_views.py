"""Mijn werk: what waits for somebody, and the same of one organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.admin.models import Trouble
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.services.reach import mark_unreachable
from tests import factories as make
from tests.commitments.scenes import moment
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import count_queries

SignIn = Callable[[Account | None], Client]
SetClock = Callable[[datetime], None]
BEGUN = date(2025, 3, 1)


@pytest.fixture
def owner(app: Flask, set_clock: SetClock) -> Account:
    set_clock(moment(2025, 3, 1))
    return make.make_account(name="Noor")


@pytest.fixture
def signer(owner: Account) -> Organisation:
    organisation = make.make_organisation(name="Gemeente Lindewoude")
    with write_section():
        db.session.merge(organisation).entered_as = EnteredAs.SIGNATORY
    make.make_signature(organisation)
    make.make_membership(organisation, owner, role=Role.OWNER)
    return organisation


def sections(page: Page) -> dict[str, list[str]]:
    """Heading -> titles of its rows."""
    return {
        part.h2.get_text(strip=True): [each.get_text(strip=True) for each in part.select("h3")]
        for part in page.soup.select("main section.section")
        if part.h2 is not None and part.select("ul.rows")
    }


class TestMine:
    def test_it_is_where_one_lands(self, client: Client, owner: Account) -> None:
        form = client.get("accounts.sign_in").form()
        page = form.submit(email=owner.email, password=make.PASSWORD)
        assert (page.path, page.h1) == ("/mijn-werk", "Mijn werk")

    def test_it_shows_what_waits_with_the_most_urgent_first(
        self, sign_in: SignIn, set_clock: SetClock, owner: Account, signer: Organisation
    ) -> None:
        for title, term in (
            ("Loopt af", "eind maart 2026"),
            ("Te laat", "eind april 2025"),
            ("Ver weg", "eind 2030"),
            ("Stil", "doorlopend"),
        ):
            make.make_commitment(signer, title=title, term=term, promised_on=BEGUN)
        make.make_commitment(signer, title="Concept", state="draft")
        make.make_commitment(signer, title="Gereed", progress="gereed", term="eind april 2025")
        set_clock(moment(2026, 3, 2))
        promise = make.make_commitment(signer, title="Gevraagd", term="eind 2030")
        make.make_comment(promise.discussion, author=make.make_account(name="Rob"))
        answered = make.make_comment(promise.discussion)
        make.make_comment(parent=answered, organisation=signer)
        make.make_access_request(signer, author=make.make_account(name="Bilal"))
        make.make_profile(signer, state="change_asked")
        make.make_proposal(signer, author=owner, state="change_asked")
        make.make_mailbox(signer, "post@lindewoude.example")
        with write_section():
            mark_unreachable("post@lindewoude.example")
        mine = make.make_comment(state="pending", author=owner)
        make.make_comment_version(mine, state="change_asked")
        make.make_invitation(make.make_organisation(name="Waterschap"), email=owner.email)

        page = sign_in(owner).get("work.mine")

        assert list(sections(page).items()) == [
            ("Termijnen die voorbij zijn of binnen 60 dagen aflopen (2)", ["Te laat", "Loopt af"]),
            ("Reacties zonder antwoord van uw organisatie (1)", ["Gevraagd"]),
            ("Vragen om toegang (1)", ["Bilal, Adviseur"]),
            ("Reacties die u moet aanpassen (1)", [mine.discussion.title]),
            ("Omschrijvingen die u moet aanpassen (1)", ["Gemeente Lindewoude"]),
            ("Voorstellen die u moet aanpassen (1)", ["Gemeente Lindewoude"]),
            ("Mailboxen waar onze mail niet aankomt (1)", ["Gemeente Lindewoude"]),
            ("Uitnodigingen voor u (1)", ["Waterschap"]),
            ("Toezeggingen waarvan langere tijd geen bericht is (2)", ["Ver weg", "Stil"]),
            ("Concepten (1)", ["Concept"]),
        ]
        assert "Er wachten 12 dingen op u." in page.main
        assert "10 maanden te laat" in page.main and "Nog 29 dagen" in page.main

    def test_it_leads_to_the_answer(
        self, sign_in: SignIn, signer: Organisation, owner: Account
    ) -> None:
        asked = make.make_comment(make.make_commitment(signer).discussion)
        page = sign_in(owner).get("work.mine").follow(f"Beantwoorden {asked.author_name}")
        assert asked.author_name in page.main
        assert "namens Gemeente Lindewoude" in page.main

    def test_it_shows_an_editor_nothing_that_only_an_owner_may(
        self, sign_in: SignIn, signer: Organisation
    ) -> None:
        make.make_access_request(signer)
        make.make_commitment(signer, state="draft")
        editor = make.make_membership(signer).account_id
        page = sign_in(db.session.get_one(Account, editor)).get("work.mine")
        assert list(sections(page)) == ["Concepten (1)"]

    def test_it_shows_nothing_to_do_for_a_frozen_organisation(
        self, sign_in: SignIn, signer: Organisation, owner: Account
    ) -> None:
        make.make_commitment(signer, state="draft")
        make.make_frozen(signer)
        page = sign_in(owner).get("work.mine")
        assert "Er wacht niets op u" in page.main
        assert page.links["Mijn organisaties"] == "/organisaties"

    def test_it_says_for_whom_a_signature_waits_and_how_long_that_takes(
        self, sign_in: SignIn, set_clock: SetClock, owner: Account
    ) -> None:
        organisation = make.make_organisation(name="Gemeente Oud-Linde", owner=owner)
        make.make_signature(organisation, state="awaiting_confirmation", signatory_name="Anouk")
        page = sign_in(owner).get("work.mine")
        assert "Wacht op Anouk, sinds 1 maart 2025." in page.main
        assert "Meestal" not in page.main
        assert "Er wacht niets op u" not in page.main

    def test_it_shows_moderators_the_desk(self, sign_in: SignIn, owner: Account) -> None:
        make.make_comment(state="pending")
        page = sign_in(make.make_moderator()).get("work.mine")
        assert "1 tekst of aanvraag wacht op een besluit." in page.main
        assert "Reacties: 1, de oudste sinds 1 maart 2025" in page.main
        assert page.links["Naar de werkvoorraad"] == "/werkvoorraad"
        others = sign_in(make.make_account()).get("work.mine")
        assert "Naar de werkvoorraad" not in others.links

    def test_it_shows_a_beheerder_what_fails(self, sign_in: SignIn, owner: Account) -> None:
        beheerder = make.make_beheerder()
        assert "Dit gaat niet goed" not in sign_in(beheerder).get("work.mine").main
        with write_section():
            now = clock.now()
            db.session.add(Trouble(name="disk_full", began_at=now, seen_at=now))
        page = sign_in(beheerder).get("work.mine")
        assert "Schijf: sinds 1 maart 2025" in page.main
        assert "Dit gaat niet goed" not in sign_in(make.make_moderator()).get("work.mine").main

    def test_it_says_what_one_could_do_next(self, sign_in: SignIn, owner: Account) -> None:
        page = sign_in(owner).get("work.mine")
        assert "Er wacht niets op u" in page.main
        assert page.links["Bekijk de toezeggingen"] == "/toezeggingen"

    def test_it_asks_as_many_questions_however_much_waits(
        self, sign_in: SignIn, signer: Organisation, owner: Account
    ) -> None:
        def add() -> None:
            promise = make.make_commitment(signer, term="eind maart 2025")
            make.make_commitment(signer, state="draft")
            make.make_comment(promise.discussion)
            make.make_access_request(signer)

        add()
        reader = sign_in(owner)
        reader.get("work.mine")
        with count_queries() as few:
            reader.get("work.mine")
        for _again in range(4):
            add()
        with count_queries() as many:
            page = reader.get("work.mine")
        assert len(few) == len(many) <= 25
        assert "Er wachten 20 dingen op u." in page.main


class TestOrganisation:
    def test_it_shows_the_work_of_one_organisation_alone(
        self, sign_in: SignIn, signer: Organisation, owner: Account
    ) -> None:
        other = make.make_organisation(owner=owner)
        make.make_commitment(other, state="draft", title="Van een ander")
        make.make_commitment(signer, state="draft", title="Van ons")
        page = sign_in(owner).get("register.organisation", organisation_id=signer.id)
        shown = page.follow("Wat er wacht")
        assert sections(shown) == {"Concepten (1)": ["Van ons"]}
        assert "Er wacht 1 ding op u." in shown.main

    def test_it_is_not_there_for_others(self, sign_in: SignIn, signer: Organisation) -> None:
        stranger = sign_in(make.make_account())
        assert stranger.get("work.organisation", organisation_id=signer.id).status == 404
