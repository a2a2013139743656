"""The one filter of signatories, shared by the list, its counts and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select

from portal.core import clock
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation, OrganisationKind
from portal.services.finding import word_index
from portal.signatures.models import Signature

# The word for a state in an address -> the state of the signature.
STATES = {"ondertekenaar": SignatureState.ADMITTED, "voormalig": SignatureState.ENDED}
# The word for a signature of which nobody wrote down the day.
UNKNOWN = "onbekend"

Shown = TypeVarTuple("Shown")


@dataclass(frozen=True, slots=True)
class SignatoryFilter:
    """Which public signatories a reader chose; an empty field leaves out nobody."""

    kinds: tuple[str, ...] = ()
    province: str = ""
    # A key of `STATES`.
    state: str = ""
    words: str = ""
    # The year of the signature, or "onbekend".
    signed: str = ""
    # The number of the event at which it was set.
    event: str = ""

    @property
    def active(self) -> int:
        """How many filters are on."""
        single = (self.province, self.state, self.words, self.signed, self.event)
        return len(self.kinds) + sum(map(bool, single))

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments in the address of the list with this filter."""
        arguments: dict[str, str | list[str]] = {
            "soort": list(self.kinds),
            "provincie": self.province,
            "status": self.state,
            "getekend": self.signed,
            "gelegenheid": self.event,
            "q": self.words,
        }
        return {name: value for name, value in arguments.items() if value}


# What the figures count: organisations with a signature that did not end.
STANDING = SignatoryFilter(state="ondertekenaar")


def _is_signed(on: date | None) -> ColumnElement[bool]:
    """Return the condition that a signature had been set by the end of `on`; None: by now.

    One of which nobody knows the day counts from the day on which it came to stand here.
    """
    is_public = Signature.state.in_(tuple(STATES.values()))
    if on is None:
        return is_public
    is_shown = func.coalesce(Signature.admitted_at, Signature.created_at) < clock.end_of(on)
    is_unknown = Signature.signed_latest.is_(None)
    return and_(is_public, or_(Signature.signed_latest <= on, and_(is_unknown, is_shown)))


def _last(on: date | None) -> ScalarSelect[int]:
    """Return the signature that counts for an organisation: the standing one, else the last."""
    signed = select(func.max(Signature.id)).where(
        Signature.organisation_id == Organisation.id, _is_signed(on)
    )
    return signed.correlate(Organisation).scalar_subquery()


def state_on(on: date | None) -> ColumnElement[Any]:
    """Return the state that a signature had at the end of `on`; None: the state that it has."""
    if on is None:
        return Signature.state.expression
    is_ended = and_(
        Signature.state == SignatureState.ENDED,
        or_(Signature.ended_on.is_(None), Signature.ended_on <= on),
    )
    return case((is_ended, SignatureState.ENDED.value), else_=SignatureState.ADMITTED.value)


def matching(
    query: Select[*Shown], filters: SignatoryFilter, on: date | None = None
) -> Select[*Shown]:
    """Return `query`, a select of columns of organisations, with the filters in its WHERE.

    The kind and the signature that counts are joined to it: now, or at the end of `on`.
    """
    query = (
        query.select_from(Organisation)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .join(Signature, Signature.id == _last(on))
        .where(Organisation.published_at.is_not(None))
    )
    return query.where(*_clauses(filters, on))


def _clauses(filters: SignatoryFilter, on: date | None) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.kinds:
        clauses.append(OrganisationKind.slug.in_(filters.kinds))
    if filters.province:
        clauses.append(Organisation.province == filters.province)
    if filters.state:
        clauses.append(state_on(on) == STATES[filters.state].value)
    if filters.signed == UNKNOWN:
        clauses.append(Signature.signed_latest.is_(None))
    elif filters.signed:
        year = int(filters.signed)
        clauses.append(Signature.signed_latest.between(date(year, 1, 1), date(year, 12, 31)))
    if filters.event:
        clauses.append(Signature.event_id == int(filters.event))
    holding = word_index().signatories(filters.words) if filters.words else None
    if holding is not None:
        clauses.append(Organisation.id.in_(holding))
    return clauses
