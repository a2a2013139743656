"""Whom the acts on commitments concern."""

from __future__ import annotations

from portal.services.telling import NEWS, NOBODY, Audience, mail, told_of

WHO_IS_TOLD = told_of(
    "commitment",
    {
        "draft": NOBODY,
        "edited": NEWS,
        "document_added": NEWS,
        "document_renewed": NEWS,
        "document_removed": NOBODY,
        "publish": NEWS,
        "discard": NOBODY,
        "reported": NEWS,
        "term_moved": NEWS,
        "withdraw": NEWS,
        "close": NEWS,
        "hide": mail("hidden", Audience.OWNERS, Audience.EDITORS),
        "restore": mail("restored", Audience.OWNERS, Audience.EDITORS),
        "confirm_hidden": NOBODY,
    },
)
