"""Who promises in the journeys: a signatory, and the people who write for it."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.organisations.models import Organisation
from portal.policy import Role
from tests import factories as make

NAME = "Waterveld Software (fictief)"


def supplier(name: str = NAME) -> Organisation:
    """Return a supplier that has signed."""
    organisation = make.make_organisation(name=name, kind_slug="leverancier", is_fictional=True)
    make.make_signature(organisation)
    return organisation


def officer(organisation: Organisation, name: str = "Eva de Wit") -> Account:
    """Return somebody who writes for the organisation."""
    person = make.make_account(name=name)
    make.make_membership(organisation, person, role=Role.EDITOR)
    return person
