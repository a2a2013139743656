"""Organisations: one of them, those that a viewer may read, and those of an account."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.core.folding import fold
from portal.documents.models import Picture
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.policy import Person


class OwnRow(NamedTuple):
    """An organisation that an account belongs to, with the role of the account."""

    id: int
    name: str
    slug: str | None
    published_at: datetime | None
    role: str
    kind_nl: str
    kind_en: str


_OWN = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.slug,
        Organisation.published_at,
        Membership.role,
        OrganisationKind.name_nl,
        OrganisationKind.name_en,
    )
    .select_from(Membership)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
    .where(Membership.account_id == bindparam("account_id"))
    .order_by(Organisation.sort_name, Organisation.id)
)


def visible_to(viewer: Person) -> Select[Organisation]:
    """Return a select of the organisations that `viewer` may read, to narrow further."""
    conditions: list[ColumnElement[bool]] = [Organisation.published_at.is_not(None)]
    if viewer.is_confirmed and viewer.is_moderator:
        return select(Organisation)
    if viewer.is_confirmed and viewer.roles:
        conditions.append(Organisation.id.in_(list(viewer.roles)))
    return select(Organisation).where(or_(*conditions))


def get_organisation(organisation_id: int) -> Organisation:
    """Return an organisation, public or not, or 404."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def find_public_by_slug(slug: str) -> Organisation | None:
    """Return the public organisation at this address, None when there is none."""
    query = select(Organisation).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    return db.session.scalars(query).first()


def is_organisation(name: str) -> bool:
    """Return whether a public organisation has this name, however its letters are written."""
    query = select(Organisation.id).where(
        Organisation.folded_name == fold(name), Organisation.published_at.is_not(None)
    )
    return db.session.scalars(query.limit(1)).first() is not None


def is_slug_taken(slug: str) -> bool:
    """Return whether an organisation has this address."""
    return db.session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None


def organisations_of(account_id: int) -> list[OwnRow]:
    """Return the organisations that an account belongs to, in the order of their names."""
    return [OwnRow._make(row) for row in db.session.execute(_OWN, {"account_id": account_id})]


def logo_key(organisation: Organisation) -> str | None:
    """Return the storage key of the logo; None without a logo, and when it is hidden."""
    query = select(Picture.storage_key).where(
        Picture.id == organisation.logo_id, Picture.hidden_at.is_(None)
    )
    return db.session.scalar(query) if organisation.logo_id is not None else None


def find_logo(organisation: Organisation) -> Picture | None:
    """Return the logo, hidden or not; None without one."""
    return db.session.get(Picture, organisation.logo_id) if organisation.logo_id else None


def shown_logo(organisation: Organisation) -> Picture | None:
    """Return the logo that readers see; None without one, and when it is hidden."""
    logo = find_logo(organisation)
    return None if logo is None or logo.is_hidden else logo
