"""Whom the acts on commitments concern."""

from __future__ import annotations

from portal.accounts.queries import get_account
from portal.commitments.models import Commitment
from portal.organisations.queries import owners_of
from portal.policy import Person
from portal.services import mail, telling
from portal.services.telling import NEWS, NOBODY, Audience, told_of

CORRECTED = telling.mail("commitment_corrected", Audience.OWNERS, Audience.WRITER, is_news=True)
HIDDEN = telling.mail("hidden", Audience.OWNERS, Audience.EDITORS)
RESTORED = telling.mail("restored", Audience.OWNERS, Audience.EDITORS)
DISOWNED = telling.mail("claim_disowned", Audience.MODERATORS, is_news=True)


def corrected(commitment: Commitment, reason: str, by: Person | None) -> None:
    """Tell the owners and the writer what the vereniging changed of what it entered itself."""
    if by is None:
        return
    readers = {
        owner.account_id: (owner.name, owner.email, owner.locale)
        for owner in owners_of(commitment.organisation_id)
    }
    if commitment.author_id is not None:
        writer = get_account(commitment.author_id)
        readers[writer.id] = (writer.name, writer.email, writer.locale)
    for account_id, (name, address, locale) in readers.items():
        if account_id != by.id:
            mail.send(
                "commitment_corrected",
                to=address,
                locale=locale,
                addressee=name,
                organisation=commitment.organisation.name,
                title=commitment.title,
                path=f"/toezeggingen/{commitment.slug}",
                reason=reason.strip(),
            )


WHO_IS_TOLD = {
    **told_of(
        "commitment",
        {
            "draft": NOBODY,
            # By the vereniging, of what it entered itself.
            "edited": CORRECTED,
            "document_added": NEWS,
            "document_renewed": NEWS,
            "document_removed": NOBODY,
            "publish": NEWS,
            "discard": NOBODY,
            "reported": NEWS,
            "term_moved": CORRECTED,
            "withdraw": CORRECTED,
            "close": NEWS,
            "taken_over": NEWS,
            "disowned": DISOWNED,
            "disown_undone": NEWS,
            "hide": HIDDEN,
            "restore": RESTORED,
            "confirm_hidden": NOBODY,
        },
    ),
    **told_of(
        "progress_update",
        {
            "retracted": CORRECTED,
            "taken_over": NEWS,
            "disowned": DISOWNED,
            "disown_undone": NEWS,
            "hide": HIDDEN,
            "restore": RESTORED,
            "confirm_hidden": NOBODY,
        },
    ),
}
