"""Headers of mails as every mail program reads them: what they say begins on their first line."""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy
from typing import Any

# The line that the standard advises; a single longer word still fits in what it allows.
_ADVISED = 78


class MailPolicy(EmailPolicy):
    """The standard library's policy, without two habits of it in headers of more than one line.

    It leaves the first line empty before a word or an address that does not fit there: allowed, but
    some programs show such a subject as empty, and some filters take it for junk. And of a subject
    with long or accented words it sometimes loses a space.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return the header in lines, each with its end."""
        if name.lower() == "subject":
            return _subject(name, str(value), self.linesep)
        return _begun_at_once(super().fold(name, value), self.linesep)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header in lines, as it is sent."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


def _subject(name: str, text: str, linesep: str) -> str:
    is_plain = text.isascii() and "=?" not in text and len(max(text.split(" "), key=len)) < 60
    header = Header(text, "us-ascii" if is_plain else "utf-8", _ADVISED - 2, header_name=name)
    return f"{name}: {header.encode(linesep=linesep)}{linesep}"


def _begun_at_once(folded: str, linesep: str) -> str:
    name, _colon, rest = folded.partition(":")
    if rest.split(linesep, 1)[0].strip():
        return folded
    first, *words = rest.replace(linesep, "").strip().split(" ")
    lines = [f"{name}: {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _ADVISED:
            lines.append("")
        lines[-1] += f" {word}"
    return linesep.join(lines) + linesep
