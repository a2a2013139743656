"""A few promises or signatories, side by side in the order in which they were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, literal_column, select

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.counting import OWN_NEWS_ON
from portal.commitments.queries.rows import CommitmentRow, rows_from, rows_of
from portal.commitments.queries.standing import IS_PUBLIC, TODAY
from portal.core.db import read_as, read_rows
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle
from portal.register.queries.signatories import SignatoryCard, cards_of

MOST = 4


class Told(NamedTuple):
    """What a promise says beyond its row in a list."""

    id: int
    organisation_kind: str
    what_html: str
    for_whom: str
    result: str
    promised_on: date
    # Of the signatory itself; None where only sources speak.
    news_on: date | None


class Promise(NamedTuple):
    """One promise beside others."""

    row: CommitmentRow
    told: Told
    # Slugs, in their order.
    layers: Sequence[str]
    principles: Sequence[str]

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return self.row.title

    @property
    def slug(self) -> str:
        """Its word in addresses."""
        return self.row.slug or ""


_TOLD = (
    select(
        Commitment.id,
        OrganisationKind.slug,
        Commitment.what_html,
        Commitment.for_whom,
        Commitment.result,
        Commitment.promised_on,
        OWN_NEWS_ON.label("news_on"),
    )
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
)
_LAYER, _PRINCIPLE = commitment_layer.c, commitment_principle.c


def promises_beside(slugs: Sequence[str], *, on: date, grace_days: int) -> Sequence[Promise]:
    """Return the public promises among `slugs`, in their order; what is not there is left out."""
    chosen = rows_from(TODAY).where(Commitment.slug.in_(slugs), IS_PUBLIC)
    rows = {row.slug: row for row in rows_of(chosen, on, grace_days)} if slugs else {}
    ids = [row.id for row in rows.values()]
    told = {each.id: each for each in read_as(Told, _TOLD.where(Commitment.id.in_(ids)))}
    layers, principles = _tags(ids)
    return [
        Promise(row, told[row.id], layers.get(row.id, ()), principles.get(row.id, ()))
        for slug in slugs
        if (row := rows.get(slug)) is not None
    ]


def _tags(ids: Sequence[int]) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
    """Return the layers and the themes of promises, each in its order."""
    layers: Select[str, int, str, int] = (
        select(literal_column("'laag'"), _LAYER.commitment_id, Layer.slug, Layer.position)
        .join(Layer, Layer.id == _LAYER.layer_id)
        .where(_LAYER.commitment_id.in_(ids))
    )
    principles: Select[str, int, str, int] = (
        select(
            literal_column("'thema'"), _PRINCIPLE.commitment_id, Principle.slug, Principle.position
        )
        .join(Principle, Principle.id == _PRINCIPLE.principle_id)
        .where(_PRINCIPLE.commitment_id.in_(ids))
    )
    tags: dict[str, dict[int, list[str]]] = {"laag": {}, "thema": {}}
    found = read_rows(layers.union_all(principles))
    for of, number, slug, _position in sorted(found, key=lambda row: row[3]):
        tags[of].setdefault(number, []).append(slug)
    return tags["laag"], tags["thema"]


def signatories_beside(
    slugs: Sequence[str], *, on: date, grace_days: int
) -> Sequence[SignatoryCard]:
    """Return the signatories among `slugs`, in their order; who is not there is left out."""
    cards = {card.slug: card for card in cards_of(slugs, on=on, grace_days=grace_days)}
    return [cards[slug] for slug in slugs if slug in cards]
