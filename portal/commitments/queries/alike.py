"""Promises about the same as one promise: by the layers and themes that they share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import BindParameter, bindparam, case, func, literal_column, select, union_all

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.rows import CommitmentRow, rows_from, rows_of
from portal.commitments.queries.standing import TODAY
from portal.lifecycle import CommitmentState

_LAYER, _THEME = commitment_layer.c, commitment_principle.c
_THIS: BindParameter[int] = bindparam("commitment_id")
_OWN_LAYERS = select(_LAYER.layer_id).where(_LAYER.commitment_id == _THIS)
_OWN_THEMES = select(_THEME.principle_id).where(_THEME.commitment_id == _THIS)
_TAGS = union_all(
    select(_LAYER.commitment_id, literal_column("'laag'").label("of")).where(
        _LAYER.layer_id.in_(_OWN_LAYERS)
    ),
    select(_THEME.commitment_id, literal_column("'thema'")).where(
        _THEME.principle_id.in_(_OWN_THEMES)
    ),
).subquery()
_SHARED = (
    select(
        _TAGS.c.commitment_id,
        func.count(_TAGS.c.of.distinct()).label("ways"),
        func.count().label("tags"),
    )
    .where(_TAGS.c.commitment_id != _THIS)
    .group_by(_TAGS.c.commitment_id)
    .subquery()
)
_IS_OWN = case((Commitment.organisation_id == bindparam("organisation_id"), 1), else_=0)
_ALIKE = (
    rows_from(TODAY)
    .join(_SHARED, _SHARED.c.commitment_id == Commitment.id)
    .where(Commitment.state == CommitmentState.PUBLISHED, Commitment.hidden_at.is_(None))
    .order_by(
        _IS_OWN,
        _SHARED.c.ways.desc(),
        _SHARED.c.tags.desc(),
        Commitment.published_at.desc(),
        Commitment.id.desc(),
    )
    .limit(bindparam("most"))
)


def alike_to(
    commitment_id: int, organisation_id: int, *, on: date, grace_days: int, most: int = 4
) -> Sequence[CommitmentRow]:
    """Return the `most` published promises that share most with this one, those of others first.

    A layer and a theme in common count for more than two layers. None without a common tag.
    """
    return rows_of(
        _ALIKE,
        on,
        grace_days,
        commitment_id=commitment_id,
        organisation_id=organisation_id,
        most=most,
    )
