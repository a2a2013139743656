"""Who reaches what: strangers reach nothing, and members what their role gives them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from portal.accounts.roles import roles_of
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.factories import (
    make_access_request,
    make_account,
    make_beheerder,
    make_invitation,
    make_membership,
    make_moderator,
    make_organisation,
    make_profile,
)
from tests.harness.portal import count_queries

TABLES = (
    "organisation identifier organisation_name membership invitation access_request profile_text "
    "organisation_kind account_session"
)


@pytest.fixture
def ours(app: Any) -> Organisation:
    """An organisation with everything that somebody could be after."""
    found = make_organisation(name="Onze gemeente (fictief)", owner=make_account(), kvk="01234567")
    make_profile(found, state="placed")
    make_invitation(found, email="gast@dorp.example")
    make_access_request(found)
    return found


def doors(ours: Organisation) -> list[str]:
    """Every address of our organisation that takes a form."""
    home = f"/organisaties/{ours.id}"
    member = ours.memberships[0].id
    (invitation,) = queries.open_invitations(ours.id)
    (request,) = queries.open_requests_for(ours.id)
    placed = ours.placed_profile_id
    return [
        f"{home}/bewerken",
        f"{home}/omschrijving",
        f"{home}/omschrijving/{placed}/intrekken",
        f"{home}/logo",
        f"{home}/logo/verwijderen",
        f"{home}/mensen/{member}",
        f"{home}/mensen/{member}/verwijderen",
        f"{home}/verlaten",
        f"{home}/overdragen",
        f"{home}/uitnodigen",
        f"{home}/uitnodigingen/{invitation.id}/intrekken",
        f"{home}/uitnodigingen/{invitation.id}/mailen",
        f"{home}/verzoeken/{request.id}",
        f"/toegangsverzoeken/{request.id}/intrekken",
    ]


def contents() -> dict[str, Any]:
    """Everything that stands in the tables of organisations."""
    found = {}
    for table in TABLES.split():
        found[table] = db.session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()
    return found


GUESSED = {
    "name": "Gekaapt",
    "kind_id": "1",
    "province": "",
    "role": "eigenaar",
    "answer": "eigenaar",
    "email": "kaper@voorbeeld.example",
    "body": "Gekaapt",
    "successor": "1",
    "stay_as": "verlaten",
    "reason": "Gekaapt",
    "version": "1",
    "once": "a1b2c3",
}


class TestStrangers:
    @pytest.mark.parametrize("who", ["account", "owner_of_another", "beheerder"])
    def test_it_lets_nobody_from_outside_change_anything(
        self, sign_in: Any, ours: Organisation, who: str
    ) -> None:
        stranger = make_beheerder() if who == "beheerder" else make_account()
        other = make_organisation(owner=stranger if who == "owner_of_another" else make_account())
        client = sign_in(stranger)
        key = client.get("organisations.create").form().fields["csrf_token"]
        addresses = doors(ours)
        own_ways = [
            path.replace(f"/organisaties/{ours.id}/", f"/organisaties/{other.id}/")
            for path in addresses
        ]
        crossed = [path for path in own_ways if any(part.isdigit() for part in path.split("/")[3:])]
        before = contents()
        for path in [*addresses, *(crossed if who == "owner_of_another" else [])]:
            page = client.post(path, data={**GUESSED, "csrf_token": key})
            assert page.status in (403, 404), f"{path} answers {page.status}"
        assert contents() == before

    def test_it_sends_a_visitor_to_sign_in(self, client: Any, ours: Organisation) -> None:
        before = contents()
        for path in doors(ours):
            page = client.post(path, data=GUESSED)
            assert page.status in (303, 404), f"{path} answers {page.status}"
        assert contents() == before

    def test_it_lets_a_reader_change_nothing(self, sign_in: Any, ours: Organisation) -> None:
        reader = make_membership(ours, role=Role.READER).account
        client = sign_in(reader)
        assert client.get(f"/organisaties/{ours.id}").status == 200
        key = client.get("organisations.create").form().fields["csrf_token"]
        before = contents()
        for path in doors(ours):
            if path.endswith("/verlaten"):
                continue
            page = client.post(path, data={**GUESSED, "csrf_token": key})
            assert page.status in (403, 404), f"{path} answers {page.status}"
        assert contents() == before

    def test_it_lets_an_editor_write_but_not_manage(self, sign_in: Any, ours: Organisation) -> None:
        client = sign_in(make_membership(ours, role=Role.EDITOR).account)
        home = f"/organisaties/{ours.id}"
        for path in ("", "/mensen", "/bewerken", "/omschrijving", "/logo"):
            assert client.get(home + path).status == 200, path
        for path in ("/uitnodigen", "/overdragen", f"/mensen/{ours.memberships[0].id}"):
            assert client.get(home + path).status == 403, path

    def test_it_takes_nothing_without_the_key_against_forgery(
        self, sign_in: Any, ours: Organisation
    ) -> None:
        client = sign_in(ours.memberships[0].account)
        before = contents()
        for path in doors(ours):
            assert client.post(path, data=GUESSED).status in (403, 404, 409, 422), path
        assert contents() == before

    @pytest.mark.parametrize("path", ["", "/mensen"])
    def test_it_hides_the_work_page_of_others(self, client: Any, sign_in: Any, path: str) -> None:
        for is_public in (False, True):
            theirs = make_organisation(owner=make_account(), is_public=is_public)
            address = f"/organisaties/{theirs.id}{path}"
            assert client.get(address).status == 303
            for reader in (sign_in(make_account()), sign_in(make_beheerder())):
                assert reader.get(address).status == 404
            assert sign_in(make_moderator()).get(address).status == 200


class TestWorkPage:
    def test_it_asks_no_more_of_the_database_for_more_people(
        self, sign_in: Any, ours: Organisation
    ) -> None:
        client = sign_in(ours.memberships[0].account)

        def asked() -> int:
            client.get(f"/organisaties/{ours.id}")
            with count_queries() as few:
                client.get(f"/organisaties/{ours.id}")
            with count_queries() as people:
                client.get(f"/organisaties/{ours.id}/mensen")
            return len(few) + len(people)

        before = asked()
        for _number in range(8):
            make_membership(ours)
            make_access_request(ours)
            make_invitation(ours)
        assert asked() == before

    def test_it_lends_the_roles_to_the_doors(self, ours: Organisation) -> None:
        owner = ours.memberships[0].account
        assert roles_of()(owner.id) == {ours.id: "eigenaar"}
