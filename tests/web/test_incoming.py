"""Addresses of strangers: whatever they hold, the answer is a page and never a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import Account
from tests import factories as make
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]

NUMBERED = [
    "/organisaties/{}",
    "/organisaties/{}/bewerken",
    "/toezeggingen/{}/concept",
    "/toezeggingen/plan/documenten/{}/{}/plan.pdf",
    "/reacties/{}",
    "/reacties/{}/geschiedenis",
    "/ondertekeningen/{}/mandaat/{}",
    "/werkvoorraad/reacties/{}",
    "/beheer/rollen/{}",
    "/redactie/nieuws/{}",
]
NAMED = [
    "/toezeggingen/%00",
    "/toezeggingen/plan%00/geschiedenis",
    "/toezeggingen/plan%00/documenten/1/1/plan.pdf",
    "/ondertekenaars/%00",
    "/nieuws/%00",
    "/groeipact/versies/%00",
    "/beelden/%00",
    "/uitnodigingen/%00",
    "/beheer/teksten/%00",
]


@pytest.fixture
def reader(sign_in: SignIn) -> Client:
    """Somebody whom every door of the vereniging lets in."""
    return sign_in(make.make_account(is_moderator=True, is_beheerder=True))


@pytest.mark.parametrize(
    "number", [2**31, 10**18 - 1, 2**63 - 1, 2**63, 10**20, 10**4000, "٣", "１"]
)
def test_it_finds_nothing_under_a_number_that_no_row_has(reader: Client, number: int | str) -> None:
    for path in NUMBERED:
        asked = str(number) if isinstance(number, str) or number < 10**30 else "9" * 4000
        assert reader.get(path.format(asked, asked)).status == 404, path


@pytest.mark.parametrize("path", NAMED)
def test_it_finds_nothing_under_a_name_that_no_database_takes(reader: Client, path: str) -> None:
    assert reader.get(path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/ondertekenaars?q=%00",
        "/ondertekenaars?q=%0%000",
        "/ondertekenaars?q=a%00b&provincie=%00&soort=%00",
        "/toezeggingen?q=a%00b&organisatie=%00&laag=%00",
        "/beheer/rollen?q=a%00b",
        "/inloggen?verder=/nieuws%00&x=%00",
    ],
)
def test_it_reads_a_question_without_what_no_database_takes(reader: Client, path: str) -> None:
    assert reader.get(path, follow=True).status == 200


def test_it_still_finds_what_there_is(reader: Client) -> None:
    account = make.make_account(name="Noor")
    assert reader.get(f"/beheer/rollen/{account.id}").status == 200
    assert account.email in reader.get(f"/beheer/rollen?q=%00{account.email}").main
