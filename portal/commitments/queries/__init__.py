"""Every read of commitments that is no part of a write."""

from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import count, due_years, listing
from portal.commitments.queries.page import CommitmentPage, get_draft_page, get_page
from portal.commitments.queries.panel import organisation_panel
from portal.commitments.queries.parts import DocumentCard, PartRows, Parts, part_rows, parts_of
from portal.commitments.queries.rows import (
    CommitmentRow,
    Counts,
    counts_by_organisation,
    latest_published,
    published_of,
    visible_rows_of,
)
from portal.commitments.queries.subjects import (
    KeptVersion,
    Promiser,
    get_commitment,
    get_document,
    get_kept_version,
    get_promiser,
    latest_update,
    revisions_of,
    tag_names,
    tags,
    visible_to,
)

__all__ = [
    "CommitmentFilter",
    "CommitmentPage",
    "CommitmentRow",
    "Counts",
    "DocumentCard",
    "KeptVersion",
    "PartRows",
    "Parts",
    "Promiser",
    "count",
    "counts_by_organisation",
    "due_years",
    "get_commitment",
    "get_document",
    "get_draft_page",
    "get_kept_version",
    "get_page",
    "get_promiser",
    "latest_published",
    "latest_update",
    "listing",
    "organisation_panel",
    "part_rows",
    "parts_of",
    "published_of",
    "revisions_of",
    "tag_names",
    "tags",
    "visible_rows_of",
    "visible_to",
]
