"""The queue."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.moderation import queries
from portal.moderation.views.page import address_of, bp
from portal.policy import Permission
from portal.web.guard import requires


@bp.get("/werkvoorraad")
@requires(Permission.QUEUE_READ)
def desk() -> ResponseReturnValue:
    """Everything that waits for a decision, oldest first."""
    page = queries.queue_page()
    return render_template(
        "moderation/desk.html",
        page=page,
        records=queries.records_of([item.author_id for item in page.items]),
        address_of=address_of,
    )
