"""Whole answers by their address, each for as long as its mark and its day last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.kept.packing import digest_of, packed, tag_of

Headers = list[tuple[bytes, bytes]]
# The path, with the language in it, and the query in its one order.
Address = tuple[str, str]

LONGEST = 1024 * 1024
# What an answer takes besides its bytes.
AROUND = 4096
# Addresses with a query are many: they do not drive out the pages themselves.
SHARE_OF_QUERIES = 4
# Said anew of each answer, or of one reader.
_OWN = frozenset({b"content-length", b"x-request-id", b"etag", b"vary", b"content-encoding"})
# What a 304 repeats (RFC 9110, 15.4.5), with what every answer of the portal says.
_NOT_REPEATED = frozenset({b"content-type", b"content-disposition"})


@dataclass(frozen=True, slots=True)
class Form:
    """An answer in one encoding, ready to be sent."""

    tag: bytes
    headers: Headers
    body: bytes
    # The headers of the answer that nothing changed.
    unchanged: Headers


def form_of(headers: Iterable[tuple[bytes, bytes]], body: bytes, encoding: str, tag: str) -> Form:
    """Return an answer in one encoding, with its own ETag unless that is empty."""
    sent = packed(body, encoding)
    shared = [(name, value) for name, value in headers if name not in _OWN]
    named = [(b"vary", b"Cookie, Accept-Encoding")]
    if tag:
        named.append((b"etag", tag.encode()))
    coding = [(b"content-encoding", encoding.encode())] if encoding else []
    length = [(b"content-length", str(len(sent)).encode())]
    repeated = [header for header in shared if header[0] not in _NOT_REPEATED]
    return Form(tag.encode(), [*shared, *named, *coding, *length], sent, [*repeated, *named])


@dataclass(slots=True)
class KeptAnswer:
    """One answer, under the mark that was read before it was made, until its day ends."""

    mark: str
    # The moment at which the day in Amsterdam ends that it was made on, in seconds.
    ends: float
    headers: Headers
    body: bytes
    _forms: dict[str, Form] = field(default_factory=dict)
    _digest: str = ""

    def form(self, encoding: str) -> Form:
        """Return it in an encoding; made at the first question for it."""
        form = self._forms.get(encoding)
        if form is None:
            self._digest = self._digest or digest_of(self.body)
            tag = tag_of(self._digest, encoding)
            form = self._forms[encoding] = form_of(self.headers, self.body, encoding, tag)
        return form

    @property
    def size(self) -> int:
        """At most so many bytes of memory, in all encodings together."""
        return 2 * len(self.body) + AROUND


class _Shelf:
    """Answers up to so many bytes; what was asked for longest ago gives way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Address, KeptAnswer] = OrderedDict()
        self.used = 0

    def __len__(self) -> int:
        return len(self._answers)

    def find(self, address: Address) -> KeptAnswer | None:
        answer = self._answers.get(address)
        if answer is not None:
            self._answers.move_to_end(address)
        return answer

    def put(self, address: Address, answer: KeptAnswer) -> None:
        self.drop(address)
        self._answers[address] = answer
        self.used += answer.size
        while self.used > self._most:
            _oldest, gone = self._answers.popitem(last=False)
            self.used -= gone.size

    def drop(self, address: Address) -> None:
        gone = self._answers.pop(address, None)
        if gone is not None:
            self.used -= gone.size


class KeptAnswers:
    """The answers of one web process; used from the thread of its event loop alone."""

    def __init__(self, most: int) -> None:
        of_queries = most // SHARE_OF_QUERIES
        self._plain, self._queries = _Shelf(most - of_queries), _Shelf(of_queries)
        self.most = most

    def __len__(self) -> int:
        return len(self._plain) + len(self._queries)

    @property
    def used(self) -> int:
        """The bytes that they take, at most `most`."""
        return self._plain.used + self._queries.used

    def _shelf(self, address: Address) -> _Shelf:
        return self._queries if address[1] else self._plain

    def find(self, address: Address, mark: str, now: float) -> KeptAnswer | None:
        """Return the answer that holds under this mark and at this moment (in seconds)."""
        answer = self._shelf(address).find(address)
        return answer if answer and answer.mark == mark and now < answer.ends else None

    def put(self, address: Address, answer: KeptAnswer) -> None:
        """Keep an answer in the place of an older one of this address."""
        self._shelf(address).put(address, answer)
