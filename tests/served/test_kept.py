"""Several processes, a real connection: what was hidden is gone once the moderator is told so."""

from __future__ import annotations

from http.client import HTTPConnection

from tests import factories as make
from tests.harness.portal import session_cookie
from tests.harness.served import ServedPortal
from tests.served.reader import Reader

ASKED = 12


def _get(served: ServedPortal, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_no_process_shows_what_a_moderator_has_just_hidden(served: ServedPortal) -> None:
    commitment = make.make_commitment()
    comment = make.make_comment(commitment.discussion, body="Dit verdwijnt straks.")
    path, number = f"/toezeggingen/{commitment.slug}", comment.id
    moderator = Reader(served, make.make_moderator())
    form = moderator.get(f"/werkvoorraad/verbergen/reactie/{number}").form()
    for _asked in range(ASKED):
        assert b"Dit verdwijnt straks" in _get(served, path)[2]
    assert form.submit(ground="other", reason="Daarom.", follow=False).status in (302, 303)
    for _asked in range(ASKED):
        assert b"Dit verdwijnt straks" not in _get(served, path)[2]


def test_text_comes_packed_and_once_and_files_without_a_question(served: ServedPortal) -> None:
    status, headers, packed = _get(served, "/nieuws", Accept_Encoding="br, gzip")
    assert (status, headers["content-encoding"]) == (200, "br")
    assert headers["vary"] == "Cookie, Accept-Encoding"
    again = _get(served, "/nieuws", Accept_Encoding="br", If_None_Match=headers["etag"])
    assert (again[0], again[2]) == (304, b"")
    plain = _get(served, "/nieuws")
    assert len(packed) < len(plain[2]) / 3
    assert "content-encoding" not in plain[1]
    style = plain[2].split(b'rel="stylesheet" href="')[1].split(b'"')[0].decode()
    status, headers, _packed = _get(served, style, Accept_Encoding="br")
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "immutable" in headers["cache-control"]
    assert _get(served, style, Accept_Encoding="br", If_None_Match=headers["etag"])[0] == 304


def test_a_page_with_a_secret_and_a_word_of_a_stranger_is_not_packed(served: ServedPortal) -> None:
    name, value = session_cookie(served.app, make.make_account())
    for path, encoding in (("/account/naam", "br"), ("/?tekst=x", None), ("/nergens", None)):
        cookie = f"{name}={value}"
        _status, headers, _body = _get(served, path, Accept_Encoding="br", Cookie=cookie)
        assert headers.get("content-encoding") == encoding, path
        assert headers["cache-control"] == "no-store"
