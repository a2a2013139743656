"""What an ASGI server calls: in with the whole body, out with the whole answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext

from portal.front.gathering import ClientLeft, Gathered, Message, NoEnd, Receive, is_form
from portal.front.threads import Answer, Threads
from portal.web.headers import FIXED

Send = Callable[[Message], Awaitable[None]]

PATIENCE_SECONDS = 120.0
READING = ("GET", "HEAD", "OPTIONS")
# The headers of a refusal that is sent without asking Flask.
REFUSAL_HEADERS = [
    (name.lower().encode(), value.encode())
    for name, value in {
        **FIXED,
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Connection": "close",
    }.items()
]


class Front:
    """The app as servers see it: a slow client costs a little memory and never a thread."""

    def __init__(self, threads: Threads, most: int, patience: float = PATIENCE_SECONDS) -> None:
        self._threads = threads
        self._most = most
        self._patience = patience
        # Inspecting a file takes seconds. At most half of the threads do that, the others stay
        # free for readers; a request that waits for its turn takes no thread.
        self._files = asyncio.Semaphore(max(1, threads.count // 2))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] in READING:
            await self._answer(await self._threads.ask(scope, None, 0), send)
            return
        brings_file = is_form(scope)
        body = Gathered(self._most, is_form=brings_file)
        try:
            refusal = await self._gather(body, receive)
            if refusal is not None:
                await _give_up(send, refusal)
                return
            async with self._files if brings_file else nullcontext():
                answer = await self._threads.ask(scope, body.file, body.size)
        finally:
            body.close()
        await self._answer(answer, send)

    async def _gather(self, body: Gathered, receive: Receive) -> int | None:
        """Read the body; return None, or the status of the refusal when it does not end."""
        try:
            await asyncio.wait_for(body.take(receive), self._patience)
        except (ClientLeft, TimeoutError):
            return 408
        except NoEnd:
            return 413
        return None

    async def _answer(self, answer: Answer, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": answer.headers,
            }
        )
        if answer.file is None:
            await send({"type": "http.response.body", "body": answer.page})
            return
        try:
            async for block in self._threads.blocks(answer.file):
                part = {"type": "http.response.body", "body": block, "more_body": True}
                await asyncio.wait_for(send(part), self._patience)
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            # The client reads no further: the connection ends before the promised length.
            return
        finally:
            answer.file.close()  # type: ignore[attr-defined]


async def _give_up(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": REFUSAL_HEADERS})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})
