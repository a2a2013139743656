"""Readers without a session: a kept answer leaves before Flask is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Flask

from portal.config import Settings
from portal.core import clock
from portal.core.counts import counts
from portal.core.db import Base
from portal.front.answer import Answer, Environ
from portal.front.built import PREFIX, BuiltFiles
from portal.front.gathering import Message
from portal.front.intake import Intake
from portal.front.threads import Threads, environ_of
from portal.kept.answers import LONGEST, Address, KeptAnswer, KeptAnswers
from portal.kept.packing import encoding_for, is_named, is_text
from portal.kept.pages import Pages, is_own_address
from portal.kept.watching import Away, Watch, watch_of
from portal.web.counting import KEPT
from portal.web.headers import fixed_headers
from portal.web.hosts import OwnHosts

Said = Mapping[bytes, bytes]
# An answer that Flask lets every reader keep, as long as they ask each time whether it still holds.
TO_BE_ASKED = b"no-cache"


class Asked(NamedTuple):
    """What a visitor asks for, once everything is left out that makes no difference."""

    address: Address
    encoding: str
    # The ETags that the reader has, as they came.
    known: bytes
    is_head: bool


class Visitors:
    """Decides which requests are those of plain visitors, and what they get is the same for all."""

    def __init__(self, flask: Flask, settings: Settings) -> None:
        self.own_url = urlsplit(settings.public_url)
        self._hosts = OwnHosts(settings.public_url, settings.extra_hosts)
        self._hops = settings.trusted_hops
        # The cookies of a browser all begin with the name of the session's.
        self._cookie = str(flask.config["SESSION_COOKIE_NAME"]).encode()
        self._pages = Pages(flask)

    def said_by(self, scope: Message) -> Said | None:
        """Return the headers of a reader who came as readers do; None for any other.

        Flask answers who comes by another name or without encryption, and who says something twice.
        """
        raw = scope["headers"]
        said: Said = dict(raw)
        if len(said) != len(raw) or not self._came_well(said):
            return None
        return said if said.get(b"host", b"").decode("latin1") in self._hosts else None

    def asked(self, scope: Message, said: Said) -> Asked | None:
        """Return what is asked; None where the answer may be one for this reader alone."""
        if self._cookie in said.get(b"cookie", b""):
            return None
        path, query = scope["path"], scope["query_string"]
        ordered = self._pages.query_of(path, query) if query else ""
        if ordered is None:
            return None
        return Asked(
            (path, ordered),
            encoding_for(said.get(b"accept-encoding", b"").decode("latin1")),
            said.get(b"if-none-match", b""),
            scope["method"] == "HEAD",
        )

    def _came_well(self, said: Said) -> bool:
        """Return whether the reader came as the address of the portal says, over https or not."""
        if self.own_url.scheme != "https":
            # What a proxy says of https would change nothing on the page.
            return True
        chain = said.get(b"x-forwarded-proto", b"").decode("latin1").split(",")
        return 0 < self._hops <= len(chain) and chain[-self._hops].strip() == "https"

    def is_page(self, asked: Asked) -> bool:
        """Return whether it is a page that is kept."""
        return asked.address[0] in self._pages

    def request_for(self, asked: Asked, client: str) -> Environ:
        """Return the request that stands for that of every visitor: nothing of this one is in it.

        But for the network address, under which the log names what was refused.
        """
        path, query = asked.address
        scope: Message = {
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "http_version": "1.1",
            "scheme": self.own_url.scheme,
            "client": (client, 0),
            "headers": [(b"host", self.own_url.netloc.encode())],
        }
        return environ_of(scope, None, 0)


@dataclass(slots=True)
class Reading:
    """Sends what is kept, after asking whether it still holds; makes what is not."""

    visitors: Visitors
    built: BuiltFiles
    # None: every page is made anew.
    kept: KeptAnswers | None
    watch: Watch
    threads: Threads
    intake: Intake
    # For so long kept answers go out while nobody tells whether they hold.
    away_seconds: float
    count: Callable[[str], None]
    # The mark that was told last, and when.
    _seen: tuple[str, float] = ("", float("-inf"))
    _making: dict[tuple[Address, str], asyncio.Future[Answer]] = field(default_factory=dict)

    async def answer(self, scope: Message) -> Answer | None:
        """Return the answer to a reader; None where Flask is to be asked with the request."""
        said = self.visitors.said_by(scope)
        if said is None:
            return None
        if scope["path"].startswith(PREFIX):
            return self.built.answer(scope["path"], said, is_head=scope["method"] == "HEAD")
        asked = self.visitors.asked(scope, said)
        if asked is None or self.kept is None:
            return None
        return await self._kept_or_made(self.kept, asked, scope)

    async def _kept_or_made(self, kept: KeptAnswers, asked: Asked, scope: Message) -> Answer | None:
        try:
            mark = await self.watch.mark()
        except Away:
            return self._without_database(kept, asked)
        now = clock.now().timestamp()
        self._seen = mark, now
        found = kept.find(asked.address, mark, now)
        if found is not None:
            self.count("hit")
            return _sent(found, asked)
        if not self.visitors.is_page(asked):
            return None
        return await self._made(kept, asked, mark, self.intake.client_of(scope))

    def _without_database(self, kept: KeptAnswers, asked: Asked) -> Answer | None:
        """Return what held when the database was last heard, if that is not long ago."""
        (mark, at), now = self._seen, clock.now().timestamp()
        if now - at > self.away_seconds:
            return None
        found = kept.find(asked.address, mark, now)
        if found is None:
            return None
        self.count("away")
        return _sent(found, asked)

    async def _made(self, kept: KeptAnswers, asked: Asked, mark: str, client: str) -> Answer:
        """Return a new answer; who asks for the same under the same mark waits for it."""
        work = asked.address, mark
        making = self._making.get(work)
        if making is None:
            making = asyncio.ensure_future(self._make(kept, asked, mark, client))
            self._making[work] = making
            making.add_done_callback(lambda _done: self._making.pop(work, None))
        # Who leaves must not end it for the others.
        answer = await asyncio.shield(making)
        found = kept.find(asked.address, mark, clock.now().timestamp())
        return answer if found is None else _sent(found, asked)

    async def _make(self, kept: KeptAnswers, asked: Asked, mark: str, client: str) -> Answer:
        self.count("miss")
        ends = clock.end_of(clock.today()).timestamp()
        environ = self.visitors.request_for(asked, client)
        answer = await self.threads.ask_as(environ)
        if _is_for_all(answer) and is_own_address(environ, asked.address[1]):
            kept.put(asked.address, KeptAnswer(mark, ends, answer.headers, answer.page))
        return answer


def _is_for_all(answer: Answer) -> bool:
    """Return whether every visitor may get this answer."""
    said = dict(answer.headers)
    return (
        answer.status == 200
        and answer.file is None
        and len(answer.page) <= LONGEST
        and said.get(b"cache-control") == TO_BE_ASKED
        and b"set-cookie" not in said
        and is_text(said.get(b"content-type", b"").decode("latin1"))
    )


def _sent(kept: KeptAnswer, asked: Asked) -> Answer:
    form = kept.form(asked.encoding)
    known = asked.known
    if known and (known == form.tag or is_named(form.tag.decode(), known.decode("latin1"))):
        return Answer(304, form.unchanged, b"", None)
    return Answer(200, form.headers, b"" if asked.is_head else form.body, None)


def reading_of(flask: Flask, settings: Settings, threads: Threads, intake: Intake) -> Reading:
    """Return what answers readers; it keeps nothing where there is no memory for that."""
    most = settings.front.kept_bytes // settings.web_processes
    with flask.app_context():
        shared = counts()
    folder = Path(flask.root_path).parent / "static" / "dist"
    return Reading(
        Visitors(flask, settings),
        BuiltFiles(folder, fixed_headers(settings.is_https)),
        KeptAnswers(most) if most else None,
        watch_of(settings.database_url, settings.sqlite_path, Base.metadata),
        threads,
        intake,
        settings.front.kept_away_seconds,
        partial(shared.add, KEPT),
    )
