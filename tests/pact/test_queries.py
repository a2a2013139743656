"""Tests of the reads of the pact's text."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import db
from portal.pact import queries
from portal.policy import VISITOR, Permission, Visitor, can
from tests.factories import make_beheerder, make_moderator, make_pact_version


class TestVisibleTo:
    @pytest.mark.parametrize("state", ["draft", "published"])
    def test_it_lists_exactly_what_may_be_read(self, app: Flask, state: str) -> None:
        version = make_pact_version(state=state)
        beheerder = make_beheerder()
        moderator = make_moderator()
        viewers = [
            VISITOR,
            Visitor(moderator.id, True, True, is_moderator=True),  # type: ignore[arg-type]
            Visitor(beheerder.id, True, True, is_beheerder=True),  # type: ignore[arg-type]
            Visitor(beheerder.id, True, False, is_beheerder=True),  # type: ignore[arg-type]
        ]
        for viewer in viewers:
            listed = db.session.scalars(queries.visible_to(viewer)).all()
            assert (version in listed) == can(viewer, Permission.PACT_READ, version)
