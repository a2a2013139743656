"""What the worker does for signatures: report that the mail with a link came back."""

from __future__ import annotations

from datetime import timedelta

from portal.core.db import write_section
from portal.services.history import record
from portal.services.upkeep import every
from portal.signatures import mails, queries


@every(timedelta(minutes=5))
def tell_of_bounced() -> None:
    """Mail the sender of every link whose mail came back, once for each link."""
    for link_id in queries.bounced_link_ids():
        with write_section():
            link = queries.get_link(link_id)
            # Another worker may have reported it just now.
            if link_id in queries.bounced_link_ids() and mails.bounced(link):
                record(link.signature, "bounced", by=None)
