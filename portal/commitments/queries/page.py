"""Everything that the page of one commitment shows, as columns: no objects are built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import Row, and_, bindparam, exists, func, select
from werkzeug.exceptions import NotFound

from portal.commitments.models import (
    Commitment,
    CommitmentDocument,
    Prognosis,
    Revision,
)
from portal.commitments.queries.rows import done_source
from portal.commitments.queries.standing import FIRST_TERM, TODAY
from portal.commitments.queries.subjects import CommitmentSubject
from portal.commitments.saying import said_of
from portal.commitments.standing import shown_move, shown_progress
from portal.commitments.texts import STORED_TEXTS, TEXT_PARTS
from portal.core import clock
from portal.core.db import read_row
from portal.core.i18n import current_locale
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Membership, Organisation
from portal.policy import Role
from portal.signatures.models import Signature
from portal.terms import wording

# Sources tell what was promised at a signing of the past, not on which day it was promised.
_SIGNED_THAT_DAY = exists().where(
    Signature.organisation_id == Commitment.organisation_id,
    Signature.is_historic,
    Signature.signed_earliest == Commitment.promised_on,
    Signature.signed_latest == Commitment.promised_on,
)

PAGE = select(
    Commitment.id,
    Commitment.slug,
    Commitment.short_number,
    Commitment.organisation_id,
    *(getattr(Commitment, field.name) for field in STORED_TEXTS),
    Commitment.language,
    Commitment.what_html,
    Commitment.state,
    Commitment.hidden_at,
    Commitment.hidden_ground,
    Commitment.author_id,
    Commitment.progress,
    Commitment.promised_on,
    Commitment.term_words,
    Commitment.term_language,
    Commitment.term_earliest,
    Commitment.term_latest,
    Commitment.term_is_picked,
    Commitment.move_count,
    Commitment.earlier_count,
    Commitment.update_count,
    Commitment.done_on,
    Commitment.news_on,
    *FIRST_TERM,
    Commitment.withdrawn_on,
    Commitment.withdraw_reason,
    Commitment.withdraw_language,
    Commitment.withdraw_source_title,
    Commitment.withdraw_source_url,
    Commitment.discussion_id,
    Commitment.published_at,
    Commitment.updated_at,
    Organisation.name.label("organisation_name"),
    Organisation.slug.label("organisation_slug"),
    Organisation.frozen_at,
    and_(Commitment.entered_as == EnteredAs.VERENIGING, _SIGNED_THAT_DAY).label(
        "is_told_at_signing"
    ),
    Commitment.entered_as,
    Commitment.stance,
    Commitment.stance_at,
    Commitment.stance_reason,
    Commitment.stance_language,
    Commitment.withdrawn_as,
    done_source().label("done_source"),
    exists(
        select(Membership.id).where(
            Membership.organisation_id == Commitment.organisation_id,
            Membership.role == str(Role.OWNER),
        )
    ).label("has_owner"),
    TODAY.has_evidence.label("has_evidence"),
    exists(
        select(CommitmentDocument.id).where(CommitmentDocument.commitment_id == Commitment.id)
    ).label("has_documents"),
    exists(select(Prognosis.id).where(Prognosis.commitment_id == Commitment.id)).label(
        "has_prognoses"
    ),
    select(func.max(Revision.replaced_at))
    .where(Revision.commitment_id == Commitment.id)
    .scalar_subquery()
    .label("edited_at"),
    select(func.count())
    .where(Revision.commitment_id == Commitment.id)
    .scalar_subquery()
    .label("edit_count"),
).join(Organisation, Organisation.id == Commitment.organisation_id)
BY_SLUG = PAGE.where(Commitment.slug == bindparam("slug"))
BY_ID = PAGE.where(Commitment.id == bindparam("commitment_id"))

Columns = TypeVarTuple("Columns")


@dataclass(slots=True)
class CommitmentPage(CommitmentSubject):
    """A commitment as its page shows it, and as doors and rules need it."""

    row: Row[*tuple[Any, ...]]
    state: str
    organisation_id: int
    # A word that the component `status` knows.
    progress: str
    is_late: bool
    # How long, in words; "" while it is not late.
    late_words: str
    # "nog 12 dagen"; "" for what is late, has no date or is over.
    left_words: str
    # Whether there is no news of the signatory for a year.
    is_quiet: bool
    # What was understood of the term, in the language of the page; "" without a date.
    term_dates: str
    # Its term was over before it was published.
    was_past: bool
    # A word that the component `status` knows; "" for a term that was never moved.
    move: str
    # "2 keer, eerst begin oktober 2019".
    moved_words: str

    @property
    def version_number(self) -> int:
        """Which version it is: each edit of a public text and each move began the next."""
        return 1 + int(self.row.edit_count) + int(self.row.move_count)

    @property
    def text_parts(self) -> list[tuple[str, str]]:
        """The label and the text of each part that was filled in."""
        parts = [(str(part.label), getattr(self.row, part.name)) for part in TEXT_PARTS]
        return [(label, text) for label, text in parts if text]


def get_page(slug: str, *, on: date, grace_days: int) -> CommitmentPage:
    """Return a commitment by the slug that it got at its publication, or 404."""
    return _page(read_row(BY_SLUG, slug=slug), on, grace_days)


def get_draft_page(commitment_id: int, *, on: date, grace_days: int) -> CommitmentPage:
    """Return a commitment by its id, published or not, or 404."""
    return _page(read_row(BY_ID, commitment_id=commitment_id), on, grace_days)


def _page(row: Row[*Columns] | None, on: date, grace_days: int) -> CommitmentPage:
    if row is None:
        raise NotFound
    latest = row.term_latest
    published_on = clock.day_of(row.published_at) if row.published_at else on
    said = said_of(row, on, grace_days)
    return CommitmentPage(
        row=row,
        state=row.state,
        organisation_id=row.organisation_id,
        progress=shown_progress(
            row.progress, latest=latest, done_on=row.done_on, has_evidence=bool(row.has_evidence)
        ),
        is_late=bool(said.late_words),
        **said._asdict(),
        term_dates=wording.dates(row.term_earliest, latest, current_locale()),
        was_past=latest is not None and latest < published_on,
        move=shown_move(row.move_count, row.earlier_count),
    )
