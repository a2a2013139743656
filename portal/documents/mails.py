"""Whom the acts on files concern: the things that they belong to say which people that are."""

from __future__ import annotations

from portal.services.telling import NOBODY, Audience, mail, told_of

_PEOPLE = (Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX)
WHO_IS_TOLD = {
    **told_of(
        "document_version",
        {
            "hide": mail("hidden", *_PEOPLE),
            "restore": mail("restored", *_PEOPLE),
            "confirm_hidden": NOBODY,
        },
    ),
    # A logo is of an organisation, a photo of the writer of an article.
    **told_of(
        "picture",
        {
            "hide": mail("hidden", *_PEOPLE, Audience.WRITER),
            "restore": mail("restored", *_PEOPLE, Audience.WRITER),
            "confirm_hidden": NOBODY,
        },
    ),
}
