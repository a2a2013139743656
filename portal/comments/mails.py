"""Whom the acts of comments concern."""

from __future__ import annotations

from portal.services.telling import NEWS, NOBODY, Audience, mail, told_of

WHO_IS_TOLD = {
    **told_of(
        "comment",
        {
            "post": NOBODY,
            "place": NEWS,
            "refuse": NOBODY,
            "edited": NOBODY,
            "withdraw": NOBODY,
            "hide": mail("hidden", Audience.WRITER),
            "restore": mail("restored", Audience.WRITER),
            "confirm_hidden": NOBODY,
        },
    ),
    **told_of(
        "comment_version",
        {
            "submit": NOBODY,
            "place": mail("comment_placed", Audience.WRITER),
            "ask_change": mail("comment_change_asked", Audience.WRITER),
            "refuse": mail("comment_refused", Audience.WRITER),
            "replace": NOBODY,
            "supersede": NOBODY,
            "withdraw": NOBODY,
        },
    ),
}
