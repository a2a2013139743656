"""The paths of pages: built once for a language, and remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

MOST = 8192
# A value of one of these is written in one way only: 1 and True would be the same in a key.
PLAIN = {str, int, type(None)}


def _is_plain(value: object) -> bool:
    kind = type(value)
    return kind in PLAIN or (kind is list and PLAIN.issuperset(map(type, value)))  # type: ignore[call-overload]


class PathsFlask(Flask):
    """Flask, which remembers the paths that it built: a page has some thirty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._path = lru_cache(MOST)(self._build)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return the path of a page in the language of the request, as Flask builds it.

        A whole address depends on the host that was asked as well, so it is built each time.
        """
        if (
            not has_request_context()
            or endpoint[0] == "."
            or values.get("_external")
            or values.get("_scheme")
            or not all(map(_is_plain, values.values()))
        ):
            return super().url_for(endpoint, **values)
        asked = request._get_current_object()  # type: ignore[attr-defined]
        known = tuple([(n, tuple(v) if type(v) is list else v) for n, v in values.items()])
        return self._path(asked.script_root, asked.method, endpoint, known)

    def _build(
        self, _root: str, _method: str, endpoint: str, values: tuple[tuple[str, Any], ...]
    ) -> str:
        return super().url_for(endpoint, **dict(values))
