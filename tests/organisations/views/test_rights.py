"""Who has which rights over an organisation, and how that came about."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.db import db, write_section
from portal.lifecycle import LIFECYCLES
from portal.organisations import actions
from portal.organisations.models import AccessProposal, Membership, Organisation
from portal.organisations.views.rights import ACTS
from portal.policy import Role
from portal.services.grounds import AloneGround
from tests.factories import (
    make_account,
    make_beheerder,
    make_membership,
    make_moderator,
    make_organisation,
)
from tests.organisations.scenes import Scene

PROOF = "Gebeld met het algemene nummer."


class TestRights:
    def test_it_has_words_for_every_act(self) -> None:
        things = ("membership", "invitation", "access_request", "access_proposal")
        acts = {f"{thing}:{step}" for thing in things for step in LIFECYCLES[thing]}
        assert acts | {"organisation:created", "organisation:entered"} == set(ACTS)

    def test_it_says_who_got_which_right_from_whom_and_how_it_was_checked(
        self, app: Any, sign_in: Any
    ) -> None:
        organisation = make_organisation(name="Oud lid (fictief)", is_public=True)
        first, second = make_moderator(name="Mo Eerste"), make_moderator(name="Mia Tweede")
        owner = make_account(name="Ada Oever")
        with write_section():
            request = actions.ask_access(
                db.session.get_one(Organisation, organisation.id),
                job_title="Directeur",
                message="Wij doen mee.",
                by=owner,  # type: ignore[arg-type]
            )
            proposal = actions.propose_access(request, role="eigenaar", proof=PROOF, by=first)  # type: ignore[arg-type]
        with write_section():
            actions.approve(db.session.get_one(AccessProposal, proposal.id), by=second)  # type: ignore[arg-type]
        page = sign_in(owner).get("organisations.rights", organisation_id=organisation.id)
        for words in (
            "De vraag van Ada Oever om toegang kreeg een ja.",
            f"De vereniging stelde {owner.email} voor als eigenaar.",
            "door Mo Eerste",
            f"De vereniging keurde goed dat {owner.email} eigenaar wordt.",
            "door Mia Tweede",
            PROOF,
            "Ada Oever kwam erbij als eigenaar.",
        ):
            assert words in page.main
        english = sign_in(owner).get(f"/en/organisaties/{organisation.id}/rechten")
        assert f"The association approved {owner.email} as owner." in english.main

    def test_it_says_why_one_person_decided_alone(self, app: Any, sign_in: Any) -> None:
        organisation = make_organisation()
        moderator = make_moderator()
        with write_section():
            actions.propose_owner(
                db.session.get_one(Organisation, organisation.id),
                email="ada@oever.example",
                proof=PROOF,
                by=moderator,  # type: ignore[arg-type]
            )
        page = sign_in(moderator).get("organisations.rights", organisation_id=organisation.id)
        assert "er is geen tweede die hierover mag beslissen" in page.main
        assert AloneGround.NOBODY_ELSE not in page.main

    def test_it_shows_endings(self, scene: Scene, sign_in: Any) -> None:
        member = make_membership(scene.organisation, make_account(name="Wim Weg"))
        with write_section():
            actions.remove(db.session.get_one(Membership, member.id), by=scene.owner)
        # On SQLite this one gets the id that has just become free.
        elsewhere = make_membership(make_organisation(), make_account(name="Iemand Anders"))
        with write_section():
            standing = db.session.get_one(Membership, elsewhere.id)
            actions.change_role(standing, role=str(Role.READER), job_title="", by=scene.owner)
        page = scene.open("organisations.rights", by=scene.owner)
        assert (
            "Wim Weg" in page.main
            and "Wim Weg is verwijderd uit de organisatie en was redacteur." in page.main
        )
        assert "door Olga Eigenaar" in page.main
        assert "werd lezer" not in page.main and "Iemand Anders" not in page.main

    @pytest.mark.parametrize("who", ["reader", "editor", "stranger"])
    def test_it_is_for_eigenaren_and_the_vereniging_alone(
        self, scene: Scene, sign_in: Any, who: str
    ) -> None:
        people = {
            "reader": lambda: make_membership(scene.organisation, role=Role.READER).account,
            "editor": lambda: make_membership(scene.organisation).account,
            "stranger": make_account,
        }
        assert scene.open("organisations.rights", by=people[who]()).status == 404
        assert scene.open("organisations.rights", by=make_beheerder()).status == 200
