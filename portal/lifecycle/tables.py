"""Every act of every thing, one table a thing: whence it leads, where to, and who may."""

from __future__ import annotations

from portal.lifecycle.intake import INTAKE
from portal.lifecycle.joining import (
    ACCESS_PROPOSAL,
    ACCESS_REQUEST,
    INVITATION,
    MAILBOX,
    MEMBERSHIP,
    STAFF_INVITATION,
)
from portal.lifecycle.reporting import YEARLY_REPORT
from portal.lifecycle.signing import ENDING, SIGNATURE
from portal.lifecycle.states import (
    ArticleState,
    CommentState,
    CommitmentState,
    EndingState,
    PactVersionState,
    ProposalState,
    RappelState,
    SignatureState,
    TextState,
)
from portal.lifecycle.steps import (
    SAME,
    Sources,
    Table,
    act,
    answers,
    confirm_hidden,
    hide,
    restore,
    step,
    table,
)
from portal.policy import Permission

P = Permission
A, C, T = ArticleState, CommentState, TextState
CO, PV = CommitmentState, PactVersionState
S, E, PR, RA = SignatureState, EndingState, ProposalState, RappelState


def _text(thing: str, write: Permission, moderate: Permission) -> Table:
    """A version of a public text, which waits for a moderator."""
    waits = (T.PENDING, T.CHANGE_ASKED)
    return table(
        thing,
        step("submit", None, T.PENDING, write),
        step("place", T.PENDING, T.PLACED, moderate),
        step("ask_change", T.PENDING, T.CHANGE_ASKED, moderate, needs_reason=True),
        step("refuse", T.PENDING, T.REFUSED, moderate, needs_reason=True),
        step("replace", waits, T.REPLACED, write),
        step("supersede", T.PLACED, T.SUPERSEDED, moderate),
        step("undo", (T.PLACED, T.CHANGE_ASKED, T.REFUSED), T.PENDING, moderate),
        # What gave way to a text of which the placing is undone.
        step("stand_again", T.SUPERSEDED, T.PLACED, moderate),
        step("withdraw", (*waits, T.PLACED), T.WITHDRAWN, write),
    )


def _hiding(thing: str, shown: Sources = None, back: Sources = None) -> Table:
    """What is hidden and brought back; `shown` and `back` are its states then, if it has any."""
    return table(thing, hide(shown), restore(back), confirm_hidden(back))


COMMENT = table(
    "comment",
    step("post", None, C.PENDING, P.COMMENT_POST),
    step("place", C.PENDING, C.PLACED, P.COMMENT_MODERATE),
    step("refuse", C.PENDING, C.REFUSED, P.COMMENT_MODERATE),
    step("undo", (C.PLACED, C.REFUSED), C.PENDING, P.COMMENT_MODERATE, is_in_sight=True),
    step("edited", (C.PENDING, C.PLACED), SAME, P.COMMENT_EDIT, is_in_sight=True),
    step("withdraw", (C.PENDING, C.PLACED), C.WITHDRAWN, P.COMMENT_EDIT),
    hide(C.PLACED),
    restore((C.PLACED, C.WITHDRAWN)),
    confirm_hidden((C.PLACED, C.WITHDRAWN)),
    # Its writer no longer belongs to the organisation in whose name it was said.
    step("voice_lost", (C.PENDING, C.PLACED), SAME, None),
)

WRITABLE = (CO.DRAFT, CO.PUBLISHED)
COMMITMENT = table(
    "commitment",
    step("draft", None, CO.DRAFT, P.COMMITMENT_DRAFT),
    step("edited", WRITABLE, SAME, P.COMMITMENT_EDIT),
    step("document_added", WRITABLE, SAME, P.COMMITMENT_EDIT),
    step("document_renewed", WRITABLE, SAME, P.COMMITMENT_EDIT),
    # What is told of one, and what it says as a page of the portal.
    step("document_described", WRITABLE, SAME, P.COMMITMENT_EDIT),
    step("document_written_out", WRITABLE, SAME, P.COMMITMENT_EDIT),
    # What was public once is never taken away.
    step("document_removed", CO.DRAFT, SAME, P.COMMITMENT_EDIT),
    step("publish", CO.DRAFT, CO.PUBLISHED, P.COMMITMENT_ENTER),
    step("discard", CO.DRAFT, CO.DISCARDED, P.COMMITMENT_EDIT),
    step("reported", CO.PUBLISHED, SAME, P.COMMITMENT_ENTER),
    step(
        "term_moved",
        CO.PUBLISHED,
        SAME,
        P.COMMITMENT_EDIT,
        needs_reason=True,
        offered_if="is_unfinished",
    ),
    # What its people expect, beside the term.
    step("foretold", CO.PUBLISHED, SAME, P.PROGNOSIS_GIVE, offered_if="is_unfinished"),
    step("withdraw", CO.PUBLISHED, CO.WITHDRAWN, P.COMMITMENT_EDIT, needs_reason=True),
    step("close", CO.PUBLISHED, CO.WITHDRAWN, P.COMMITMENT_CLOSE),
    *answers(CO.PUBLISHED, P.CLAIM_ANSWER),
    # It was brought in by mistake with a file, and nothing was built on it.
    step("undo_entry", CO.PUBLISHED, CO.DISCARDED, P.INTAKE_RUN),
    hide((CO.PUBLISHED, CO.WITHDRAWN)),
    restore((CO.PUBLISHED, CO.WITHDRAWN)),
    confirm_hidden((CO.PUBLISHED, CO.WITHDRAWN)),
)

# A message about progress, once it is there.
PROGRESS_UPDATE = table(
    "progress_update",
    act("retracted", P.CLAIM_RETRACT, needs_reason=True),
    *answers(None, P.CLAIM_ANSWER),
    hide(None),
    restore(None),
    confirm_hidden(None),
)

PROGNOSIS = table(
    "prognosis",
    act("recalled", P.PROGNOSIS_GIVE),
    hide(None),
    restore(None),
    confirm_hidden(None),
)

ARTICLE = table(
    "article",
    step("draft", None, A.DRAFT, P.ARTICLE_EDIT),
    step("edited", (A.DRAFT, A.PUBLISHED), SAME, P.ARTICLE_EDIT),
    step("publish", A.DRAFT, A.PUBLISHED, P.ARTICLE_EDIT),
    step("unpublish", A.PUBLISHED, A.DRAFT, P.ARTICLE_EDIT),
    hide(A.PUBLISHED),
    restore(tuple(A)),
    confirm_hidden(tuple(A)),
)

PACT_VERSION = table(
    "pact_version",
    step("draft", None, PV.DRAFT, P.PACT_EDIT),
    # A published text never changes.
    step("edited", PV.DRAFT, SAME, P.PACT_EDIT),
    step("publish", PV.DRAFT, PV.PUBLISHED, P.PACT_EDIT),
)

ACCOUNT = table(
    "account",
    act("created", None),
    act("confirmed", None),
    act("renamed", P.ACCOUNT_EDIT),
    act("password_changed", P.ACCOUNT_EDIT),
    act("password_reset", None),
    act("email_asked", P.ACCOUNT_CONFIRM),
    act("email_changed", None),
    act("blocked", None),
    act("unblocked", None),
    act("sessions_ended", None),
    act("erased", None),
    act("moderator_given", P.ROLE_ASSIGN),
    act("moderator_taken", P.ROLE_ASSIGN),
    act("beheerder_given", P.ROLE_ASSIGN),
    act("beheerder_taken", P.ROLE_ASSIGN),
    act("second_factor_set", P.ACCOUNT_EDIT),
    act("second_factor_off", P.ACCOUNT_EDIT),
    act("second_factor_reset", P.SECOND_FACTOR_RESET, needs_reason=True),
    act("recovery_codes_renewed", P.ACCOUNT_EDIT),
    # Instead of a code of the telephone, on the way in.
    act("recovery_code_used", None),
    # The keys of the moderators' desk.
    act("desk_keys_on", P.ACCOUNT_EDIT),
    act("desk_keys_off", P.ACCOUNT_EDIT),
)

ORGANISATION = table(
    "organisation",
    act("created", P.ORGANISATION_CREATE),
    act("entered", P.ORGANISATION_ENTER),
    act("edited", P.ORGANISATION_EDIT),
    act("corrected", P.ORGANISATION_CORRECT, needs_reason=True),
    *answers(None, P.CLAIM_ANSWER),
    act("logo_set", P.ORGANISATION_EDIT),
    act("logo_removed", P.ORGANISATION_EDIT),
    # Follow from the admission of its first signature, and from undoing that.
    act("published", None),
    act("unpublished", None),
    # Follow from what a moderator does with a proposal.
    act("identity_placed", None),
    act("identity_set_back", None),
    act("freeze", P.ORGANISATION_FREEZE, needs_reason=True),
    act("unfreeze", P.ORGANISATION_FREEZE),
)

WAITS = (PR.PENDING, PR.CHANGE_ASKED)
IDENTITY_PROPOSAL = table(
    "identity_proposal",
    step("propose", None, PR.PENDING, P.ORGANISATION_PROPOSE),
    step("place", PR.PENDING, PR.PLACED, P.PROPOSAL_DECIDE),
    step("ask_change", PR.PENDING, PR.CHANGE_ASKED, P.PROPOSAL_DECIDE, needs_reason=True),
    step("refuse", PR.PENDING, PR.REFUSED, P.PROPOSAL_DECIDE, needs_reason=True),
    step("replace", WAITS, PR.REPLACED, P.ORGANISATION_PROPOSE),
    step("withdraw", WAITS, PR.WITHDRAWN, P.ORGANISATION_PROPOSE),
    step("set_back", PR.PLACED, PR.SET_BACK, P.PROPOSAL_DECIDE, needs_reason=True),
    # Of one that was placed, setting it back undoes it.
    step("undo", (PR.CHANGE_ASKED, PR.REFUSED), PR.PENDING, P.PROPOSAL_DECIDE),
)


RAPPEL = table(
    "rappel",
    step("prepare", None, RA.READY, P.RAPPEL_RUN),
    step("drop", RA.READY, RA.DROPPED, P.RAPPEL_RUN),
    step("send", RA.READY, RA.LEAVING, P.RAPPEL_RUN),
    step("stop", RA.LEAVING, RA.READY, P.RAPPEL_RUN),
    # By the worker, once it can no longer be stopped.
    step("go_out", RA.LEAVING, RA.OPEN, None),
    step("remind", RA.OPEN, RA.REMINDING, P.RAPPEL_RUN, offered_if="is_remindable"),
    step("stop_reminding", RA.REMINDING, RA.OPEN, P.RAPPEL_RUN),
    step("go_again", RA.REMINDING, RA.OPEN, None),
    step("publish", RA.OPEN, RA.PUBLISHED, P.RAPPEL_RUN),
    step("reopen", RA.PUBLISHED, RA.OPEN, P.RAPPEL_RUN),
)


def _kept_by(thing: str, permission: Permission) -> Table:
    """A row that is added and edited, and has nothing else to tell."""
    return table(thing, act("added", permission), act("edited", permission))


LIFECYCLES: dict[str, Table] = {
    "comment": COMMENT,
    "comment_version": _text("comment_version", P.COMMENT_EDIT, P.COMMENT_MODERATE),
    "profile": {
        **_text("profile", P.ORGANISATION_EDIT, P.PROFILE_MODERATE),
        **_hiding("profile", T.PLACED, (T.PLACED, T.SUPERSEDED, T.WITHDRAWN)),
    },
    "document_version": _hiding("document_version"),
    "picture": _hiding("picture"),
    # Why a signatory disowns a claim.
    "disowning": _hiding("disowning"),
    "signature": SIGNATURE,
    "ending": ENDING,
    "commitment": COMMITMENT,
    "progress_update": PROGRESS_UPDATE,
    "prognosis": PROGNOSIS,
    # An old text of a promise.
    "revision": _hiding("revision"),
    "article": ARTICLE,
    "yearly_report": YEARLY_REPORT,
    "pact_version": PACT_VERSION,
    "access_proposal": ACCESS_PROPOSAL,
    "access_request": ACCESS_REQUEST,
    "invitation": INVITATION,
    "staff_invitation": STAFF_INVITATION,
    "account": ACCOUNT,
    "organisation": ORGANISATION,
    "identity_proposal": IDENTITY_PROPOSAL,
    "membership": MEMBERSHIP,
    "intake": INTAKE,
    # Who stood in is gone by leaving the organisation.
    "absence": table(
        "absence",
        act("set", P.ABSENCE_SET),
        act("came_back", P.ABSENCE_SET),
        act("stepped_back", P.ABSENCE_SET),
        act("stand_in_left", None),
    ),
    "mailbox": MAILBOX,
    # Of the first eigenaar of a public organisation.
    "arrival": table("arrival", act("seen", P.ARRIVAL_SEE), act("unseen", P.ARRIVAL_SEE)),
    "organisation_kind": _kept_by("organisation_kind", P.SETTINGS_EDIT),
    "signing_event": _kept_by("signing_event", P.SIGNATURE_ENTER),
    "layer": _kept_by("layer", P.PACT_EDIT),
    "principle": _kept_by("principle", P.PACT_EDIT),
    "rappel": RAPPEL,
    "rappel_plan": table("rappel_plan", act("edited", P.RAPPEL_RUN)),
    "vereniging": table("vereniging", act("edited", P.SETTINGS_EDIT)),
    "legal_text": table("legal_text", act("edited", P.SETTINGS_EDIT)),
    "accessibility_statement": table("accessibility_statement", act("edited", P.SETTINGS_EDIT)),
}
