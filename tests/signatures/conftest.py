"""Fixtures of the tests of signatures."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from tests.factories import make_account, make_organisation, make_pact_version


@pytest.fixture
def owner(app: Flask) -> Account:
    """Who prepares."""
    return make_account(name="Anna Jansen", email="anna@waterstad.example")


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    """The organisation that signs."""
    return make_organisation(
        name="Gemeente Waterstad",
        owner=owner,
        website="https://waterstad.example",
        mail_domain="waterstad.example",
        kvk="01234567",
    )


@pytest.fixture
def pact(app: Flask) -> PactVersion:
    """The text that is signed today."""
    return make_pact_version(label="1.0", body="Wij groeien samen.")
