"""Feeds in Atom (RFC 4287): what a feed reader looks at now and then, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, render_template, request
from markupsafe import Markup

from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.settings import settings

MIME_TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    # Unique and for ever, below the name of this site: "toezegging-12".
    name: str
    title: str
    # The full address of the page that it is about.
    address: str
    updated: datetime
    # Who did what it tells of; "" for the vereniging.
    author: str
    content: Markup
    # Of title and content.
    language: str = "nl"


def feed(title: str, page_path: str, entries: Sequence[Entry]) -> Response:
    """Return the entries, the newest first, as a feed; `page_path` shows the same to people."""
    public = settings().public_url
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    body = render_template(
        "components/feed.xml",
        title=title,
        language=current_locale(),
        own_address=f"{public}{request.script_root}{request.path}{query}",
        page_address=f"{public}{page_path}",
        namespace=f"tag:{urlsplit(public).hostname},2019",
        # Nothing happened yet: the same all day.
        updated=max((entry.updated for entry in entries), default=_last_midnight()),
        entries=entries,
    )
    return Response(body, content_type=f"{MIME_TYPE}; charset=utf-8")


def _last_midnight() -> datetime:
    return clock.end_of(clock.today() - timedelta(days=1))
