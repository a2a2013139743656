"""What the worker does for commitments: remind their people, and keep HTML as of today."""

from __future__ import annotations

from datetime import timedelta

from portal.commitments.actions.reminding import remind
from portal.commitments.models import Commitment, Prognosis, Update
from portal.commitments.queries.reminding import due_by_person
from portal.core import clock
from portal.core.db import write_section
from portal.core.folding import fold, sort_key
from portal.core.markdown import render_typed
from portal.core.settings import settings
from portal.services.rendering import keeps_folded, keeps_html
from portal.services.upkeep import every

keeps_folded(Commitment.folded, (Commitment.title, Commitment.what), fold)
keeps_folded(Commitment.sort_title, (Commitment.title,), sort_key)
keeps_html(Commitment.what_html, Commitment.what, render_typed)
keeps_html(Update.html, Update.body, render_typed)
keeps_html(Prognosis.html, Prognosis.body, render_typed)
keeps_html(Update.ahead_html, Update.ahead, render_typed)

# Nobody is woken by it.
FIRST_HOUR = 7


@every(timedelta(hours=1))
def remind_of_promises() -> None:
    """Mail the people of signatories what their promises ask for; each at most once a day."""
    if clock.now().astimezone(clock.AMSTERDAM).hour < FIRST_HOUR:
        return
    found = due_by_person(on=clock.today(), grace_days=settings().grace_days)
    for writer, dues in found.items():
        with write_section():
            remind(writer, dues)
