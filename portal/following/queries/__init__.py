"""What changed, who follows it, and what of it they are told."""

from portal.following.queries.changes import (
    ADDRESSES,
    Change,
    ChangeFilter,
    changes_in,
    find_commitment_title,
    latest,
    latest_month,
    months_beside,
)

__all__ = [
    "ADDRESSES",
    "Change",
    "ChangeFilter",
    "changes_in",
    "find_commitment_title",
    "latest",
    "latest_month",
    "months_beside",
]
