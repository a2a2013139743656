"""The same moment, several processes: one signature of two colleagues, one use of one link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from io import BytesIO
from threading import Barrier

from bs4 import BeautifulSoup
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.accounts.models import Account
from portal.core.db import db
from portal.policy import Role
from portal.services.history import history_of
from portal.signatures.models import Ending, Signature
from tests.factories import (
    make_account,
    make_ending,
    make_membership,
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
    make_signature_link,
    make_stop_link,
)
from tests.factories.documents import PDF
from tests.harness.portal import session_cookie
from tests.harness.served import ServedPortal
from tests.signatures.scenes import SIGNATORY


class Sender:
    """A reader who opens a form, and sends it when the others do."""

    def __init__(self, served: ServedPortal, account: Account | None = None) -> None:
        self.port = served.port
        self.cookies: dict[str, str] = {}
        if account is not None:
            name, value = session_cookie(served.app, account)
            self.cookies[name] = value

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        content = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, content

    def open(self, path: str, action: str | None = None) -> None:
        """Keep the hidden fields of the form that leads to `action`."""
        status, page = self.ask("GET", path)
        assert status == 200
        main = BeautifulSoup(page, "lxml").main
        assert main is not None
        form = main.find("form", action=action) if action else main.find("form")
        assert form is not None
        self.path = action or path
        self.fields = {
            str(f["name"]): str(f.get("value", "")) for f in form.find_all("input", type="hidden")
        }

    def send(self, together: Barrier, values: dict[str, str], with_file: bool) -> int:
        files = {"proof": FileStorage(BytesIO(PDF), "mandaat.pdf")} if with_file else {}
        boundary, body = encode_multipart({**self.fields, **values, **files})
        together.wait(timeout=30)
        return self.ask("POST", self.path, body, f"multipart/form-data; boundary={boundary}")[0]


def send_all(senders: list[Sender], *, with_file: bool = False, **values: str) -> list[int]:
    together = Barrier(len(senders))
    with ThreadPoolExecutor(len(senders)) as pool:
        sent = [pool.submit(sender.send, together, values, with_file) for sender in senders]
        return sorted(each.result() for each in sent)


def steps(signature: Signature) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [row.step for row in history_of("signature", signature.id)]


def test_it_makes_one_signature_when_colleagues_apply_at_once(served: ServedPortal) -> None:
    make_pact_version()
    organisation = make_organisation()
    senders = []
    for _ in range(4):
        colleague = make_account()
        make_membership(organisation, colleague)
        sender = Sender(served, colleague)
        sender.open(f"/organisaties/{organisation.id}/ondertekenen")
        senders.append(sender)
    statuses = send_all(
        senders,
        with_file=True,
        signatory_name="Noor de Wit",
        signatory_function="Directeur",
        signatory_email=SIGNATORY,
    )
    assert statuses == [303] * 4
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 1


def test_it_signs_once_when_the_link_is_used_many_times_at_once(served: ServedPortal) -> None:
    signature = make_signature(state="awaiting_confirmation")
    _link, token = make_signature_link(signature)
    senders = [Sender(served) for _ in range(5)]
    for sender in senders:
        sender.open(f"/ondertekening-bevestigen/{token}")
    statuses = send_all(senders, is_authorised="y")
    assert statuses.count(303) == 1
    assert set(statuses) <= {303, 409, 410}
    assert steps(signature).count("confirm") == 1


def test_it_lets_one_of_three_moderators_decide(served: ServedPortal) -> None:
    signature = make_signature(state="confirmed")
    senders = [Sender(served, make_moderator()) for _ in range(3)]
    page = f"/werkvoorraad/ondertekeningen/{signature.id}"
    for sender in senders:
        sender.open(page, f"{page}/toelaten")
    assert send_all(senders, is_mandate_seen="y") == [303, 409, 409]
    assert steps(signature).count("admit") == 1


def acts(ending: Ending) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [row.step for row in history_of("ending", ending.id)]


def test_it_confirms_once_when_the_link_is_used_many_times_at_once(served: ServedPortal) -> None:
    ending = make_ending()
    _link, token = make_signature_link(ending.signature, purpose="end", ending=ending)
    senders = [Sender(served) for _ in range(4)]
    for sender in senders:
        sender.open(f"/opzegging-bevestigen/{token}")
    statuses = send_all(senders, is_authorised="y")
    assert statuses.count(303) == 1
    assert set(statuses) <= {303, 409, 410}
    assert acts(ending) == ["ask", "confirm"]


def test_it_runs_one_ending_when_two_owners_ask_at_once(served: ServedPortal) -> None:
    signature = make_signature()
    senders = []
    for _ in range(3):
        owner = make_account()
        make_membership(signature.organisation, owner, role=Role.OWNER)
        sender = Sender(served, owner)
        sender.open(f"/ondertekeningen/{signature.id}/opzeggen")
        senders.append(sender)
    assert send_all(senders, who="known") == [303, 409, 409]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Ending)) == 1


def test_it_stops_once_when_several_press_at_once(served: ServedPortal) -> None:
    ending = make_ending(state="waiting")
    senders = [Sender(served) for _ in range(4)]
    for sender in senders:
        _link, token = make_stop_link(ending)
        sender.open(f"/opzegging-stoppen/{token}")
    statuses = send_all(senders)
    assert set(statuses) == {303}
    assert acts(ending).count("stop") == 1
