"""Reading organisations: who sees which, and which are alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.organisations import actions, queries
from portal.organisations.models import Organisation
from portal.policy import VISITOR, Permission, Role, can
from portal.services.grounds import AloneGround
from portal.vereniging.queries import editable_vereniging
from tests.factories import (
    make_account,
    make_beheerder,
    make_membership,
    make_moderator,
    make_organisation,
    make_profile,
)


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
