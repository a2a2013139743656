"""How people come to belong to an organisation or to the vereniging, and leave."""

from __future__ import annotations

from portal.lifecycle.states import (
    AccessProposalState,
    AccessRequestState,
    InvitationState,
    MailboxState,
)
from portal.lifecycle.steps import SAME, act, step, table
from portal.policy import Permission

P = Permission
M = MailboxState
R, I, AP = AccessRequestState, InvitationState, AccessProposalState  # noqa: E741

ACCESS_REQUEST = table(
    "access_request",
    step("ask", None, R.OPEN, P.ACCESS_REQUEST_MAKE),
    step("grant", R.OPEN, R.GRANTED, P.ACCESS_REQUEST_ANSWER),
    # The vereniging lets nobody in at once: it puts a proposal before a second person.
    step("propose", R.OPEN, SAME, P.ACCESS_REQUEST_DECIDE),
    step("refuse", R.OPEN, R.REFUSED, P.ACCESS_REQUEST_DECIDE, needs_reason=True),
    step("take_back", R.OPEN, R.CANCELLED, P.ACCESS_REQUEST_TAKE_BACK),
    # Of a refusal by the vereniging.
    step("undo", R.REFUSED, R.OPEN, P.ACCESS_REQUEST_DECIDE),
    # Follows from undoing the approval of a proposal, by which it was granted.
    step("reopen", R.GRANTED, R.OPEN, None),
)

ACCESS_PROPOSAL = table(
    "access_proposal",
    step("propose", None, AP.PROPOSED, P.ACCESS_PROPOSE),
    step("approve", AP.PROPOSED, AP.GIVEN, P.ACCESS_APPROVE),
    # Instead, where an eigenaar is there who may object.
    step("announce", AP.PROPOSED, AP.ANNOUNCED, P.ACCESS_APPROVE),
    step("refuse", AP.PROPOSED, AP.REFUSED, P.ACCESS_APPROVE, needs_reason=True),
    step("undo", (AP.GIVEN, AP.ANNOUNCED, AP.REFUSED), AP.PROPOSED, P.ACCESS_APPROVE),
    step("object", AP.ANNOUNCED, AP.OBJECTED, P.ACCESS_OBJECT),
    step("give", AP.ANNOUNCED, AP.GIVEN, None),
    step("withdraw", (AP.PROPOSED, AP.ANNOUNCED), AP.WITHDRAWN, P.ACCESS_WITHDRAW),
)

INVITATION = table(
    "invitation",
    step("invite", None, I.OPEN, P.MEMBER_INVITE),
    step("accept", I.OPEN, I.ACCEPTED, P.ACCOUNT_EDIT),
    step("revoke", I.OPEN, I.REVOKED, P.INVITATION_REVOKE),
    # Asked by the person invited, whose mail it goes to.
    step("mailed_again", I.OPEN, SAME, P.ACCOUNT_EDIT),
)

# An address of an organisation, where its mails go as well.
MAILBOX = table(
    "mailbox",
    step("name_mailbox", None, M.UNPROVED, P.MAILBOX_SET),
    # Also where mail no longer arrives.
    step("mailed_again", (M.UNPROVED, M.IN_USE), SAME, P.MAILBOX_SET),
    # By the link that was mailed there.
    step("prove", M.UNPROVED, M.IN_USE, None),
    step("remove", (M.UNPROVED, M.IN_USE), M.PUT_AWAY, P.MAILBOX_SET),
    step("put_back", M.PUT_AWAY, M.IN_USE, P.MAILBOX_SET, offered_if="was_proved"),
)

# To a role in the vereniging.
STAFF_INVITATION = table(
    "staff_invitation",
    step("invite", None, I.OPEN, P.ROLE_ASSIGN),
    step("accept", I.OPEN, I.ACCEPTED, P.ACCOUNT_EDIT),
    step("revoke", I.OPEN, I.REVOKED, P.ROLE_ASSIGN),
    step("mailed_again", I.OPEN, SAME, P.ROLE_ASSIGN),
)

MEMBERSHIP = table(
    "membership",
    # Follows from an invitation that was accepted, or a request that was granted.
    act("joined", None),
    act("role_changed", P.MEMBER_MANAGE),
    act("removed", P.MEMBER_MANAGE),
    act("left", P.MEMBER_LEAVE),
)
