"""Reading organisations: who sees which, and which are alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.words import date_words
from portal.organisations import actions, queries
from portal.organisations.models import Membership, Organisation
from portal.policy import VISITOR, Permission, Refusal, Role, Tie, can
from portal.services.grounds import AloneGround
from portal.vereniging.queries import editable_vereniging
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
from tests.organisations.scenes import Scene


class TestPublicBySlug:
    def test_it_is_found_by_its_address_once_it_is_public(self, app: Any) -> None:
        made = make_organisation()
        with write_section():
            actions.publish(queries.get_organisation(made.id), by=None)
        slug = queries.get_organisation(made.id).slug
        assert slug is not None
        found = queries.find_public_by_slug(slug)
        assert found is not None and found.id == made.id
        assert queries.find_public_by_slug("bestaat-niet") is None


def moderator_inside(ours: Organisation) -> Account:
    found = make_moderator()
    make_membership(ours, found, role=Role.READER)
    return found


VIEWERS: dict[str, Callable[[Organisation], Account | None]] = {
    "visitor": lambda _ours: None,
    "account": lambda _ours: make_account(),
    "unconfirmed_owner": lambda ours: _with_role(ours, Role.OWNER, is_confirmed=False),
    "reader": lambda ours: _with_role(ours, Role.READER),
    "editor": lambda ours: _with_role(ours, Role.EDITOR),
    "owner": lambda ours: _with_role(ours, Role.OWNER),
    "moderator": lambda _ours: make_moderator(),
    "unconfirmed_moderator": lambda _ours: make_account(is_moderator=True, is_confirmed=False),
    "moderator_inside": moderator_inside,
    "beheerder": lambda _ours: make_beheerder(),
}


def _with_role(ours: Organisation, role: Role, **more: Any) -> Account:
    return make_membership(ours, make_account(**more), role=role).account


class Seen:
    """An account as a person with roles."""

    def __init__(self, account: Account) -> None:
        self.id = account.id
        self.is_authenticated = True
        self.is_confirmed = account.is_confirmed
        self.is_moderator = account.is_moderator
        self.is_beheerder = account.is_beheerder
        self.roles = queries.roles_of(account.id)
        self.ties = queries.ties_of(account.id)


@pytest.mark.parametrize("who", VIEWERS)
def test_it_lists_exactly_what_somebody_may_read(app: Any, who: str) -> None:
    ours, theirs = make_organisation(), make_organisation()
    public = make_organisation(is_public=True)
    account = VIEWERS[who](ours)
    viewer: Any = Seen(account) if account is not None else VISITOR
    listed = set(db.session.scalars(queries.visible_to(viewer)))
    for organisation in (ours, theirs, public):
        may = can(viewer, Permission.ORGANISATION_READ, organisation)
        assert (organisation in listed) is may, organisation.name
    assert public in listed


class TestLikeness:
    def test_it_sees_the_colleague_who_added_it_between_question_and_answer(self, app: Any) -> None:
        make_organisation(name="Bloemendorp", kvk="01234567")
        assert queries.find_exact_duplicate("gemeente bloemendorp", {}) is not None
        assert queries.find_exact_duplicate("Anders", {"oin": "01234567"}) is None
        assert queries.find_exact_duplicate("Anders", {"kvk": "01234567"}) is not None
        assert queries.find_exact_duplicate("Anders", {"kvk": "76543210"}) is None

    def test_it_shows_a_moderator_also_what_is_not_public(self, app: Any) -> None:
        hidden = make_organisation(name="Bloemendorp Diensten")
        assert queries.near_duplicates("Bloemendorp") == []
        found = queries.near_duplicates("Bloemendorp", for_moderator=True)
        assert [(one.organisation_id, one.reasons) for one in found] == [(hidden.id, ["part"])]
        assert queries.near_duplicates("Bloemendorp", except_id=hidden.id, for_moderator=True) == []

    def test_it_puts_the_surest_first_and_adds_up_the_reasons(self, app: Any) -> None:
        part = make_organisation(name="Bloemendorp Diensten", is_public=True)
        same = make_organisation(
            name="Gemeente Bloemendorp",
            kvk="01234567",
            website="https://www.bloemendorp.example",
            is_public=True,
        )
        found = queries.near_duplicates(
            "Bloemendorp", numbers={"kvk": "01234567"}, website="https://bloemendorp.example/over"
        )
        assert [one.organisation_id for one in found] == [same.id, part.id]
        assert found[0].reasons == ["kvk", "same", "domain"]


class TestAloneGround:
    """Two people of the vereniging decide, wherever there are two who may."""

    def test_it_asks_for_a_second_person_who_may_decide(self, app: Any) -> None:
        first, second = make_moderator(), make_moderator()
        profile = make_profile(make_organisation())
        assert queries.alone_ground(Permission.PROFILE_MODERATE, profile, by=first) is None
        lookers = queries.second_lookers(Permission.PROFILE_MODERATE, profile, by=first)
        assert [one.id for one in lookers] == [second.id]

    def test_it_says_that_nobody_else_may(self, app: Any) -> None:
        first, organisation = make_moderator(), make_organisation()
        moderator_inside(organisation)
        make_beheerder()
        make_account(is_moderator=True, is_confirmed=False)
        profile = make_profile(organisation)
        ground = queries.alone_ground(Permission.PROFILE_MODERATE, profile, by=first)
        assert ground == AloneGround.NOBODY_ELSE

    def test_it_says_that_the_vereniging_switched_it_off(self, app: Any) -> None:
        first, _second = make_moderator(), make_moderator()
        profile = make_profile(make_organisation())
        with write_section():
            editable_vereniging().four_eyes = False
        ground = queries.alone_ground(Permission.PROFILE_MODERATE, profile, by=first)
        assert ground == AloneGround.SWITCHED_OFF


class TestTies:
    """What a moderator has at stake in an organisation after the role in it is gone."""

    @pytest.mark.parametrize("how", ["leave", "remove"])
    def test_it_lasts_for_the_period_of_the_setting_after_a_membership(
        self, scene: Scene, set_clock: Any, how: str
    ) -> None:
        moderator = make_moderator()
        membership = make_membership(scene.organisation, moderator, role=Role.READER)
        left = clock.now()
        set_clock(left)
        with write_section():
            getattr(actions, how)(
                db.session.get_one(Membership, membership.id),
                by=moderator if how == "leave" else scene.owner,
            )
        assert _ties(moderator) == {
            scene.organisation.id: Tie(Refusal.LEFT_ORGANISATION, clock.day_of(left))
        }
        set_clock(left + timedelta(days=364, hours=23))
        assert _ties(moderator)
        set_clock(left + timedelta(days=365, minutes=1))
        assert not _ties(moderator)

    @pytest.mark.parametrize("state", ["open", "refused", "cancelled"])
    def test_it_comes_with_a_request_to_join_however_that_ended(
        self, scene: Scene, set_clock: Any, state: str
    ) -> None:
        moderator = make_moderator()
        asked = make_access_request(scene.organisation, author=moderator, state=state)
        assert _ties(moderator) == {
            scene.organisation.id: Tie(Refusal.ASKED_ACCESS, clock.day_of(asked.created_at))
        }
        set_clock(clock.now() + timedelta(days=366))
        assert bool(_ties(moderator)) is (state == "open")

    def test_it_is_laid_upon_nobody_by_an_invitation(self, scene: Scene) -> None:
        first, second = make_moderator(), make_moderator()
        for moderator in (first, second):
            make_invitation(scene.organisation, email=moderator.email)
        text = make_profile(scene.organisation, state="pending")
        permission = Permission.PROFILE_MODERATE
        assert all(can(one, permission, text) for one in queries.colleagues())
        assert queries.alone_ground(permission, text, by=first) is None

    def test_it_keeps_a_moderator_from_deciding_who_left_a_moment_ago(
        self, scene: Scene, sign_in: Any
    ) -> None:
        moderator = make_moderator()
        make_membership(scene.organisation, moderator, role=Role.READER)
        text = make_profile(scene.organisation, state="pending")
        client = sign_in(moderator)
        client.get("organisations.leave", organisation_id=scene.organisation.id).form().submit()
        page = client.get(f"/werkvoorraad/profielen/{text.id}")
        assert f"U hoorde tot {date_words(clock.today())} bij deze organisatie." in page.main
        assert page.soup.main is not None and page.soup.main.find("form") is None
        assert client.get(f"/werkvoorraad/profielen/{text.id}/weigeren").status == 403

    def test_it_leaves_those_with_a_tie_out_of_the_second_lookers(self, scene: Scene) -> None:
        first, moderator = make_moderator(), make_moderator()
        text = make_profile(scene.organisation, state="pending")
        permission = Permission.PROFILE_MODERATE
        assert queries.alone_ground(permission, text, by=first) is None
        make_access_request(scene.organisation, author=moderator, state="refused")
        assert queries.alone_ground(permission, text, by=first) == AloneGround.NOBODY_ELSE


def _ties(account: Account) -> dict[int, Tie]:
    return queries.ties_of(account.id)
