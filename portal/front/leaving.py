"""What Flask made, on its way out: compressed where that is safe, and with an ETag for visitors."""

from __future__ import annotations

from portal.front.answer import Answer, Environ
from portal.kept.answers import Form, form_of
from portal.kept.packing import LEAST, PLAIN, digest_of, encoding_for, is_named, is_text, tag_of

# The cookies of the portal all have this in their name, on http and on https.
OWN_COOKIE = "groeipact"
READING = ("GET", "HEAD")
# Says itself what it is known by, or how it is packed.
DECIDED = frozenset({b"etag", b"content-encoding"})


def leave(environ: Environ, answer: Answer) -> Answer:
    """Return the answer as it is sent to this client."""
    said = dict(answer.headers)
    kind = said.get(b"content-type", b"").decode("latin1")
    if answer.file is not None or DECIDED & said.keys() or not is_text(kind):
        return answer
    if environ["REQUEST_METHOD"] == "HEAD" or not answer.page:
        return answer
    encoding = PLAIN
    if len(answer.page) >= LEAST and _is_safe(environ, answer):
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if _is_for_visitors(answer, said):
        form = form_of(
            answer.headers, answer.page, encoding, tag_of(digest_of(answer.page), encoding)
        )
        return as_wished(answer, form, environ.get("HTTP_IF_NONE_MATCH", ""))
    if encoding == PLAIN:
        return answer
    form = form_of(answer.headers, answer.page, encoding, "")
    kept = [(name, value) for name, value in answer.headers if name == b"x-request-id"]
    return answer._replace(headers=[*form.headers, *kept], page=form.body)


def _is_safe(environ: Environ, answer: Answer) -> bool:
    """Return whether nobody learns a secret from how long the packed page is (BREACH).

    A page of a browser with a session holds its key against forgery, and what is its person's
    own. It is packed only when it holds nothing that the address or a form brought along.
    """
    if OWN_COOKIE not in environ.get("HTTP_COOKIE", ""):
        return True
    is_plain_page = environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING")
    return is_plain_page and answer.status == 200


def _is_for_visitors(answer: Answer, said: dict[bytes, bytes]) -> bool:
    is_asked_again = said.get(b"cache-control") == b"no-cache" and b"set-cookie" not in said
    return answer.status == 200 and is_asked_again


def as_wished(answer: Answer, form: Form, known: str) -> Answer:
    """Return the answer in this form, or 304 to a client that has it."""
    own = [(name, value) for name, value in answer.headers if name == b"x-request-id"]
    if known and is_named(form.tag.decode(), known):
        return Answer(304, [*form.unchanged, *own], b"", None)
    return answer._replace(headers=[*form.headers, *own], page=form.body)
