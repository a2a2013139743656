"""Whoever is slow holds up nobody but themselves."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from portal.commitments.models import CommitmentDocument
from portal.core.db import db, write_section
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.served.reader import Reader, together

MANY = 200
OTHERS = 20
HEAD = "Host: 127.0.0.1\r\nUser-Agent: slow\r\n"
HALF_OPEN = {
    "headers": f"GET / HTTP/1.1\r\n{HEAD}X-More: ",
    "form": (
        f"POST /inloggen HTTP/1.1\r\n{HEAD}Content-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 1000\r\n\r\nemail=noor"
    ),
    "upload": (
        f"POST /inloggen HTTP/1.1\r\n{HEAD}Content-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 15000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"
    ),
    "chunks": (
        f"POST /inloggen HTTP/1.1\r\n{HEAD}Content-Type: application/x-www-form-urlencoded\r\n"
        "Transfer-Encoding: chunked\r\n\r\n5\r\nemail"
    ),
    "read": f"GET / HTTP/1.1\r\n{HEAD}Content-Length: 1000\r\n\r\n",
}


@contextmanager
def _clients(served: ServedPortal, many: int, begun: str) -> Iterator[list[socket.socket]]:
    with ExitStack() as open_until_the_end:
        clients = []
        for _ in range(many):
            client = socket.create_connection(("127.0.0.1", served.port), timeout=30)
            open_until_the_end.enter_context(client)
            client.sendall(begun.encode())
            clients.append(client)
        yield clients


def _answered(clients: list[socket.socket]) -> int:
    ready, _write, _wrong = select.select(clients, [], [], 0)
    return len(ready)


def _others_are_served(served: ServedPortal) -> None:
    discussion = make.make_discussion()
    account = make.make_account()
    readers = [Reader(served) for _ in range(OTHERS)]
    asked = together([lambda r=reader: r.get("home.show").status for reader in readers])
    assert asked == [200] * OTHERS
    writer = Reader(served, account)
    form = writer.get("comments.post", discussion_id=discussion.id).form()
    assert form.submit(body="Ook schrijven gaat door.", follow=False).status == 302


@pytest.mark.parametrize("kind", ["headers", "form", "upload", "chunks"])
def test_it_serves_others_while_many_requests_hang_half_open(
    served: ServedPortal, kind: str
) -> None:
    with _clients(served, MANY, HALF_OPEN[kind]) as clients:
        _others_are_served(served)
        assert _answered(clients) == 0, "they hang still"


def test_it_serves_others_while_many_wait_with_a_body_that_nobody_reads(
    served: ServedPortal,
) -> None:
    with _clients(served, MANY, HALF_OPEN["read"]):
        _others_are_served(served)


def test_it_serves_others_while_many_do_not_read_their_download(served: ServedPortal) -> None:
    commitment = make.make_commitment()
    document = make.make_document(content=make_pdf(8_000_000))
    with write_section():
        db.session.add(
            CommitmentDocument(commitment_id=commitment.id, document_id=document.id, position=1)
        )
    path = f"/toezeggingen/{commitment.slug}/documenten/{document.id}/1/plan.pdf"
    with _clients(served, 24, f"GET {path} HTTP/1.1\r\n{HEAD}\r\n") as clients:
        # Each has the beginning of its answer, so the server is busy with all of them.
        for client in clients:
            assert client.recv(100).startswith(b"HTTP/1.1 200")
        _others_are_served(served)


def make_pdf(size: int) -> bytes:
    """Return something as large as this."""
    return b"%PDF-1.4\n" + b"%" * size


def test_it_finishes_a_form_that_comes_slowly(served: ServedPortal) -> None:
    begun = HALF_OPEN["form"].replace("Content-Length: 1000", "Content-Length: 30")
    with _clients(served, 1, begun) as [client]:
        _others_are_served(served)
        client.sendall(b"x" * 20)
        client.settimeout(30)
        assert client.recv(100).startswith(b"HTTP/1.1 422")
