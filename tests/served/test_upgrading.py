"""A portal that is up while its database is upgraded: a calm page, nobody at work, and back."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.admin.mails import try_mail
from portal.core.db import db, write_section
from portal.core.gate import alone
from portal.core.schema import newest_revision
from portal.services.job_figures import waiting_and_parked
from tests.harness import portal
from tests.harness.mailbox import MailServer
from tests.harness.migrations import add_migrations
from tests.harness.served import ServedPortal

PATIENCE = 60.0
WORKS = 'op.add_column("account", sa.Column("shoe_size", sa.Integer(), nullable=True))'


def ask(served: ServedPortal, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    body = "body=Een+reactie" if method == "POST" else None
    connection.request(method, path, body)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer, page


def wait_until(question: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)


def are_all(served: ServedPortal, status: int) -> bool:
    """Return whether both web processes answer like this: each takes connections in turn."""
    return {ask(served, "/")[0].status for _number in range(12)} == {status}


@pytest.fixture
def own(serve: Callable[..., ServedPortal]) -> Iterator[ServedPortal]:
    """A served portal of this test alone, in a context of its app."""
    served = serve()
    with served.app.app_context():
        yield served
        db.session.remove()


def put_schema(number: str) -> None:
    with write_section():
        db.session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": number})


def send_mail(number: str) -> None:
    with write_section():
        try_mail(to="noor@example.org", locale="nl", once=number)


def is_all_sent() -> bool:
    db.session.rollback()
    return waiting_and_parked()[0] == 0


def test_it_lets_nobody_in_during_an_upgrade_and_comes_back_by_itself(
    own: ServedPortal, tmp_path: Path, mail_server: MailServer
) -> None:
    asset = ask(own, "/")[1].partition('rel="stylesheet" href="')[2].partition('"')[0]
    with alone(PATIENCE):
        # Every process is out: nothing of the portal is at work any more.
        for path, title in (("/", "Wij werken de site bij"), ("/en/", "We are updating the site")):
            answer, page = ask(own, path)
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "30"
            assert answer.headers["Cache-Control"] == "no-store"
            assert f"<h1>{title}</h1>" in page
        assert ask(own, "/reacties/1", "POST")[0].status == 503
        assert (ask(own, "/healthz")[0].status, ask(own, asset)[0].status) == (200, 200)
        answer, wrong = ask(own, "/readyz")
        assert (answer.status, wrong) == (503, "upgrade\n")
        send_mail("1")
    wait_until(lambda: are_all(own, 200))
    wait_until(is_all_sent)
    assert ask(own, "/readyz")[0].status == 200
    # Code of the next version upgrades, while this one is up.
    later = portal.make_portal(own.environment["DATABASE_URL"], own.folder, mail_server)
    (number,) = add_migrations(later, tmp_path / "migrations", WORKS)
    typed = later.test_cli_runner().invoke
    result = contextvars.Context().run(typed, args=["db", "upgrade", "--no-backup"])
    assert result.exit_code == 0, result.output
    assert ask(own, "/")[0].status == 503
    assert ask(own, "/readyz")[1] == "migrations\n"
    wait_until(lambda: '"standing": "newer"' in own.log_text())
    assert "Install that version" in own.log_text()
    send_mail("2")
    assert are_all(own, 503)
    assert not is_all_sent()
    # A backup of long ago is put back: that, too, is a schema of another version.
    put_schema("0001")
    wait_until(lambda: '"standing": "older"' in own.log_text())
    assert "Type: flask --app wsgi db upgrade" in own.log_text()
    assert are_all(own, 503)
    # As the earlier schema is put back, it goes on.
    put_schema(newest_revision())
    assert number != newest_revision()
    wait_until(lambda: are_all(own, 200))
    wait_until(is_all_sent)
