"""Kinds of organisation, which the beheerder adds and edits."""

from __future__ import annotations

from sqlalchemy import select

from portal.core.db import db
from portal.core.slugs import free_slug, slugify
from portal.organisations.models import OrganisationKind
from portal.policy import Person
from portal.services.history import record


def add_kind(*, name_nl: str, name_en: str, by: Person) -> OrganisationKind:
    """Return a new kind, at the end of the list."""
    kinds = list(db.session.scalars(select(OrganisationKind)))
    slugs = {kind.slug for kind in kinds}
    kind = OrganisationKind(
        slug=free_slug(slugify(name_nl, limit=50), slugs.__contains__),
        name_nl=name_nl,
        name_en=name_en,
        position=max((kind.position for kind in kinds), default=0) + 1,
        is_active=True,
    )
    db.session.add(kind)
    db.session.flush()
    record(kind, "added", by=by, reason=name_nl)
    return kind


def edit_kind(
    kind: OrganisationKind,
    *,
    name_nl: str,
    name_en: str,
    position: int,
    is_active: bool,
    by: Person,
) -> None:
    """Rename a kind, move it to `position` (1 is the top), or put it out of use.

    A kind that is out of use can no longer be chosen; organisations of that kind keep it.
    """
    kind.name_nl, kind.name_en, kind.is_active = name_nl, name_en, is_active
    ordered = select(OrganisationKind).order_by(OrganisationKind.position, OrganisationKind.id)
    others = [other for other in db.session.scalars(ordered) if other.id != kind.id]
    others.insert(max(0, position - 1), kind)
    for number, other in enumerate(others, start=1):
        other.position = number
    record(kind, "edited", by=by, reason=f"{name_nl} / {name_en}")
