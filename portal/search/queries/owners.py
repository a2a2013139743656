"""Whose the things are that are found: each is of one organisation, a comment of none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Select, select

from portal.commitments.models import Commitment, Update
from portal.core.db import read_rows
from portal.organisations.models import Organisation
from portal.search.kinds import Kind
from portal.search.queries import documents

# Kind -> the ids of its things, each with the organisation whose it is.
_OWNER = Commitment.organisation_id.label("owner")
_OWNED: Mapping[Kind, Select[int, int]] = {
    Kind.SIGNATORY: select(Organisation.id.label("thing"), Organisation.id.label("owner")),
    Kind.COMMITMENT: select(Commitment.id.label("thing"), _OWNER),
    Kind.UPDATE: select(Update.id.label("thing"), _OWNER).join(
        Commitment, Commitment.id == Update.commitment_id
    ),
    Kind.DOCUMENT: documents.OWNED_DOCUMENTS,
    Kind.PAGE: documents.OWNED_PAGES,
}


def owners_of(kind: Kind, ids: Collection[int]) -> Mapping[int, int]:
    """Return the id of the organisation of each of these things that has one."""
    if kind not in _OWNED:
        return {}
    owned = _OWNED[kind]
    things = owned.where(owned.selected_columns[0].in_(ids))
    found = read_rows(things)
    return {row[0]: row[1] for row in found}
