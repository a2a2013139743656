"""Whom the acts on articles concern."""

from __future__ import annotations

from portal.services.telling import NEWS, NOBODY, Audience, mail, told_of

WHO_IS_TOLD = told_of(
    "article",
    {
        "draft": NOBODY,
        "edited": NOBODY,
        "publish": NEWS,
        "unpublish": NOBODY,
        "hide": mail("hidden", Audience.WRITER),
        "restore": mail("restored", Audience.WRITER),
        "confirm_hidden": NOBODY,
    },
)
