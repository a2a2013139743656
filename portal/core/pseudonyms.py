"""What stands in the log for a person or an address: the same all day, another one tomorrow."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from portal.core import clock
from portal.core.settings import settings

SIGNS = 12


def pseudonym(kind: str, value: str, day: date | None = None) -> str:
    """Return what stands for `value` in the log of a day, today without one.

    Nobody gets the value back without SECRET_KEY, and no line tells of two days whether it was the
    same; who knows the value can look for it in the lines of a day.
    """
    key = f"{settings().secret_key} log {day or clock.today()}".encode()
    return hmac.new(key, f"{kind} {value}".encode(), hashlib.sha256).hexdigest()[:SIGNS]
