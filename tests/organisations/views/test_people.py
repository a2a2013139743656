"""Roles, leaving, removing, handing over."""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts.models import Account
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Membership, Organisation
from portal.policy import Role
from portal.services.history import history_of
from tests.factories import make_account, make_membership, make_organisation

NEEDS_OWNER = "Een organisatie heeft altijd een eigenaar."


@pytest.fixture
def owner(app: Any) -> Account:
    return make_account(name="Olga Eigenaar", email="olga@dorp.example")


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    return make_organisation(name="Gemeente Dorp (fictief)", owner=owner)


def role(organisation: Organisation, account: Account) -> str | None:
    return queries.roles_of(account.id).get(organisation.id)


def address(organisation: Organisation, member: Membership, *more: str) -> str:
    return "/".join((f"/organisaties/{organisation.id}/mensen/{member.id}", *more))


class TestPeople:
    def test_it_shows_people_with_their_roles_owners_first(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        make_membership(organisation, make_account(name="Aad Lezer"), role=Role.READER)
        make_membership(organisation, make_account(name="Bep Redacteur"), role=Role.EDITOR)
        page = sign_in(owner).get("organisations.people", organisation_id=organisation.id)
        names = [page.main.index(name) for name in ("Olga", "Bep Redacteur", "Aad Lezer")]
        assert names == sorted(names)
        assert "Iemand uitnodigen" in page.links and "Wijzig de rol van Bep Redacteur" in page.links

    def test_it_offers_an_editor_nothing_to_manage(
        self, sign_in: Any, organisation: Organisation
    ) -> None:
        editor = make_membership(organisation).account
        page = sign_in(editor).get("organisations.people", organisation_id=organisation.id)
        assert "Olga" in page.main
        assert not {"Iemand uitnodigen", "Organisatie overdragen"} & set(page.links)


class TestMember:
    def test_it_gives_another_role_and_tells_the_member(
        self, sign_in: Any, mailbox: Any, organisation: Organisation, owner: Account
    ) -> None:
        member = make_membership(organisation, role=Role.READER)
        form = sign_in(owner).get(address(organisation, member)).form()
        assert form.fields["role"] == "lezer"
        form.submit({"role": "redacteur", "job_title": "Architect"})
        assert role(organisation, member.account) == "redacteur"
        mailbox.deliver()
        mail = mailbox.last(member.account.email)
        assert "redacteur" in mail.text and f"/organisaties/{organisation.id}" in mail.paths
        assert "role_changed" in [row.step for row in history_of("membership", member.id)]

    def test_it_sends_no_mail_when_only_the_job_title_changes(
        self, sign_in: Any, mailbox: Any, organisation: Organisation, owner: Account
    ) -> None:
        member = make_membership(organisation)
        form = sign_in(owner).get(address(organisation, member)).form()
        form.submit({"job_title": "Architect"})
        db.session.refresh(member)
        assert member.job_title == "Architect" and mailbox.deliver() == []

    def test_it_makes_a_second_eigenaar_and_then_lets_the_first_step_back(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        own = queries.find_membership(organisation.id, owner.id)
        assert own is not None
        client = sign_in(owner)
        page = client.get(address(organisation, own)).form().submit({"role": "lezer"})
        assert page.status == 422 and NEEDS_OWNER in (page.error_for("role") or "")
        second = make_membership(organisation)
        client.get(address(organisation, second)).form().submit({"role": "eigenaar"})
        client.get(address(organisation, own)).form().submit({"role": "lezer"})
        assert role(organisation, owner) == "lezer"
        assert role(organisation, second.account) == "eigenaar"

    def test_it_shows_both_when_two_owners_change_one_role(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        other = make_membership(organisation, role=Role.OWNER).account
        member = make_membership(organisation, role=Role.READER)
        stale = sign_in(owner).get(address(organisation, member)).form()
        sign_in(other).get(address(organisation, member)).form().submit({"role": "redacteur"})
        page = stale.submit({"role": "eigenaar"})
        assert page.status == 409
        assert role(organisation, member.account) == "redacteur"
        page.form().submit()
        assert role(organisation, member.account) == "eigenaar"


class TestRemove:
    def test_it_ends_the_sessions_of_who_is_removed_and_tells_them(
        self, sign_in: Any, mailbox: Any, organisation: Organisation, owner: Account
    ) -> None:
        member = make_membership(organisation)
        person, home = member.account, f"/organisaties/{organisation.id}"
        theirs = sign_in(person)
        assert theirs.get(home).status == 200
        page = sign_in(owner).get(address(organisation, member)).follow("Uit de organisatie halen")
        page.form().submit()
        assert role(organisation, person) is None
        assert theirs.get("/organisaties").location == "/inloggen?verder=/organisaties"
        assert sign_in(person).get(home).status == 404
        mailbox.deliver()
        assert "Gemeente Dorp (fictief)" in mailbox.last(person.email).subject

    def test_it_leaves_the_sessions_of_others(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        member, stays = make_membership(organisation), make_membership(organisation)
        reader, own = sign_in(stays.account), sign_in(owner)
        own.get(address(organisation, member, "verwijderen")).form().submit()
        assert reader.get("/organisaties").status == own.get("/organisaties").status == 200

    def test_it_does_not_let_an_owner_remove_themselves(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        own = queries.find_membership(organisation.id, owner.id)
        assert own is not None
        page = sign_in(owner).get(address(organisation, own, "verwijderen")).form().submit()
        assert page.status == 422 and "Organisatie verlaten" in page.main
        assert role(organisation, owner) == "eigenaar"


class TestLeave:
    def test_it_lets_a_member_go(self, sign_in: Any, organisation: Organisation) -> None:
        person = make_membership(organisation).account
        client = sign_in(person)
        page = client.get("organisations.leave", organisation_id=organisation.id)
        done = page.form().submit()
        assert done.h1 == "Mijn organisaties" and role(organisation, person) is None
        assert client.get(f"/organisaties/{organisation.id}").status == 404

    def test_it_holds_the_last_eigenaar(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        make_membership(organisation, role=Role.EDITOR)
        page = sign_in(owner).get("organisations.leave", organisation_id=organisation.id)
        refused = page.form().submit()
        assert refused.status == 422 and NEEDS_OWNER in refused.main
        assert role(organisation, owner) == "eigenaar"


class TestHandOver:
    @pytest.mark.parametrize(
        ("stay_as", "kept"),
        [("redacteur", "redacteur"), ("eigenaar", "eigenaar"), ("verlaten", None)],
    )
    def test_it_hands_over_and_lets_the_owner_choose(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        owner: Account,
        stay_as: str,
        kept: str | None,
    ) -> None:
        member = make_membership(organisation, role=Role.READER)
        page = sign_in(owner).get("organisations.hand_over", organisation_id=organisation.id)
        done = page.form().submit({"successor": member.id, "stay_as": stay_as})
        assert done.status == 200
        assert role(organisation, member.account) == "eigenaar"
        assert role(organisation, owner) == kept
        mailbox.deliver()
        assert "eigenaar" in mailbox.last(member.account.email).text

    def test_it_takes_no_successor_from_another_organisation(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        make_membership(organisation)
        stranger = make_membership(make_organisation())
        client = sign_in(owner)
        form = client.get("organisations.hand_over", organisation_id=organisation.id).form()
        sent = {**form.fields, "successor": str(stranger.id), "stay_as": "verlaten"}
        page = client.post(form.action, data=sent)
        assert page.status == 422 and role(organisation, owner) == "eigenaar"

    def test_it_says_to_invite_somebody_first(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = sign_in(owner).get("organisations.hand_over", organisation_id=organisation.id)
        assert "Nodig eerst iemand uit" in page.main
