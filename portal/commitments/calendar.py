"""Terms as a calendar (iCalendar, RFC 5545): each an event of whole days, with the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from portal.commitments.queries.along import TermRow
from portal.commitments.standing import Progress
from portal.commitments.words import KINDS, PROGRESS
from portal.core.addresses import full_address
from portal.core.i18n import current_locale, ngettext
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.core.short_numbers import short_number
from portal.core.version import VERSION
from portal.terms import wording

MIME_TYPE = "text/calendar"
# How often a program need look again.
REFRESH = timedelta(hours=12)


def calendar_of(name: str, rows: Sequence[TermRow]) -> bytes:
    """Return the terms as one calendar in the language of the page.

    An event keeps its UID when its term is moved, and its SEQUENCE rises, so that a program that
    has it puts it in its new place. A promise that was withdrawn is a cancelled event.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Groeipact//portal {VERSION}//{current_locale().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row))
    content: bytes = calendar.to_ical()
    return content


def _event(row: TermRow) -> Event:
    first, last = _days(row)
    is_withdrawn = row.progress == Progress.WITHDRAWN
    address = full_address("commitments.show", current_locale(), slug=row.slug)
    event = Event()
    event.add("uid", f"toezegging-{row.id}@{urlsplit(settings().public_url).hostname}")
    event.add("sequence", row.move_count + is_withdrawn)
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("dtstart", first)
    # The first day that is no longer part of it.
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", f"{row.organisation_name}: {row.title}")
    event.add("description", "\n".join([*_lines(row), address]))
    event.add("url", address)
    event.add("categories", [str(KINDS[row.kind])])
    event.add("status", "CANCELLED" if is_withdrawn else "CONFIRMED")
    # Nobody is busy on those days.
    event.add("transp", "TRANSPARENT")
    return event


def _days(row: TermRow) -> tuple[date, date]:
    """Return the first and the last day; a term that is open at one side is a single day."""
    first, last = row.earliest or row.latest, row.latest or row.earliest
    if first is None or last is None:
        raise ValueError("a term without a date has no place in a calendar")
    return first, last


def _lines(row: TermRow) -> list[str]:
    lines = [
        _("Termijn: %(words)s", words=term_words(row)),
        _("Status: %(progress)s", progress=PROGRESS[row.progress]),
    ]
    if row.move_count:
        lines.append(
            ngettext(
                "De termijn is %(num)s keer gewijzigd.",
                "De termijn is %(num)s keer gewijzigd.",
                row.move_count,
            )
        )
    if row.is_of_vereniging:
        lines.append(
            _("Ingevoerd door de vereniging. Bron: %(title)s", title=row.source_title)
            if row.source_title
            else _("Ingevoerd door de vereniging.")
        )
    if row.short_number:
        lines.append(short_number(row.short_number))
    return lines


def term_words(row: TermRow) -> str:
    """Return a term as promised, with what was understood of it: "begin 2020 (1 januari ...)"."""
    dates = wording.dates(row.earliest, row.latest, current_locale())
    if not row.term_words:
        return dates or _("geen datum")
    return row.term_words if dates in ("", row.term_words) else f"{row.term_words} ({dates})"
