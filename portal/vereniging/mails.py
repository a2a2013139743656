"""The mail to the vereniging itself, and whom its acts on settings concern: nobody else."""

from __future__ import annotations

from portal.services import mail as mailing
from portal.services.telling import NOBODY, told_of


def barrier_reported(*, page: str, words: str, answer_to: str | None, locale: str, to: str) -> None:
    """Tell the vereniging what somebody could not use, as they wrote it."""
    mailing.send(
        "vereniging_barrier",
        to=to,
        page=page,
        words=words,
        answer_to=answer_to,
        is_english=locale == "en",
    )


WHO_IS_TOLD = {
    **told_of("vereniging", {"edited": NOBODY}),
    **told_of("legal_text", {"edited": NOBODY}),
    **told_of("accessibility_statement", {"edited": NOBODY}),
}
