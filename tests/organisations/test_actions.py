"""Writing organisations: entering them, giving them an address, and who belongs to them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused
from portal.organisations import actions, queries
from portal.organisations.facts import Facts
from portal.organisations.models import Membership
from portal.policy import Role
from portal.services.history import history_of
from tests.factories import kind, make_membership, make_moderator, make_organisation
from tests.organisations.scenes import Scene


class TestEnter:
    def test_it_enters_an_organisation_that_nobody_belongs_to(self, app: Any) -> None:
        moderator = make_moderator()
        with write_section():
            made = actions.enter(
                Facts("Oud lid (fictief)", kind("gemeente").id, numbers={"cbs": "GM0001"}),
                is_fictional=True,
                by=moderator,
            )
        assert queries.people_of(made.id) == [] and not made.has_owner
        assert (made.cbs, made.is_fictional, made.is_public) == ("GM0001", True, False)
        assert [row.step for row in history_of("organisation", made.id)] == ["entered"]

    def test_it_gives_an_address_once_and_for_ever(self, app: Any) -> None:
        first = make_organisation(name="Gemeente 's-Dorp (fictief)")
        second = make_organisation(name="Gemeente s Dorp (fictief)")
        with write_section():
            for found in (first, second, first):
                actions.publish(queries.get_organisation(found.id), by=None)
        db.session.refresh(first)
        assert first.slug == "gemeente-s-dorp-fictief"
        published = first.published_at
        assert queries.get_organisation(second.id).slug == "gemeente-s-dorp-fictief-2"
        with write_section():
            again = queries.get_organisation(first.id)
            again.name = "Anders"
            actions.publish(again, by=None)
        assert (again.slug, again.published_at) == ("gemeente-s-dorp-fictief", published)
        steps = [row.step for row in history_of("organisation", first.id)]
        assert steps == ["published"]


class TestRemove:
    def test_it_tells_the_second_of_two_owners_who_remove_at_once(self, scene: Scene) -> None:
        member = make_membership(scene.organisation)
        with pytest.raises(AlreadyExists), write_section():
            standing = db.session.get_one(Membership, member.id)
            db.session.execute(delete(Membership).where(Membership.id == member.id))
            actions.remove(standing, by=scene.owner)


class TestLeave:
    def test_it_holds_the_second_of_two_owners_who_leave(self, scene: Scene) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        first = queries.find_membership(scene.organisation.id, scene.owner.id)
        assert first is not None
        with write_section():
            actions.leave(db.session.get_one(Membership, first.id), by=scene.owner)
        with pytest.raises(FieldRefused), write_section():
            actions.leave(db.session.get_one(Membership, second.id), by=second.account)
        assert [found.id for found in db.session.scalars(select(Membership))] == [second.id]
