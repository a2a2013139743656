"""What the work page of an organisation tells of its commitments."""

from __future__ import annotations

from typing import Any

from portal.commitments.queries.rows import visible_rows_of
from portal.organisations.models import Organisation
from portal.policy import Permission, Person, can

TEMPLATE = "commitments/_organisation_panel.html"


def organisation_panel(organisation: Organisation, viewer: Person) -> tuple[str, dict[str, Any]]:
    """Return a template and its words: drafts for its own people, the rest for everybody."""
    return TEMPLATE, {
        "rows": visible_rows_of(organisation.id, viewer),
        "may_write": can(viewer, Permission.COMMITMENT_EDIT, organisation),
    }
