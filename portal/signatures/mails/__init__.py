"""The mails about signatures: who gets them, in which language, with which words."""

from __future__ import annotations

from portal.services import telling
from portal.services.telling import NEWS, NOBODY, Audience, both, told_of
from portal.signatures.mails.ending import (
    concerned as readers_of_ending,
)
from portal.signatures.mails.ending import (
    ending_asked,
    ending_called_off,
    ending_more_asked,
    ending_refused,
    ending_stopped,
    ending_to_judge,
    ending_waits,
    signature_ended,
    told_of_period,
)
from portal.signatures.mails.readers import Reader, account_reader
from portal.signatures.mails.signing import (
    bounced,
    confirmed,
    decided,
    denied,
    link,
    readers_of_decision,
    recalled,
    to_affirm,
    turned_down,
)

__all__ = [
    "WHO_IS_TOLD",
    "Reader",
    "account_reader",
    "bounced",
    "confirmed",
    "decided",
    "denied",
    "ending_asked",
    "ending_called_off",
    "ending_more_asked",
    "ending_refused",
    "ending_stopped",
    "ending_to_judge",
    "ending_waits",
    "link",
    "readers_of_decision",
    "readers_of_ending",
    "recalled",
    "signature_ended",
    "to_affirm",
    "told_of_period",
    "turned_down",
]

_PREPARERS = (Audience.WRITER, Audience.OWNERS)
_ORGANISATION = (*_PREPARERS, Audience.MAILBOX)
# The person who signed, the one who confirms, the eigenaren, and the one who asked.
_CONCERNED = (Audience.SIGNATORY, Audience.OWNERS, Audience.WRITER)
_ADMITTED = telling.mail("signature_admitted", *_ORGANISATION, Audience.SIGNATORY, is_news=True)
_ENDED = telling.mail(
    "signature_ended", *_CONCERNED, Audience.MAILBOX, Audience.MODERATORS, is_news=True
)
_CALLED_OFF = telling.mail("ending_called_off", *_CONCERNED)
_WAITS = telling.mail("ending_waits", *_CONCERNED)
_JUDGED = both(
    telling.mail("ending_to_judge", Audience.MODERATORS),
    telling.mail("ending_judged", *_CONCERNED),
)

_SIGNATURE = told_of(
    "signature",
    {
        "prepare": NOBODY,
        "filled_in": NOBODY,
        "send": telling.mail("signature_confirm", Audience.SIGNATORY),
        "sent_again": telling.mail("signature_confirm", Audience.SIGNATORY),
        "bounced": telling.mail("signature_bounced", Audience.WRITER),
        # Only when it was not recalled by one of them, but followed from a role that was lost.
        "recall": telling.mail("signature_recalled", Audience.OWNERS),
        "turn_down": telling.mail("signature_turned_down", *_PREPARERS),
        "confirm": both(
            telling.mail("signature_receipt", Audience.SIGNATORY),
            telling.mail("signature_confirmed", *_PREPARERS),
        ),
        "ask_more": telling.mail("signature_more_asked", *_ORGANISATION),
        "complete": NOBODY,
        "admit": _ADMITTED,
        "decline": telling.mail("signature_declined", *_ORGANISATION),
        "undo": telling.mail("decision_undone", *_ORGANISATION, Audience.SIGNATORY),
        "correct": NOBODY,
        "cancel": NOBODY,
        "enter": NEWS,
        "put_forward": telling.mail("signature_to_affirm", Audience.OWNERS),
        "affirm": NEWS,
        "deny": telling.mail("signature_denied", Audience.MODERATORS),
        "take_back": NOBODY,
        "undo_entry": NOBODY,
        "undo_import": NOBODY,
        "sourced": NOBODY,
        "taken_over": NEWS,
        "disowned": telling.mail("claim_disowned", Audience.MODERATORS, is_news=True),
        "disown_undone": NEWS,
        # The ending that has run its course tells of both.
        "end": NEWS,
        "end_by_vereniging": NEWS,
    },
)

_ENDING = told_of(
    "ending",
    {
        "ask": both(
            telling.mail("signature_end", Audience.SIGNATORY),
            telling.mail("ending_asked", *_CONCERNED),
        ),
        "propose": _JUDGED,
        "sent_again": telling.mail("signature_end", Audience.SIGNATORY),
        "confirm": _WAITS,
        "confirm_with_proof": _JUDGED,
        "ask_more": telling.mail("ending_more_asked", *_CONCERNED),
        "complete": _JUDGED,
        "agree": _WAITS,
        "refuse": telling.mail("ending_refused", *_CONCERNED),
        "undo": telling.mail("decision_undone", *_CONCERNED),
        "call_off": _CALLED_OFF,
        "stop": telling.mail("ending_stopped", *_CONCERNED),
        "end": _ENDED,
        "lapse": _CALLED_OFF,
    },
)

WHO_IS_TOLD = {**_SIGNATURE, **_ENDING}
