"""The commitments on the work page of an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from portal.commitments.queries.rows import CommitmentRow, visible_rows_of
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.organisations.queries import capacity_of
from portal.policy import Permission, Person, can


class CommitmentPanel(NamedTuple):
    """The commitments that the viewer may read, and whether the viewer may add one."""

    rows: Sequence[CommitmentRow]
    may_write: bool
    # Whether what the viewer adds is entered by the vereniging.
    is_for_vereniging: bool


def organisation_panel(
    organisation: Organisation, viewer: Person, *, on: date, grace_days: int
) -> CommitmentPanel:
    """Return the panel: its own people see drafts too, everybody else public ones only."""
    return CommitmentPanel(
        rows=visible_rows_of(organisation.id, viewer, on=on, grace_days=grace_days),
        may_write=can(viewer, Permission.COMMITMENT_DRAFT, organisation),
        is_for_vereniging=capacity_of(viewer, organisation.id) == EnteredAs.VERENIGING,
    )
