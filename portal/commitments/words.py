"""The labels of kinds of commitment and of how far one is."""

from __future__ import annotations

from portal.commitments.standing import Progress, Standing
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
}
