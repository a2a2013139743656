"""The labels of kinds of commitment and of how far one is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from portal import terms
from portal.commitments.standing import Progress, Standing
from portal.core.i18n import current_locale, ngettext
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l

KINDS = {
    "whitepaper": _l("whitepaper"),
    "plan": _l("plan van aanpak of routekaart"),
    "realisatie": _l("realisatie"),
    "standaard": _l("standaard"),
    "beeindiging": _l("beëindiging"),
    "overig": _l("overig"),
}

# What each kind is, for the person who chooses one.
KIND_HINTS = {
    "whitepaper": _l("u legt in een document uit wat u weet of wilt"),
    "plan": _l("u schrijft op welke stappen u zet, en wanneer"),
    "realisatie": _l("u bouwt of levert iets, of neemt iets in gebruik"),
    "standaard": _l("u maakt een standaard, of werkt volgens een standaard"),
    "beeindiging": _l("u stopt met iets, zoals een oud systeem"),
    "overig": _l("u zegt iets anders toe"),
}

PROGRESS: dict[str, object] = {
    Progress.PLANNED: _l("gepland"),
    Progress.RUNNING: _l("loopt"),
    Progress.DELAYED: _l("vertraagd"),
    Progress.DONE: _l("gereed"),
    Progress.WITHDRAWN: _l("ingetrokken"),
    Progress.SILENT: _l("geen bericht bij dit portaal"),
    Progress.DONE_BY_SOURCE: _l("gereed volgens een bron"),
}
STANDINGS: dict[str, object] = {
    **{Standing(progress): label for progress, label in PROGRESS.items()},
    Standing.LATE: _l("termijn verstreken"),
    Standing.QUIET: _l("langere tijd geen bericht"),
    Standing.OPEN: _l("termijn niet verstreken"),
    Standing.IN_TIME: _l("gereed op tijd"),
    Standing.AFTER_TERM: _l("gereed, na de termijn"),
    Standing.MOVED: _l("termijn verschoven"),
}


class Spoken(NamedTuple):
    """A term as it stood before it was moved: its words and its days."""

    words: str
    earliest: date | None
    latest: date | None


MONTHS_TO_YEARS = 24


def late_words(latest: date | None, on: date) -> str:
    """Return how long a term is over on a day: "12 dagen te laat", "11 maanden", "3 jaar"."""
    if latest is None:
        return ""
    months = _months(latest, on)
    if months >= MONTHS_TO_YEARS:
        words = ngettext("%(num)s jaar te laat", "%(num)s jaar te laat", months // 12)
    elif months:
        words = ngettext("%(num)s maand te laat", "%(num)s maanden te laat", months)
    else:
        words = ngettext("%(num)s dag te laat", "%(num)s dagen te laat", (on - latest).days)
    return str(words)


def left_words(latest: date | None, on: date, grace_days: int) -> str:
    """Return how long there is still to go on a day: "nog 12 dagen", "nog 3 maanden".

    After the last day of the term how many days of the grace are left; "" without a date, and for a
    term that is late.
    """
    if latest is None or terms.is_overdue(latest, on, grace_days):
        return ""
    if latest < on:
        left = grace_days - (on - latest).days
        words = ngettext(
            "voorbij, nog %(num)s dag respijt", "voorbij, nog %(num)s dagen respijt", left
        )
        return str(words if left else _("voorbij, vandaag de laatste dag respijt"))
    if latest == on:
        return str(_("vandaag de laatste dag"))
    months = _months(on, latest)
    if months >= MONTHS_TO_YEARS:
        words = ngettext("nog %(num)s jaar", "nog %(num)s jaar", months // 12)
    elif months:
        words = ngettext("nog %(num)s maand", "nog %(num)s maanden", months)
    else:
        words = ngettext("nog %(num)s dag", "nog %(num)s dagen", (latest - on).days)
    return str(words)


def moved_words(count: int, first: Spoken | None) -> str:
    """Return how often a term was moved, and what it was: "2 keer, eerst begin oktober 2019".

    `first` is the term before its first move; "" for one that was never moved.
    """
    if not count:
        return ""
    times = ngettext("%(num)s keer", "%(num)s keer", count)
    dates = terms.shortest(first.earliest, first.latest, current_locale()) if first else ""
    was = dates or (first.words if first else "") or _("geen datum")
    return str(_("%(times)s, eerst %(term)s", times=times, term=was))


def _months(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
