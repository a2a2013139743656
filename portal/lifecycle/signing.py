"""The acts of a signature, and of an attempt to end one."""

from __future__ import annotations

from portal.lifecycle.states import EndingState, SignatureState
from portal.lifecycle.steps import SAME, answers, step, table
from portal.policy import Permission

P = Permission
S, E = SignatureState, EndingState

UNDECIDED = (S.DRAFT, S.AWAITING_CONFIRMATION, S.CONFIRMED, S.MORE_ASKED, S.DECLINED)
SIGNATURE = table(
    "signature",
    step("prepare", None, S.DRAFT, P.SIGNATURE_PREPARE),
    step("filled_in", (S.DRAFT, S.MORE_ASKED), SAME, P.SIGNATURE_PREPARE),
    step(
        "send",
        (S.DRAFT, S.MORE_ASKED),
        S.AWAITING_CONFIRMATION,
        P.SIGNATURE_PREPARE,
        offered_if="needs_confirmation",
    ),
    step("sent_again", S.AWAITING_CONFIRMATION, SAME, P.SIGNATURE_PREPARE),
    # A mail comes back whenever it likes.
    step("bounced", tuple(S), SAME, None),
    step("recall", S.AWAITING_CONFIRMATION, S.DRAFT, P.SIGNATURE_PREPARE),
    step("turn_down", S.AWAITING_CONFIRMATION, S.DRAFT, P.SIGNATURE_CONFIRM),
    step("confirm", S.AWAITING_CONFIRMATION, S.CONFIRMED, P.SIGNATURE_CONFIRM),
    step("ask_more", S.CONFIRMED, S.MORE_ASKED, P.SIGNATURE_DECIDE, needs_reason=True),
    step(
        "complete",
        S.MORE_ASKED,
        S.CONFIRMED,
        P.SIGNATURE_PREPARE,
        offered_if="has_confirmation",
    ),
    step("admit", S.CONFIRMED, S.ADMITTED, P.SIGNATURE_DECIDE),
    step("decline", S.CONFIRMED, S.DECLINED, P.SIGNATURE_DECIDE, needs_reason=True),
    step("undo", (S.ADMITTED, S.MORE_ASKED, S.DECLINED), S.CONFIRMED, P.SIGNATURE_DECIDE),
    step("correct", S.DECLINED, S.DRAFT, P.SIGNATURE_PREPARE),
    step("cancel", UNDECIDED, S.CANCELLED, P.SIGNATURE_PREPARE),
    step("enter", None, S.ADMITTED, P.SIGNATURE_ENTER),
    # Where there is an eigenaar, that person says whether it is right.
    step("put_forward", None, S.AWAITING_OWNER, P.SIGNATURE_ENTER),
    step("affirm", S.AWAITING_OWNER, S.ADMITTED, P.SIGNATURE_STOP),
    step("deny", S.AWAITING_OWNER, S.CANCELLED, P.SIGNATURE_STOP, needs_reason=True),
    step("take_back", S.AWAITING_OWNER, S.CANCELLED, P.SIGNATURE_ENTER),
    # Entered by mistake, and nothing was built on it.
    step("undo_entry", S.ADMITTED, S.CANCELLED, P.SIGNATURE_ENTER),
    # The same, of what waits for an eigenaar or was brought in with a file: by the beheerder.
    step("undo_import", (S.ADMITTED, S.AWAITING_OWNER), S.CANCELLED, P.INTAKE_RUN),
    # The vereniging writes down where it read of an old signature.
    step("sourced", S.ADMITTED, SAME, P.SIGNATURE_ENTER),
    *answers((S.ADMITTED, S.ENDED), P.CLAIM_ANSWER),
    # Both follow from an ending that has run its course: see ENDING.
    step("end", S.ADMITTED, S.ENDED, None),
    step("end_by_vereniging", S.ADMITTED, S.ENDED, None, needs_reason=True),
)

ENDING = table(
    "ending",
    step("ask", None, E.ASKED, P.SIGNATURE_STOP),
    step("propose", None, E.PROPOSED, P.SIGNATURE_DECIDE),
    step("sent_again", E.ASKED, SAME, P.SIGNATURE_STOP),
    # By the person who is known as tekenbevoegde of the signature.
    step("confirm", E.ASKED, E.WAITING, P.SIGNATURE_CONFIRM),
    # By somebody else, of whom a moderator sees the proof first.
    step("confirm_with_proof", E.ASKED, E.CONFIRMED, P.SIGNATURE_CONFIRM),
    step("ask_more", E.CONFIRMED, E.MORE_ASKED, P.ENDING_DECIDE, needs_reason=True),
    step("complete", E.MORE_ASKED, E.CONFIRMED, P.SIGNATURE_STOP),
    step("agree", (E.CONFIRMED, E.PROPOSED), E.WAITING, P.ENDING_DECIDE),
    step("refuse", (E.CONFIRMED, E.PROPOSED), E.REFUSED, P.ENDING_DECIDE, needs_reason=True),
    # Of an agreement, stopping undoes it as long as the days run.
    step("undo", (E.MORE_ASKED, E.REFUSED), E.CONFIRMED, P.ENDING_DECIDE),
    step("call_off", (E.ASKED, E.CONFIRMED, E.MORE_ASKED), E.CALLED_OFF, P.SIGNATURE_STOP),
    step("stop", (E.PROPOSED, E.WAITING), E.STOPPED, P.ENDING_STOP),
    step("end", E.WAITING, E.ENDED, None),
    # The signature ended in another way, or the person who asked lost the role to do so.
    step(
        "lapse",
        (E.ASKED, E.CONFIRMED, E.MORE_ASKED, E.PROPOSED, E.WAITING),
        E.CALLED_OFF,
        None,
    ),
)
