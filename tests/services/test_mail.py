"""Mail: a row until it is committed, one message, and a request that never waits for a server."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.settings import settings
from portal.services import mail
from portal.services.jobs import run_due
from portal.services.mail_headers import MailPolicy
from portal.services.models import Job
from portal.services.sent_mail import Fate, MailFilter, sent_mails
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox, MailServer

TEMPLATES = Path(__file__).parents[2] / "templates/mail"
MAILS = sorted(path.parent.name for path in TEMPLATES.glob("*/subject.txt"))
GIVEN = {"vereniging", "mail_url", "full_path", "quoted"}
# What people type in more than one line: in a mail every line of it is marked off.
TYPED = ("changes", "end_reason", "message", "proof", "reason", "text")
SetClock = Callable[[datetime | None], None]
TO = "noor@example.org"
SITE = "Groeipact Common Ground"


def _send(to: str = TO, **how: Any) -> None:
    with write_section():
        mail.send("account_exists", to=to, token="", minutes=60, **how)


def _job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


class TestRequest:
    def test_it_answers_without_speaking_to_the_mail_server(
        self, client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Any] = []
        connect = socket.create_connection

        def watched(address: Any, *rest: Any, **more: Any) -> Any:
            asked.append(address)
            return connect(address, *rest, **more)

        monkeypatch.setattr(socket, "create_connection", watched)
        page = (
            client.get("accounts.register")
            .form()
            .submit(name="Noor", email=TO, password=make.PASSWORD)
        )
        assert page.status == 200
        assert asked == []
        assert mailbox.messages == []
        assert _job().state == "waiting"

        mailbox.deliver()
        assert len(asked) == 1, "what was watched is the way that mail goes"
        assert len(mailbox.to(TO)) == 1

    def test_it_answers_as_always_while_the_mail_server_is_down(
        self, client: Client, mailbox: Mailbox, set_clock: SetClock
    ) -> None:
        mailbox.go_down()
        page = (
            client.get("accounts.register")
            .form()
            .submit(name="Noor", email=TO, password=make.PASSWORD)
        )
        assert page.status == 200
        run_due()
        job = _job()
        assert (job.state, job.tries) == ("waiting", 1)
        assert "Refused" in str(job.last_error)

        mailbox.come_back()
        set_clock(job.run_at)
        run_due()
        assert len(mailbox.to(TO)) == 1
        assert _job().state == "done"

    def test_it_sends_nothing_of_an_act_that_was_undone(self, app: Flask, mailbox: Mailbox) -> None:
        with pytest.raises(ZeroDivisionError), write_section():
            mail.send("account_exists", to=TO, token="", minutes=60)
            raise ZeroDivisionError
        assert mailbox.deliver() == []


class TestDelivery:
    def test_it_keeps_one_message_id_over_all_tries(
        self, app: Flask, mailbox: Mailbox, set_clock: SetClock
    ) -> None:
        _send()
        planned = _job().payload["message_id"]
        mailbox.go_down()
        for _ in range(4):
            run_due()
            set_clock(_job().run_at)
        mailbox.come_back()
        run_due()
        run_due()
        [arrived] = mailbox.messages
        assert arrived.message["Message-ID"] == planned

    def test_it_parks_and_shows_an_address_that_is_refused_for_good(
        self, app: Flask, mailbox: Mailbox, sign_in: Callable[..., Client]
    ) -> None:
        mailbox.refuse(TO)
        _send()
        _send("ander@example.org")
        mailbox.deliver()

        assert [found.to for found in mailbox.messages] == ["ander@example.org"]
        page = sign_in(make.make_beheerder()).get("admin.jobs")
        assert "550" in page.main

    def test_it_tries_again_with_an_address_that_is_refused_for_now(
        self, app: Flask, mailbox: Mailbox, set_clock: SetClock
    ) -> None:
        mailbox.refuse(TO, "450 Come back later")
        _send()
        mailbox.deliver()
        assert _job().state == "waiting"

        mailbox.accept(TO)
        set_clock(_job().run_at)
        assert len(mailbox.deliver()) == 1
        assert _job().state == "done"

    def test_it_sends_the_same_key_once(self, app: Flask, mailbox: Mailbox) -> None:
        _send(key="welcome")
        mailbox.deliver()
        _send(key="welcome")
        assert mailbox.deliver() == []

    @pytest.mark.parametrize(
        "address",
        ["", "geen adres", "a@b\nBcc: x@example.org", "a@@b", "<>", "x@", "é@example.org"],
    )
    def test_it_parks_what_is_no_address(self, app: Flask, mailbox: Mailbox, address: str) -> None:
        _send(address)
        assert mailbox.deliver() == []
        assert _job().state == "parked"

    def test_it_writes_files_where_there_is_no_mail_server(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(MAIL_SERVER="")
        with app.app_context():
            _send()
            run_due()
            folder = settings().mail_dir
            [path] = folder.glob("*-account_exists-*.eml")
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            path.unlink()
            # Nobody got it, so it was not sent.
            [row] = sent_mails(MailFilter()).rows
            db.session.remove()
            db.engine.dispose()
        assert message["To"] == TO
        assert row.fate == Fate.UNSENT


class TestMessage:
    def test_it_is_plain_text_that_says_from_whom_and_in_which_language(
        self, app: Flask, mailbox: Mailbox, sign_in: Callable[..., Client]
    ) -> None:
        form = sign_in(make.make_beheerder()).get("vereniging.vereniging").form()
        form.submit(name="Vereniging Één", site_name="Portaal & zo", email="post@example.org")
        _send(locale="en")
        [arrived] = mailbox.deliver()

        message = arrived.message
        assert message.get_content_type() == "text/plain"
        assert message["Content-Language"] == "en"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["From"].addresses[0].display_name == "Portaal & zo"
        assert "Portaal & zo" in arrived.text
        assert all(link.startswith("http://localhost/en/") for link in arrived.links)
        assert abs(message["Date"].datetime - clock.now()) < timedelta(minutes=5)

    def test_it_belongs_with_what_was_mailed_about_the_same_before(
        self, app: Flask, mailbox: Mailbox
    ) -> None:
        for name, about in (
            ("signature_recalled", "Een gemeente"),
            ("ending_refused", "Een gemeente"),
            ("signature_recalled", "Een andere"),
        ):
            with write_section():
                mail.send(name, to=TO, **_words(name) | {"organisation": about, "path": ""})
        _send()
        one, two, other, account = (found.message for found in mailbox.deliver())
        assert one["References"] == two["References"] != other["References"]
        assert account["References"] is None
        assert len({each["Message-ID"] for each in (one, two, other, account)}) == 4

    def test_it_escapes_nothing_and_lets_no_name_become_a_header(
        self, app: Flask, mailbox: Mailbox
    ) -> None:
        with write_section():
            mail.send(
                "organisation_invitation",
                to=TO,
                **_words("organisation_invitation", "O'Neill & zn\r\nBcc: x@example.org"),
            )
        [arrived] = mailbox.deliver()
        assert arrived.message["Bcc"] is None
        assert "\n" not in arrived.subject
        assert "O'Neill & zn" in arrived.text

    def test_it_begins_every_header_on_its_first_line(
        self, app: Flask, mailbox: Mailbox, sign_in: Callable[..., Client]
    ) -> None:
        form = sign_in(make.make_beheerder()).get("vereniging.vereniging").form()
        site = "Het Groeipact Common Ground van alle gemeenten en hun leveranciers in ons land"
        form.submit(name="De vereniging", site_name=site, email="post@example.org")
        name = (
            "Samenwerkingsorganisatie-Noordoostpolder-Weststellingwerf-Ooststellingwerf-éénwording"
        )
        to = f"{'n' * 60}@example.org"
        words = _words("organisation_invitation", name)
        with write_section():
            mail.send("organisation_invitation", to=to, **words)
        [arrived] = mailbox.deliver()
        for line in arrived.header_lines:
            assert re.match(rb"[\w-]+: \S|[ \t]+\S", line), line
            assert len(line) <= 998
            assert len(line) <= 78 or line.count(b" ") == 1
        assert name in arrived.subject
        assert arrived.message["From"].addresses[0].display_name == site
        assert arrived.to == to

    @pytest.mark.parametrize("name", MAILS)
    def test_it_can_be_written_in_both_languages(
        self, app: Flask, mailbox: Mailbox, name: str
    ) -> None:
        with write_section():
            for locale in ("nl", "en"):
                mail.send(name, to=f"{locale}@example.org", locale=locale, **_words(name))
        mailbox.deliver()
        db.session.rollback()
        assert set(db.session.scalars(select(Job.last_error))) == {None}

        dutch, english = (mailbox.last(f"{locale}@example.org") for locale in ("nl", "en"))
        for found in (dutch, english):
            assert found.subject
            assert found.text.rstrip().splitlines()[-1]
            assert "&amp;" not in found.text
            assert "None" not in found.text
        assert dutch.subject != english.subject
        shared = set(dutch.text.splitlines()) & set(english.text.splitlines())
        assert not [line for line in shared if len(line) > 40 and "http" not in line]
        # An address that the act hands over as a path brings its language along.
        made = [link for link in english.links if not link.startswith("http://localhost7")]
        assert all("/en/" in link for link in made)


@pytest.mark.parametrize("locale", ["nl", "en"])
class TestLetter:
    """Every mail, as its reader gets it."""

    GREETINGS = {"nl": ("Beste Noor de Wit,", "Goedendag,"), "en": ("Dear Noor de Wit,", "Hello,")}
    CLOSINGS = {"nl": "Met vriendelijke groet,", "en": "Kind regards,"}

    @pytest.fixture(autouse=True)
    def contact(self, app: Flask) -> None:
        make.make_vereniging(email="post@v.example")

    def written(self, template: str, locale: str, addressee: str = "", **words: Any) -> Any:
        known = {
            key: LISTS.get(key, value) for key, value in words.items() if key in _words(template)
        }
        return mail.compose(
            {
                "template": template,
                "to": TO,
                "locale": locale,
                "addressee": addressee,
                "words": _words(template) | known,
                "message_id": "<1@localhost>",
            }
        )

    def test_it_greets_by_name_where_one_is_known_and_ends_with_the_signature(
        self, locale: str
    ) -> None:
        for name in MAILS:
            for addressee, greeting in zip(
                ("Noor de Wit", ""), self.GREETINGS[locale], strict=True
            ):
                lines = self.written(name, locale, addressee).get_content().splitlines()
                assert lines[:2] == [greeting, ""], name
                assert lines[-4:] == [self.CLOSINGS[locale], "", "De vereniging", SITE], name
                greeted = [line for line in lines if line in self.GREETINGS[locale]]
                closed = [line for line in lines if line == self.CLOSINGS[locale]]
                assert (len(greeted), len(closed)) == (1, 1), name

    def test_it_marks_off_whatever_people_typed(self, locale: str) -> None:
        typed = "Dag,\u2028KWAAD https://v.example\r\n\r\nKWAAD\x85KWAAD"
        count = 0
        for name in MAILS:
            of_people = {key: typed for key in _words(name) if key in TYPED}
            for line in self.written(name, locale, **of_people).get_content().splitlines():
                assert "KWAAD" not in line or line.startswith("> "), f"{name}: {line}"
                count += "KWAAD" in line
        assert count > 3 * 20

    def test_it_keeps_every_other_word_on_its_line(self, locale: str) -> None:
        two = "Anna\r\nKWAAD https://v.example"
        for name in MAILS:
            words = {key: two for key in _words(name) if key not in (*TYPED, "path")}
            numbers = ("count", "days", "hours", "minutes", "total", "left")
            words = {
                key: 7 if key in numbers or key.endswith("_id") else value
                for key, value in words.items()
            }
            for line in self.written(name, locale, two, **words).get_content().splitlines():
                assert not line.startswith("KWAAD"), f"{name}: {line}"

    def test_it_names_the_site_in_what_is_about_an_account_and_no_address(
        self, locale: str
    ) -> None:
        for name in MAILS:
            # Who is proposed for access may be known by their address only.
            whom = TO if name.startswith("organisation_access_") else "Noor"
            subject = self.written(name, locale, name=whom, email=TO)["Subject"]
            assert "@" not in subject, name
            assert not name.startswith("account_") or SITE in subject, name

    def test_it_fits_in_72_columns_and_puts_every_address_on_a_line_of_its_own(
        self, locale: str
    ) -> None:
        long = "Een lange titel van iemand die veel te zeggen heeft " * 2 + "https://v.example"
        for name in MAILS:
            typed = dict.fromkeys(("title", "name", "organisation", *TYPED), long)
            message = self.written(name, locale, long, **typed)
            for line in message.get_content().splitlines():
                is_address = line.startswith("http") and " " not in line
                assert len(line) <= 72 or is_address, f"{name}: {line}"
                assert is_address or line.startswith((" ", ">")) or "http" not in line, (
                    f"{name}: {line}"
                )
            assert message["Content-Type"].params["format"] == "flowed"

    def test_it_can_be_answered(self, locale: str) -> None:
        for name in MAILS:
            message = self.written(name, locale)
            assert message["Reply-To"] == "De vereniging <post@v.example>", name


# Words of ours that come as lists: nobody typed any of them.
_TROUBLE = dict.fromkeys(("label", "words", "remedy", "since", "until"), "iets")
_CHANGE = dict.fromkeys(("day", "kind", "about", "told"), "iets")
_GROUP = {"name": "iets", "more": "", "changes": [{**_CHANGE, "address": "http://localhost7/x"}]}
_PROMISE = {**dict.fromkeys(("title", "organisation", "term", "said"), "iets"), "id": 7}
LISTS = {
    "new": [_TROUBLE],
    "over": [_TROUBLE],
    "groups": [_GROUP],
    "promises": [_PROMISE],
    "lapsed": [_PROMISE],
    "coming": [_PROMISE],
}


def _words(name: str, word: Any = None) -> dict[str, Any]:
    """Something for each of the words that a mail asks for."""
    asked: set[str] = set()
    plain = Environment(extensions=["jinja2.ext.i18n"])
    plain.filters |= {"mail_address": str, "counted": str}
    folder = Path(__file__).parents[2] / "templates"
    waiting = [f"mail/{name}/{part}" for part in ("subject.txt", "body.txt")]
    while waiting:
        parsed = plain.parse((folder / waiting.pop()).read_text())
        asked |= meta.find_undeclared_variables(parsed)
        waiting += [part for part in meta.find_referenced_templates(parsed) if part]
    asked -= {*GIVEN, "_", "gettext", "ngettext"}
    words = {key: word or (TO if "email" in key else 7) for key in sorted(asked)}
    return {key: LISTS.get(key, value) for key, value in words.items()}


@pytest.mark.parametrize("name", MAILS)
def test_it_calls_the_secret_of_every_link_a_token(app: Flask, name: str) -> None:
    """By that name jobs forget it once the mail was sent or given up."""
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    for part in ("subject.txt", "body.txt"):
        text = (TEMPLATES / name / part).read_text()
        for endpoint, words in re.findall(r'mail_url\("([\w.]+)"([^)]*)\)', text):
            assert (endpoint in rules) is ("token=token" in words), endpoint


LETTERS = 'abcdefghijklmnopqrstuvwxyz-’é€ĳ計,;:@<>()[]?=_"\\'
SUBJECTS = st.lists(st.text(LETTERS, min_size=1, max_size=100), min_size=1, max_size=9)


@given(SUBJECTS)
@hypothesis.settings(max_examples=60, deadline=None)
def test_it_folds_a_subject_so_that_it_reads_as_it_was_written(words: list[str]) -> None:
    message = EmailMessage(policy=MailPolicy())
    message["Subject"] = " ".join(words)
    first, *_rest = message.as_bytes().split(b"\n")
    assert first.removeprefix(b"Subject:").strip()
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert read["Subject"] == " ".join(words)


class TestEncrypted:
    """A mail server that speaks TLS, with a certificate that nobody but this test has made."""

    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        kept = tmp_path / "server.pem"
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
        subprocess.run([*made, "-keyout", kept, "-out", tmp_path / "c"], check=True)
        kept.write_text(kept.read_text() + (tmp_path / "c").read_text())
        return kept

    @pytest.fixture
    def server(self, certificate: Path) -> Iterator[MailServer]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        found = MailServer(tls_context=context, require_starttls=True)
        yield found
        found.stop()

    def send(self, make_app: Callable[..., Flask], server: MailServer) -> Flask:
        app = make_app(MAIL_STARTTLS="on", MAIL_PORT=str(server.port))
        with app.app_context():
            _send()
            run_due()
            db.engine.dispose()
        return app

    def test_it_tells_nothing_to_a_server_that_may_be_anybody(
        self, make_app: Callable[..., Flask], server: MailServer
    ) -> None:
        self.send(make_app, server)
        assert server.keeper.arrived == []
        job = _job()
        assert job.state == "waiting"
        assert "CERTIFICATE_VERIFY_FAILED" in (job.last_error or "")

    def test_it_mails_through_a_server_that_is_trusted(
        self,
        make_app: Callable[..., Flask],
        server: MailServer,
        certificate: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        self.send(make_app, server)
        assert [arrived.to for arrived in server.keeper.arrived] == [TO]
