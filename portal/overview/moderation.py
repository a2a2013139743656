"""What a yearly report tells of the work of moderators, in two tables."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.i18n import LazyString, ngettext, number_words
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.papers.paper import Block, Heading, Table, Words
from portal.reports.models import YearlyReport
from portal.reports.moderating import Decided, decided_of

_KINDS: dict[str, LazyString] = {
    "comment_version": _l("reacties, ook wijzigingen ervan"),
    "profile": _l("korte omschrijvingen"),
    "signature": _l("ondertekeningen"),
}
_ACTS: dict[str, LazyString] = {
    "hidden": _l("verborgen na plaatsing of publicatie"),
    "restored": _l("teruggezet, ook na heroverweging"),
    "confirmed": _l("door een tweede moderator bevestigd dat het verborgen blijft"),
    "disowned": _l("door een ondertekenaar “niet van ons” genoemd"),
    "objected": _l("bezwaar van een eigenaar tegen toegang die de vereniging wilde geven"),
}


def title_of_moderation(report: YearlyReport) -> str:
    """Return the heading above the figures."""
    return str(_("Wat deden de moderatoren in %(year)s?", year=report.year))


def columns() -> list[str]:
    """Return the heads of the table of decisions."""
    return [
        _("Wat"),
        _("binnengekomen"),
        _("geplaatst of toegelaten"),
        _("wijziging of aanvulling gevraagd"),
        _("niet geplaatst of niet toegelaten"),
        _("gewacht op een besluit, mediaan"),
    ]


def decisions(report: YearlyReport) -> list[list[str]]:
    """Return what came and what was decided of each kind, in words; empty where nobody counted."""
    return [_row(each) for each in decided_of(report.moderation)]


def _row(row: Decided) -> list[str]:
    numbers = [number_words(each) for each in (row.came, row.placed, row.asked, row.refused)]
    return [str(_KINDS[row.thing]), *numbers, _days(row.days)]


def _days(days: int | None) -> str:
    if days is None:
        return str(_("geen besluit"))
    if days == 0:
        return str(_("minder dan een dag"))
    return str(ngettext("%(num)s dag", "%(num)s dagen", days))


def other_acts(report: YearlyReport) -> list[tuple[str, str]]:
    """Return what else happened, each with how often; empty where nobody counted."""
    counted = report.moderation.get("acts", {})
    return [
        (str(words), number_words(counted[name]))
        for name, words in _ACTS.items()
        if name in counted
    ]


def blocks_of_moderation(report: YearlyReport) -> Iterator[Block]:
    """Yield the same for a paper."""
    rows = decisions(report)
    if not rows:
        return
    yield Heading(title_of_moderation(report))
    yield Table(columns(), [[Words(each) for each in row] for row in rows])
    acts = [[Words(words), Words(number)] for words, number in other_acts(report)]
    yield Table([_("Wat"), _("hoe vaak")], acts)
