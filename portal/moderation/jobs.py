"""What the worker does for the desk: mail the moderators when something waits too long."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.db import write_section
from portal.core.words import moment_words
from portal.moderation.queries import oldest_item, waiting_total
from portal.moderation.working_days import is_working_day
from portal.organisations.queries import moderators
from portal.services import mail
from portal.services.upkeep import every


@every(timedelta(minutes=15))
def tell_of_long_waiting() -> None:
    """Mail every moderator, once a working day, when the oldest thing waits over a working day."""
    oldest = oldest_item()
    if oldest is None or not oldest.is_late or not is_working_day(clock.now()):
        return
    total = waiting_total()
    # Names the thing and the day, so that a day brings one mail about it.
    occasion = f"{oldest.kind.thing}-{oldest.row.id}-{clock.today().isoformat()}"
    with write_section():
        for moderator in moderators():
            mail.send(
                "moderation_waiting",
                to=moderator.email,
                locale=moderator.locale,
                key=f"moderation-waiting-{occasion}-{moderator.id}",
                addressee=moderator.name,
                total=total,
                since=moment_words(oldest.row.since, moderator.locale),
                title=oldest.row.title,
            )
