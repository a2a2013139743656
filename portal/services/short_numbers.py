"""Giving promises and signatures their short number, once and for ever."""

from __future__ import annotations

from portal.core.db import db
from portal.services.models import Numbered, ShortNumber


def give_number(item: Numbered) -> None:
    """Give what becomes public the next number, unless it has one from an earlier time.

    Two acts at the same moment never get the same; one that is given up may leave a gap.
    """
    if item.short_number is None:
        number = ShortNumber(thing=item.thing)
        db.session.add(number)
        db.session.flush()
        item.short_number = number.id
