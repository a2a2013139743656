"""What the worker does for organisations: give what nobody objected to, keep HTML as of today."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.folding import fold
from portal.core.markdown import render_typed
from portal.organisations import queries
from portal.organisations.actions import forget_mailboxes, forget_past, give_due
from portal.organisations.models import AccessProposal, Organisation, ProfileText
from portal.services.rendering import keeps_folded, keeps_html
from portal.services.upkeep import every

keeps_folded(Organisation.folded_name, (Organisation.name,), fold)
keeps_html(ProfileText.html, ProfileText.body, render_typed)


@every(timedelta(hours=1))
def forget_past_absences() -> None:
    """Forget who was away: it ended by itself."""
    with write_section():
        forget_past(clock.today())


@every(timedelta(hours=1))
def forget_old_mailboxes() -> None:
    """Forget the addresses that were removed, or never proved, a while ago."""
    with write_section():
        forget_mailboxes()


@every(timedelta(minutes=5))
def give_announced_access() -> None:
    """Let in everybody whose announced access is due, each in a transaction of its own."""
    for number in queries.due_proposals():
        with write_section():
            give_due(db.session.get_one(AccessProposal, number))
