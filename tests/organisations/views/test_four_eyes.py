"""Rights that the vereniging gives: never to itself, by two people, and under objection."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.actions import assign_roles
from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.organisations import actions, queries
from portal.organisations.jobs import give_announced_access
from portal.organisations.models import AccessProposal, AccessRequest, Invitation, Organisation
from portal.policy import Role
from portal.services.grounds import AloneGround
from portal.services.history import history_of
from portal.vereniging.queries import editable_vereniging
from tests.factories import (
    make_access_proposal,
    make_access_request,
    make_account,
    make_beheerder,
    make_invitation,
    make_membership,
    make_moderator,
    make_organisation,
    make_signature,
)
from tests.harness.page import Page
from tests.organisations.scenes import Scene, role

GUEST = "nieuw@dorp.example"
PROOF = "Gebeld met het algemene nummer, gesproken met de secretaris."
DIRECTOR = "directeur@dorp.example"


@pytest.fixture
def moderators(app: Any) -> tuple[Account, Account]:
    return make_moderator(name="Een"), make_moderator(name="Twee")


@pytest.fixture
def unowned(app: Any) -> Organisation:
    return make_organisation(name="Oud lid (fictief)", is_public=True)


def _propose(sign_in: Any, by: Account, organisation: Organisation, email: str = GUEST) -> Page:
    page = sign_in(by).get("organisations.propose_owner", organisation_id=organisation.id)
    done: Page = page.form().submit({"email": email, "proof": PROOF})
    return done


def _proposal() -> AccessProposal:
    db.session.expire_all()
    return db.session.scalars(select(AccessProposal)).one()


def _press(sign_in: Any, by: Account, decision: str, **fields: str) -> Page:
    page = sign_in(by).get(f"/werkvoorraad/toegangsvoorstellen/{_proposal().id}")
    done: Page = page.form(f"/{decision}").submit(fields)
    return done


class TestFirstOwner:
    def test_it_invites_after_one_press_of_a_second_moderator(
        self, unowned: Organisation, moderators: Any, sign_in: Any, mailbox: Any
    ) -> None:
        first, second = moderators
        done = _propose(sign_in, first, unowned)
        assert done.flashes == ["Het voorstel wacht op een tweede persoon van de vereniging."]
        mailbox.deliver()
        assert mailbox.to(GUEST) == [] and not db.session.scalars(select(Invitation)).all()
        assert PROOF in mailbox.last(second.email).text
        page = sign_in(second).get(f"/werkvoorraad/toegangsvoorstellen/{_proposal().id}")
        for words in (PROOF, GUEST, "Een", unowned.name, "eigenaar"):
            assert words in page.main
        page.form("/goedkeuren").submit()
        mailbox.deliver()
        path = next(path for path in mailbox.last(GUEST).paths if "/uitnodigingen/" in path)
        guest = make_account(email=GUEST)
        sign_in(guest).get(path).form().submit()
        assert role(unowned, guest) == "eigenaar"
        steps = [(row.step, row.account_id) for row in history_of("access_proposal", 1)]
        assert steps == [("propose", first.id), ("approve", second.id)]

    def test_it_lets_nobody_approve_what_they_proposed(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        _propose(sign_in, moderators[0], unowned)
        client = sign_in(moderators[0])
        number = _proposal().id
        assert client.get(f"/werkvoorraad/toegangsvoorstellen/{number}/goedkeuren").status == 403
        page = client.get(f"/werkvoorraad/toegangsvoorstellen/{number}")
        assert "U hebt dit zelf geschreven of voorgesteld." in page.main

    @pytest.mark.parametrize("who", ["herself", "moderator", "beheerder"])
    def test_it_gives_nobody_of_the_vereniging_a_right(
        self, unowned: Organisation, moderators: Any, sign_in: Any, who: str
    ) -> None:
        first, second = moderators
        people = {"herself": first, "moderator": second, "beheerder": make_beheerder()}
        refused = _propose(sign_in, first, unowned, people[who].email.upper())
        assert "van iemand van de vereniging" in (refused.error_for("email") or "")
        assert not db.session.scalars(select(AccessProposal)).all()

    def test_it_wants_to_know_how_it_was_checked(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        page = sign_in(moderators[0]).get("organisations.propose_owner", organisation_id=unowned.id)
        refused = page.form().submit({"email": GUEST, "proof": "  "})
        assert refused.error_for("proof") == "Schrijf op hoe u dit hebt nagegaan."
        with pytest.raises(FieldRefused) as past_the_form, write_section():
            actions.propose_owner(unowned, email=GUEST, proof=" ", by=moderators[0])
        assert past_the_form.value.field == "proof"

    def test_it_refuses_a_fresh_account_where_an_eigenaar_is(
        self, scene: Scene, moderators: Any, sign_in: Any
    ) -> None:
        client = sign_in(moderators[0])
        organisation_id = scene.organisation.id
        assert (
            client.get("organisations.propose_owner", organisation_id=organisation_id).status == 403
        )
        assert client.get("organisations.invite", organisation_id=organisation_id).status == 403

    def test_it_approves_nothing_once_there_is_an_eigenaar(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        _propose(sign_in, moderators[0], unowned)
        make_membership(unowned, role=Role.OWNER)
        page = _press(sign_in, moderators[1], "goedkeuren")
        assert page.status == 422 and _proposal().state == "proposed"
        assert not db.session.scalars(select(Invitation)).all()

    def test_it_counts_the_first_of_two_approvals(
        self, unowned: Organisation, moderators: Any
    ) -> None:
        proposal = make_access_proposal(unowned, author=moderators[0])
        with write_section():
            actions.approve(db.session.get_one(AccessProposal, proposal.id), by=moderators[1])
        with pytest.raises(StepNotOpen), write_section():
            actions.approve(db.session.get_one(AccessProposal, proposal.id), by=make_moderator())
        assert len(db.session.scalars(select(Invitation)).all()) == 1

    def test_it_tells_who_proposed_it_why_a_colleague_does_not_agree(
        self, unowned: Organisation, moderators: Any, sign_in: Any, mailbox: Any
    ) -> None:
        _propose(sign_in, moderators[0], unowned)
        _press(sign_in, moderators[1], "afkeuren", reason="Dit nummer is niet van hen.")
        mailbox.deliver()
        assert "niet van hen" in mailbox.last(moderators[0].email).text
        assert _proposal().state == "refused" and mailbox.to(GUEST) == []

    @pytest.mark.parametrize("ground", AloneGround)
    def test_it_invites_at_once_where_one_decides_alone_and_the_log_says_so(
        self, unowned: Organisation, sign_in: Any, ground: AloneGround
    ) -> None:
        moderator = make_moderator()
        if ground == AloneGround.SWITCHED_OFF:
            make_moderator()
            with write_section():
                editable_vereniging().four_eyes = False
        done = _propose(sign_in, moderator, unowned)
        assert done.flashes == [f"De uitnodiging gaat per mail naar {GUEST}."]
        assert history_of("access_proposal", _proposal().id)[-1].ground == ground

    def test_it_lets_an_invitation_die_with_the_role_of_who_proposed_it(
        self, unowned: Organisation, moderators: Any, sign_in: Any, client: Any
    ) -> None:
        proposal = make_access_proposal(unowned, author=moderators[0], state="given")
        invitation, token = make_invitation(
            unowned, email=GUEST, role=Role.OWNER, author=moderators[0], proposal=proposal
        )
        waiting = make_access_proposal(make_organisation(), author=moderators[0])
        assert queries.why_dead(invitation) is None
        with write_section():
            account = db.session.get_one(Account, moderators[0].id)
            assign_roles(account, is_moderator=False, is_beheerder=False, by=make_beheerder())
        db.session.expire_all()
        assert (invitation.state, waiting.state) == ("revoked", "withdrawn")
        assert client.get(f"/uitnodigingen/{token}").status == 410

    def test_it_lets_no_invitation_of_the_vereniging_work_once_there_is_an_eigenaar(
        self, unowned: Organisation, moderators: Any
    ) -> None:
        proposal = make_access_proposal(unowned, author=moderators[0], state="given")
        invitation, _token = make_invitation(
            unowned, email=GUEST, role=Role.OWNER, author=moderators[0], proposal=proposal
        )
        make_membership(unowned, role=Role.OWNER)
        db.session.expire_all()
        assert queries.why_dead(invitation) == queries.INVITER_GONE

    def test_it_lets_no_invitation_work_for_who_became_a_moderator_since(
        self, unowned: Organisation, moderators: Any
    ) -> None:
        proposal = make_access_proposal(unowned, author=moderators[0], state="given")
        invitation, _token = make_invitation(
            unowned, email=GUEST, role=Role.OWNER, author=moderators[0], proposal=proposal
        )
        make_account(email=GUEST, is_moderator=True)
        assert queries.why_dead(invitation) == queries.INVITER_GONE


@pytest.fixture
def unanswered(scene: Scene, set_clock: Any) -> AccessRequest:
    """A request that the eigenaar of an organisation left for more than fourteen days."""
    asked = make_access_request(scene.organisation, author=scene.asker)
    set_clock(clock.now() + timedelta(days=14, hours=1))
    return asked


def _ask_second(sign_in: Any, by: Account, asked: AccessRequest, to: str = "eigenaar") -> Page:
    page = sign_in(by).get(f"/werkvoorraad/toegang/{asked.id}")
    done: Page = page.form("/voorstellen").submit({"role": to, "proof": PROOF})
    return done


class TestSilentOwner:
    def test_it_leaves_a_request_to_the_eigenaar_first(
        self, scene: Scene, moderators: Any, sign_in: Any
    ) -> None:
        asked = make_access_request(scene.organisation, author=scene.asker)
        client = sign_in(moderators[0])
        for path in ("voorstellen", "weigeren"):
            assert client.get(f"/werkvoorraad/toegang/{asked.id}/{path}").status == 403
        address = f"/organisaties/{scene.organisation.id}/verzoeken/{asked.id}"
        assert client.get(address).status == 403
        page = client.get(f"/werkvoorraad/toegang/{asked.id}")
        assert "De eigenaren van deze organisatie antwoorden eerst." in page.main

    @pytest.mark.parametrize("to", ["eigenaar", "redacteur"])
    def test_it_lets_in_after_two_people_and_ten_days_of_which_everybody_knows(
        self,
        scene: Scene,
        unanswered: AccessRequest,
        moderators: Any,
        sign_in: Any,
        mailbox: Any,
        set_clock: Any,
        to: str,
    ) -> None:
        make_signature(scene.organisation, signatory_email=DIRECTOR)
        first, second = moderators
        _ask_second(sign_in, first, unanswered, to)
        assert role(scene.organisation, scene.asker) is None
        _press(sign_in, second, "goedkeuren")
        proposal = _proposal()
        assert proposal.state == "announced" and role(scene.organisation, scene.asker) is None
        assert proposal.effective_at == clock.now() + timedelta(days=10)
        mailbox.deliver()
        for reader in (scene.owner.email, scene.asker.email, first.email, DIRECTOR):
            assert "krijgt toegang tot" in mailbox.last(reader).subject, reader
        for reader in (scene.owner.email, DIRECTOR):
            assert any("/bezwaar-" in path for path in mailbox.last(reader).paths), reader
        assert not any("/bezwaar-" in path for path in mailbox.last(scene.asker.email).paths)
        set_clock(clock.now() + timedelta(days=9, hours=23))
        give_announced_access()
        assert role(scene.organisation, scene.asker) is None
        set_clock(clock.now() + timedelta(hours=2))
        give_announced_access()
        give_announced_access()
        assert role(scene.organisation, scene.asker) == to
        mailbox.deliver()
        assert "toegelaten" in mailbox.last(scene.owner.email).subject

    def test_it_stops_by_the_link_of_an_eigenaar_without_an_account(
        self,
        scene: Scene,
        unanswered: AccessRequest,
        moderators: Any,
        sign_in: Any,
        client: Any,
        mailbox: Any,
        set_clock: Any,
    ) -> None:
        _ask_second(sign_in, moderators[0], unanswered)
        _press(sign_in, moderators[1], "goedkeuren")
        mailbox.deliver()
        path = next(path for path in mailbox.last(scene.owner.email).paths if "/bezwaar-" in path)
        page = client.get(path)
        assert PROOF in page.main and _proposal().state == "announced"
        page.form().submit({"reason": "Wij kennen deze persoon niet."})
        db.session.expire_all()
        assert (_proposal().state, unanswered.state) == ("objected", "refused")
        mailbox.deliver()
        assert "maakte bezwaar" in mailbox.last(scene.asker.email).text
        assert "Wij kennen deze persoon niet." in mailbox.last(moderators[0].email).text
        set_clock(clock.now() + timedelta(days=11))
        give_announced_access()
        # A worker may have read that it was due just before the objection.
        with write_section():
            actions.give_due(_proposal())
        assert role(scene.organisation, scene.asker) is None
        assert client.get(path).status == 410

    @pytest.mark.parametrize("act", ["remove", "demote"])
    def test_it_stops_by_no_link_of_somebody_who_is_eigenaar_no_longer(
        self,
        scene: Scene,
        unanswered: AccessRequest,
        moderators: Any,
        sign_in: Any,
        mailbox: Any,
        act: str,
    ) -> None:
        gone = make_membership(scene.organisation, role=Role.OWNER)
        address = gone.account.email
        _ask_second(sign_in, moderators[0], unanswered)
        _press(sign_in, moderators[1], "goedkeuren")
        mailbox.deliver()
        (old,) = (path for path in mailbox.last(address).paths if "/bezwaar-" in path)
        with write_section():
            if act == "remove":
                actions.remove(gone, by=scene.owner)
            else:
                actions.change_role(gone, role=Role.READER, job_title="", by=scene.owner)
        visitor = sign_in(None)
        assert visitor.get(old).status == 404
        mailbox.deliver()
        (new,) = (path for path in mailbox.last(scene.owner.email).paths if "/bezwaar-" in path)
        visitor.get(new).form().submit()
        assert _proposal().state == "objected"

    def test_it_stops_by_an_eigenaar_who_is_signed_in(
        self, scene: Scene, unanswered: AccessRequest, moderators: Any, sign_in: Any
    ) -> None:
        _ask_second(sign_in, moderators[0], unanswered)
        _press(sign_in, moderators[1], "goedkeuren")
        people = sign_in(scene.owner).get(
            "organisations.people", organisation_id=scene.organisation.id
        )
        people.follow(f"Bezwaar maken {scene.asker.email}").form().submit()
        assert _proposal().state == "objected"

    def test_it_is_settled_by_an_eigenaar_who_answers_after_all(
        self, scene: Scene, unanswered: AccessRequest, moderators: Any, sign_in: Any, set_clock: Any
    ) -> None:
        _ask_second(sign_in, moderators[0], unanswered)
        _press(sign_in, moderators[1], "goedkeuren")
        address = f"/organisaties/{scene.organisation.id}/verzoeken/{unanswered.id}"
        form = sign_in(scene.owner).get(address).form()
        form.submit({"answer": "weigeren", "reason": "Nee."})
        assert _proposal().state == "withdrawn"
        set_clock(clock.now() + timedelta(days=11))
        give_announced_access()
        assert role(scene.organisation, scene.asker) is None

    def test_it_gives_no_fellow_moderator_a_right_not_even_when_it_was_announced(
        self, scene: Scene, unanswered: AccessRequest, moderators: Any, sign_in: Any, set_clock: Any
    ) -> None:
        _ask_second(sign_in, moderators[0], unanswered)
        _press(sign_in, moderators[1], "goedkeuren")
        with write_section():
            db.session.get_one(Account, scene.asker.id).is_moderator = True
        set_clock(clock.now() + timedelta(days=11))
        give_announced_access()
        assert role(scene.organisation, scene.asker) is None
        assert _proposal().state == "withdrawn"

    def test_it_gives_no_fellow_moderator_a_right_under_another_address(
        self, scene: Scene, unanswered: AccessRequest, moderators: Any, sign_in: Any
    ) -> None:
        _ask_second(sign_in, moderators[0], unanswered)
        with write_section():
            asker = db.session.get_one(Account, scene.asker.id)
            asker.is_moderator, asker.email_key = True, "arie@elders.example"
        assert _press(sign_in, moderators[1], "goedkeuren").status == 422
        assert _proposal().state == "proposed"
        assert role(scene.organisation, scene.asker) is None

    def test_it_refuses_the_request_of_a_fellow_moderator(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        asked = make_access_request(unowned, author=moderators[1])
        refused = _ask_second(sign_in, moderators[0], asked)
        assert "van iemand van de vereniging" in (refused.error_for("role") or "")

    def test_it_makes_the_first_person_eigenaar_and_nothing_else(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        asked = make_access_request(unowned)
        refused = _ask_second(sign_in, moderators[0], asked, "redacteur")
        assert "De eerste persoon wordt eigenaar." in (refused.error_for("role") or "")
        _ask_second(sign_in, moderators[0], asked)
        _press(sign_in, moderators[1], "goedkeuren")
        assert role(unowned, asked.author) == "eigenaar"

    def test_it_is_gone_from_the_desk_while_a_second_person_looks(
        self, unowned: Organisation, moderators: Any, sign_in: Any
    ) -> None:
        asked = make_access_request(unowned)
        _ask_second(sign_in, moderators[0], asked)
        links = sign_in(moderators[1]).get("/werkvoorraad").links.values()
        assert not any("/toegang/" in link for link in links)
        assert any("/toegangsvoorstellen/" in link for link in links)
        again = sign_in(moderators[1]).get(f"/werkvoorraad/toegang/{asked.id}").form("/voorstellen")
        assert again.submit({"role": "eigenaar", "proof": PROOF}).status == 409
