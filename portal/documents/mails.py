"""Whom the acts on files concern: the things that they belong to say which people that are."""

from __future__ import annotations

from portal.services.telling import NOBODY, Audience, mail, told_of

WHO_IS_TOLD = {
    **told_of(
        "document_version",
        {
            "hide": mail("hidden", Audience.OWNERS, Audience.EDITORS),
            "restore": mail("restored", Audience.OWNERS, Audience.EDITORS),
            "confirm_hidden": NOBODY,
        },
    ),
    # A logo is of an organisation, a photo of the writer of an article.
    **told_of(
        "picture",
        {
            "hide": mail("hidden", Audience.OWNERS, Audience.EDITORS, Audience.WRITER),
            "restore": mail("restored", Audience.OWNERS, Audience.EDITORS, Audience.WRITER),
            "confirm_hidden": NOBODY,
        },
    ),
}
