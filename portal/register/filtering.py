"""The filter of the list of signatories, shared by the list, its counts and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from portal.core.folding import fold, sort_key
from portal.lifecycle import SignatureState
from portal.organisations.likeness import match_name
from portal.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.signatures.models import Signature

# The word for a state in an address -> the state of the signature.
STATES = {"ondertekenaar": SignatureState.ADMITTED, "voormalig": SignatureState.ENDED}
MOST_WORDS = 6

Shown = TypeVarTuple("Shown")


@dataclass(frozen=True, slots=True)
class SignatoryFilter:
    """Which public signatories a reader chose; an empty field leaves out nobody."""

    kinds: tuple[str, ...] = ()
    province: str = ""
    # A key of `STATES`.
    state: str = ""
    words: str = ""

    @property
    def active(self) -> int:
        """How many filters are on."""
        return len(self.kinds) + bool(self.province) + bool(self.state) + bool(self.words)

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments in the address of the list with this filter."""
        arguments: dict[str, str | list[str]] = {
            "soort": list(self.kinds),
            "provincie": self.province,
            "status": self.state,
            "q": self.words,
        }
        return {name: value for name, value in arguments.items() if value}


# What the figures count: organisations with a signature that did not end.
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
    """Return `query`, a select of columns of organisations, with the filters in its WHERE.

    The kind and the signature that counts are joined to it.
    """
    query = (
        query.select_from(Organisation)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .join(Signature, Signature.id == _LAST)
        .where(Organisation.published_at.is_not(None))
    )
    if filters.kinds:
        query = query.where(OrganisationKind.slug.in_(filters.kinds))
    if filters.province:
        query = query.where(Organisation.province == filters.province)
    if filters.state:
        query = query.where(Signature.state == STATES[filters.state])
    searched = [word for word in fold(filters.words).split() if any(map(str.isalnum, word))]
    return query.where(*(_mentions(word) for word in searched[:MOST_WORDS]))


def _mentions(folded: str) -> ColumnElement[bool]:
    """Match a folded word in the name of today, a former name, or the short description.

    A name is also found by another spelling of it: "shertogenbosch", "Regio-2".
    """
    had_name = exists().where(
        OrganisationName.organisation_id == Organisation.id,
        or_(
            OrganisationName.folded_name.contains(folded, autoescape=True),
            OrganisationName.match_name.contains(match_name(folded), autoescape=True),
        ),
    )
    describes = exists().where(
        ProfileText.id == Organisation.placed_profile_id,
        ProfileText.hidden_at.is_(None),
        ProfileText.folded.contains(folded, autoescape=True),
    )
    return or_(
        Organisation.folded_name.contains(folded, autoescape=True),
        Organisation.sort_name.contains(sort_key(folded), autoescape=True),
        had_name,
        describes,
    )
