"""Full addresses for mails and feeds: made from PUBLIC_URL, never from a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portal.core.db import Bound
from portal.core.i18n import current_locale
from portal.core.settings import settings


class BuildPath(Protocol):
    """Makes the path of an endpoint; BuildError (werkzeug) when there is no such endpoint."""

    def __call__(self, endpoint: str, values: Mapping[str, object]) -> str: ...


build_path: Bound[BuildPath] = Bound("build_path")


def full_address(endpoint: str, locale: str = "nl", **values: object) -> str:
    """Return the public address of an endpoint; `_anchor` names a part of its page.

    Of `values` those that are None are left out. BuildError when there is no such endpoint.
    """
    anchor = values.pop("_anchor", None)
    path = build_path()(endpoint, {k: v for k, v in values.items() if v is not None})
    prefix = "/en" if locale == "en" else ""
    return f"{settings().public_url}{prefix}{path}" + (f"#{anchor}" if anchor else "")


# The names of pages that a mail may lead to, each with its endpoint, whatever its package.
destinations: Bound[Mapping[str, str]] = Bound("destinations")


def full_address_to(destination: str, locale: str = "nl", **values: object) -> str:
    """Return the public address of the page with this name; KeyError when no page has it."""
    return full_address(destinations()[destination], locale, **values)


def path_to(destination: str, **values: object) -> str:
    """Return the path, without language, of the page with this name; KeyError without one."""
    return build_path()(destinations()[destination], values)


def full_path(path: str) -> str:
    """Return the public address of a path that begins with "/", such as "/nieuws"."""
    return f"{settings().public_url}{path}"


def own_path(endpoint: str) -> str:
    """Return the path of an endpoint without values, in the language that is spoken."""
    prefix = "/en" if current_locale() == "en" else ""
    return f"{prefix}{build_path()(endpoint, {})}"
