"""Being away for an organisation: the days, who stands in, and which mails they get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations import actions, queries
from portal.organisations.jobs import forget_past_absences
from portal.policy import Role
from portal.services.history import history_of
from tests.factories import make_absence, make_account, make_membership
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.organisations.scenes import Scene

SignIn = Callable[[Account], Client]


@pytest.fixture
def colleague(scene: Scene) -> Account:
    account = make_account(name="Rik Redacteur", email="rik@dorp.example")
    make_membership(scene.organisation, account, role=Role.EDITOR)
    return account


def address(scene: Scene, *more: str) -> str:
    return "/".join((f"/organisaties/{scene.organisation.id}/afwezig", *more))


def ask(scene: Scene) -> None:
    """Let somebody ask the eigenaren for access."""
    with write_section():
        actions.ask_access(
            scene.organisation,
            job_title="Adviseur",
            message="Mag ik meedoen?",
            by=scene.asker,
        )


class TestAbsences:
    def test_it_leads_from_the_account_to_each_organisation(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.owner).get("accounts.overview")
        assert "Bekijk afwezig zijn" in page.links
        page = sign_in(scene.owner).get("organisations.absences")
        assert (
            "U bent niet afwezig." in page.main
            and f"Wijzig {scene.organisation.name}" in page.links
        )


class TestAway:
    def test_it_tells_colleagues_and_the_stand_in(
        self, scene: Scene, colleague: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        form = sign_in(scene.owner).get(address(scene)).form()
        form.submit(
            {"first_on": "2099-07-01", "last_on": "2099-07-14", "stand_in_id": str(colleague.id)}
        )
        page = scene.open("organisations.people", by=colleague)
        assert "Afwezig van 1 juli 2099 tot en met 14 juli 2099. Vervanger: Rik" in page.main
        mailbox.deliver()
        mail = mailbox.last(colleague.email)
        assert "1 juli 2099" in mail.text and "Olga Eigenaar" in mail.text

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            ("2099-07-14", "2099-07-01", "De laatste dag ligt voor de eerste dag."),
            ("2019-07-01", "2019-07-14", "Deze dag is al voorbij."),
            ("", "2099-07-14", "Vul uw eerste dag afwezig in."),
            ("2099-02-30", "2099-07-14", "Deze datum bestaat niet."),
        ],
    )
    def test_it_refuses_days_that_cannot_be_and_keeps_what_was_typed(
        self, scene: Scene, sign_in: SignIn, first: str, last: str, words: str
    ) -> None:
        form = sign_in(scene.owner).get(address(scene)).form()
        page = form.submit({"first_on": first, "last_on": last})
        assert words in page.main
        assert page.form().fields["last_on"] == last
        assert queries.find_absence(scene.organisation.id, scene.owner.id) is None

    def test_it_refuses_a_colleague_who_is_away_as_well(
        self, scene: Scene, colleague: Account, sign_in: SignIn
    ) -> None:
        make_absence(scene.organisation, colleague)
        day = clock.today().isoformat()
        form = sign_in(scene.owner).get(address(scene)).form()
        typed = {"first_on": day, "last_on": day, "stand_in_id": str(colleague.id)}
        assert "zelf ook afwezig" in form.submit(typed).main


class TestEndAbsence:
    def test_it_ends_and_tells_the_stand_in(
        self, scene: Scene, colleague: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        number = make_absence(scene.organisation, scene.owner, stand_in=colleague).id
        sign_in(scene.owner).get(address(scene)).form("/weg").submit()
        assert queries.find_absence(scene.organisation.id, scene.owner.id) is None
        assert [row.step for row in history_of("absence", number)] == ["came_back"]
        mailbox.deliver()
        assert "niet meer" in mailbox.last(colleague.email).subject


class TestDecline:
    def test_it_tells_who_is_away_and_the_stand_in_gets_nothing_more(
        self, scene: Scene, colleague: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        make_absence(scene.organisation, scene.owner, stand_in=colleague)
        page = sign_in(colleague).get("organisations.people", organisation_id=scene.organisation.id)
        page.form("/niet-vervangen").submit()
        mailbox.deliver()
        assert "kan of wil u niet vervangen" in mailbox.last(scene.owner.email).text
        ask(scene)
        mailbox.deliver()
        assert not mailbox.to(colleague.email)


class TestStandIn:
    def test_it_gets_the_mail_of_who_is_away_and_reads_for_whom(
        self, scene: Scene, colleague: Account, mailbox: Mailbox
    ) -> None:
        make_absence(scene.organisation, scene.owner, stand_in=colleague)
        ask(scene)
        mailbox.deliver()
        own, other = mailbox.last(scene.owner.email), mailbox.last(colleague.email)
        assert own.subject == other.subject
        assert "Olga Eigenaar vervangt bij Gemeente Dorp" in " ".join(other.text.split())
        assert "vervangt" not in own.text

    @pytest.mark.parametrize("days", [-1, 1])
    def test_it_gets_nothing_before_or_after(
        self, scene: Scene, colleague: Account, mailbox: Mailbox, days: int
    ) -> None:
        day = clock.today() + timedelta(days=days)
        make_absence(scene.organisation, scene.owner, stand_in=colleague, first_on=day)
        ask(scene)
        mailbox.deliver()
        assert mailbox.to(scene.owner.email) and not mailbox.to(colleague.email)

    def test_it_hears_once_when_the_mail_comes_anyway(self, scene: Scene, mailbox: Mailbox) -> None:
        second = make_account(name="Oscar Eigenaar", email="oscar@dorp.example")
        make_membership(scene.organisation, second, role=Role.OWNER)
        make_absence(scene.organisation, scene.owner, stand_in=second)
        ask(scene)
        mailbox.deliver()
        assert len(mailbox.to(second.email)) == 1

    def test_it_is_gone_with_the_role(
        self, scene: Scene, colleague: Account, mailbox: Mailbox
    ) -> None:
        make_absence(scene.organisation, scene.owner, stand_in=colleague)
        own = queries.find_membership(scene.organisation.id, colleague.id)
        assert own is not None
        with write_section():
            actions.leave(own, by=colleague)
        mailbox.deliver()
        assert "hoort niet meer bij" in mailbox.last(scene.owner.email).text
        absence = queries.find_absence(scene.organisation.id, scene.owner.id)
        assert absence is not None and absence.stand_in_id is None


def test_it_forgets_what_is_past(app: Flask, scene: Scene, colleague: Account) -> None:
    day = clock.today() - timedelta(days=1)
    make_absence(scene.organisation, scene.owner, first_on=day)
    make_absence(scene.organisation, colleague)
    forget_past_absences()
    db.session.expire_all()
    assert queries.find_absence(scene.organisation.id, scene.owner.id) is None
    assert queries.find_absence(scene.organisation.id, colleague.id) is not None
