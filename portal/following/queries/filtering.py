"""The one filter of what changed: pages, feeds and whoever follows all narrow by it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from portal.commitments.models import Commitment
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.standing import days_of
from portal.core import clock
from portal.core.settings import settings
from portal.organisations.models import Organisation, OrganisationKind

ALL_PROMISES = CommitmentFilter()


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes a reader wants; an empty field leaves nothing out."""

    # Of `ChangeKind`.
    kinds: tuple[str, ...] = ()
    # The slug of one.
    organisation: str = ""
    commitment: str = ""
    organisation_kinds: tuple[str, ...] = ()
    province: str = ""
    # What the commitment must be like of which something changed; an organisation stands above.
    promises: CommitmentFilter = ALL_PROMISES

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments of an address with this filter."""
        promised = self.promises.arguments()
        arguments: dict[str, str | list[str]] = {
            "q": promised.get("q", ""),
            "soort": list(self.kinds),
            "toezeggingsoort": promised.get("soort", ""),
            "stand": promised.get("stand", ""),
            "organisatiesoort": list(self.organisation_kinds),
            "laag": promised.get("laag", ""),
            "thema": promised.get("thema", ""),
            "termijn": promised.get("termijn", ""),
            "provincie": self.province,
            "organisatie": self.organisation,
            "toezegging": self.commitment,
        }
        return {name: value for name, value in arguments.items() if value}


def clauses(filters: ChangeFilter) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter but for the kinds of change."""
    found: list[ColumnElement[bool]] = []
    if filters.organisation:
        found.append(Organisation.slug == filters.organisation)
    if filters.organisation_kinds:
        of_kind = select(OrganisationKind.id).where(
            OrganisationKind.slug.in_(filters.organisation_kinds)
        )
        found.append(Organisation.kind_id.in_(of_kind))
    if filters.province:
        found.append(Organisation.province == filters.province)
    if filters.commitment:
        found.append(Commitment.slug == filters.commitment)
    if filters.promises != ALL_PROMISES:
        days = days_of(clock.today(), settings().grace_days)
        promised = matching(select(Commitment.id), filters.promises, days).subquery()
        found.append(Commitment.id.in_(select(promised.c.id)))
    return found
