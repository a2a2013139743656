"""Whether an address is the one that an organisation named for its mails: lent from above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portal.core.db import Bound
from portal.services.telling import WITHOUT_ACT, Audience, audience_of

# Gets the number of an organisation and an address; returns the name of the organisation when
# that is its mailbox, "" otherwise.
mailbox_names: Bound[Callable[[int, str], str]] = Bound("mailbox_names")


def mailbox_of(template: str, words: Mapping[str, Any], to: str) -> str:
    """Return the organisation of which a mail goes to the mailbox; "" for one to a person.

    Only of a mail that a mailbox gets, about the organisation `organisation_id` of its words.
    """
    number = words.get("organisation_id")
    is_for_mailboxes = template in WITHOUT_ACT or Audience.MAILBOX in audience_of(template)
    if number is None or not is_for_mailboxes:
        return ""
    return mailbox_names()(number, to)
