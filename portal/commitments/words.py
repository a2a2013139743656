"""The words for kinds of commitment and for how far one is."""

from __future__ import annotations

from portal.core.i18n import lazy_gettext as _l

KINDS = {
    "whitepaper": _l("whitepaper"),
    "plan": _l("plan van aanpak of routekaart"),
    "realisatie": _l("realisatie"),
    "standaard": _l("standaard"),
    "beeindiging": _l("beëindiging"),
    "overig": _l("overig"),
}

PROGRESS = {
    "gepland": _l("gepland"),
    "loopt": _l("loopt"),
    "vertraagd": _l("vertraagd"),
    "gereed": _l("gereed"),
    "ingetrokken": _l("ingetrokken"),
}

LATE = "te-laat"
STANDINGS = {**PROGRESS, LATE: _l("termijn verstreken")}
