"""What changed, who follows it, and what of it they are told."""

from portal.following.change import Change
from portal.following.queries.changes import (
    ADDRESSES,
    changes_between,
    changes_in,
    find_commitment_title,
    has_news,
    latest,
    latest_month,
    months_beside,
    newest_between,
)
from portal.following.queries.filtering import ChangeFilter
from portal.following.queries.followers import (
    begin_of_run,
    find_follow,
    find_follow_by_id,
    find_follower,
    find_follower_by_id,
    follower_at,
    follower_of,
    followers_from,
    get_request,
    hold_follows,
    is_followed,
    letter_key,
    told_until,
)

__all__ = [
    "ADDRESSES",
    "Change",
    "ChangeFilter",
    "begin_of_run",
    "changes_between",
    "changes_in",
    "find_commitment_title",
    "find_follow",
    "find_follow_by_id",
    "find_follower",
    "find_follower_by_id",
    "follower_at",
    "follower_of",
    "followers_from",
    "get_request",
    "has_news",
    "hold_follows",
    "is_followed",
    "latest",
    "latest_month",
    "letter_key",
    "months_beside",
    "newest_between",
    "told_until",
]
