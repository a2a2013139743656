"""Whose word everything is: for every order of entering, claiming, reporting and disowning."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Account
from portal.commitments import actions
from portal.commitments.models import Commitment, Update
from portal.commitments.promise import promised
from portal.commitments.queries.subjects import get_commitment
from portal.commitments.standing import Progress
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import PortalError, ReasonMissing, StepNotOpen
from portal.lifecycle.claims import Stance
from portal.organisations.actions import hide_reason, restore_reason
from portal.organisations.actions.people import join_as
from portal.organisations.models import Organisation
from portal.policy import Permission, Role, can
from portal.register.claims import about_us
from portal.services.entered import Source, newest_disowning
from tests.comments.people import Who
from tests.factories import make_account, make_moderator, make_signature
from tests.harness.client import Client
from tests.harness.page import Page

OWN = "opgave van de ondertekenaar"
SOURCE = Source("Het weekblad", "https://weekblad.example/1")
ACTS = ("enter", "claim", "report", "edit", "disown", "take_over", "take_back", "retract", "move")
acts = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.booleans(),
        st.integers(0, 3),
        st.sampled_from(("loopt", "gereed")),
    ),
    min_size=2,
    max_size=9,
)


@dataclass
class World:
    """An organisation, a moderator and an eigenaar who may join; and who entered what."""

    organisation: Organisation
    moderator: Account
    owner: Account
    is_claimed: bool = False
    # Number -> whether somebody with a role entered it.
    commitments: dict[int, bool] = field(default_factory=dict)
    updates: dict[int, bool] = field(default_factory=dict)

    def by(self, is_owner: bool) -> Account:
        return self.owner if is_owner else self.moderator

    def is_own(self, is_owner: bool) -> bool:
        return is_owner and self.is_claimed


def begin() -> World:
    organisation = make_signature(is_historic=True, source_url=SOURCE.url).organisation
    return World(organisation, make_moderator(), make_account())


def enter(world: World, *, by: Account, is_own: bool = False) -> Commitment:
    commitment = actions.draft(
        world.organisation,
        term=promised("eind 2020", clock.today()),
        promised_on=clock.today(),
        reason="Dit staat in de krant.",
        by=by,
        kind="plan",
        title=f"Toezegging {len(world.commitments)}",
        what="Een plan.",
        source_title=SOURCE.title,
        source_url=SOURCE.url,
    )
    actions.publish(commitment, by=by)
    world.commitments[commitment.id] = is_own
    return commitment


def report(world: World, commitment: Commitment, *, by: Account, progress: str = "loopt") -> Update:
    return actions.report(
        commitment,
        progress=progress,
        body="Het gaat goed.",
        told_on=clock.today(),
        source=SOURCE,
        reason="Dit staat in de krant.",
        by=by,
    )


def play(world: World, act: tuple[str, bool, int, str]) -> None:
    """Do what the act says, as actions allow it; doors may refuse more."""
    name, is_owner, place, progress = act
    by = world.by(is_owner)
    if name == "enter":
        enter(world, by=by, is_own=world.is_own(is_owner))
        return
    if name == "claim":
        join_as(
            world.organisation.id, account_id=world.owner.id, role=str(Role.OWNER), job_title=""
        )
        world.is_claimed = True
        return
    if not world.commitments:
        return
    numbers = sorted(world.commitments)
    commitment = get_commitment(numbers[place % len(numbers)])
    if name == "report":
        update = report(world, commitment, by=by, progress=progress)
        world.updates[update.id] = world.is_own(is_owner)
    elif name == "edit":
        actions.edit(commitment, what=f"Plan {place}.", reason="Nagekeken.", by=by)
    elif name == "move":
        term = promised(f"eind {2030 + place}", clock.today())
        actions.move_term(commitment, term=term, reason="Later.", source=SOURCE, by=by)
    else:
        _answer(world, name, commitment, is_update=is_owner)


def _answer(world: World, name: str, commitment: Commitment, *, is_update: bool) -> None:
    claim: Commitment | Update = commitment
    if is_update and world.updates:
        claim = db.session.get_one(Update, max(world.updates))
    if name == "disown":
        actions.disown(claim, reason="Dit zeiden wij niet.", by=world.owner)
    elif name == "take_over":
        actions.take_over(claim, by=world.owner)
    elif name == "take_back":
        actions.take_back_disowning(claim, by=world.owner)
    elif isinstance(claim, Update):
        actions.retract(claim, reason="Verkeerd gelezen.", by=world.moderator)


def labelled(page: Page, selector: str) -> bool:
    part = page.soup.select_one(selector)
    assert part is not None
    return OWN in part.get_text()


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=acts)
def test_it_says_stated_by_the_signatory_only_of_what_somebody_with_a_role_entered(
    app: Flask, client: Client, drawn: list[tuple[str, bool, int, str]]
) -> None:
    world = begin()
    for act in drawn:
        try:
            with write_section():
                play(world, act)
        except PortalError:
            continue
    page = client.get("register.signatory", slug=world.organisation.slug)
    rows = {
        row.select_one("a").get_text(): OWN in row.get_text()
        for row in page.soup.select(".rows > li")
    }
    for number, is_own in world.commitments.items():
        commitment = get_commitment(number)
        assert rows[commitment.title] == is_own
        shown = client.get("commitments.show", slug=commitment.slug)
        assert labelled(shown, ".commitment__head") == is_own
        for update, is_own_update in world.updates.items():
            if shown.soup.select_one(f"#bericht-{update}"):
                assert labelled(shown, f"#bericht-{update}") == is_own_update
    assert page.main.count(OWN) == sum(world.commitments.values())


class TestAnswer:
    def test_it_confirms_corrects_and_disowns_what_the_vereniging_entered(
        self, app: Flask, client: Client
    ) -> None:
        world = begin()
        with write_section():
            play(world, ("claim", True, 0, ""))
            for _number in range(3):
                enter(world, by=world.moderator)
            first, second, third = map(get_commitment, world.commitments)
            actions.take_over(first, by=world.owner)
            actions.edit(second, what="Zo is het.", by=world.owner)
            actions.disown(third, reason="Dit zeiden wij nooit.", by=world.owner)
        shown = [
            client.get("commitments.show", slug=commitment.slug).main
            for commitment in (first, second, third)
        ]
        assert [stance in page for page, stance in zip(shown, SAID, strict=True)] == [True] * 3
        assert "De ondertekenaar zegt: Dit zeiden wij nooit." in shown[2]
        assert not any(OWN in page for page in shown)
        old = client.get("commitments.history", slug=second.slug).main
        assert "Tekst van de ondertekenaar." in old
        assert "Tekst ingevoerd door de vereniging." in old
        first = client.get("commitments.version", slug=second.slug, number=1).main
        assert "ingevoerd door de vereniging" in first
        assert "Een plan." in first

    def test_it_counts_what_nobody_took_over_apart_and_never_late(
        self, app: Flask, client: Client
    ) -> None:
        world = begin()
        with write_section():
            for _number in range(2):
                enter(world, by=world.moderator)
            silent, done = map(get_commitment, world.commitments)
            report(world, done, by=world.moderator, progress="gereed")
        page = client.get("home.show")
        assert 'aria-label="termijn verstreken: 0"' in page.html
        fact = page.soup.select_one('.facts a[href$="?stand=geen-bericht"]')
        assert fact.get_text() == "1"
        opened = client.get(str(fact["href"]))
        assert silent.title in opened.main
        assert done.title not in opened.main
        shown = client.get("commitments.show", slug=done.slug).main
        assert "gereed volgens Het weekblad" in shown
        assert (
            "geen bericht bij dit portaal" in client.get("commitments.show", slug=silent.slug).main
        )
        with write_section():
            play(world, ("claim", True, 0, ""))
            actions.take_over(get_commitment(silent.id), by=world.owner)
        late = client.get("/toezeggingen?stand=te-laat")
        assert silent.title in late.main

    def test_it_lets_a_source_that_was_misread_count_no_more(self, app: Flask) -> None:
        world = begin()
        with write_section():
            commitment = enter(world, by=world.moderator)
            update = report(world, commitment, by=world.moderator, progress="gereed")
            assert commitment.progress == Progress.DONE_BY_SOURCE
            actions.retract(update, reason="Dat ging over iets anders.", by=world.moderator)
        assert commitment.progress == Progress.SILENT
        with pytest.raises(ReasonMissing), write_section():
            actions.retract(update, reason=" ", by=world.moderator)

    def test_it_answers_to_nothing_that_the_signatory_said_itself(self, app: Flask) -> None:
        world = begin()
        with write_section():
            play(world, ("claim", True, 0, ""))
            own = enter(world, by=world.owner, is_own=True)
        for answer in (actions.take_over, actions.take_back_disowning):
            with pytest.raises(StepNotOpen), write_section():
                answer(own, by=world.owner)
        with pytest.raises(StepNotOpen), write_section():
            actions.disown(own, reason="Toch niet.", by=world.owner)
        with pytest.raises(ReasonMissing), write_section():
            actions.disown(enter(world, by=world.moderator), reason=" ", by=world.owner)

    def test_it_confirms_what_the_signatory_reports_on(self, app: Flask) -> None:
        world = begin()
        with write_section():
            play(world, ("claim", True, 0, ""))
            reported, disowned = (enter(world, by=world.moderator) for _each in range(2))
            report(world, reported, by=world.owner, progress="gereed")
            actions.disown(disowned, reason="Niet van ons.", by=world.owner)
            report(world, disowned, by=world.owner, progress="loopt")
        assert (reported.stance, disowned.stance) == (Stance.CONFIRMED, Stance.DISOWNED)
        # Nobody puts another promise under the report of a signatory.
        moderator = Who(world.moderator.id, is_moderator=True)
        assert not can(moderator, Permission.COMMITMENT_EDIT, reported)
        assert can(moderator, Permission.COMMITMENT_EDIT, disowned)

    def test_it_leads_through_everything_once(self, app: Flask) -> None:
        world = begin()
        with write_section():
            play(world, ("claim", True, 0, ""))
            commitment = enter(world, by=world.moderator)
            report(world, commitment, by=world.moderator)
        about = about_us(world.organisation.id)
        assert [claim.kind for claim in about.claims] == [
            "gegevens",
            "ondertekening",
            "toezegging",
            "bericht",
        ]
        assert len(about.waiting) == 4
        assert commitment.stance is None
        with write_section():
            actions.take_over(commitment, by=world.owner)
        assert commitment.stance == Stance.CONFIRMED
        assert about_us(world.organisation.id).answered_count == 1


SAID = (
    "bevestigd door de ondertekenaar op",
    "verbeterd door de ondertekenaar op",
    "de ondertekenaar zegt: niet van ons",
)


class TestHiddenReason:
    def test_it_stays_hidden_when_the_claim_is_disowned_anew(self, app: Flask) -> None:
        world = begin()
        with write_section():
            play(world, ("claim", True, 0, ""))
            claim = enter(world, by=world.moderator)
            actions.disown(claim, reason="Jansen loog.", by=world.owner)
            first = newest_disowning(claim.thing, claim.id)
            assert first is not None
            hide_reason(first, ground="personal_facts", reason="Een naam.", by=world.moderator)
            assert (claim.stance, claim.stance_reason) == (Stance.DISOWNED, None)
            actions.take_back_disowning(claim, by=world.owner)
            actions.disown(claim, reason="Dit zeiden wij niet.", by=world.owner)

        assert claim.stance_reason == "Dit zeiden wij niet."
        with write_section():
            restore_reason(first, by=world.moderator)
        assert claim.stance_reason == "Dit zeiden wij niet."
