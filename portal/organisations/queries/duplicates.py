"""Organisations that could be the one that somebody is about to add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from portal.core.db import db
from portal.organisations.likeness import Why, likeness, match_name
from portal.organisations.models import Identifier, Organisation, OrganisationName
from portal.organisations.websites import domain_of_website

MOST = 8

KVK = "kvk"
DOMAIN = "domain"

_SURE = {KVK, DOMAIN, Why.SAME, Why.LOOKS_SAME}
_ORDER = (KVK, *Why, DOMAIN)

_NAMES = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.slug,
        Organisation.published_at,
        Organisation.website,
        Organisation.mail_domain,
        OrganisationName.name.label("called"),
    )
    .outerjoin(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    .order_by(Organisation.id)
)


@dataclass(slots=True)
class Likeness:
    """An organisation, and in what it is like: kvk, domain, or a Why of its name.

    `shown_name` is None when who asks may not hear the name: not public, and not what they typed.
    """

    organisation_id: int
    name: str
    slug: str | None
    is_public: bool
    why: set[str] = field(default_factory=set)

    @property
    def shown_name(self) -> str | None:
        return self.name if self.is_public or Why.SAME in self.why else None

    @property
    def is_sure(self) -> bool:
        """Whether more than a resemblance of names points to it."""
        return bool(self.why & _SURE)

    @property
    def reasons(self) -> list[str]:
        """Why, the surest first."""
        return [why for why in _ORDER if why in self.why]


def _domains(row: Any) -> set[str]:
    own = {domain_of_website(row.website)} if row.website else set()
    return own | ({row.mail_domain} if row.mail_domain else set())


def _with_kvk(kvk: str | None) -> set[int]:
    if not kvk:
        return set()
    found = select(Identifier.organisation_id).where(
        Identifier.scheme == "kvk", Identifier.value == kvk
    )
    return set(db.session.scalars(found))


def near_duplicates(
    name: str,
    *,
    kvk: str | None = None,
    website: str | None = None,
    mail_domain: str | None = None,
    but: int | None = None,
    for_moderator: bool = False,
) -> list[Likeness]:
    """Return at most eight organisations that could be meant, the surest first.

    Old names count. `but` is the organisation itself. Anybody but a moderator hears of one that is
    not public yet only when more than a resemblance points to it.
    """
    wanted = {mail_domain} if mail_domain else set()
    wanted |= {domain_of_website(website)} if website else set()
    numbered = _with_kvk(kvk)
    found: dict[int, Likeness] = {}
    for row in db.session.execute(_NAMES):
        if row.id == but:
            continue
        alike = likeness(name, row.called or row.name)
        why: set[str] = {alike} if alike is not None else set()
        why |= {KVK} if row.id in numbered else set()
        why |= {DOMAIN} if wanted & _domains(row) else set()
        if why:
            facts = (row.id, row.name, row.slug, row.published_at is not None)
            found.setdefault(row.id, Likeness(*facts)).why.update(why)
    told = [one for one in found.values() if one.is_public or one.is_sure or for_moderator]
    return sorted(told, key=lambda one: _ORDER.index(one.reasons[0]))[:MOST]


def find_exact_double(name: str, kvk: str | None) -> int | None:
    """Return the id of an organisation with this KVK number or this very name, old names too."""
    matched = match_name(name)
    named = select(OrganisationName.organisation_id).where(OrganisationName.match_name == matched)
    found = select(Organisation.id).where(
        or_(
            Organisation.match_name == matched,
            Organisation.id.in_(named),
            Organisation.id.in_(_with_kvk(kvk)),
        )
    )
    return db.session.scalars(found.order_by(Organisation.id).limit(1)).first()
