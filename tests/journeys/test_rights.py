"""Who may speak for an organisation: a role that is lost, and access that the vereniging gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.core import clock
from portal.core.db import db
from portal.organisations.jobs import give_announced_access
from portal.organisations.models import AccessRequest, Organisation
from portal.organisations.queries import roles_of
from portal.policy import Role
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import decide, follow, link_in, look, main, press, refused, titled, told

Come = Callable[..., Page]
PROOF = "Gebeld met het algemene nummer van het dorp."
FRIEND = "vriend@elders.example"
OWNER = "olga@dorp.example"
ASKER = "arie@dorp.example"


class TestLosing:
    def test_it_leaves_nothing_of_an_eigenaar_who_is_removed(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        organisation = make.make_organisation(name="Gemeente Dorp (fictief)")
        first = make.make_membership(organisation, role=Role.OWNER).account
        leaving = make.make_account(name="Wim Weg", email="wim@dorp.example")
        member = make.make_membership(organisation, leaving, role=Role.OWNER)
        discussion = make.make_commitment().discussion
        make.make_comment(discussion, state="pending", author=leaving, organisation=organisation)
        signature = make.make_signature(organisation, state="awaiting_confirmation", author=leaving)
        _link, token = make.make_signature_link(signature)

        wim = come(leaving, scripts=scripts)
        wim.goto(f"/organisaties/{organisation.id}/uitnodigen")
        wim.get_by_label("E-mailadres").fill(FRIEND)
        main(wim).get_by_label("eigenaar").check()
        press(wim, "Uitnodiging versturen")
        invitation = link_in(served.mailbox.wait_for(FRIEND), "/uitnodigingen/")

        owner = come(first, scripts=scripts)
        owner.goto(f"/organisaties/{organisation.id}/mensen/{member.id}/verwijderen")
        look(owner)
        main(owner).get_by_role("button").first.click()
        told(owner, "hoort niet meer bij de organisatie")

        friend = come(scripts=scripts)
        friend.goto(invitation)
        look(friend)
        expect(main(friend)).to_contain_text("Wie u uitnodigde, mag dat niet meer")
        friend.goto(f"/ondertekening-bevestigen/{token}")
        look(friend)
        titled(friend, "Deze link werkt niet meer")

        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto("/werkvoorraad")
        look(moderator)
        expect(main(moderator)).to_contain_text("Eerst was dit namens Gemeente Dorp (fictief)")

        owner.goto(f"/organisaties/{organisation.id}/rechten")
        look(owner)
        expect(main(owner)).to_contain_text("Wim Weg")
        expect(main(owner)).to_contain_text("is verwijderd uit de organisatie")


class TestAccess:
    def test_it_waits_for_the_eigenaar_who_is_there(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        asked = asked_for_access()
        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto(f"/werkvoorraad/toegang/{asked.id}")
        look(moderator)
        expect(main(moderator)).to_contain_text("antwoorden eerst")
        expect(main(moderator).get_by_role("button")).to_have_count(0)
        owner = come(asked.owner, scripts=scripts)
        owner.goto(f"/organisaties/{asked.organisation_id}/verzoeken/{asked.id}")
        look(owner)
        main(owner).get_by_label("Toelaten als redacteur").check()
        press(owner, "Antwoord versturen")
        assert role_of_asker(asked) == "redacteur"

    @pytest.mark.parametrize("objects", [True, False])
    def test_it_goes_by_two_people_and_an_objection_where_none_answers(
        self, served: ServedPortal, come: Come, scripts: bool, objects: bool
    ) -> None:
        asked = asked_for_access(days=15)
        first = come(make.make_moderator(), scripts=scripts)
        second = come(make.make_moderator(), scripts=scripts)
        first.goto(f"/werkvoorraad/toegang/{asked.id}")
        look(first)
        main(first).get_by_text("Toelaten voorstellen").click()
        main(first).get_by_label("eigenaar").check()
        press(first, "Voorstel versturen")
        refused(first, "Schrijf op hoe u dit hebt nagegaan.")
        main(first).get_by_label("Hoe hebt u dit nagegaan?").fill(PROOF)
        press(first, "Voorstel versturen")

        second.goto("/werkvoorraad")
        look(second)
        follow(second, "Gemeente Dorp (fictief)")
        expect(main(second)).to_contain_text(PROOF)
        decide(second, "Goedkeuren", yes="Ja, goedkeuren")
        assert "krijgt toegang" in served.mailbox.wait_for(ASKER, "krijgt toegang").subject
        mail = served.mailbox.wait_for(OWNER, "krijgt toegang")

        if objects:
            owner = come(scripts=scripts)
            owner.goto(link_in(mail, "/bezwaar-"))
            look(owner)
            owner.get_by_label("Waarom maakt u bezwaar?").fill("Wij kennen deze persoon niet.")
            press(owner, "Bezwaar maken")
            titled(owner, "Uw bezwaar is verwerkt")
            served.mailbox.wait_for(ASKER, "geen toegang")
        clock.set_now(clock.now() + timedelta(days=11))
        give_announced_access()
        clock.set_now(None)
        assert role_of_asker(asked) == (None if objects else "eigenaar")


class Asked:
    """A request to an organisation with an eigenaar."""

    def __init__(self, request: AccessRequest, organisation: Organisation) -> None:
        self.id, self.asker_id = request.id, request.author_id
        self.organisation_id = organisation.id
        self.owner = organisation.memberships[0].account


def asked_for_access(*, days: int = 0) -> Asked:
    """Let somebody ask for access, so many days ago."""
    clock.set_now(clock.now() - timedelta(days=days))
    organisation = make.make_organisation(
        name="Gemeente Dorp (fictief)", owner=make.make_account(email=OWNER), is_public=True
    )
    request = make.make_access_request(organisation, author=make.make_account(email=ASKER))
    clock.set_now(None)
    return Asked(request, organisation)


def role_of_asker(asked: Asked) -> str | None:
    """Return the role that who asked has now."""
    db.session.rollback()
    return roles_of(asked.asker_id).get(asked.organisation_id)
