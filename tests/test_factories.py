"""The factories reach every state of every lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.lifecycle import LIFECYCLES, states_of
from portal.services.history import history_of
from tests import factories

MAKERS: dict[str, Callable[[str], Any]] = {
    "access_proposal": lambda state: factories.make_access_proposal(
        factories.make_organisation(), state=state
    ),
    "access_request": lambda state: factories.make_access_request(
        factories.make_organisation(), state=state
    ),
    "article": lambda state: factories.make_article(state=state, picture=factories.make_picture()),
    "comment": lambda state: factories.make_comment(state=state),
    "comment_version": lambda state: factories.make_comment_version(
        factories.make_comment(), state=state
    ),
    "commitment": lambda state: factories.make_commitment(state=state),
    "ending": lambda state: factories.make_ending(state=state),
    "identity_proposal": lambda state: factories.make_proposal(state=state),
    "intake": lambda state: factories.make_intake(state=state),
    "invitation": lambda state: factories.make_invitation(
        factories.make_organisation(), state=state
    )[0],
    "mailbox": lambda state: factories.make_mailbox(factories.make_organisation(), state=state),
    "pact_version": lambda state: factories.make_pact_version(state=state),
    "profile": lambda state: factories.make_profile(factories.make_organisation(), state=state),
    "rappel": lambda state: factories.make_rappel(state=state),
    "yearly_report": lambda state: factories.make_report(state=state),
    "signature": lambda state: factories.make_signature(state=state),
    "staff_invitation": lambda state: factories.make_staff_invitation(state=state)[0],
}
CASES = [(thing, state) for thing in sorted(LIFECYCLES) for state in states_of(thing)]


@pytest.mark.parametrize(("thing", "state"), CASES)
def test_it_makes_everything_in_every_state(app: Flask, thing: str, state: str) -> None:
    made = MAKERS[thing](state)

    assert made.state == state
    assert history_of(thing, made.id)[-1].to_state == state
