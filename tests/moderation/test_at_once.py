"""The same moment, several processes: one comment of one form, one decision on one text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.finding import latest_version
from portal.core.db import db
from portal.organisations.models import IdentityProposal
from portal.policy import Role
from portal.services.history import history_of
from tests import factories as make
from tests.harness.portal import session_cookie
from tests.harness.served import ServedPortal


class Reader:
    """Somebody signed in, who sends what a page offers when the others do."""

    def __init__(self, served: ServedPortal, account: Account) -> None:
        name, value = session_cookie(served.app, account)
        self.port = served.port
        self.headers = {"Cookie": f"{name}={value}"}

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, {**self.headers, **kind})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        # The key against forgery belongs to the session that the page began.
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            self.headers["Cookie"] = cookie.split(";")[0]
        connection.close()
        return found

    def open(self, path: str, action: str) -> None:
        """Keep the form of the page that leads to `action`."""
        status, page = self._ask("GET", path)
        assert status == 200
        form = BeautifulSoup(page, "lxml").find("form", action=action)
        assert form is not None
        self._take(form, action)

    def open_only(self, path: str) -> None:
        """Keep the form of a page that is sent to the page itself."""
        status, page = self._ask("GET", path)
        form = BeautifulSoup(page, "lxml").select_one("main form")
        assert status == 200 and form is not None
        self._take(form, path)

    def _take(self, form: Tag, action: str) -> None:
        self.action = action
        self.fields = {
            str(field["name"]): str(field.get("value", ""))
            for field in form.find_all(["input", "textarea", "select"])
        }

    def send(self, values: dict[str, str], together: Barrier) -> int:
        """Return the status of the answer."""
        together.wait(timeout=30)
        return self._ask("POST", self.action, urlencode({**self.fields, **values}))[0]


def send_all(readers: list[Reader], values: dict[str, str]) -> list[int]:
    together = Barrier(len(readers))
    with ThreadPoolExecutor(len(readers)) as pool:
        sent = [pool.submit(reader.send, values, together) for reader in readers]
        return sorted(each.result() for each in sent)


def fresh() -> None:
    db.session.rollback()
    db.session.expire_all()


@pytest.mark.parametrize("_round", range(3))
def test_it_makes_one_comment_of_one_form_sent_ten_times(served: ServedPortal, _round: int) -> None:
    discussion = make.make_discussion()
    reader = Reader(served, make.make_account())
    reader.open(f"/reacties/{discussion.id}", f"/reacties/{discussion.id}")
    statuses = send_all([reader] * 10, {"body": "Maar een keer"})
    assert set(statuses) <= {302, 303}
    fresh()
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1
    assert db.session.get_one(Discussion, discussion.id).pending_count == 1


@pytest.mark.parametrize("_round", range(3))
def test_it_lets_one_of_four_moderators_decide(served: ServedPortal, _round: int) -> None:
    comment = make.make_comment(state="pending")
    version = latest_version(comment.id).id
    readers = [Reader(served, make.make_moderator()) for _ in range(4)]
    for reader in readers:
        page = f"/werkvoorraad/reacties/{version}"
        reader.open(page, f"{page}/plaatsen")
    assert send_all(readers, {}) == [303, 409, 409, 409]
    fresh()
    steps = [row.step for row in history_of("comment_version", version)]
    assert steps == ["submit", "place"]
    assert db.session.get_one(Discussion, comment.discussion_id).placed_count == 1


@pytest.mark.parametrize("_round", range(3))
def test_it_leaves_one_proposal_of_two_eigenaren_open(served: ServedPortal, _round: int) -> None:
    organisation = make.make_organisation(owner=make.make_account(), is_public=True)
    readers = []
    for _ in range(4):
        owner = make.make_membership(organisation, role=Role.OWNER).account
        reader = Reader(served, owner)
        reader.open_only(f"/organisaties/{organisation.id}/voorstel")
        readers.append(reader)
    sent = {
        "name": organisation.name,
        "kind_id": str(organisation.kind_id),
        "kvk": "76543210",
        "note": "Omdat.",
    }
    # The others meet what a colleague did.
    assert send_all(readers, sent) == [302, 409, 409, 409]
    fresh()
    states = select(IdentityProposal.state)
    assert list(db.session.scalars(states)) == ["pending"]


@pytest.mark.parametrize("_round", range(3))
def test_it_takes_a_proposal_back_or_places_it(served: ServedPortal, _round: int) -> None:
    owner = make.make_account()
    organisation = make.make_organisation(owner=owner, is_public=True)
    proposal = make.make_proposal(organisation, author=owner)
    placing, taking = Reader(served, make.make_moderator()), Reader(served, owner)
    page = f"/werkvoorraad/voorstellen/{proposal.id}"
    placing.open(page, f"{page}/overnemen")
    own = f"/organisaties/{organisation.id}"
    taking.open(own, f"{own}/voorstellen/{proposal.id}/intrekken")
    statuses = send_all([placing, taking], {})
    assert len([status for status in statuses if status == 409]) == 1
    fresh()
    standing = db.session.get_one(IdentityProposal, proposal.id)
    is_placed = standing.state == "placed"
    assert (organisation.website == "https://nieuw.example") is is_placed


def test_it_counts_right_when_many_are_placed_at_once(served: ServedPortal) -> None:
    top = make.make_comment()
    replies = [make.make_comment(parent=top, state="pending") for _ in range(8)]
    readers = []
    for reply in replies:
        reader = Reader(served, make.make_moderator())
        page = f"/werkvoorraad/reacties/{latest_version(reply.id).id}"
        reader.open(page, f"{page}/plaatsen")
        readers.append(reader)
    assert send_all(readers, {}) == [303] * 8
    fresh()
    discussion = db.session.get_one(Discussion, top.discussion_id)
    assert (discussion.placed_count, discussion.pending_count) == (9, 0)
    assert db.session.get_one(Comment, top.id).placed_reply_count == 8
    placed = select(func.count()).where(CommentVersion.state == "placed")
    assert db.session.scalar(placed) == 9
