"""The queue."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.moderation import queries
from portal.moderation.views.arrivals import DID
from portal.moderation.views.page import address_of, bp
from portal.policy import Permission
from portal.signatures.queries import running_endings
from portal.web.address import cursor_in_address
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/werkvoorraad")
@requires(Permission.QUEUE_READ)
def desk() -> ResponseReturnValue:
    """Everything that waits for a decision, oldest first."""
    page = queries.queue_page(cursor_in_address())
    return render_template(
        "moderation/desk.html",
        page=page,
        records=queries.records_of(page.rows),
        address_of=address_of,
        endings=running_endings() if page.previous is None else [],
        arrivals=queries.unseen_arrivals() if page.previous is None else [],
        did=DID,
        button_form=ButtonForm.open(),
    )


@bp.get("/werkvoorraad/volgende")
@requires(Permission.QUEUE_READ)
def following() -> ResponseReturnValue:
    """Open the oldest thing that the viewer may decide on; the queue when there is none."""
    item = queries.next_item(viewer())
    return redirect(address_of(item) if item is not None else url_for("moderation.desk"))
