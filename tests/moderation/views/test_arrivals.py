"""What an organisation publishes first after its first eigenaar came stands at the desk, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.actions import leave
from portal.organisations.actions.people import join_as
from portal.organisations.models import Organisation
from portal.organisations.queries import find_membership
from portal.policy import Role
from portal.services.history import history_of
from tests import factories as make
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]
HEADING = "Eerste publicaties na een claim"


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make.make_signature(make.make_organisation(name="Gemeente Waterstad")).organisation


@pytest.fixture
def commitment(organisation: Organisation) -> Commitment:
    return make.make_commitment(
        organisation, title="Plan voor gegevens", entered_as=EnteredAs.VERENIGING
    )


def claim(organisation: Organisation, role: str = Role.OWNER) -> Account:
    account = make.make_account(name="Noor Bakker")
    with write_section():
        join_as(organisation.id, account_id=account.id, role=role, job_title="")
    return account


def report(commitment: Commitment, by: Account) -> None:
    with write_section():
        actions.report(commitment, progress="loopt", body="Ja.", told_on=clock.today(), by=by)


def test_it_names_what_was_published_and_by_whom_until_one_moderator_has_seen_it(
    desk: Client, sign_in: SignIn, organisation: Organisation, commitment: Commitment
) -> None:
    owner = claim(organisation)
    assert HEADING not in desk.get("moderation.desk").main

    report(commitment, owner)

    page = desk.get("moderation.desk")
    assert HEADING in page.main
    assert "meldde voortgang: Plan voor gegevens" in page.main
    assert "Noor Bakker" in page.main and owner.email in page.main
    assert page.follow("Organisatie bevriezen Gemeente Waterstad").status == 200
    late = sign_in(make.make_moderator()).get("moderation.desk")
    gone = page.form("/gezien").submit(follow=True)
    assert HEADING not in gone.main
    assert HEADING not in late.form("/gezien").submit(follow=True).main
    number = int(page.form("/gezien").action.split("/")[-2])
    assert [row.step for row in history_of("arrival", number)] == ["seen"]


def test_it_names_nothing_of_the_vereniging_nor_of_who_was_there_before(
    desk: Client, organisation: Organisation, commitment: Commitment
) -> None:
    editor = claim(organisation, Role.EDITOR)
    report(commitment, editor)
    claim(organisation)
    with write_section():
        actions.edit(commitment, what="Anders.", by=make.make_moderator())

    assert HEADING not in desk.get("moderation.desk").main


def test_it_comes_back_with_the_next_first_eigenaar_and_not_with_a_second(
    desk: Client, organisation: Organisation, commitment: Commitment
) -> None:
    first = claim(organisation)
    report(commitment, claim(organisation))
    page = desk.get("moderation.desk")
    assert page.main.count("Noor Bakker") == 1
    page.form("/gezien").submit()
    make.make_frozen(organisation)
    with write_section():
        for account in (first, *(m.account for m in organisation.memberships)):
            membership = find_membership(organisation.id, account.id)
            if membership is not None:
                leave(membership, by=account)
        organisation.frozen_at = None

    report(commitment, claim(organisation))

    assert HEADING in desk.get("moderation.desk").main


def test_it_is_no_matter_of_a_moderator_with_a_stake(
    sign_in: SignIn, organisation: Organisation, commitment: Commitment
) -> None:
    report(commitment, claim(organisation))
    inside = make.make_moderator()
    make.make_membership(organisation, inside, role=Role.READER)

    page = sign_in(inside).get("moderation.desk")

    assert HEADING in page.main
    assert "Een andere moderator besluit hierover." in page.main
    assert not page.soup.select("form[action$='/gezien']")
