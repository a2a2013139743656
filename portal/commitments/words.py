"""The labels of kinds of commitment and of how far one is."""

from __future__ import annotations

from datetime import date

from portal.commitments.standing import Progress, Standing
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext

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
}

MONTHS_TO_YEARS = 24


def late_words(latest: date | None, on: date) -> str:
    """Return how long a term is over on a day: "12 dagen te laat", "11 maanden", "3 jaar"."""
    if latest is None:
        return ""
    months = (on.year - latest.year) * 12 + on.month - latest.month - (on.day < latest.day)
    if months >= MONTHS_TO_YEARS:
        words = ngettext("%(num)s jaar te laat", "%(num)s jaar te laat", months // 12)
    elif months:
        words = ngettext("%(num)s maand te laat", "%(num)s maanden te laat", months)
    else:
        words = ngettext("%(num)s dag te laat", "%(num)s dagen te laat", (on - latest).days)
    return str(words)
