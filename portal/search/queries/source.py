"""A public thing as it is found: its names, its text and where it stands."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import NamedTuple

from portal.core import clock
from portal.search.kinds import Kind

_TAG = re.compile(r"<[^>]+>")
_SPACES = re.compile(r"\s+")


class Source(NamedTuple):
    """A public thing: what of it is indexed and shown, and the path of its page."""

    kind: Kind
    id: int
    title: str
    # Which is its own, so that it is found by it; a message and a comment stand below another's.
    is_titled: bool
    # Other names and numbers by which it is known.
    names: tuple[str, ...]
    body: str
    language: str
    dated: date
    path: str
    # Whose it is; "" where the title says so.
    by: str = ""
    # What it is found by besides, and not shown.
    more: str = ""
    # The page of a document, from 1; None for all else, and for a document without pages.
    page: int | None = None
    # What it is about: shown where the words stand there.
    about: tuple[str, ...] = ()


def plain(shown: str | None) -> str:
    """Return the text of stored HTML."""
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", shown or ""))).strip()


def day_of(moment: datetime | None, otherwise: date = date.min) -> date:
    """Return the day of a moment in Amsterdam; `otherwise` without one."""
    return clock.day_of(moment) if moment is not None else otherwise
