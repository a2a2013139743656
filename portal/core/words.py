"""Dates, moments, numbers and file sizes written for a reader, in Dutch and English."""

from __future__ import annotations

from datetime import date, datetime

from portal.core.clock import AMSTERDAM
from portal.core.i18n import current_locale, number_words
from portal.core.i18n import gettext as _

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_MONTHS = {locale: names.split() for locale, names in MONTHS.items()}

# Above this nobody reads how many wait, and every page of a moderator would count them.
MOST_COUNTED = 999


def date_words(value: date | datetime | None, locale: str | None = None) -> str:
    """Return "3 juli 2019" or "3 July 2019", in Amsterdam's calendar; "" for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(AMSTERDAM).date()
    month = _MONTHS[locale or current_locale()][value.month - 1]
    return f"{value.day} {month} {value.year}"


def moment_words(value: datetime | None, locale: str | None = None) -> str:
    """Return "3 juli 2019 om 14.05 uur" or "3 July 2019 at 14:05"; "" for None."""
    if value is None:
        return ""
    local = value.astimezone(AMSTERDAM)
    day = date_words(local.date(), locale)
    if (locale or current_locale()) == "en":
        return f"{day} at {local:%H:%M}"
    return f"{day} om {local.hour}.{local:%M} uur"


def count_words(count: int) -> str:
    """Return a count that was not continued beyond MOST_COUNTED: "12", and "999+" above that."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


_UNITS = (("MB", 10**6), ("GB", 10**9), ("TB", 10**12))


def size_words(value: int) -> str:
    """Return a size in bytes as "480 kB", "1,2 MB" or "75,4 GB", in English "1.2 MB"."""
    if value < 999_500:
        return f"{max(1, round(value / 1000))} kB"
    # Not 1000,0 MB, but 1,0 GB.
    unit = next((unit for unit, bytes_of in _UNITS if value < 999.95 * bytes_of), "TB")
    words = f"{value / dict(_UNITS)[unit]:.1f} {unit}"
    return words if current_locale() == "en" else words.replace(".", ",")


def limit_words(most: int) -> str:
    """Return a limit in bytes as the settings name it: "20 MB", each 1024 times 1024; "600 kB"."""
    return f"{most // 1024**2} MB" if most >= 1024**2 else f"{most // 1000} kB"


def too_long(length: int, *, most: int) -> str:
    """Return the message for a text of `length` characters where at most `most` are taken."""
    message = _(
        "Gebruik hoogstens %(most)s tekens. U gebruikt er %(over)s te veel.",
        most=number_words(most),
        over=number_words(length - most),
    )
    return str(message)
