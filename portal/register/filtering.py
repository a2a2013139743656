"""What the list of signatories is narrowed to: one filter for the list, its counts and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from portal.lifecycle import SignatureState
from portal.organisations.likeness import match_name, sort_name
from portal.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.signatures.models import Signature

# What the address says of a signature -> the state that it has.
STATES = {"ondertekenaar": SignatureState.ADMITTED, "voormalig": SignatureState.ENDED}
MOST_WORDS = 6

Shown = TypeVarTuple("Shown")


@dataclass(frozen=True, slots=True)
class SignatoryFilter:
    """Which public signatories are wanted; what is empty leaves out nothing."""

    kinds: tuple[str, ...] = ()
    province: str = ""
    # Of `STATES`.
    state: str = ""
    words: str = ""

    @property
    def active(self) -> int:
        """How many filters are on."""
        return len(self.kinds) + bool(self.province) + bool(self.state) + bool(self.words)

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments in the address of the list that is narrowed so."""
        found: dict[str, str | list[str]] = {
            "soort": list(self.kinds),
            "provincie": self.province,
            "status": self.state,
            "q": self.words,
        }
        return {name: value for name, value in found.items() if value}


# What the figures count: those that have signed and did not leave.
STANDING = SignatoryFilter(state="ondertekenaar")

# The signature that counts for an organisation: the standing one, else the last that ended.
_LAST = (
    select(func.max(Signature.id))
    .where(
        Signature.organisation_id == Organisation.id,
        Signature.state.in_(tuple(STATES.values())),
    )
    .correlate(Organisation)
    .scalar_subquery()
)


def matching(query: Select[*Shown], filters: SignatoryFilter) -> Select[*Shown]:
    """Return `query`, a select of columns of organisations, of the signatories that are wanted.

    Kind and the signature that counts are joined to it.
    """
    found = (
        query.select_from(Organisation)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .join(Signature, Signature.id == _LAST)
        .where(Organisation.published_at.is_not(None))
    )
    if filters.kinds:
        found = found.where(OrganisationKind.slug.in_(filters.kinds))
    if filters.province:
        found = found.where(Organisation.province == filters.province)
    if filters.state:
        found = found.where(Signature.state == STATES[filters.state])
    telling = [word for word in filters.words.split() if any(map(str.isalnum, word))]
    return found.where(*(_says(word) for word in telling[:MOST_WORDS]))


def _says(word: str) -> ColumnElement[bool]:
    """Match a word in today's name, a name of the past, or the short description.

    Both columns of folded names know no diacritics, so neither does the reader have to.
    """
    low = word.lower()
    had_name = exists().where(
        OrganisationName.organisation_id == Organisation.id,
        or_(
            func.lower(OrganisationName.name).contains(low, autoescape=True),
            OrganisationName.match_name.contains(match_name(word), autoescape=True),
        ),
    )
    describes = exists().where(
        ProfileText.id == Organisation.placed_profile_id,
        func.lower(ProfileText.body).contains(low, autoescape=True),
    )
    return or_(
        func.lower(Organisation.name).contains(low, autoescape=True),
        Organisation.sort_name.contains(sort_name(word), autoescape=True),
        had_name,
        describes,
    )
