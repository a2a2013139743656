"""What the tests of commitments start from: a signatory with an editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from portal.accounts.models import Account
from portal.commitments.models import Commitment
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


def moment(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """Return a moment in UTC, for the clock."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
