"""The kinds of things that wait: each is counted, listed and decided on, and none is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.lifecycle import LIFECYCLES, Step
from portal.moderation import queries
from portal.moderation.kinds import KINDS, SIGNATURE
from portal.moderation.waiting import Kind
from portal.policy import (
    POLICY,
    Refusal,
    Role,
    can,
    moderator_after_owners,
    moderator_without_stake,
    why_not,
)
from tests import factories as make
from tests.comments.people import Who
from tests.harness.client import Client
from tests.moderation.waiting import MAKERS, one_of

# Steps that a moderator's decision brings along, or that are taken of what stands and waits not.
WAITS_NOT = {
    # For moderators to know: it stands below what waits.
    ("arrival", "seen"),
    ("access_proposal", "announce"),
    ("comment", "place"),
    ("comment", "refuse"),
    ("comment_version", "supersede"),
    ("identity_proposal", "set_back"),
    ("profile", "supersede"),
    ("organisation", "freeze"),
    ("organisation", "unfreeze"),
    ("ending", "propose"),
    ("ending", "stop"),
}
# Taken from the lists of what was decided and seen, and with what replaces a text.
UNDOING = {"stand_again", "undo", "unseen"}
NAMES = [kind.thing for kind in KINDS]


def decisions_of_moderators() -> set[tuple[str, str]]:
    steps: list[Step] = [step for table in LIFECYCLES.values() for step in table.values()]
    return {
        (step.thing, step.name)
        for step in steps
        if step.permission is not None
        # What is hidden stood before everybody, and waits for nobody.
        and step.hides is None
        # What was decided waits no longer: it is undone from a list of its own.
        and step.name not in UNDOING
        and {moderator_without_stake, moderator_after_owners} & set(POLICY[step.permission])
    }


def test_it_has_a_kind_for_everything_on_which_moderators_decide() -> None:
    at_desk = {(kind.thing, decision.step) for kind in KINDS for decision in kind.decisions}
    assert decisions_of_moderators() - WAITS_NOT == at_desk


def test_it_tells_kinds_apart_by_name_and_by_address() -> None:
    assert len({kind.thing for kind in KINDS}) == len({kind.path for kind in KINDS}) == len(KINDS)
    assert set(MAKERS) == set(NAMES), "tests make one of every kind"


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
class TestEveryKind:
    def test_it_is_counted_and_listed(self, app: Flask, kind: Kind) -> None:
        number = one_of(kind)
        assert queries.waiting_total() == 1
        (item,) = queries.queue_page(None).rows
        assert (item.kind, item.row.id, item.is_waiting) == (kind, number, True)

    def test_it_has_routes_with_the_permission_of_its_lifecycle(
        self, app: Flask, kind: Kind
    ) -> None:
        rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
        page = f"/werkvoorraad/{kind.path}/<int:number>"
        assert rules[kind.endpoint] == page
        for decision in kind.decisions:
            endpoint = kind.endpoint_of(decision)
            assert rules[endpoint] == f"{page}/{decision.path}"
            door = app.view_functions[endpoint].door  # type: ignore[attr-defined]
            assert door.permission == kind.permission == kind.step_of(decision).permission

    def test_it_has_one_key_for_each_decision_and_a_reason_where_the_lifecycle_wants_one(
        self, kind: Kind
    ) -> None:
        keys = [decision.key for decision in kind.decisions]
        assert len(keys) == len(set(keys))
        for decision in kind.decisions:
            assert ("reason" in decision.asks) == kind.step_of(decision).needs_reason

    def test_it_lets_the_desk_and_the_door_say_the_same(self, app: Flask, kind: Kind) -> None:
        writer, organisation = make.make_account(), make.make_organisation()
        number = one_of(kind, author=writer, organisation=organisation)
        thing: Any = queries.get_thing(kind, number)
        item = queries.item_of(kind, number)
        inside = {organisation.id: str(Role.READER)}
        named = next(iter(thing.concerned_emails), "nobody@example.org")
        for person, reason in (
            (Who(999, is_moderator=True), None),
            (Who(writer.id, is_moderator=True), Refusal.OWN_TEXT),
            (Who(999, is_moderator=True, roles=inside), Refusal.OWN_ORGANISATION),
            (
                Who(999, is_moderator=True, email_key=named),
                Refusal.IS_SIGNATORY if thing.concerned_emails else None,
            ),
            (Who(999), Refusal.NO_ROLE),
            (Who(999, is_beheerder=True), Refusal.NO_ROLE),
        ):
            assert item.why_not(person) == why_not(person, kind.permission, thing) == reason
            assert item.may_be_decided_by(person) == can(person, kind.permission, thing)


def test_it_shows_an_ending_that_never_waited_for_a_moderator(desk: Client) -> None:
    for state in ("asked", "waiting", "ended"):
        ending = make.make_ending(state=state)
        assert desk.get(f"/werkvoorraad/opzeggingen/{ending.id}").status == 200


class TestSignatory:
    """The moderator who is the authorised signatory: desk, door and buttons agree."""

    @pytest.fixture
    def own(self, moderator: Account) -> int:
        address = moderator.email.upper()
        return make.make_signature(state="confirmed", signatory_email=address).id

    def test_it_never_leads_that_moderator_to_it(self, desk: Client, own: int) -> None:
        assert desk.get("/werkvoorraad/volgende").location == "/werkvoorraad"
        other = one_of(SIGNATURE)
        page = desk.get("/werkvoorraad/volgende")
        assert page.location == f"/werkvoorraad/ondertekeningen/{other}#beoordeling"

    def test_it_goes_on_to_something_else_after_a_decision(self, desk: Client, own: int) -> None:
        other = one_of(SIGNATURE)
        page = desk.get(f"/werkvoorraad/ondertekeningen/{other}")
        assert page.form("/toelaten").submit(is_mandate_seen="y").path == "/werkvoorraad"

    def test_it_shows_no_button_and_opens_no_door(self, desk: Client, own: int) -> None:
        page = desk.get(f"/werkvoorraad/ondertekeningen/{own}")
        assert "U bent zelf de tekenbevoegde." in page.main
        assert page.soup.main is not None
        assert page.soup.main.find("form") is None
        refused = desk.get(f"/werkvoorraad/ondertekeningen/{own}/toelaten")
        assert refused.status == 403

    def test_it_stays_in_the_list_for_the_others(self, desk: Client, own: int) -> None:
        assert f"/werkvoorraad/ondertekeningen/{own}#beoordeling" in (
            desk.get("/werkvoorraad").links.values()
        )
