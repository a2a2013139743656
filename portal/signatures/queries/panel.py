"""What the work page of an organisation tells of its signature."""

from __future__ import annotations

from typing import Any

from portal.organisations.models import Organisation
from portal.pact.queries import find_current
from portal.policy import Permission, Person, can
from portal.signatures.queries.signatures import last_ended, standings_of

TEMPLATE = "signatures/_organisation_panel.html"


def organisation_panel(organisation: Organisation, viewer: Person) -> tuple[str, dict[str, Any]]:
    """Return a template and its words, for a page that only members and moderators read."""
    standing = standings_of([organisation.id]).get(organisation.id)
    former = last_ended(organisation.id) if standing is None else None
    return TEMPLATE, {
        "standing": standing,
        "former": former,
        "may_prepare": can(viewer, Permission.SIGNATURE_PREPARE, organisation),
        "may_enter": can(viewer, Permission.SIGNATURE_ENTER)
        and organisation.id not in viewer.roles,
        "has_text": find_current() is not None,
    }
