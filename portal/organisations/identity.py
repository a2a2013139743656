"""Who an organisation is: what a signatory changes only by a proposal, compared field by field."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Protocol

from portal.core.i18n import lazy_gettext as _l
from portal.organisations.identifiers import NAMES, SCHEMES

Value = str | int | None

LABELS = {
    "name": _l("Naam"),
    "kind_id": _l("Soort organisatie"),
    "website": _l("Website"),
    "mail_domain": _l("Einde van het e-mailadres (na de @)"),
    **NAMES,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """The name, kind, website, mail domain and numbers of an organisation."""

    name: str
    kind_id: int
    website: str | None = None
    mail_domain: str | None = None
    kvk: str | None = None
    rsin: str | None = None
    oin: str | None = None
    cbs: str | None = None
    tooi: str | None = None

    def values(self) -> dict[str, Value]:
        """Return every field by its name, as a proposal stores it."""
        return asdict(self)

    @property
    def numbers(self) -> dict[str, str | None]:
        """The number in each register."""
        return {scheme: getattr(self, scheme) for scheme in SCHEMES}

    def changes_from(self, other: Identity) -> list[str]:
        """Return the names of the fields in which this one differs from `other`."""
        own, others = self.values(), other.values()
        return [name for name in FIELDS if own[name] != others[name]]


FIELDS = tuple(field.name for field in fields(Identity))


class Identified(Protocol):
    """An organisation, of which these columns and numbers say who it is."""

    name: str
    kind_id: int
    website: str | None
    mail_domain: str | None

    def number(self, scheme: str) -> str | None:
        """Return the number in one register."""


def identity_of(organisation: Identified) -> Identity:
    """Return who an organisation is now."""
    return Identity(
        name=organisation.name,
        kind_id=organisation.kind_id,
        website=organisation.website,
        mail_domain=organisation.mail_domain,
        **{scheme: organisation.number(scheme) for scheme in SCHEMES},
    )
