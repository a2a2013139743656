"""Writes down what was seen in rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from portal.core.db import connection
from portal.intake.models import IntakeRow
from portal.intake.verdicts import Outcome


def look_at(seen: Mapping[int, Outcome]) -> None:
    """Write the verdict of each row, by its id, with what there is to tell of it."""
    for row_id, outcome in seen.items():
        connection().execute(
            update(IntakeRow).where(IntakeRow.id == row_id).values(**_values(outcome))
        )


def _values(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict,
        "remarks": [list(remark) for remark in outcome.remarks],
        "candidates": outcome.candidates,
        "changes": outcome.changes,
        "organisation_id": outcome.organisation_id,
        "commitment_id": outcome.commitment_id,
    }
