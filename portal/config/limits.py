"""How often something may be done: the numbers, and the variables that change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` acts in `window` for one key; `env` names the variable that changes it."""

    count: int
    window: timedelta
    env: str


LIMITS: dict[str, Limit] = {
    "sign_in_pair": Limit(10, timedelta(minutes=5), "LIMIT_SIGN_IN"),
    "sign_in_known": Limit(10, timedelta(minutes=5), "LIMIT_SIGN_IN"),
    "sign_in_address": Limit(100, timedelta(minutes=5), "LIMIT_SIGN_IN_ADDRESS"),
    "sign_in_account": Limit(100, timedelta(hours=1), "LIMIT_SIGN_IN_ACCOUNT"),
    "sign_in_all": Limit(1000, timedelta(minutes=5), "LIMIT_SIGN_IN_ALL"),
    "password_account": Limit(10, timedelta(minutes=5), "LIMIT_PASSWORD"),
    "code_account": Limit(5, timedelta(minutes=5), "LIMIT_CODE"),
    "code_day_account": Limit(50, timedelta(days=1), "LIMIT_CODE_DAY"),
    "register_address": Limit(10, timedelta(hours=3), "LIMIT_REGISTER"),
    "known_account": Limit(3, timedelta(days=1), "LIMIT_REGISTER_KNOWN"),
    "confirm_account": Limit(5, timedelta(hours=6), "LIMIT_CONFIRM"),
    "reset_account": Limit(5, timedelta(days=1), "LIMIT_RESET"),
    "reset_address": Limit(20, timedelta(hours=1), "LIMIT_RESET_ADDRESS"),
    "comment_account": Limit(10, timedelta(minutes=10), "LIMIT_COMMENT"),
    "application_account": Limit(20, timedelta(days=1), "LIMIT_APPLICATION"),
    "invitation_account": Limit(50, timedelta(days=1), "LIMIT_INVITATION"),
    "upload_account": Limit(60, timedelta(hours=1), "LIMIT_UPLOAD"),
    "preview_account": Limit(60, timedelta(minutes=10), "LIMIT_PREVIEW"),
    "draft_address": Limit(30, timedelta(hours=1), "LIMIT_DRAFT"),
    "barrier_address": Limit(5, timedelta(hours=1), "LIMIT_BARRIER"),
    "barrier_all": Limit(100, timedelta(days=1), "LIMIT_BARRIER_ALL"),
    "follow_address": Limit(20, timedelta(hours=1), "LIMIT_FOLLOW"),
    "follow_email": Limit(5, timedelta(days=1), "LIMIT_FOLLOW_EMAIL"),
    "search_address": Limit(300, timedelta(minutes=5), "LIMIT_SEARCH"),
    "suggest_address": Limit(1200, timedelta(minutes=5), "LIMIT_SUGGEST"),
    "past_address": Limit(300, timedelta(minutes=5), "LIMIT_PAST"),
    "take_address": Limit(60, timedelta(minutes=5), "LIMIT_TAKE"),
    "paper_address": Limit(30, timedelta(minutes=5), "LIMIT_PAPER"),
    "link_address": Limit(60, timedelta(minutes=10), "LIMIT_LINK"),
}
