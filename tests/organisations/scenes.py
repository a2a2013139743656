"""What the tests of organisations start from: an organisation, its eigenaar, and who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import Account
from portal.organisations import queries
from portal.organisations.models import Organisation
from tests.factories import make_account, make_organisation
from tests.harness.client import Client
from tests.harness.page import Page


@dataclass(frozen=True)
class Scene:
    """A public organisation with one eigenaar, and somebody who does not belong to it."""

    organisation: Organisation
    owner: Account
    asker: Account
    sign_in: Callable[[Account], Client]

    def open(self, endpoint: str, *, by: Account) -> Page:
        """Return a page of the organisation as somebody gets it."""
        return self.sign_in(by).get(endpoint, organisation_id=self.organisation.id)


def set_scene(sign_in: Callable[[Account], Client]) -> Scene:
    """Return an organisation with the two people around it."""
    owner = make_account(name="Olga Eigenaar", email="olga@dorp.example")
    organisation = make_organisation(
        name="Gemeente Dorp (fictief)", owner=owner, is_public=True, mail_domain="dorp.example"
    )
    asker = make_account(name="Arie Vrager", email="arie@dorp.example")
    return Scene(organisation, owner, asker, sign_in)


def role(organisation: Organisation, account: Account) -> str | None:
    """Return the role that somebody has in an organisation now."""
    return queries.roles_of(account.id).get(organisation.id)
