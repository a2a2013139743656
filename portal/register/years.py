"""One year of one signatory: what it promised, kept, moved, and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.comments.queries.answering import Answers, answers_during
from portal.commitments.queries.during import Happening, YearRow, promises_during
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext, number_words
from portal.core.settings import settings
from portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class YearPart:
    """Promises to which one thing happened in a year, under a title that says what."""

    name: str
    title: str
    rows: Sequence[YearRow]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a signatory, up to and with its last day, or today while it lasts."""

    organisation: Organisation
    number: int
    last: date
    parts: Sequence[YearPart]
    # How many promises it had at the end.
    promise_count: int
    answers: Answers

    @property
    def title(self) -> str:
        """Return "Gemeente Lindewoude: ons jaar 2025"."""
        words = _("%(name)s: ons jaar %(year)s", name=self.organisation.name, year=self.number)
        return str(words)

    @property
    def answer_words(self) -> str:
        """Return in a sentence how many comments were answered."""
        asked, answered = self.answers
        if not asked:
            return str(_("Er kwamen geen reacties."))
        comments = ngettext("%(num)s reactie kwam binnen", "%(num)s reacties kwamen binnen", asked)
        number = number_words(answered)
        return str(_("%(comments)s, %(number)s beantwoord.", comments=comments, number=number))


def year_of(organisation: Organisation, number: int) -> Year:
    """Return a year that has begun, from what is known now."""
    first, last = date(number, 1, 1), min(date(number, 12, 31), clock.today())
    rows = promises_during(organisation.id, first, last, settings().grace_days)
    return Year(
        organisation=organisation,
        number=number,
        last=last,
        parts=tuple(_parts(rows)),
        promise_count=len(rows),
        answers=answers_during(organisation.id, first, last),
    )


def _parts(rows: Sequence[YearRow]) -> Iterator[YearPart]:
    titles = {
        Happening.PROMISED: _("Toegezegd"),
        Happening.DONE: _("Gereed gemeld"),
        Happening.REPORTED: _("Voortgang gemeld"),
        Happening.MOVED: _("Termijn verschoven"),
        Happening.WITHDRAWN: _("Ingetrokken"),
    }
    for happening, title in titles.items():
        chosen = [row for row in rows if row.is_in(happening)]
        yield YearPart(happening, title, chosen)
    late = [row for row in rows if row.is_late]
    yield YearPart("te-laat", _("Termijn verstreken"), late)
