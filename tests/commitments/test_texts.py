"""Every text of a commitment is written, kept, compared and shown: none is forgotten."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Text, select

from portal.commitments import actions
from portal.commitments.forms import CommitmentForm
from portal.commitments.models import Commitment, Revision, Texts
from portal.commitments.queries.subjects import get_commitment
from portal.commitments.texts import TEXT_FIELDS, TEXT_PARTS, Shown
from portal.core.db import db, write_section
from tests.commitments.scenes import Scene, promise, signatory
from tests.factories import layer, principle
from tests.harness.client import Client

NAMES = {field.name for field in TEXT_FIELDS}
# Texts that nobody writes in the form of a commitment.
OTHERS = {"what_html", "withdraw_reason", "stance_reason"}


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def test_it_knows_every_text_that_is_stored() -> None:
    stored = {c.name for c in Commitment.__table__.columns if isinstance(c.type, Text)}
    assert stored - OTHERS <= NAMES
    assert set(Texts.__annotations__) == NAMES


def test_it_asks_for_every_text() -> None:
    asked = {name.replace("_ids", "s") for name in dir(CommitmentForm)}
    assert asked >= NAMES


def test_it_keeps_shows_and_compares_every_text(client: Client, scene: Scene) -> None:
    words = {field.name: f"Eerst {field.name}" for field in TEXT_FIELDS}
    first = {
        **words,
        "kind": "plan",
        "source_url": "https://example.org/eerst",
        "layers": [layer("data")],
        "principles": [principle("standaarden")],
    }
    commitment = promise(scene)
    with write_section():
        actions.edit(get_commitment(commitment.id), by=scene.editor, **first)
    shown = client.get("commitments.show", slug=commitment.slug).main
    empty = {field.name: [] if field.shown == Shown.TAGS else "" for field in TEXT_FIELDS}
    second = {**empty, "kind": "overig", "title": "Nu"}
    with write_section():
        actions.edit(get_commitment(commitment.id), by=scene.editor, **second)
    kept = db.session.scalars(select(Revision).order_by(Revision.number.desc())).first()

    assert kept is not None
    assert set(kept.fields) == NAMES
    assert all(kept.fields.values())
    history = client.get("commitments.history", slug=commitment.slug)
    latest = history.soup.select("section")[0]
    labels = [label.get_text(strip=True) for label in latest.select("dt")]
    assert labels == [str(field.label) for field in TEXT_FIELDS]
    version = client.get("commitments.version", slug=commitment.slug, number=2).main
    for page in (shown, version, latest.get_text(" ", strip=True)):
        for field in TEXT_PARTS:
            assert f"Eerst {field.name}" in page
