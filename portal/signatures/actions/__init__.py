"""Every write of a signature: prepare, send, confirm, decide, end, or enter from the past."""

from portal.signatures.actions.confirming import confirm, turn_down
from portal.signatures.actions.deciding import admit, ask_more, decline, follow_name
from portal.signatures.actions.ending import call_off_end, end, end_by_vereniging, request_end
from portal.signatures.actions.historic import enter
from portal.signatures.actions.preparing import (
    cancel,
    complete,
    correct,
    fill_in,
    prepare,
    recall,
    send,
    send_again,
)

__all__ = [
    "admit",
    "ask_more",
    "call_off_end",
    "cancel",
    "complete",
    "confirm",
    "correct",
    "decline",
    "end",
    "end_by_vereniging",
    "enter",
    "fill_in",
    "follow_name",
    "prepare",
    "recall",
    "request_end",
    "send",
    "send_again",
    "turn_down",
]
