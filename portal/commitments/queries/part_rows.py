"""The rows of what stands below the text of a commitment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from portal.commitments.standing import is_earlier
from portal.documents.checks import Check, check_of
from portal.documents.licences import Licence
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs, Stance


class TagRow(NamedTuple):
    """A layer ("laag") or theme ("thema") of a commitment, as `TAGS` selects it."""

    of: str
    slug: str
    name_nl: str
    name_en: str
    position: int


class VersionRow(NamedTuple):
    """A version of a document of a commitment, as `DOCUMENTS` selects it."""

    is_evidence: bool
    id: int
    title: str
    language: str
    number: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    page_count: int | None
    preview_key: str | None
    is_tagged: bool | None
    has_text: bool | None
    dated: date | None
    licence: Licence
    file_title: str | None
    file_language: str | None
    attachment_count: int | None
    checked_at: datetime | None
    # When somebody wrote out what it says, as a page.
    written_at: datetime | None
    created_at: datetime
    version_id: int
    created_by: int | None
    hidden_at: datetime | None
    hidden_ground: str | None
    entered_as: EnteredAs
    source_title: str
    source_url: str | None
    stance: Stance | None = None
    stance_at: datetime | None = None
    stance_reason: str | None = None
    stance_language: str = "nl"

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def check(self) -> Check:
        """How well everybody can use it."""
        return check_of(self)


class UpdateRow(NamedTuple):
    """A message about progress, as `UPDATES` selects it."""

    id: int
    progress: str
    html: str
    ahead_html: str
    percent: int | None
    language: str
    evidence_url: str | None
    evidence_id: int | None
    told_on: date
    created_at: datetime
    author_id: int | None
    hidden_at: datetime | None
    hidden_ground: str | None
    entered_as: EnteredAs
    stance: Stance | None
    stance_at: datetime | None
    stance_reason: str | None
    stance_language: str
    source_title: str
    source_url: str | None
    retracted_at: datetime | None
    retract_reason: str | None
    retract_language: str

    @property
    def is_of_vereniging(self) -> bool:
        return self.entered_as == EnteredAs.VERENIGING and self.stance not in TAKEN_OVER


class MoveRow(NamedTuple):
    """A move of the term, as `MOVES` selects it."""

    id: int
    old_words: str
    old_language: str
    old_earliest: date | None
    old_latest: date | None
    new_words: str
    new_earliest: date | None
    new_latest: date | None
    reason: str
    language: str
    moved_at: datetime
    was_overdue: bool
    entered_as: EnteredAs
    source_title: str
    source_url: str | None
    stance: Stance | None = None
    stance_at: datetime | None = None
    stance_reason: str | None = None
    stance_language: str = "nl"

    @property
    def is_earlier(self) -> bool:
        return is_earlier(self.old_latest, self.new_latest)


class PrognosisRow(NamedTuple):
    """What the signatory expects, as `PROGNOSES` selects it."""

    id: int
    expected: str
    html: str
    language: str
    created_at: datetime
    recalled_at: datetime | None
    author_id: int | None
    hidden_at: datetime | None
    hidden_ground: str | None
    entered_as: EnteredAs
    source_title: str
    source_url: str | None
    stance: Stance | None = None


class PartRows(NamedTuple):
    """The rows of what stands below the text of a commitment."""

    tags: Sequence[TagRow]
    versions: Sequence[VersionRow]
    updates: Sequence[UpdateRow]
    moves: Sequence[MoveRow]
    prognoses: Sequence[PrognosisRow]
