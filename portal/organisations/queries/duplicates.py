"""Organisations that are like one that somebody is about to add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from portal.core.db import db
from portal.core.i18n import gettext as _
from portal.organisations.identifiers import SCHEMES, Numbers
from portal.organisations.identity import Identity
from portal.organisations.likeness import Why, likeness, match_name, read_as
from portal.organisations.models import Identifier, Organisation, OrganisationName
from portal.organisations.websites import domain_of_website

MOST = 8

DOMAIN = "domain"

NO_NUMBERS: Numbers = {}

_SURE = {*SCHEMES, DOMAIN, Why.SAME, Why.LOOKS_SAME}
_ORDER = (*SCHEMES, *Why, DOMAIN)

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
    """An organisation, and the ways in which it is alike: a register, domain, or a Why of its name.

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


def _with_numbers(numbers: Numbers) -> dict[int, set[str]]:
    """Return organisation id -> the registers in which it has one of these numbers."""
    wanted = [
        and_(Identifier.scheme == scheme, Identifier.value == value)
        for scheme, value in numbers.items()
        if value
    ]
    having: dict[int, set[str]] = {}
    if wanted:
        query = select(Identifier.organisation_id, Identifier.scheme).where(or_(*wanted))
        for row in db.session.execute(query):
            having.setdefault(row.organisation_id, set()).add(row.scheme)
    return having


def near_duplicates(
    name: str | None,
    *,
    numbers: Numbers = NO_NUMBERS,
    website: str | None = None,
    mail_domain: str | None = None,
    except_id: int | None = None,
    for_moderator: bool = False,
) -> list[Likeness]:
    """Return at most eight organisations that could be meant, the surest first.

    Earlier names count too, and no name is like None. `except_id` is the organisation itself. One
    that is not public yet is left out where only its name is similar, but not for a moderator.
    """
    domains = _domains(website, mail_domain)
    same_numbers = _with_numbers(numbers)
    matches: dict[int, Likeness] = {}
    for row in db.session.execute(_NAMES):
        if row.id == except_id:
            continue
        alike = likeness(name, row.other_name or row.name) if name else None
        why: set[str] = {alike} if alike is not None else set()
        why |= same_numbers.get(row.id, set())
        why |= {DOMAIN} if domains & _domains(row.website, row.mail_domain) else set()
        if why:
            match = Likeness(row.id, row.name, row.slug, row.published_at is not None)
            matches.setdefault(row.id, match).why.update(why)
    shown = [one for one in matches.values() if one.is_public or one.is_sure or for_moderator]
    return sorted(shown, key=lambda one: _ORDER.index(one.reasons[0]))[:MOST]


def find_exact_duplicate(name: str, numbers: Numbers) -> int | None:
    """Return the id of an organisation that has one of these numbers, or has or had this name."""
    key = match_name(name)
    had_name = select(OrganisationName.organisation_id).where(OrganisationName.match_name == key)
    query = select(Organisation.id).where(
        or_(
            Organisation.match_name == key,
            Organisation.id.in_(had_name),
            Organisation.id.in_(_with_numbers(numbers)),
        )
    )
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).first()


class Taken(NamedTuple):
    """A new name or number that another public organisation has."""

    field: str
    owner: str

    def words(self) -> str:
        """Return what the person who typed it reads beside the field."""
        if self.field == "name":
            return str(
                _(
                    "Zo heet al een andere organisatie in dit portaal: %(name)s. Kies een naam die "
                    "daarvan verschilt. Klopt het toch? Vraag het de vereniging.",
                    name=self.owner,
                )
            )
        return str(
            _(
                "Dit nummer staat al bij %(name)s. Controleer het nummer. Klopt het toch? Vraag "
                "het de vereniging.",
                name=self.owner,
            )
        )


def taken_by_others(organisation_id: int, before: Identity, after: Identity) -> list[Taken]:
    """Return what becomes different and is another public organisation's, letter for letter.

    One that is not public counts as like, and no more: anybody can add one, and would so keep
    a signatory from its own name.
    """
    changed = after.changes_from(before)
    public = select(Organisation.id, Organisation.name).where(
        Organisation.published_at.is_not(None), Organisation.id != organisation_id
    )
    others = {row.id: row.name for row in db.session.execute(public)}
    taken = []
    if "name" in changed:
        same = (name for name in others.values() if read_as(name) == read_as(after.name))
        taken += [Taken("name", name) for name in same]
    numbers = {scheme: value for scheme, value in after.numbers.items() if scheme in changed}
    for owner_id, schemes in _with_numbers(numbers).items():
        if owner_id in others:
            taken += [Taken(scheme, others[owner_id]) for scheme in sorted(schemes)]
    return taken


def like_after(
    organisation_id: int, before: Identity, after: Identity, *, for_moderator: bool = False
) -> list[Likeness]:
    """Return the organisations that are like what becomes different of another one."""
    changed = after.changes_from(before)
    return near_duplicates(
        after.name if "name" in changed else None,
        numbers={scheme: value for scheme, value in after.numbers.items() if scheme in changed},
        website=after.website if "website" in changed else None,
        except_id=organisation_id,
        for_moderator=for_moderator,
    )
