"""Kinds of organisation, in the order and the words that the beheerder chose."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.organisations.models import Organisation, OrganisationKind


class KindRow(NamedTuple):
    """One kind."""

    id: int
    slug: str
    name_nl: str
    name_en: str
    position: int
    is_active: bool


class Named(Protocol):
    """A kind of organisation, as a row or as a model."""

    @property
    def name_nl(self) -> str: ...
    @property
    def name_en(self) -> str: ...


_COLUMNS = [getattr(OrganisationKind, name) for name in KindRow._fields]
_ORDER = (OrganisationKind.position, OrganisationKind.id)
_ALL = select(*_COLUMNS).order_by(*_ORDER)
_ACTIVE = _ALL.where(OrganisationKind.is_active)
_COUNTED = (
    select(*_COLUMNS, func.count(Organisation.id).label("used"))
    .outerjoin(Organisation, Organisation.kind_id == OrganisationKind.id)
    .group_by(*_COLUMNS)
    .order_by(*_ORDER)
)


def kinds() -> list[KindRow]:
    """Return the kinds that may be chosen, in order."""
    return [KindRow._make(row) for row in db.session.execute(_ACTIVE)]


def all_kinds() -> list[tuple[KindRow, int]]:
    """Return every kind in order, each with the number of its organisations."""
    return [(KindRow(*row[:-1]), row.used) for row in db.session.execute(_COUNTED)]


def get_kind(kind_id: int) -> OrganisationKind:
    """Return a kind, or 404."""
    kind = db.session.get(OrganisationKind, kind_id)
    if kind is None:
        raise NotFound
    return kind


def kind_name(kind: Named, locale: str) -> str:
    """Return the name of a kind in "nl" or "en"."""
    return kind.name_en if locale == "en" else kind.name_nl
