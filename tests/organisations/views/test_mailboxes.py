"""The mailbox of an organisation: named, proved, told on the page, and which mails go there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.comments import actions as comments
from portal.comments.queries.finding import latest_version
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import MailboxState
from portal.organisations import actions, queries
from portal.organisations.jobs import forget_old_mailboxes
from portal.policy import Role
from portal.services.grounds import FREEZE_GROUNDS
from portal.services.history import history_of
from portal.services.reach import mark_unreachable
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.organisations.scenes import Scene

SignIn = Callable[[Account], Client]
SHARED = "communicatie@dorp.example"


@pytest.fixture
def editor(scene: Scene) -> Account:
    account = make.make_account(name="Rik Redacteur", email="rik@dorp.example")
    make.make_membership(scene.organisation, account, role=Role.EDITOR)
    return account


def address(scene: Scene) -> str:
    return f"/organisaties/{scene.organisation.id}/mailbox"


def place_comment(scene: Scene, title: str = "Plan voor koppelen") -> None:
    """Let a reader comment on a commitment of the organisation, and a moderator place it."""
    commitment = make.make_commitment(scene.organisation, title=title)
    comment = make.make_comment(commitment.discussion, state="pending", author=scene.asker)
    with write_section():
        comments.place(latest_version(comment.id), by=make.make_moderator())


class TestName:
    def test_it_gets_mail_only_after_its_link_was_used(
        self, scene: Scene, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        page = sign_in(scene.owner).get(address(scene)).form().submit({"email": SHARED})
        assert SHARED in page.main and "wacht op de link uit de mail" in page.main
        place_comment(scene)
        mailbox.deliver()
        (asked,) = mailbox.to(SHARED)
        assert "Olga Eigenaar" in asked.text and "Gemeente Dorp (fictief)" in asked.text

        link = asked.paths[0]
        assert "Ja, dit adres klopt" in client.get(link).main
        mailbox_row = queries.get_mailbox(scene.organisation.id)
        assert mailbox_row.state == MailboxState.UNPROVED
        client.get(link).form().submit()
        # A mail program may press it again.
        assert "Het adres klopt" in client.get(link).main
        mailbox.deliver()
        assert "ook naar communicatie@dorp.example" in mailbox.last(scene.owner.email).text
        assert "in gebruik" in scene.open("organisations.people", by=scene.owner).main

    @pytest.mark.parametrize(
        ("typed", "words"),
        [("", "Vul het e-mailadres van de mailbox in."), ("geen adres", "e-mailadres")],
    )
    def test_it_refuses_what_is_no_address_and_keeps_it(
        self, scene: Scene, sign_in: SignIn, typed: str, words: str
    ) -> None:
        page = sign_in(scene.owner).get(address(scene)).form().submit({"email": typed})
        assert words in page.main and page.form().fields["email"] == typed
        assert queries.find_mailbox(scene.organisation.id) is None

    def test_another_address_takes_the_place_of_the_first(
        self, scene: Scene, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        form = sign_in(scene.owner).get(address(scene)).form("/mailbox")
        form.submit({"email": "pers@dorp.example"})
        place_comment(scene)
        mailbox.deliver()
        assert "niet meer naar" in mailbox.last(SHARED).text
        assert [mail.subject for mail in mailbox.to("pers@dorp.example")] == [
            "Is dit de mailbox van Gemeente Dorp (fictief)?"
        ]

    def test_the_same_address_is_refused_beside_the_field(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        form = sign_in(scene.owner).get(address(scene)).form("/mailbox")
        assert "staat hier al" in form.submit({"email": SHARED.upper()}).main


class TestProve:
    def test_a_link_works_for_a_while_and_not_after_the_address_was_removed(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        found = make.make_mailbox(scene.organisation, state="unproved", token="een-link")
        with write_section():
            db.session.merge(found).mailed_at -= timedelta(days=400)
        assert client.get("/mailbox/een-link").status == 410
        sign_in(scene.owner).get(address(scene)).form("/mailen").submit()
        assert client.get("/mailbox/een-link").status == 404
        other = make.make_organisation(owner=scene.owner)
        make.make_mailbox(other, state="put_away", token="andere-link")
        assert client.get("/mailbox/andere-link").status == 410


class TestRemove:
    def test_it_can_be_put_back_without_a_new_link(
        self, scene: Scene, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        found = make.make_mailbox(scene.organisation, SHARED)
        reader = sign_in(scene.owner)
        page = reader.get(address(scene)).form("/weg").submit()
        place_comment(scene)
        mailbox.deliver()
        assert [mail.subject for mail in mailbox.to(SHARED)] == [
            "De mailbox van Gemeente Dorp (fictief) is veranderd"
        ]
        page.form("/terug").submit()
        place_comment(scene, "Ander plan")
        mailbox.deliver()
        assert mailbox.last(SHARED).subject == "Nieuwe reactie: Ander plan"
        assert [row.step for row in history_of("mailbox", found.id)] == [
            "name_mailbox",
            "prove",
            "remove",
            "put_back",
        ]

    def test_it_is_forgotten_in_time(self, app: Flask, scene: Scene) -> None:
        former = make.make_mailbox(scene.organisation, state="put_away")
        waiting, other = make.make_organisation(), make.make_organisation()
        unproved = make.make_mailbox(waiting, state="unproved")
        used = make.make_mailbox(other)
        with write_section():
            for each in (former, unproved, used):
                db.session.merge(each).mailed_at -= timedelta(days=31)
            db.session.merge(former).removed_at = clock.now() - timedelta(days=31)
        forget_old_mailboxes()
        db.session.expire_all()
        assert queries.find_former_mailbox(scene.organisation.id) is None
        assert queries.find_mailbox(waiting.id) is None
        assert queries.find_mailbox(other.id) is not None


class TestShown:
    def test_only_its_own_people_see_it(self, scene: Scene, editor: Account) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        assert SHARED in scene.open("organisations.people", by=editor).main
        assert SHARED not in scene.open("organisations.people", by=make.make_moderator()).main

    def test_it_says_that_mail_does_not_arrive_until_the_link_is_used_anew(
        self, scene: Scene, editor: Account, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        with write_section():
            mark_unreachable(SHARED)
        words = "Mail naar dit adres komt niet aan"
        assert words in scene.open("organisations.people", by=editor).main
        place_comment(scene)
        mailbox.deliver()
        assert not mailbox.to(SHARED)
        sign_in(scene.owner).get(address(scene)).form("/mailen").submit()
        mailbox.deliver()
        client.get(mailbox.last(SHARED).paths[0]).form().submit()
        assert words not in scene.open("organisations.people", by=editor).main


class TestMails:
    def test_it_gets_a_reaction_with_the_way_to_answer_and_says_why(
        self, scene: Scene, editor: Account, sign_in: SignIn, client: Client, mailbox: Mailbox
    ) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        place_comment(scene)
        mailbox.deliver()
        for reader in (scene.owner.email, editor.email, SHARED):
            assert len(mailbox.to(reader)) == 1
        mail = mailbox.last(SHARED)
        assert "de mailbox is van Gemeente Dorp (fictief)" in mail.text
        assert "de mailbox is van" not in mailbox.last(editor.email).text

    @pytest.mark.parametrize("who", ["owner", "editor", "asker", "stand-in"])
    def test_it_gets_one_mail_where_a_person_has_its_address(
        self, scene: Scene, editor: Account, mailbox: Mailbox, who: str
    ) -> None:
        stand_in = make.make_account(email="vervanger@dorp.example")
        make.make_membership(scene.organisation, stand_in, role=Role.READER)
        make.make_absence(scene.organisation, scene.owner, stand_in=stand_in)
        people = {"owner": scene.owner, "editor": editor, "stand-in": stand_in}
        same = people.get(who, scene.asker)
        make.make_mailbox(scene.organisation, same.email)
        place_comment(scene)
        mailbox.deliver()
        about = [mail for mail in mailbox.to(same.email) if "Nieuwe reactie" in mail.subject]
        assert len(about) == (0 if who == "asker" else 1)

    def test_it_gets_no_mail_about_people(self, scene: Scene, mailbox: Mailbox) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        with write_section():
            actions.ask_access(
                scene.organisation, job_title="Adviseur", message="Mag ik?", by=scene.asker
            )
        mailbox.deliver()
        assert mailbox.to(scene.owner.email) and not mailbox.to(SHARED)

    def test_it_hears_what_the_vereniging_decided(self, scene: Scene, mailbox: Mailbox) -> None:
        make.make_mailbox(scene.organisation, SHARED)
        moderator = make.make_moderator()
        with write_section():
            actions.freeze(
                db.session.merge(scene.organisation),
                ground=next(iter(FREEZE_GROUNDS)),
                reason="Een melding.",
                by=moderator,
            )
        mailbox.deliver()
        assert len(mailbox.to(SHARED)) == 1
