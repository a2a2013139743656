"""Kinds of organisation, as the beheerder keeps them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import OrganisationKind
from tests.factories import (
    kind,
    make_account,
    make_beheerder,
    make_moderator,
    make_organisation,
)

SEEDED = [
    "gemeente",
    "samenwerkingsverband",
    "leverancier",
    "ketenpartner",
    "mede-overheid",
    "gebruikersvereniging",
    "kennisorganisatie",
]


def slugs() -> list[str]:
    return [row.slug for row in queries.kinds()]


class TestKinds:
    def test_it_begins_with_the_kinds_of_the_pact(self, app: Any) -> None:
        assert slugs() == SEEDED
        first = queries.kinds()[0]
        assert queries.kind_name(first, "nl") == "Gemeente"
        assert queries.kind_name(first, "en") == "Municipality"

    def test_it_lists_them_with_how_many_use_each(self, sign_in: Any) -> None:
        make_organisation(kind_slug="leverancier")
        make_organisation(kind_slug="leverancier")
        page = sign_in(make_beheerder()).get("organisations.kinds")
        row = page.soup.find("a", string="Leverancier").find_parent("li")
        assert "2 organisaties" in row.get_text(" ")

    @pytest.mark.parametrize("path", ["", "/nieuw", "/1"])
    def test_it_is_for_the_beheerder_only(self, sign_in: Any, path: str) -> None:
        for account in (make_account(), make_moderator()):
            assert sign_in(account).get(f"/beheer/soorten{path}").status == 403
        assert sign_in(make_beheerder()).get(f"/beheer/soorten{path}").status == 200


class TestAddKind:
    def test_it_can_be_chosen_from_then_on(self, sign_in: Any) -> None:
        form = sign_in(make_beheerder()).get("organisations.add_kind").form()
        page = form.submit({"name_nl": "Koepel van één", "name_en": "Umbrella"})
        assert "Koepel van één" in page.main and slugs() == [*SEEDED, "koepel-van-een"]
        create = sign_in(make_account()).get("organisations.create")
        assert "Koepel van één" in create.main

    def test_it_refuses_a_name_that_is_there_already(self, sign_in: Any) -> None:
        form = sign_in(make_beheerder()).get("organisations.add_kind").form()
        page = form.submit({"name_nl": "gemeente", "name_en": "City"})
        assert page.status == 422 and page.error_for("name_nl") == "Deze soort is er al."

    def test_it_wants_both_languages(self, sign_in: Any) -> None:
        form = sign_in(make_beheerder()).get("organisations.add_kind").form()
        page = form.submit({"name_nl": "Koepel", "name_en": ""})
        assert page.error_for("name_en") == "Vul de Engelse naam in."


class TestEditKind:
    def test_it_renames_and_leaves_the_address_of_the_filter(self, sign_in: Any) -> None:
        supplier = kind("leverancier")
        page = sign_in(make_beheerder()).get("organisations.edit_kind", kind_id=supplier.id)
        page.form().submit({"name_nl": "Softwareleverancier", "name_en": "Software supplier"})
        db.session.refresh(supplier)
        assert (supplier.name_nl, supplier.slug) == ("Softwareleverancier", "leverancier")

    def test_it_moves_a_kind(self, sign_in: Any) -> None:
        last = kind("kennisorganisatie")
        page = sign_in(make_beheerder()).get("organisations.edit_kind", kind_id=last.id)
        assert page.form().fields["position"] == "7"
        page.form().submit({"position": "2"})
        assert slugs() == [SEEDED[0], SEEDED[-1], *SEEDED[1:-1]]
        positions = db.session.scalars(select(OrganisationKind.position)).all()
        assert sorted(positions) == [1, 2, 3, 4, 5, 6, 7]

    def test_it_puts_a_kind_out_of_use_and_back(self, sign_in: Any) -> None:
        old = kind("ketenpartner")
        client = sign_in(make_beheerder())
        page = client.get("organisations.edit_kind", kind_id=old.id)
        done = page.form().submit({"is_active": False})
        assert "niet in gebruik" in done.main and "ketenpartner" not in slugs()
        again = client.get("organisations.edit_kind", kind_id=old.id)
        again.form().submit({"is_active": True})
        assert slugs() == SEEDED

    def test_it_keeps_one_kind_in_use(self, sign_in: Any) -> None:
        for slug in SEEDED[1:]:
            kind(slug).is_active = False
        db.session.commit()
        page = sign_in(make_beheerder()).get(f"/beheer/soorten/{kind('gemeente').id}")
        refused = page.form().submit({"is_active": False})
        assert refused.error_for("is_active") == "Minstens één soort moet in gebruik zijn."
        assert slugs() == ["gemeente"]

    def test_it_shows_both_when_two_save_at_once(self, sign_in: Any) -> None:
        path = f"/beheer/soorten/{kind('gemeente').id}"
        stale = sign_in(make_beheerder()).get(path).form()
        sign_in(make_beheerder()).get(path).form().submit({"name_nl": "Gemeente of stad"})
        page = stale.submit({"name_nl": "Stad"})
        assert page.status == 409
        assert "Gemeente of stad" in page.main and page.form().fields["name_nl"] == "Stad"
