"""Nothing that was typed is lost on the way through sign-in, registration or confirmation."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.accounts.models import Account, AccountSession
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, write_section
from portal.services import drafts
from portal.services.drafts import Content, Found, Owner
from portal.services.models import Draft
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in

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


def content(**fields: object) -> Content:
    made = drafts.content_of(fields)
    assert made is not None
    return made


CONTENT = content(body="tekst")


def _rows() -> Sequence[Draft]:
    db.session.rollback()
    return db.session.scalars(select(Draft)).all()


def _drafts() -> int:
    return len(_rows())


def _bytes() -> int:
    return sum(len(json.dumps(row.fields)) for row in _rows())


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
        form = back.form(back.path)
        assert (form.fields["title"], form.fields["body"]) == ("Een titel", LONG)
        assert form.submit().h1 == "Een titel"

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
        back = telephone.get(path).form().submit(current_password=make.PASSWORD)

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


class TestOfOneBrowser:
    def test_it_never_fills_a_form_of_somebody_else(
        self, app: Flask, client: Client, discussion: Discussion
    ) -> None:
        victim = make.make_account()
        planted = client.post("comments.post", data={"body": LONG}, discussion_id=discussion.id)

        elsewhere = Client(app)
        page = elsewhere.get(planted.location or "").form()
        back = page.submit(email=victim.email, password=make.PASSWORD)

        assert back.form(f"/reacties/{discussion.id}").fields["body"] == ""
        assert "Uw tekst staat er weer" not in back.main
        assert elsewhere.get("accounts.sign_in", follow=True).path == "/mijn-werk"

    @pytest.mark.parametrize("address", ["/beheer/rollen/{}", "/account/e-mail"])
    def test_it_remembers_nothing_for_a_form_about_rights(
        self, app: Flask, client: Client, address: str
    ) -> None:
        somebody, beheerder = make.make_account(), make.make_beheerder()
        path = address.format(somebody.id)
        ticks = {"is_moderator": "y", "is_beheerder": "y", "new_email": "x@example.org"}

        led = client.post(path, data=ticks, follow=True)
        page = led.form().submit(email=beheerder.email, password=make.PASSWORD)

        assert page.path == path
        assert "Uw tekst staat er weer" not in page.main
        assert not any(page.form().fields.get(name) for name in ticks)
        assert (client.cookie("groeipact-concepten"), _drafts()) == (None, 0)

    def test_it_keeps_no_tick_of_consent(self, client: Client) -> None:
        account = make.make_account()
        sent = {"name": "Een nieuwe stichting", "is_sure": "y"}
        led = client.post("organisations.create", data=sent, follow=True)
        page = led.form().submit(email=account.email, password=make.PASSWORD)
        assert page.form(page.path).fields["name"] == "Een nieuwe stichting"
        assert [row.fields for row in _rows()] == [{"name": "Een nieuwe stichting"}]

    def test_it_lets_an_account_have_what_was_typed_where_it_was_made(self, app: Flask) -> None:
        browser, account = Owner(mark_hash="b"), make.make_account()
        drafts.remember(browser, "/nieuws", CONTENT)
        with write_section():
            drafts.share(browser, account.id)
        assert drafts.find(account.id, "/nieuws") == Found({"body": "tekst"}, False)
        # The browser knows it as before, whether or not an account was made.
        assert drafts.newest_address(browser) == "/nieuws"

    def test_it_gives_all_to_the_account_that_signs_in_there(self, app: Flask) -> None:
        browser, made, other = Owner(mark_hash="b"), make.make_account(), make.make_account()
        for address in ("/nieuws", "/elders"):
            drafts.remember(browser, address, CONTENT)
        drafts.remember(Owner(other.id), "/elders", content(body="ouder"))
        with write_section():
            drafts.share(browser, made.id)
            drafts.claim(browser, other.id)
        for address in ("/nieuws", "/elders"):
            assert drafts.find(other.id, address) == Found({"body": "tekst"}, False)
            assert drafts.find(made.id, address) is None
        assert drafts.newest_address(browser) is None
        assert _drafts() == 2

    def test_it_keeps_what_an_account_claims_that_was_made_there(self, app: Flask) -> None:
        browser, made = Owner(mark_hash="b"), make.make_account()
        drafts.remember(browser, "/nieuws", CONTENT)
        with write_section():
            drafts.share(browser, made.id)
            drafts.claim(browser, made.id)
        assert drafts.find(made.id, "/nieuws") == Found({"body": "tekst"}, False)

    def test_it_tells_nobody_whether_an_address_has_an_account(
        self, app: Flask, discussion: Discussion
    ) -> None:
        known, own = make.make_account(), make.make_account()
        shown = []
        for email in (known.email, "onbekend@example.org"):
            reader = Client(app)
            reader.post("comments.post", data={"body": LONG}, discussion_id=discussion.id)
            form = reader.get("accounts.register").form()
            form.submit(name="Iemand", email=email, password="heel-lang-en-eigen-woord")
            page = reader.get("accounts.sign_in")
            page = page.form().submit(email=own.email, password=make.PASSWORD)
            shown.append((page.path, page.form(f"/reacties/{discussion.id}").fields["body"]))
        assert shown[0] == shown[1]
        assert shown[0][1] == LONG


class TestBounds:
    def test_it_stores_one_draft_of_140_that_are_refused(
        self, make_app: Callable[..., Flask], discussion: Discussion
    ) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_COMMENT="0")
        reader = signed_in(app, make.make_account())
        form = reader.get(discussion.address).form(f"/reacties/{discussion.id}")
        typed = [form.submit(body=f"{number:03}" + "x" * 58_997).status for number in range(140)]
        assert set(typed) == {429}
        assert (_drafts(), _bytes() < drafts.MAX_BYTES) == (1, True)
        # The last one that the limit let through.
        page = reader.get(discussion.address).form(f"/reacties/{discussion.id}")
        assert page.fields["body"].startswith("029")

    def test_it_stores_nothing_that_is_refused_without_the_key_of_a_form(
        self, make_app: Callable[..., Flask], discussion: Discussion
    ) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_COMMENT="0")
        reader = signed_in(app, make.make_account())
        page = reader.post("comments.post", data={"body": LONG}, discussion_id=discussion.id)
        assert page.status == 429
        assert "hebben wij bewaard" not in page.main
        assert _drafts() == 0

    def test_it_counts_what_visitors_send(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_DRAFT="2")
        answers = [Client(app).post("/account/naam", data={"name": "Noor"}) for _ in range(3)]
        assert [page.status for page in answers] == [303, 303, 429]
        assert _drafts() == 2

    def test_it_replaces_what_was_typed_at_an_address(self, app: Flask) -> None:
        for owner in (Owner(make.make_account().id), Owner(mark_hash="b")):
            for text in ("eerst", "daarna"):
                assert drafts.remember(owner, "/nieuws", content(body=text))
        assert [row.fields for row in _rows()] == [{"body": "daarna"}] * 2

    def test_it_lets_the_oldest_go_when_there_are_too_many(
        self, app: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        begun = clock.now()
        for number in range(drafts.MAX_DRAFTS + 2):
            set_clock(begun + timedelta(minutes=number))
            # The very first is typed anew, which makes it the newest.
            drafts.remember(Owner(mark_hash="b"), f"/{number or 'x'}", CONTENT)
            drafts.remember(Owner(mark_hash="b"), "/eerste", CONTENT)
        drafts.remember(Owner(mark_hash="c"), "/x", CONTENT)
        addresses = {row.address for row in _rows() if row.mark_hash == "b"}
        assert len(addresses) == drafts.MAX_DRAFTS
        assert {"/eerste", "/21", "/3"} <= addresses and not addresses & {"/x", "/1", "/2"}

    def test_it_lets_the_oldest_go_when_they_are_too_long_together(self, app: Flask) -> None:
        account, browser = make.make_account(), Owner(mark_hash="b")
        long = content(body="x" * (drafts.MAX_BYTES - 100))
        for number in range(8):
            drafts.remember(browser, f"/{number}", long)
            drafts.remember(Owner(account.id), f"/account/{number}", long)
        assert _bytes() <= 2 * drafts.MAX_BYTES_IN_ALL
        with write_section():
            drafts.claim(browser, account.id)
        assert _bytes() <= drafts.MAX_BYTES_IN_ALL

    @pytest.mark.parametrize("sign", ["x", "é", "😀"])
    def test_it_takes_no_more_than_a_number_of_bytes(self, app: Flask, sign: str) -> None:
        as_stored = len(json.dumps(sign)) - 2
        most = (drafts.MAX_BYTES - len(json.dumps({"body": ""}))) // as_stored
        assert drafts.content_of({"body": sign * most}) is not None
        assert drafts.content_of({"body": sign * (most + 1)}) is None

    def test_it_keeps_the_bounds_when_all_come_at_once(self, app: Flask) -> None:
        browser, together = Owner(mark_hash="b"), Barrier(5)
        for number in range(drafts.MAX_DRAFTS):
            drafts.remember(browser, f"/{number}", CONTENT)

        def send(number: int) -> bool:
            with app.app_context():
                drafts.newest_address(browser)
                together.wait(timeout=30)
                return drafts.remember(browser, f"/meer/{number}", CONTENT)

        with ThreadPoolExecutor(5) as pool:
            for first in range(0, 20, 5):
                assert all(pool.map(send, range(first, first + 5)))
                assert _drafts() == drafts.MAX_DRAFTS

    def test_it_takes_no_address_that_no_index_takes(self, app: Flask) -> None:
        browser = Owner(mark_hash="b")
        assert not drafts.remember(browser, "/" + "é" * drafts.MAX_ADDRESS_BYTES, CONTENT)
        assert drafts.remember(browser, "/" + "é" * (drafts.MAX_ADDRESS_BYTES // 2 - 1), CONTENT)

    @pytest.mark.parametrize("fields", [{}, {"body": ""}, {"body": None, "tags": []}])
    def test_it_stores_nothing_of_nothing(self, fields: dict[str, object]) -> None:
        assert drafts.content_of(fields) is None

    def test_it_forgets_what_was_sent_and_nothing_else(self, app: Flask) -> None:
        account = make.make_account()
        for address in ("/nieuws", "/elders"):
            drafts.remember(Owner(account.id), address, CONTENT)
        with write_section():
            drafts.forget(account.id, "/nieuws")
        assert drafts.find(account.id, "/nieuws") is None
        assert drafts.find(account.id, "/elders") == Found({"body": "tekst"}, False)


# Every door that remembers text. None of them is about rights, roles, invitations, signatures,
# passwords or codes.
REMEMBERING = {
    "admin.test_mail",
    "accounts.rename",
    "comments.edit",
    "comments.post",
    "commitments.add_document",
    "commitments.add_version",
    "commitments.create",
    "commitments.describe_document",
    "commitments.edit",
    "commitments.foretell",
    "commitments.move_term",
    "commitments.report",
    "commitments.retract",
    "commitments.withdraw",
    "commitments.write_out",
    "moderation.comment_version_ask_change",
    "moderation.comment_version_refuse",
    "moderation.hide",
    "moderation.identity_proposal_ask_change",
    "moderation.identity_proposal_refuse",
    "moderation.profile_ask_change",
    "moderation.profile_refuse",
    "moderation.restore",
    "moderation.set_back",
    "news.create",
    "news.edit",
    "organisations.add_kind",
    "organisations.correct",
    "organisations.create",
    "organisations.describe",
    "organisations.edit",
    "organisations.edit_kind",
    "organisations.join",
    "organisations.propose",
    "organisations.province",
    "overview.create_report",
    "overview.edit_report",
    "pact.create",
    "pact.edit",
    "moderation.comment_version_undo",
    "moderation.identity_proposal_undo",
    "moderation.profile_undo",
    "pact.publish",
    "pact.word",
    "pact.words",
    "register.disown",
    "vereniging.edit_legal",
    "vereniging.edit_statement",
    "vereniging.vereniging",
}


def test_it_remembers_text_at_these_doors_and_nowhere_else(app: Flask) -> None:
    found = set()
    for endpoint, view in app.view_functions.items():
        door = view.door  # type: ignore[attr-defined]
        if door.form is not None and door.remembers_text:
            with app.test_request_context():
                form = door.form()
                for field in form:
                    field.data = "getypt"
                if form.draft_fields():
                    found.add(endpoint)
    assert found == REMEMBERING
