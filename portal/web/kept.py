"""Pages for visitors, kept for as long as everything that they are made of stays the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from flask import current_app, request
from sqlalchemy import Row

from portal.web.templating import vereniging

MOST = 200
SCALARS = {str, int, bool, date, datetime, type(None)}

Render = Callable[[], str]


class KeptPages:
    """The last pages that were rendered, each by what it was made of; the oldest give way.

    There is nothing to invalidate and nothing grows old: what changed is another key. So no
    process shows what was withdrawn, and none needs to hear it from the others.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Hashable) -> str | None:
        """Return the page made of `key`, or None."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def keep(self, key: Hashable, page: str) -> None:
        """Keep a page; the one that was asked for longest ago makes room."""
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)


def kept_page(made_of: Any, render: Render) -> str:
    """Return the page made of `made_of` (rows, dataclasses, scalars) at this address.

    Whoever brings a cookie gets one of their own: it greets them, and has forms in it.
    """
    if request.cookies:
        return render()
    pages: KeptPages = current_app.extensions.setdefault("portal_kept_pages", KeptPages())
    key = (request.script_root, request.full_path, vereniging(), frozen(made_of))
    page = pages.find(key)
    if page is None:
        page = render()
        pages.keep(key, page)
    return page


def frozen(value: Any) -> Hashable:
    """Return the same facts in tuples."""
    kind = type(value)
    if kind in SCALARS:
        scalar: Hashable = value
        return scalar
    if kind is Row:
        return tuple(value)
    if kind is list or kind is tuple:
        return tuple([tuple(v) if type(v) is Row else frozen(v) for v in value])
    if is_dataclass(kind):
        return tuple([frozen(getattr(value, field.name)) for field in fields(value)])
    if isinstance(value, Mapping):
        return tuple([(key, frozen(found)) for key, found in value.items()])
    found: Hashable = value
    return found
