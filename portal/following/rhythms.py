"""How often somebody who follows gets mail, and when such a mail is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from portal.core.clock import AMSTERDAM
from portal.core.i18n import lazy_gettext as _l


class Rhythm(StrEnum):
    """How often mail comes, as addresses and rows name it; the quickest first."""

    AT_ONCE = "meteen"
    DAILY = "dagelijks"
    WEEKLY = "wekelijks"


LABELS: dict[Rhythm, object] = {
    Rhythm.AT_ONCE: _l("meteen, bij elke verandering"),
    Rhythm.DAILY: _l("hoogstens een keer per dag"),
    Rhythm.WEEKLY: _l("hoogstens een keer per week, op maandag"),
}
# When mails of a day or a week leave, in Amsterdam.
HOUR = 7
MONDAY = 0
# An act that was logged this long ago is committed, whatever order the database saw it in.
SETTLED = timedelta(seconds=10)


def due_at(rhythm: Rhythm, now: datetime, wait: timedelta) -> datetime:
    """Return up to which moment news of this rhythm is told now.

    Nothing of the last `wait`: what is undone in that time is never told.
    """
    settled = now - max(wait, SETTLED)
    if rhythm is Rhythm.AT_ONCE:
        return settled
    local = settled.astimezone(AMSTERDAM)
    day = local.date() - timedelta(days=local.time() < time(HOUR))
    if rhythm is Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, time(HOUR), AMSTERDAM)
