"""What an ASGI server calls: in with the whole body, out with the whole answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext

from portal.front.answer import Answer
from portal.front.calm import CalmPages, log_fault
from portal.front.closing import Closing
from portal.front.gathering import ClientLeft, Gathered, Message, NoEnd, Receive, is_form
from portal.front.intake import Intake
from portal.front.reading import Reading
from portal.front.room import NoRoom, Share
from portal.front.threads import Threads

Send = Callable[[Message], Awaitable[None]]

PATIENCE_SECONDS = 120.0
KEPT_METHODS = ("GET", "HEAD")
READING = ("GET", "HEAD", "OPTIONS")


class Front:
    """The app as servers see it: a slow client costs a little memory and never a thread."""

    def __init__(
        self,
        threads: Threads,
        calm: CalmPages,
        intake: Intake,
        patience: float = PATIENCE_SECONDS,
        reading: Reading | None = None,
        closing: Closing | None = None,
    ) -> None:
        self._threads = threads
        self._calm = calm
        self._intake = intake
        self._patience = patience
        self._reading = reading
        self._closing = closing or Closing()
        # Inspecting a file takes seconds. At most half of the threads do that, the others stay
        # free for readers; a request that waits for its turn takes no thread.
        self._files = asyncio.Semaphore(max(1, threads.count // 2))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            answer = await self._ask(scope, receive)
            await _start(answer, send)
        except Exception as error:
            answer = self._calm.fault(scope, error)
            await _start(answer, send)
        await self._send(answer, send)

    async def _ask(self, scope: Message, receive: Receive) -> Answer:
        with self._closing.passing(scope["path"]) as is_open:
            if not is_open:
                return self._calm.closed(scope)
            return await self._let_in(scope, receive)

    async def _let_in(self, scope: Message, receive: Receive) -> Answer:
        if self._reading is not None and scope["method"] in KEPT_METHODS:
            answer = await self._reading.answer(scope)
            if answer is not None:
                return answer
        most = 0 if scope["method"] in READING else self._intake.most_of(scope)
        if most == 0:
            # No route takes a body here: the app says so, or reads, and whatever comes is not read.
            return await self._threads.ask(scope, None, 0)
        share = self._intake.room.share_of(self._intake.client_of(scope))
        return await self._ask_with_body(scope, receive, most, share)

    async def _ask_with_body(
        self, scope: Message, receive: Receive, most: int, share: Share
    ) -> Answer:
        brings_file = is_form(scope)
        body = Gathered(most, share, is_form=brings_file)
        try:
            refusal = await self._gather(body, receive)
            if refusal is not None:
                return self._calm.refusal(scope, refusal)
            async with self._files if brings_file else nullcontext():
                return await self._threads.ask(scope, body.file, body.size)
        finally:
            body.close()

    async def _gather(self, body: Gathered, receive: Receive) -> int | None:
        """Read the body; return None, or the status of the refusal when it does not end."""
        try:
            await body.take(receive, self._intake.pace)
        except (ClientLeft, TimeoutError):
            return 408
        except NoEnd:
            return 413
        except NoRoom:
            return 503
        return None

    async def _send(self, answer: Answer, send: Send) -> None:
        if answer.file is None:
            await send({"type": "http.response.body", "body": answer.page})
            return
        # Whatever goes wrong here: the connection ends before the promised length, so the reader
        # sees that something is missing.
        try:
            await self._send_block(answer.page, send)
            async for block in self._threads.blocks(answer.file):
                await self._send_block(block, send)
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            # The client reads no further.
            return
        except Exception as error:
            log_fault("file_broken_off", error, answer.request_id)
        finally:
            answer.file.close()  # type: ignore[attr-defined]

    async def _send_block(self, block: bytes, send: Send) -> None:
        part = {"type": "http.response.body", "body": block, "more_body": True}
        await asyncio.wait_for(send(part), self._patience)


async def _start(answer: Answer, send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": answer.status,
            "headers": answer.headers,
        }
    )
