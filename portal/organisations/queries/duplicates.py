"""Organisations that are like one that somebody is about to add."""

from __future__ import annotations

from dataclasses import dataclass, field

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
        OrganisationName.name.label("other_name"),
    )
    .outerjoin(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    .order_by(Organisation.id)
)


@dataclass(slots=True)
class Likeness:
    """An organisation, and the ways in which it is alike: kvk, domain, or a Why of its name.

    `shown_name` is None for an organisation that is not public, unless its very name was typed.
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
        """Whether it has the same number, domain or name, not only a similar name."""
        return bool(self.why & _SURE)

    @property
    def reasons(self) -> list[str]:
        """The ways in which it is alike, the surest first."""
        return [why for why in _ORDER if why in self.why]


def _domains(website: str | None, mail_domain: str | None) -> set[str]:
    own = {domain_of_website(website)} if website else set()
    return own | ({mail_domain} if mail_domain else set())


def _with_kvk(kvk: str | None) -> set[int]:
    if not kvk:
        return set()
    query = select(Identifier.organisation_id).where(
        Identifier.scheme == "kvk", Identifier.value == kvk
    )
    return set(db.session.scalars(query))


def near_duplicates(
    name: str,
    *,
    kvk: str | None = None,
    website: str | None = None,
    mail_domain: str | None = None,
    except_id: int | None = None,
    for_moderator: bool = False,
) -> list[Likeness]:
    """Return at most eight organisations that could be meant, the surest first.

    Earlier names count too. `except_id` is the organisation itself. One that is not public yet is
    left out where only its name is similar, but not for a moderator.
    """
    domains = _domains(website, mail_domain)
    same_kvk = _with_kvk(kvk)
    matches: dict[int, Likeness] = {}
    for row in db.session.execute(_NAMES):
        if row.id == except_id:
            continue
        alike = likeness(name, row.other_name or row.name)
        why: set[str] = {alike} if alike is not None else set()
        why |= {KVK} if row.id in same_kvk else set()
        why |= {DOMAIN} if domains & _domains(row.website, row.mail_domain) else set()
        if why:
            match = Likeness(row.id, row.name, row.slug, row.published_at is not None)
            matches.setdefault(row.id, match).why.update(why)
    shown = [one for one in matches.values() if one.is_public or one.is_sure or for_moderator]
    return sorted(shown, key=lambda one: _ORDER.index(one.reasons[0]))[:MOST]


def find_exact_duplicate(name: str, kvk: str | None) -> int | None:
    """Return the id of an organisation that has this KVK number, or has or had this name."""
    key = match_name(name)
    had_name = select(OrganisationName.organisation_id).where(OrganisationName.match_name == key)
    query = select(Organisation.id).where(
        or_(
            Organisation.match_name == key,
            Organisation.id.in_(had_name),
            Organisation.id.in_(_with_kvk(kvk)),
        )
    )
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).first()
