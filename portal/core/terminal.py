"""What is typed and said at a keyboard is UTF-8, also where the machine says that it is ASCII."""

from __future__ import annotations

import codecs
import io
import locale
import sys
from contextlib import suppress
from typing import Any

import click


def speak_utf8() -> None:
    """Let this process read and write UTF-8 where its locale knows no letter beyond ASCII.

    In every other encoding what cannot be written becomes a question mark: no command stops at it.
    """
    with suppress(locale.Error):
        if _is_ascii(locale.getencoding()):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if _is_ascii(stream.encoding):
            stream.reconfigure(encoding="utf-8", errors="replace")
        elif stream is not sys.stdin:
            stream.reconfigure(errors="replace")


def is_somebody_there() -> bool:
    """Return whether somebody at a keyboard can answer a question."""
    return sys.stdin.isatty()


def _is_ascii(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "ascii"


def read_typed(text: str) -> str:
    """Return words of a command or of the environment as they were typed; ValueError if not UTF-8.

    In an ASCII locale Python leaves them half read.
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8")


class Typed(click.ParamType[str]):
    """Text that somebody typed, in any language."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return read_typed(str(value))
        except ValueError:
            self.fail("This is not text in UTF-8.", param, ctx)
