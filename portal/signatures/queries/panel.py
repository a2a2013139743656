"""What the work page of an organisation shows of its signature."""

from __future__ import annotations

from typing import NamedTuple

from portal.organisations.models import Organisation
from portal.pact.queries import find_current
from portal.policy import Permission, Person, can
from portal.signatures.models import Signature
from portal.signatures.queries.signatures import Standing, last_ended, standings_of


class SignaturePanel(NamedTuple):
    """The signature of an organisation, and what the viewer may begin."""

    standing: Standing | None
    # The last signature that ended, where none is open.
    former: Signature | None
    may_prepare: bool
    may_enter: bool
    has_text: bool


def organisation_panel(organisation: Organisation, viewer: Person) -> SignaturePanel:
    """Return what the page shows; for members and moderators of the organisation only."""
    standing = standings_of([organisation.id]).get(organisation.id)
    return SignaturePanel(
        standing=standing,
        former=last_ended(organisation.id) if standing is None else None,
        may_prepare=can(viewer, Permission.SIGNATURE_PREPARE, organisation),
        may_enter=can(viewer, Permission.SIGNATURE_ENTER) and organisation.id not in viewer.roles,
        has_text=find_current() is not None,
    )
