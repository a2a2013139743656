"""What the tests of commitments start from: a signatory with an editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from portal.accounts.models import Account
from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.commitments.promise import promised
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from tests.factories import make_account, make_commitment, make_membership, make_signature

WORDS = {
    "kind": "whitepaper",
    "title": "Whitepaper over onze bijdrage",
    "what": "Wij schrijven hoe wij bijdragen.",
}


@dataclass(frozen=True)
class Scene:
    """A signatory, and somebody who writes for it."""

    organisation: Organisation
    editor: Account


def signatory(role: str = "redacteur") -> Scene:
    """Return an organisation with an admitted signature, and its editor."""
    organisation = make_signature().organisation
    return Scene(organisation, make_membership_of(organisation, role))


def make_membership_of(organisation: Organisation, role: str = "redacteur") -> Account:
    """Return a new member of the organisation."""
    person = make_account()
    make_membership(organisation, person, role=role)
    return person


def promise(scene: Scene, **values: Any) -> Commitment:
    """Return a commitment of the scene's organisation."""
    return make_commitment(scene.organisation, author=scene.editor, **values)


def publish(scene: Scene, title: str = "Plan voor koppelen", term: str = "eind 2020") -> Commitment:
    """Write a commitment and make it public, as its editor does."""
    with write_section():
        commitment = actions.draft(
            db.session.merge(scene.organisation),
            term=promised(term, date(2019, 7, 3)),
            promised_on=date(2019, 7, 3),
            by=scene.editor,
            **{**WORDS, "title": title},
        )
        actions.publish(commitment, by=scene.editor)
    return commitment


def moment(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """Return a moment in UTC, for the clock."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
