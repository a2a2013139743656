"""What no visitor ever sees. All else counts as public: whatever is forgotten here is not kept."""

from __future__ import annotations

from collections.abc import Mapping

from portal.lifecycle import (
    ArticleState,
    CommentState,
    CommitmentState,
    EndingState,
    PactVersionState,
    RappelState,
    ReportState,
    SignatureState,
    TextState,
)

# Tables of which no page for visitors shows a row.
TABLES = frozenset(
    {
        "absence",
        "access_proposal",
        "access_request",
        "account_session",
        "account_token",
        "arrival",
        "backup_made",
        "draft",
        "ending_stop_link",
        "follow",
        "follow_request",
        "follower",
        "heartbeat",
        "history_reason",
        "identity_proposal",
        "intake",
        "intake_row",
        "invitation",
        "job",
        "job_tally",
        "known_browser",
        "limit_counter",
        "mailbox",
        "news_run",
        "past_membership",
        "pending_sign_in",
        "public_mark",
        "rappel_plan",
        "recovery_code",
        # Its page is not kept.
        "register_archive",
        # Of the index a page shows what it leads to, and that page is not kept.
        "search_due",
        "search_entry",
        "search_gram",
        "search_miss",
        "search_posting",
        "search_word",
        "second_factor",
        "sent_reminder",
        "short_number",
        "signature_link",
        "staff_invitation",
        "trouble",
        "unreachable_address",
        "used_key",
    }
)

# Table -> columns that show nowhere. `version` and the like count how often something was saved.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "email",
        "email_key",
        "password_hash",
        "is_long_password",
        "locale",
        "is_moderator",
        "is_beheerder",
        "has_desk_keys",
        "confirmed_at",
        "created_at",
        "entered_at",
        "blocked_at",
        "unreachable_since",
        "version",
    ),
    "discussion": ("pending_count",),
}


def _one_of(*states: str) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"{{row}}.state IN ({listed})"


def _none_of(*states: str) -> str:
    return _one_of(*states).replace(" IN ", " NOT IN ")


# Table -> when a row shows; {row} stands for it.
SHOWN: Mapping[str, str] = {
    "article": _none_of(ArticleState.DRAFT),
    "comment": _none_of(CommentState.PENDING, CommentState.REFUSED),
    "comment_version": _one_of(TextState.PLACED, TextState.REPLACED),
    "commitment": _none_of(CommitmentState.DRAFT, CommitmentState.DISCARDED),
    "ending": _one_of(EndingState.ENDED),
    # Of an ended signature the page tells how it ended.
    "history": "{row}.subject = 'signature' AND 'ended' IN ({row}.from_state, {row}.to_state)",
    "organisation": "{row}.published_at IS NOT NULL",
    "pact_version": _none_of(PactVersionState.DRAFT),
    "profile_text": _one_of(TextState.PLACED, TextState.REPLACED),
    "rappel": _one_of(RappelState.PUBLISHED),
    "yearly_report": _one_of(ReportState.ESTABLISHED),
    "signature": _one_of(SignatureState.ADMITTED, SignatureState.ENDED),
}
