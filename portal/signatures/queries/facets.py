"""How many signatories each choice of the list's filter opens: one question for each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, select

from portal.core.db import read_rows
from portal.organisations.models import Organisation, OrganisationKind
from portal.signatures.queries.filtering import STATES, SignatoryFilter, matching, state_on

_KINDS = select(OrganisationKind.slug, func.count()).group_by(OrganisationKind.slug)
_PROVINCES = select(Organisation.province, func.count()).group_by(Organisation.province)
_WORDS = {state.value: word for word, state in STATES.items()}


@dataclass(frozen=True, slots=True)
class SignatoryFacets:
    """Choice -> how many the list holds when it is the only choice in its group."""

    kinds: Mapping[str, int]
    provinces: Mapping[str, int]
    # By the word in the address.
    states: Mapping[str, int]


def signatory_facets(filters: SignatoryFilter, past: date | None = None) -> SignatoryFacets:
    """Return what each choice opens, what is chosen in the other groups staying as it is.

    A choice that opens nothing is left out. `past`: as at the end of an earlier day.
    """
    kinds = matching(_KINDS, replace(filters, kinds=()), past)
    provinces = matching(_PROVINCES, replace(filters, province=""), past)
    states = read_rows(matching(_by_state(past), replace(filters, state=""), past))
    return SignatoryFacets(
        kinds=dict(read_rows(kinds)),
        provinces={name: number for name, number in read_rows(provinces) if name is not None},
        states={_WORDS[state]: number for state, number in states},
    )


def _by_state(past: date | None) -> Select[str, int]:
    state = state_on(past).label("state")
    return select(state, func.count()).group_by(state)
