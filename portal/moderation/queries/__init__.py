"""What waits for the vereniging: a query over states."""

from portal.moderation.queries.arrivals import get_arrival, seen_arrivals, unseen_arrivals
from portal.moderation.queries.decided import Decided, decided_page
from portal.moderation.queries.hidden import get_hidable, hidden_page
from portal.moderation.queries.lengths import waits_by_kind
from portal.moderation.queries.queue import (
    get_thing,
    item_of,
    next_item,
    oldest_item,
    previous_item,
    queue_page,
    waiting_count,
    waiting_total,
)
from portal.moderation.queries.writers import Record, records_of

__all__ = [
    "Decided",
    "Record",
    "decided_page",
    "get_arrival",
    "get_hidable",
    "get_thing",
    "hidden_page",
    "item_of",
    "next_item",
    "oldest_item",
    "previous_item",
    "queue_page",
    "records_of",
    "seen_arrivals",
    "unseen_arrivals",
    "waiting_count",
    "waiting_total",
    "waits_by_kind",
]
