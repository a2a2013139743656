"""What came of a rappel: every promise that it asked about, and the figures of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from portal.commitments.models import Commitment
from portal.commitments.standing import PUBLIC_STATES
from portal.core.db import Columnar, read_as
from portal.organisations.models import Organisation
from portal.rappels.models import Rappel, RappelParty, RappelPromise
from portal.rappels.outcomes import Outcome, Reach
from portal.rappels.queries.answers import answers_to


class Line(NamedTuple):
    """A promise of a rappel as it is now, with its term as it was when it was asked about."""

    commitment_id: int
    organisation_id: int
    organisation_name: str
    organisation_slug: str
    # Of a promise that everybody may read; else the page says only that it is hidden.
    is_public: bool
    slug: str | None
    title: str
    language: str
    is_lapsed: bool
    term_words: str
    term_language: str
    term_earliest: date | None
    term_latest: date
    outcome: Outcome | None
    answered_at: datetime | None

    @property
    def shown(self) -> Outcome:
        """What came of it; without an answer that there is none."""
        return self.outcome or Outcome.NOTHING

    @property
    def is_answered(self) -> bool:
        return self.shown is not Outcome.NOTHING


class PartyRow(NamedTuple):
    """A signatory of a rappel."""

    organisation_id: int
    name: str
    slug: str
    reach: Reach


class Result(NamedTuple):
    """Of one signatory how much it was asked and answered, and when it answered last."""

    party: PartyRow
    asked: int
    answered: int
    last_at: datetime | None


_LINES: Columnar = (
    select(
        RappelPromise.commitment_id,
        RappelPromise.organisation_id,
        Organisation.name,
        Organisation.slug,
        and_(Commitment.state.in_(PUBLIC_STATES), Commitment.hidden_at.is_(None)),
        Commitment.slug,
        Commitment.title,
        Commitment.language,
        RappelPromise.is_lapsed,
        RappelPromise.term_words,
        RappelPromise.term_language,
        RappelPromise.term_earliest,
        RappelPromise.term_latest,
        RappelPromise.outcome,
        RappelPromise.answered_at,
    )
    .join(Commitment, Commitment.id == RappelPromise.commitment_id)
    .join(Organisation, Organisation.id == RappelPromise.organisation_id)
    .where(RappelPromise.rappel_id == bindparam("rappel_id"))
    .order_by(Organisation.sort_name, Organisation.id, RappelPromise.term_latest, Commitment.id)
)
_PARTIES: Columnar = (
    select(Organisation.id, Organisation.name, Organisation.slug, RappelParty.reach)
    .join(Organisation, Organisation.id == RappelParty.organisation_id)
    .where(RappelParty.rappel_id == bindparam("rappel_id"))
    .order_by(Organisation.sort_name, Organisation.id)
)


def lines_of(rappel: Rappel) -> Sequence[Line]:
    """Return every promise of a rappel: with what was fixed at publication, else as it is now."""
    rows = read_as(Line, _LINES, rappel_id=rappel.id)
    if rappel.is_public:
        return rows
    answers = answers_to(rappel)
    return [
        row._replace(
            outcome=answers[row.commitment_id].outcome, answered_at=answers[row.commitment_id].at
        )
        if row.commitment_id in answers
        else row
        for row in rows
    ]


def asked_of(rappel: Rappel, organisation_id: int) -> Sequence[Line]:
    """Return the promises about which a rappel asks one signatory, with what it answered."""
    return [line for line in lines_of(rappel) if line.organisation_id == organisation_id]


def parties_of(rappel: Rappel) -> Sequence[PartyRow]:
    """Return every signatory on the day of a rappel, in the order of their names."""
    return read_as(PartyRow, _PARTIES, rappel_id=rappel.id)


def counts_of(lines: Sequence[Line]) -> Mapping[Outcome, int]:
    """Return how many promises have which outcome: every outcome, also without any."""
    found = Counter(line.shown for line in lines)
    return {outcome: found[outcome] for outcome in Outcome}


def results_of(parties: Sequence[PartyRow], lines: Sequence[Line]) -> Sequence[Result]:
    """Return of every signatory that was asked how much it answered."""
    of: dict[int, list[Line]] = {}
    for line in lines:
        of.setdefault(line.organisation_id, []).append(line)
    return [
        _result(party, of.get(party.organisation_id, []))
        for party in parties
        if party.reach == Reach.ASKED
    ]


def _result(party: PartyRow, lines: Sequence[Line]) -> Result:
    moments = [line.answered_at for line in lines if line.answered_at is not None]
    answered = sum(line.is_answered for line in lines)
    return Result(party, len(lines), answered, max(moments, default=None))
