"""For which organisations somebody does what, as the law says."""

from __future__ import annotations

from typing import NamedTuple

from portal.policy import Permission, Person, can


class Reach(NamedTuple):
    """The organisations of one person: all of them, and those for which they write or decide."""

    all: tuple[int, ...]
    writes: tuple[int, ...]
    owns: tuple[int, ...]


class OfOrganisation(NamedTuple):
    """Anything of an organisation, for the law."""

    organisation_id: int


def reach_of(person: Person, organisation_id: int | None = None) -> Reach:
    """Return for which organisations `person` works; of one of them alone if it is named."""
    numbers = [each for each in person.roles if organisation_id in (None, each)]

    def allowed(permission: Permission) -> tuple[int, ...]:
        return tuple(each for each in numbers if can(person, permission, OfOrganisation(each)))

    return Reach(
        all=allowed(Permission.WORK_PAGE_READ),
        writes=allowed(Permission.ORGANISATION_EDIT),
        owns=allowed(Permission.MEMBER_MANAGE),
    )
