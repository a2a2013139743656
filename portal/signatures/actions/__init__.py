"""Every write of a signature: prepare, send, confirm, decide, end, or enter from the past."""

from portal.signatures.actions.claiming import disown, take_back_disowning, take_over
from portal.signatures.actions.confirming import confirm, turn_down
from portal.signatures.actions.deciding import admit, ask_more, decline, follow_name
from portal.signatures.actions.dropping import drop_request
from portal.signatures.actions.ending import (
    ask_end,
    call_off_end,
    complete_end,
    confirm_end,
    send_end_link_again,
)
from portal.signatures.actions.hearing import tell_signatory
from portal.signatures.actions.historic import affirm, deny, enter, take_back_entered
from portal.signatures.actions.judging import (
    agree_end,
    ask_more_of_end,
    propose_end,
    refuse_end,
)
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
from portal.signatures.actions.stopping import (
    call_off_endings_of,
    drop_member,
    end_at_once,
    finish_end,
    greet_owner,
    stop_end,
    stop_end_by_link,
)
from portal.signatures.actions.undoing import (
    undo_decision,
    undo_end_decision,
    undo_entry,
    undo_import,
)

__all__ = [
    "admit",
    "affirm",
    "agree_end",
    "ask_end",
    "ask_more",
    "ask_more_of_end",
    "call_off_end",
    "call_off_endings_of",
    "cancel",
    "complete",
    "complete_end",
    "confirm",
    "confirm_end",
    "correct",
    "decline",
    "deny",
    "disown",
    "drop_member",
    "drop_request",
    "end_at_once",
    "enter",
    "fill_in",
    "finish_end",
    "follow_name",
    "greet_owner",
    "prepare",
    "propose_end",
    "recall",
    "refuse_end",
    "send",
    "send_again",
    "send_end_link_again",
    "stop_end",
    "stop_end_by_link",
    "take_back_disowning",
    "take_back_entered",
    "take_over",
    "tell_signatory",
    "turn_down",
    "undo_decision",
    "undo_end_decision",
    "undo_entry",
    "undo_import",
]
