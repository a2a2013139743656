"""The reminders that go out: one mail for each person a day, and a row for each reminder in it."""

from __future__ import annotations

from collections.abc import Sequence

from portal.commitments import mails
from portal.commitments.models import SentReminder
from portal.commitments.queries.reminding import Due, WriterRow, not_told, still_due
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.organisations.queries import mailbox_reader, writers_of


def remind(writer: WriterRow, dues: Sequence[Due]) -> None:
    """Mail one person what they are to be reminded of, and keep that each was sent.

    The mailbox of an organisation gets what nobody there was reminded of yet.

    What somebody reported in the meantime is left out; without anything left there is no mail.
    """
    on, grace_days = clock.today(), settings().grace_days
    due_now = still_due(dues, on=on, grace_days=grace_days)
    for_mailboxes = not_told(due_now)
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
    for number in sorted({due.row.organisation_id for due in for_mailboxes}):
        mailbox = mailbox_reader(number, writers_of(number))
        if mailbox is not None:
            theirs = [due for due in for_mailboxes if due.row.organisation_id == number]
            mails.reminded_mailbox(mailbox, theirs, on=on, grace_days=grace_days)
