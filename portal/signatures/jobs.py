"""What the worker does for signatures: report mail that came back, and end what is due to end."""

from __future__ import annotations

from datetime import timedelta

from portal.core.db import write_section
from portal.services.history import record
from portal.services.upkeep import every
from portal.signatures import actions, mails, queries


@every(timedelta(minutes=5))
def tell_of_bounced() -> None:
    """Mail the sender of every link whose mail came back, once for each link."""
    for link_id in queries.bounced_link_ids():
        with write_section():
            link = queries.get_link(link_id)
            # Another worker may have reported it just now.
            if link_id in queries.bounced_link_ids() and mails.bounced(link):
                record(link.signature, "bounced", by=None)


@every(timedelta(minutes=5))
def end_signatures() -> None:
    """End every signature of which the days to stop its ending are over, each by itself."""
    for ending_id in queries.due_ending_ids():
        with write_section():
            actions.finish_end(queries.get_ending(ending_id))
