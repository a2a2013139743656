"""What a viewer of a commitment may hide of it, and reads about what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.part_rows import PartRows
from portal.documents.models import DocumentVersion
from portal.policy import Concern, Permission, Person, can
from portal.services.hiding import WhyHidden, why_hidden


@dataclass(frozen=True, slots=True)
class Hiding:
    """For moderators what they may hide, for the people of its organisation why it is hidden.

    `moderated` and `reasons` are by the id of a version of a document.
    """

    may_hide: bool
    moderated: tuple[int, ...]
    why: WhyHidden | None
    reasons: Mapping[int, WhyHidden | None]


def hiding_of(page: CommitmentPage, rows: PartRows, person: Person) -> Hiding:
    """Return what `person` may hide of a commitment that they may read, or reads about it."""
    is_moderator = can(person, Permission.QUEUE_READ)
    is_inside = can(person, Permission.COMMITMENT_EDIT, page)
    hidden = [row for row in rows.versions if row.hidden_at is not None] if is_inside else []
    return Hiding(
        may_hide=page.is_public and can(person, Permission.HIDING_DECIDE, page),
        moderated=_moderated(page, rows, person) if is_moderator and page.is_public else (),
        # Only its own people read a hidden commitment at all.
        why=why_hidden(page.thing, page.row.id) if page.is_hidden else None,
        reasons={
            row.version_id: why_hidden(DocumentVersion.thing, row.version_id) for row in hidden
        },
    )


def _moderated(page: CommitmentPage, rows: PartRows, person: Person) -> tuple[int, ...]:
    return tuple(
        row.version_id
        for row in rows.versions
        if can(
            person,
            Permission.HIDING_DECIDE,
            Concern(row.created_by, page.concerned_organisation_ids),
        )
    )
