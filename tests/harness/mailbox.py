"""A real mail server on this machine, and what arrived there."""

from __future__ import annotations

import re
import smtplib
import socket
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from portal.core.db import db
from portal.services import jobs


class Mail:
    """One message as its reader sees it."""

    def __init__(self, raw: bytes, to: str) -> None:
        self.message: EmailMessage = message_from_bytes(raw, policy=policy.default)  # type: ignore[assignment]
        self.header_lines = raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n")
        self.to = to
        self.subject = str(self.message["Subject"])
        body = self.message.get_body(("plain",))
        assert body is not None, f"the mail {self.subject!r} has no plain text"
        # As it was sent, and as a program shows it that knows which lines were broken.
        self.lines: list[str] = body.get_content().splitlines()
        self.text: str = joined("\n".join(self.lines) + "\n")

    @property
    def links(self) -> list[str]:
        """Every address in the text, in order."""
        return re.findall(r"https?://\S+", self.text)

    @property
    def paths(self) -> list[str]:
        """Every address in the text as a path on this site."""
        return [re.sub(r"^https?://[^/]+", "", link) for link in self.links]

    def __repr__(self) -> str:
        return f"<Mail to {self.to}: {self.subject}>"


def joined(text: str) -> str:
    """Return a text with its paragraphs whole again, as RFC 3676 has it."""
    return re.sub(r"^ ", "", re.sub(r" \n(?:> ?| *)", " ", text), flags=re.M)


class _Keeper:
    def __init__(self) -> None:
        self.arrived: list[Mail] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived += [Mail(content, to) for to in envelope.rcpt_tos]
        return "250 Message accepted for delivery"


class MailServer:
    """The server itself, one for a whole run of tests."""

    def __init__(self, **how: Any) -> None:
        self.host = "127.0.0.1"
        self._how = how
        self.port = free_port()
        self.keeper = _Keeper()
        self._controller: Controller | None = None
        self.start()

    def start(self) -> None:
        place = {"hostname": self.host, "port": self.port}
        self._controller = Controller(self.keeper, **place, **self._how)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def is_up(self) -> bool:
        return self._controller is not None

    def greeting(self) -> str:
        """The server's own first line."""
        with smtplib.SMTP() as session:
            _code, words = session.connect(self.host, self.port)
            return words.decode()


class Mailbox:
    """Everything that was sent to anybody since the test began."""

    def __init__(self, server: MailServer, app: Flask | None = None) -> None:
        self._server = server
        self._app = app
        self.empty()
        server.keeper.refused.clear()

    def empty(self) -> None:
        """Throw away what arrived."""
        self._server.keeper.arrived.clear()

    @property
    def messages(self) -> list[Mail]:
        """What arrived until now, oldest first."""
        return list(self._server.keeper.arrived)

    def deliver(self) -> list[Mail]:
        """Let the worker do every job that is due; return what arrived by it."""
        assert self._app is not None, "a served portal has its own worker: use messages"
        before = len(self.messages)
        db.session.commit()
        with self._app.app_context():
            jobs.run_due()
        return self.messages[before:]

    def to(self, address: str) -> list[Mail]:
        """What arrived for one address."""
        return [mail for mail in self.messages if mail.to == address]

    def last(self, address: str) -> Mail:
        """The newest mail to one address."""
        found = self.to(address)
        assert found, f"nothing arrived for {address}, only {self.messages}"
        return found[-1]

    def wait_for(self, address: str, about: str = "", seconds: float = 20) -> Mail:
        """Wait until the worker of a served portal has sent something to this address.

        `about` is part of the subject; the newest mail about it counts.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = [mail for mail in self.to(address) if about in mail.subject]
            if found:
                return found[-1]
            waited = f"nothing about {about!r} arrived for {address}, only {self.messages}"
            assert time.monotonic() < deadline, waited
            time.sleep(0.05)

    def refuse(self, address: str, answer: str = "550 No such user here") -> None:
        """Let the server refuse mail to this address."""
        self._server.keeper.refused[address] = answer

    def accept(self, address: str) -> None:
        """Let the server take mail to this address again."""
        del self._server.keeper.refused[address]

    def go_down(self) -> None:
        """Stop the server; the end of the test starts it again."""
        self._server.stop()

    def come_back(self) -> None:
        """Start the server again on the same port."""
        if not self._server.is_up:
            self._server.start()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
