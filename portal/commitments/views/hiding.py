"""What a viewer of a commitment may hide of it, and reads about what is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.commitments.models import Prognosis, Revision, Update
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.part_rows import PartRows
from portal.documents.models import DocumentVersion
from portal.lifecycle.claims import Stance
from portal.organisations.queries import reasons_to_hide
from portal.policy import Concern, Permission, Person, can
from portal.services.hiding import WhyHidden, why_hidden

# The number of something, who wrote it, and since when it is hidden.
Row = tuple[int, int | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Hiding:
    """For moderators what they may hide, for the people of its organisation why it is hidden.

    By the id of a version of a document, of a message about progress, and of a prognosis.
    """

    may_hide: bool
    versions: tuple[int, ...]
    updates: tuple[int, ...]
    prognoses: tuple[int, ...]
    # By the kind and the number of a claim: why the signatory disowns it.
    disownings: Mapping[tuple[str, int], int]
    why: WhyHidden | None
    why_versions: Mapping[int, WhyHidden | None]
    why_updates: Mapping[int, WhyHidden | None]
    why_prognoses: Mapping[int, WhyHidden | None]

    @property
    def has_reasons(self) -> bool:
        """Whether the viewer reads why something is hidden."""
        return bool(self.why or self.why_versions or self.why_updates or self.why_prognoses)


def hiding_of(page: CommitmentPage, rows: PartRows, person: Person) -> Hiding:
    """Return what `person` may hide of a commitment that they may read, or reads about it."""
    is_moderator = page.is_public and can(person, Permission.QUEUE_READ)
    is_inside = can(person, Permission.COMMITMENT_EDIT, page)
    concerned = page.concerned_organisation_ids

    def may_hide(author_id: int | None) -> bool:
        concern = Concern(author_id, concerned)
        return is_moderator and can(person, Permission.HIDING_DECIDE, concern)

    versions = [(row.version_id, row.created_by, row.hidden_at) for row in rows.versions]
    updates = [(row.id, row.author_id, row.hidden_at) for row in rows.updates]
    prognoses = [(row.id, row.author_id, row.hidden_at) for row in rows.prognoses]
    return Hiding(
        may_hide=page.is_public and can(person, Permission.HIDING_DECIDE, page),
        versions=tuple(number for number, writer, _at in versions if may_hide(writer)),
        updates=tuple(number for number, writer, _at in updates if may_hide(writer)),
        prognoses=tuple(number for number, writer, _at in prognoses if may_hide(writer)),
        disownings=_reasons_to_hide(page, rows, person) if is_moderator else {},
        # Only its own people read a hidden commitment at all.
        why=why_hidden(page.thing, page.row.id) if page.is_hidden else None,
        why_versions=_reasons(DocumentVersion.thing, versions) if is_inside else {},
        why_updates=_reasons(Update.thing, updates) if is_inside else {},
        why_prognoses=_reasons(Prognosis.thing, prognoses) if is_inside else {},
    )


@dataclass(frozen=True, slots=True)
class TextHiding:
    """Which old texts of a promise a viewer may hide, and why some are hidden: by their ids."""

    may_hide: tuple[int, ...]
    why: Mapping[int, WhyHidden | None]


def hiding_of_texts(
    page: CommitmentPage, revisions: Sequence[Revision], person: Person
) -> TextHiding:
    """Return what `person` may hide of the old texts of a promise, the latest of which is first."""
    is_moderator = page.is_public and can(person, Permission.QUEUE_READ)
    is_inside = can(person, Permission.COMMITMENT_EDIT, page)
    # Whoever replaced the text before it wrote a text.
    writers = [*(old.author_id for old in revisions[1:]), page.row.author_id]
    rows = [(old.id, by, old.hidden_at) for old, by in zip(revisions, writers, strict=False)]
    concerned = page.concerned_organisation_ids
    mine = tuple(
        number
        for number, writer, _at in rows
        if is_moderator and can(person, Permission.HIDING_DECIDE, Concern(writer, concerned))
    )
    return TextHiding(mine, _reasons(Revision.thing, rows) if is_inside else {})


def _reasons_to_hide(
    page: CommitmentPage, rows: PartRows, person: Person
) -> dict[tuple[str, int], int]:
    stances = (page.row.stance, *(update.stance for update in rows.updates))
    if Stance.DISOWNED not in stances:
        return {}
    return reasons_to_hide(page.organisation_id, person)


def _reasons(thing: str, rows: Sequence[Row]) -> dict[int, WhyHidden | None]:
    return {number: why_hidden(thing, number) for number, _writer, at in rows if at is not None}
