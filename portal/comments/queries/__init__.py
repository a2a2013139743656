"""Every read of discussions and comments."""

from portal.comments.queries.finding import (
    DiscussionRow,
    get_comment,
    get_discussion,
    latest_version,
    placed_versions,
)
from portal.comments.queries.own import (
    comments_by,
    decisions_on,
    find_answered,
    find_placed_thread,
    find_voice,
    find_waiting_double,
    voices_of,
)
from portal.comments.queries.threads import (
    THREAD_PARAMETER,
    WAITING,
    Posted,
    Thread,
    address_of,
    thread_for,
    visible_to,
)

__all__ = [
    "THREAD_PARAMETER",
    "WAITING",
    "DiscussionRow",
    "Posted",
    "Thread",
    "address_of",
    "comments_by",
    "decisions_on",
    "find_answered",
    "find_placed_thread",
    "find_voice",
    "find_waiting_double",
    "get_comment",
    "get_discussion",
    "latest_version",
    "placed_versions",
    "thread_for",
    "visible_to",
    "voices_of",
]
