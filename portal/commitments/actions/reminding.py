"""The reminders that go out: one mail for each person a day, and a row for each reminder in it."""

from __future__ import annotations

from collections.abc import Sequence

from portal.commitments import mails
from portal.commitments.models import SentReminder
from portal.commitments.queries.reminding import Due, WriterRow, still_due
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings


def remind(writer: WriterRow, dues: Sequence[Due]) -> None:
    """Mail one person what they are to be reminded of, and keep that each was sent.

    What somebody reported in the meantime is left out; without anything left there is no mail.
    """
    on, grace_days = clock.today(), settings().grace_days
    due_now = still_due(dues, on=on, grace_days=grace_days)
    for due in due_now:
        db.session.add(
            SentReminder(
                commitment_id=due.row.id,
                account_id=writer.account_id,
                occasion=due.reminder.occasion,
                about=due.reminder.about,
                due_on=due.reminder.due_on,
                sent_on=on,
                sent_at=clock.now(),
            )
        )
    db.session.flush()
    if due_now:
        mails.reminded(writer, due_now, on=on, grace_days=grace_days)
