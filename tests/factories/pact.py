"""The pact's text, its layers and principles, and events of signing."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.markdown import render
from portal.pact.models import Layer, PactVersion, Principle, SigningEvent
from tests.factories.states import add, bring_to, committed, number


def layer(slug: str = "interactie") -> Layer:
    """Return the layer with this slug, as the migrations made it."""
    return db.session.scalars(select(Layer).where(Layer.slug == slug)).one()


def principle(slug: str = "standaarden") -> Principle:
    """Return the principle with this slug, as the migrations made it."""
    return db.session.scalars(select(Principle).where(Principle.slug == slug)).one()


@committed
def make_pact_version(
    *,
    state: str = "published",
    label: str | None = None,
    body: str = "Wij werken samen aan *Common Ground*.",
    is_example: bool = False,
    valid_from: date | None = None,
    author: Account | None = None,
) -> PactVersion:
    """Return a version of the pact's text."""
    own = number()
    version = PactVersion(
        label=label or f"{own}.0",
        title="Groeipact Common Ground",
        body=body,
        html=render(body),
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        is_example=is_example,
        created_at=clock.now(),
        author_id=author.id if author else None,
    )
    bring_to(version, state, by=author)
    if state == "published":
        version.published_at = clock.now()
        version.valid_from = valid_from or clock.today()
    add(version)
    return version


@committed
def make_signing_event(
    *,
    name: str = "iBestuur-congres",
    place: str = "Arnhem",
    held_on: date = date(2019, 7, 3),
    source_url: str | None = None,
) -> SigningEvent:
    """Return an occasion at which organisations sign together."""
    event = SigningEvent(
        name=name, place=place, held_on=held_on, source_url=source_url, created_at=clock.now()
    )
    add(event)
    return event
