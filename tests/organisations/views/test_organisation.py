"""Changing who an organisation is, its names in time, and making it public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Organisation, OrganisationName
from tests.factories import kind, make_account, make_membership, make_organisation


@pytest.fixture
def owner(app: Any) -> Account:
    return make_account()


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    return make_organisation(name="Gemeente Dorp (fictief)", owner=owner, kvk="01234567")


def form_of(client: Any, organisation: Organisation) -> Any:
    return client.get("organisations.edit", organisation_id=organisation.id).form()


def names(organisation: Organisation) -> list[tuple[str, date | None, date | None]]:
    found = select(OrganisationName).where(OrganisationName.organisation_id == organisation.id)
    return [
        (row.name, row.valid_from, row.valid_until)
        for row in db.session.scalars(found.order_by(OrganisationName.id))
    ]


class TestEdit:
    def test_it_shows_what_stands_and_keeps_what_was_changed(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        form = form_of(sign_in(owner), organisation)
        assert form.fields["name"] == "Gemeente Dorp (fictief)"
        assert form.fields["kvk"] == "01234567" and form.fields["province"] == ""
        page = form.submit(
            {"province": "fryslan", "website": "dorp.example", "oin": "00000003012345670000"}
        )
        assert page.flashes == ["De wijziging is opgeslagen."]
        assert "Fryslân" in page.main and "https://dorp.example" in page.main
        db.session.refresh(organisation)
        assert organisation.mail_domain == "dorp.example"
        assert (organisation.kvk, organisation.oin) == ("01234567", "00000003012345670000")

    def test_it_takes_a_number_away(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit({"kvk": ""})
        db.session.refresh(organisation)
        assert organisation.kvk is None

    def test_it_shows_both_texts_when_a_colleague_was_first(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        colleague = make_membership(organisation).account
        mine = form_of(sign_in(owner), organisation)
        form_of(sign_in(colleague), organisation).submit(
            {"website": "hunne.example", "kind_id": kind("leverancier").id}
        )
        page = mine.submit({"website": "mijne.example", "province": "zeeland"})
        assert page.status == 409
        for words in ("https://hunne.example", "https://mijne.example", "Leverancier", "Zeeland"):
            assert words in page.main
        db.session.refresh(organisation)
        assert organisation.website == "https://hunne.example"
        assert page.form().fields["website"] == "https://mijne.example"
        page.form().submit()
        db.session.refresh(organisation)
        assert organisation.website == "https://mijne.example"

    def test_it_keeps_a_kind_that_is_out_of_use(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        kind("gemeente").is_active = False
        db.session.commit()
        page = form_of(sign_in(owner), organisation).submit({"website": "dorp.example"})
        assert page.status == 200 and "Gemeente" in page.main

    def test_it_speaks_english(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = sign_in(owner).get(f"/en/organisaties/{organisation.id}/bewerken")
        assert page.language == "en" and "Municipality" in page.main


class TestNames:
    def test_it_corrects_a_name_that_nobody_has_seen_yet(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit({"name": "Gemeente Dorpen (fictief)"})
        assert names(organisation) == [("Gemeente Dorpen (fictief)", None, None)]

    def test_it_keeps_the_old_name_until_the_day_before(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = form_of(sign_in(owner), organisation).submit(
            {"name": "Gemeente Stad (fictief)", "renamed_on": "2024-01-01"}
        )
        assert page.h1 == "Gemeente Stad (fictief)"
        assert "Gemeente Dorp (fictief), tot en met 31 december 2023" in page.main
        assert names(organisation) == [
            ("Gemeente Dorp (fictief)", None, date(2023, 12, 31)),
            ("Gemeente Stad (fictief)", date(2024, 1, 1), None),
        ]
        found = queries.near_duplicates("gemeente dorp", for_moderator=True)
        assert [one.name for one in found] == ["Gemeente Stad (fictief)"]

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            (lambda: (clock.today() + timedelta(days=1)).isoformat(), "in de toekomst"),
            (lambda: "2019-12-31", "voor de vorige naamswijziging"),
            (lambda: "31-02-2024", "Deze datum bestaat niet"),
        ],
    )
    def test_it_refuses_a_day_that_cannot_be(
        self, sign_in: Any, organisation: Organisation, owner: Account, typed: Any, words: str
    ) -> None:
        client = sign_in(owner)
        form_of(client, organisation).submit({"name": "Tweede naam", "renamed_on": "2020-01-01"})
        page = form_of(client, organisation).submit({"name": "Derde naam", "renamed_on": typed()})
        assert page.status == 422 and words in (page.error_for("renamed_on") or "")
        assert [name for name, _from, _until in names(organisation)][-1] == "Tweede naam"


class TestProvince:
    def test_it_changes_at_once_for_a_signatory_too(self, sign_in: Any, owner: Account) -> None:
        public = make_organisation(owner=owner, is_public=True)
        editor = make_membership(public).account
        page = sign_in(editor).get("organisations.province", organisation_id=public.id)
        shown = page.form().submit({"province": "fryslan"})
        assert shown.flashes == ["De wijziging is opgeslagen."] and "Fryslân" in shown.main

    def test_it_shows_both_when_a_colleague_was_first(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        client = sign_in(owner)
        mine = client.get("organisations.province", organisation_id=organisation.id).form()
        form_of(client, organisation).submit({"province": "zeeland"})
        page = mine.submit({"province": "fryslan"})
        assert page.status == 409 and "Zeeland" in page.main and "Fryslân" in page.main
