"""The events that organisations raise for the packages above them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.organisations.models import AccessProposal, Organisation
from portal.policy import Person
from portal.services.events import Event


@dataclass(frozen=True)
class OrganisationRenamed(Event):
    """An organisation has another name from now on; a listener may refuse with FieldRefused."""

    organisation: Organisation
    # The name that it had until now, where it turned out never to be its name.
    never_named: str | None = None


@dataclass(frozen=True)
class MemberDropped(Event):
    """An account lost `role` in an organisation: removed, gone by itself, or demoted."""

    organisation_id: int
    account_id: int
    role: str
    by: Person | None


@dataclass(frozen=True)
class OwnerJoined(Event):
    """An account became eigenaar of an organisation: newly there, or there already."""

    organisation_id: int
    account_id: int


@dataclass(frozen=True)
class OrganisationUnfrozen(Event):
    """The people of an organisation can write in its name again."""

    organisation_id: int


@dataclass(frozen=True)
class AccessMoved(Event):
    """The vereniging announced a right over an organisation, with the `token` to object.

    Or, without a token, what it announced was stopped.
    """

    proposal: AccessProposal
    token: str | None
