"""Nothing that was typed is lost on the way through sign-in, registration or confirmation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from portal.accounts.models import Account, AccountSession
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, write_section
from portal.services import drafts
from portal.services.models import Draft
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]

SENTENCE = "Wij lezen dit plan met <aandacht> & \"zorg\".\nTweede regel: 'ja'. "
LONG = (SENTENCE * 40)[:1500].strip()
assert len(LONG) > 1490


@pytest.fixture
def discussion(app: Flask) -> Discussion:
    return make.make_article().discussion


def _end_session(account: Account) -> None:
    with write_section():
        db.session.execute(delete(AccountSession).where(AccountSession.account_id == account.id))


def _sign_in_from(page: Page, account: Account) -> Page:
    assert page.h1 == "Inloggen", page
    return page.form().submit(email=account.email, password=make.PASSWORD)


def _drafts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Draft)) or 0


class TestSessionGone:
    def test_it_puts_a_comment_back_into_the_form_below_the_subject(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        account = make.make_account()
        reader = sign_in(account)
        form = reader.get(discussion.address).form(f"/reacties/{discussion.id}")
        _end_session(account)

        back = _sign_in_from(form.submit(body=LONG), account)

        assert back.status == 200
        assert back.path.startswith(discussion.address)
        again = back.form(f"/reacties/{discussion.id}")
        assert again.fields["body"] == LONG
        assert again.submit(follow=False).status == 302
        assert _drafts() == 0, "what was posted waits no longer"

    def test_it_puts_any_form_back_on_its_own_page(self, sign_in: SignIn) -> None:
        account = make.make_moderator()
        reader = sign_in(account)
        form = reader.get("news.create").form()
        _end_session(account)

        back = _sign_in_from(form.submit(title="Een titel", lead="Kort", body=LONG), account)

        assert back.path == "/redactie/nieuws/nieuw"
        assert back.form().fields["title"] == "Een titel"
        assert back.form().fields["body"] == LONG
        assert back.form().submit().h1 == "Een titel"

    def test_it_puts_it_back_in_english_where_it_was_english(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        account = make.make_account()
        reader = sign_in(account)
        form = reader.get(f"/en{discussion.address}").form(f"/reacties/{discussion.id}")
        _end_session(account)

        page = form.submit(body=LONG)
        back = page.form().submit(email=account.email, password=make.PASSWORD)

        assert back.language == "en"
        assert back.form(f"/reacties/{discussion.id}").fields["body"] == LONG

    def test_it_keeps_a_reply_a_reply(self, sign_in: SignIn, discussion: Discussion) -> None:
        parent = make.make_comment(discussion)
        account = make.make_account()
        reader = sign_in(account)
        path = f"{discussion.address}?antwoord={parent.id}"
        form = reader.get(path).form(f"/reacties/{discussion.id}")
        _end_session(account)

        back = _sign_in_from(form.submit(body=LONG), account)

        fields = back.form(f"/reacties/{discussion.id}").fields
        assert (fields["body"], fields["parent_id"]) == (LONG, str(parent.id))


class TestNewcomer:
    @pytest.mark.parametrize("part", ["header", "main"])
    def test_it_waits_for_the_confirmation_in_another_browser(
        self, client: Client, discussion: Discussion, app: Flask, mailbox: Mailbox, part: str
    ) -> None:
        sent = client.post(
            "comments.post", data={"body": LONG}, discussion_id=discussion.id, follow=True
        )
        [link] = [a["href"] for a in sent.soup.select(f"{part} a") if a.text == "Registreren"]
        client.get(str(link)).form().submit(
            name="Nieuw Gezicht", email="nieuw@example.org", password=make.PASSWORD
        )
        mailbox.deliver()
        [path] = [p for p in mailbox.last("nieuw@example.org").paths if "/bevestigen/" in p]

        # The mail is opened on a telephone: another browser, without the first one's session.
        telephone = Client(app)
        asked = telephone.get(path).form().submit()
        back = asked.form().submit(email="nieuw@example.org", password=make.PASSWORD)

        assert back.path.startswith(discussion.address)
        assert back.form(f"/reacties/{discussion.id}").fields["body"] == LONG

    def test_it_keeps_what_somebody_sends_who_must_confirm_first(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        account = make.make_account(is_confirmed=False)
        reader = sign_in(account)
        fields = {"body": LONG}

        refused = reader.post("comments.post", data=fields, discussion_id=discussion.id)

        assert refused.status == 403
        with write_section():
            account.confirmed_at = clock.now()
        page = reader.get(discussion.address)
        assert page.form(f"/reacties/{discussion.id}").fields["body"] == LONG


class TestKeeping:
    def test_it_gives_a_draft_to_who_claims_it_first(self, app: Flask) -> None:
        token = drafts.keep("/nieuws", {"body": LONG})
        finder, other = make.make_account(), make.make_account()
        with write_section():
            drafts.claim(token, finder.id)
            drafts.claim(token, other.id)
        assert drafts.latest(finder.id, "/nieuws") == {"body": LONG}
        assert drafts.latest(other.id, "/nieuws") is None

    def test_it_keeps_no_secret_and_no_key(self, sign_in: SignIn, client: Client) -> None:
        form = sign_in(make.make_account()).get("accounts.change_password").form()
        typed = dict.fromkeys(form.fields, "geheim-geheim-geheim")
        client.post("accounts.change_password", data=typed)
        assert _drafts() == 0

    @pytest.mark.parametrize("fields", [{}, {"body": ""}, {"body": None, "tags": []}])
    def test_it_keeps_nothing_of_nothing(self, app: Flask, fields: dict[str, object]) -> None:
        assert drafts.keep("/nieuws", fields) is None
        assert _drafts() == 0

    def test_it_keeps_no_more_than_a_form_can_hold(self, app: Flask) -> None:
        assert drafts.keep("/nieuws", {"body": "x" * drafts.MAX_CHARACTERS}) is not None
        assert drafts.keep("/nieuws", {"body": "x" * (drafts.MAX_CHARACTERS + 1)}) is None

    @pytest.mark.parametrize("token", [None, "", "onbekend", "x" * 5000])
    def test_it_knows_no_draft_by_a_wrong_token(self, app: Flask, token: str | None) -> None:
        account = make.make_account()
        with write_section():
            drafts.claim(token, account.id)
        assert drafts.address_of(token) is None
        assert drafts.newest_address(account.id) is None

    def test_it_shows_the_newest_of_two(
        self, app: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account = make.make_account()
        drafts.keep("/nieuws", {"body": "eerst"}, account.id)
        set_clock(clock.now() + timedelta(minutes=1))
        drafts.keep("/nieuws", {"body": "daarna"}, account.id)
        drafts.keep("/elders", {"body": "elders"}, account.id)
        assert drafts.latest(account.id, "/nieuws") == {"body": "daarna"}
        assert drafts.newest_address(account.id) == "/elders"

    def test_it_forgets_what_was_posted_there_and_nothing_else(self, app: Flask) -> None:
        account = make.make_account()
        for address in ("/nieuws", "/elders"):
            drafts.keep(address, {"body": "tekst"}, account.id)
        with write_section():
            drafts.forget(account.id, "/nieuws")
        assert drafts.latest(account.id, "/nieuws") is None
        assert drafts.latest(account.id, "/elders") == {"body": "tekst"}
