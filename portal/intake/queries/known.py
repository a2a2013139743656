"""The organisations and promises that stand here, as rows of a file name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from portal.commitments.models import Commitment
from portal.commitments.standing import PUBLIC_STATES
from portal.core.db import db, read_rows
from portal.core.folding import fold
from portal.lifecycle import CommitmentState
from portal.organisations.identifiers import Numbers
from portal.organisations.likeness import match_name
from portal.organisations.models import Identifier, Organisation, OrganisationName

HERE = (*PUBLIC_STATES, CommitmentState.DRAFT)


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that an organisation has or had, and every number, each -> ids."""

    names: Mapping[str, frozenset[int]]
    numbers: Mapping[tuple[str, str], frozenset[int]]

    def named(self, name: str) -> frozenset[int]:
        """Return the organisations that are or were called so, in any spelling."""
        return self.names.get(match_name(name), frozenset())

    def numbered(self, numbers: Numbers) -> frozenset[int]:
        """Return the organisations with one of these numbers."""
        found = [
            self.numbers.get((key, value or ""), frozenset()) for key, value in numbers.items()
        ]
        return frozenset().union(*found)


def known_organisations() -> Known:
    """Return what all organisations are known by, public or not."""
    names: defaultdict[str, set[int]] = defaultdict(set)
    for number, name in read_rows(select(Organisation.id, Organisation.match_name)):
        names[name].add(number)
    of_time = select(OrganisationName.organisation_id, OrganisationName.match_name)
    for number, name in read_rows(of_time):
        names[name].add(number)
    numbers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    query = select(Identifier.organisation_id, Identifier.scheme, Identifier.value)
    for number, scheme, value in read_rows(query):
        numbers[scheme, value].add(number)
    return Known(
        {name: frozenset(ids) for name, ids in names.items()},
        {key: frozenset(ids) for key, ids in numbers.items()},
    )


def find_organisation(organisation_id: int) -> Organisation | None:
    """Return an organisation by its number, None without one."""
    return db.session.get(Organisation, organisation_id)


class Titled(NamedTuple):
    """A promise of an organisation, by its folded title."""

    id: int
    key: str


def promises_of(organisation_id: int) -> Sequence[Titled]:
    """Return the promises of an organisation that are public or a draft, oldest first."""
    query = (
        select(Commitment.id, Commitment.title)
        .where(Commitment.organisation_id == organisation_id, Commitment.state.in_(HERE))
        .order_by(Commitment.id)
    )
    return [Titled(number, fold(title)) for number, title in read_rows(query)]


def find_commitment(commitment_id: int) -> Commitment | None:
    """Return a promise by its number, None without one."""
    return db.session.get(Commitment, commitment_id)


def names_of(organisation_ids: Sequence[int]) -> dict[int, str]:
    """Return organisation id -> its name."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisation_ids))
    return dict(read_rows(query))


def titles_of(commitment_ids: Sequence[int]) -> dict[int, str]:
    """Return commitment id -> its title."""
    query = select(Commitment.id, Commitment.title).where(Commitment.id.in_(commitment_ids))
    return dict(read_rows(query))
