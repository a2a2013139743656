"""What becomes of a request to sign when who sent it may no longer prepare a signature."""

from __future__ import annotations

from portal.core.db import lock_row
from portal.lifecycle import SignatureState
from portal.organisations.events import MemberDropped
from portal.organisations.queries import person_of
from portal.policy import Permission, holds_right
from portal.signatures import mails, queries
from portal.signatures.actions.preparing import recall


def drop_request(dropped: MemberDropped) -> None:
    """Take back the link to sign that somebody had mailed who may not do so any longer.

    The application is a draft again, for who prepares it now; the owners get a mail about it.
    """
    signature = queries.find_open(dropped.organisation_id)
    if signature is None:
        return
    person = person_of(dropped.account_id)
    if person is not None and holds_right(person, Permission.SIGNATURE_PREPARE, signature):
        return
    lock_row(signature)
    link = queries.newest_link(signature.id, "confirm")
    is_theirs = link is not None and link.author_id == dropped.account_id
    if is_theirs and signature.state == SignatureState.AWAITING_CONFIRMATION:
        recall(signature, by=dropped.by)
        mails.recalled(signature, by=dropped.by)
