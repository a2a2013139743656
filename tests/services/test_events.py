"""Events: heard by all who listen, in the transaction of the act, and refused by any of them."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import EVENTS
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused
from portal.organisations.events import OrganisationRenamed
from portal.organisations.models import Organisation
from portal.services.events import Event, Unheard, handlers, heard, tell
from portal.signatures.events import SignatureEnded
from tests import factories as make


def test_it_does_not_start_with_an_event_that_nobody_hears() -> None:
    assert set(heard(*EVENTS)) == set(Event.__subclasses__())
    with pytest.raises(Unheard, match="OrganisationRenamed"):
        heard(*EVENTS[:1])


def test_it_undoes_the_act_that_a_handler_refuses(app: Flask) -> None:
    organisation = make.make_signature(state="confirmed").organisation
    before = organisation.name

    with pytest.raises(FieldRefused), write_section():
        organisation.name = "Een andere naam"
        tell(OrganisationRenamed(organisation))

    assert db.session.get_one(Organisation, organisation.id).name == before


def test_it_tells_everybody_who_listens_in_their_order(app: Flask) -> None:
    order: list[str] = []
    known = handlers()
    handlers.bind(
        app,
        heard(
            *EVENTS[1:],
            (SignatureEnded, lambda _event: order.append("first")),
            (SignatureEnded, lambda _event: order.append("second")),
        ),
    )
    try:
        tell(SignatureEnded(1, None, None))
    finally:
        handlers.bind(app, known)
    assert order == ["first", "second"]
