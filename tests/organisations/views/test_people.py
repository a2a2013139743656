"""Roles, leaving, removing, handing over."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Membership, Organisation
from portal.policy import Role
from portal.services.history import history_of
from tests.factories import make_account, make_membership, make_organisation
from tests.organisations.scenes import Scene, role

NEEDS_OWNER = "Een organisatie heeft altijd een eigenaar."


def address(organisation: Organisation, member: Membership, *more: str) -> str:
    return "/".join((f"/organisaties/{organisation.id}/mensen/{member.id}", *more))


class TestPeople:
    def test_it_shows_people_with_their_roles_owners_first(self, scene: Scene) -> None:
        make_membership(scene.organisation, make_account(name="Aad Lezer"), role=Role.READER)
        make_membership(scene.organisation, make_account(name="Bep Redacteur"), role=Role.EDITOR)
        page = scene.open("organisations.people", by=scene.owner)
        names = [page.main.index(name) for name in ("Olga", "Bep Redacteur", "Aad Lezer")]
        assert names == sorted(names)
        assert "Iemand uitnodigen" in page.links and "Wijzig de rol van Bep Redacteur" in page.links

    def test_it_offers_an_editor_nothing_to_manage(self, scene: Scene) -> None:
        editor = make_membership(scene.organisation).account
        page = scene.open("organisations.people", by=editor)
        assert "Olga" in page.main
        assert not {"Iemand uitnodigen", "Organisatie overdragen"} & set(page.links)


class TestMember:
    def test_it_gives_another_role_and_tells_the_member(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        member = make_membership(scene.organisation, role=Role.READER)
        form = sign_in(scene.owner).get(address(scene.organisation, member)).form()
        assert form.fields["role"] == "lezer"
        form.submit({"role": "redacteur", "job_title": "Architect"})
        assert role(scene.organisation, member.account) == "redacteur"
        mailbox.deliver()
        mail = mailbox.last(member.account.email)
        assert "redacteur" in mail.text and f"/organisaties/{scene.organisation.id}" in mail.paths
        assert "role_changed" in [row.step for row in history_of("membership", member.id)]

    def test_it_sends_no_mail_when_only_the_job_title_changes(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        member = make_membership(scene.organisation)
        form = sign_in(scene.owner).get(address(scene.organisation, member)).form()
        form.submit({"job_title": "Architect"})
        db.session.refresh(member)
        assert member.job_title == "Architect" and mailbox.deliver() == []

    def test_it_makes_a_second_eigenaar_and_then_lets_the_first_step_back(
        self, scene: Scene, sign_in: Any
    ) -> None:
        own = queries.find_membership(scene.organisation.id, scene.owner.id)
        assert own is not None
        client = sign_in(scene.owner)
        page = client.get(address(scene.organisation, own)).form().submit({"role": "lezer"})
        assert page.status == 422 and NEEDS_OWNER in (page.error_for("role") or "")
        second = make_membership(scene.organisation)
        client.get(address(scene.organisation, second)).form().submit({"role": "eigenaar"})
        client.get(address(scene.organisation, own)).form().submit({"role": "lezer"})
        assert role(scene.organisation, scene.owner) == "lezer"
        assert role(scene.organisation, second.account) == "eigenaar"

    def test_it_shows_both_when_two_owners_change_one_role(
        self, scene: Scene, sign_in: Any
    ) -> None:
        other = make_membership(scene.organisation, role=Role.OWNER).account
        member = make_membership(scene.organisation, role=Role.READER)
        stale = sign_in(scene.owner).get(address(scene.organisation, member)).form()
        sign_in(other).get(address(scene.organisation, member)).form().submit({"role": "redacteur"})
        page = stale.submit({"role": "eigenaar"})
        assert page.status == 409
        assert role(scene.organisation, member.account) == "redacteur"
        page.form().submit()
        assert role(scene.organisation, member.account) == "eigenaar"


class TestRemove:
    def test_it_ends_the_sessions_of_who_is_removed_and_tells_them(
        self, scene: Scene, sign_in: Any, mailbox: Any
    ) -> None:
        member = make_membership(scene.organisation)
        person, home = member.account, f"/organisaties/{scene.organisation.id}"
        theirs = sign_in(person)
        assert theirs.get(home).status == 200
        page = (
            sign_in(scene.owner)
            .get(address(scene.organisation, member))
            .follow("Verwijderen uit de organisatie")
        )
        page.form().submit()
        assert role(scene.organisation, person) is None
        assert theirs.get("/organisaties").location == "/inloggen?verder=/organisaties"
        assert sign_in(person).get(home).status == 404
        mailbox.deliver()
        assert "Gemeente Dorp (fictief)" in mailbox.last(person.email).subject

    def test_it_leaves_the_sessions_of_others(self, scene: Scene, sign_in: Any) -> None:
        member, stays = make_membership(scene.organisation), make_membership(scene.organisation)
        reader, own = sign_in(stays.account), sign_in(scene.owner)
        own.get(address(scene.organisation, member, "verwijderen")).form().submit()
        assert reader.get("/organisaties").status == own.get("/organisaties").status == 200

    def test_it_does_not_let_an_owner_remove_themselves(self, scene: Scene, sign_in: Any) -> None:
        own = queries.find_membership(scene.organisation.id, scene.owner.id)
        assert own is not None
        page = (
            sign_in(scene.owner)
            .get(address(scene.organisation, own, "verwijderen"))
            .form()
            .submit()
        )
        assert page.status == 422 and "Organisatie verlaten" in page.main
        assert role(scene.organisation, scene.owner) == "eigenaar"


class TestLeave:
    def test_it_lets_a_member_go(self, scene: Scene, sign_in: Any) -> None:
        person = make_membership(scene.organisation).account
        client = sign_in(person)
        page = client.get("organisations.leave", organisation_id=scene.organisation.id)
        done = page.form().submit()
        assert done.h1 == "Mijn organisaties" and role(scene.organisation, person) is None
        assert client.get(f"/organisaties/{scene.organisation.id}").status == 404

    def test_it_holds_the_last_eigenaar(self, scene: Scene) -> None:
        make_membership(scene.organisation, role=Role.EDITOR)
        page = scene.open("organisations.leave", by=scene.owner)
        refused = page.form().submit()
        assert refused.status == 422 and NEEDS_OWNER in refused.main
        assert role(scene.organisation, scene.owner) == "eigenaar"


class TestHandOver:
    @pytest.mark.parametrize(
        ("stay_as", "kept"),
        [("redacteur", "redacteur"), ("eigenaar", "eigenaar"), ("verlaten", None)],
    )
    def test_it_hands_over_and_lets_the_owner_choose(
        self, scene: Scene, mailbox: Any, stay_as: str, kept: str | None
    ) -> None:
        member = make_membership(scene.organisation, role=Role.READER)
        page = scene.open("organisations.hand_over", by=scene.owner)
        done = page.form().submit({"successor": member.id, "stay_as": stay_as})
        assert done.status == 200
        assert role(scene.organisation, member.account) == "eigenaar"
        assert role(scene.organisation, scene.owner) == kept
        mailbox.deliver()
        assert "eigenaar" in mailbox.last(member.account.email).text

    def test_it_takes_no_successor_from_another_organisation(
        self, scene: Scene, sign_in: Any
    ) -> None:
        make_membership(scene.organisation)
        stranger = make_membership(make_organisation())
        client = sign_in(scene.owner)
        form = client.get("organisations.hand_over", organisation_id=scene.organisation.id).form()
        sent = {**form.fields, "successor": str(stranger.id), "stay_as": "verlaten"}
        page = client.post(form.action, data=sent)
        assert page.status == 422 and role(scene.organisation, scene.owner) == "eigenaar"

    def test_it_says_to_invite_somebody_first(self, scene: Scene) -> None:
        page = scene.open("organisations.hand_over", by=scene.owner)
        assert "Nodig eerst iemand uit" in page.main
