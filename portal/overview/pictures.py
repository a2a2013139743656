"""Where we stand, as pictures: every bar, mark and tile with the address of what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from portal.commitments.asked import TagChoices
from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.outcomes import ALL, KIND, LAYER, OUTCOMES, PRINCIPLE, YEAR, Counted
from portal.commitments.standing import Standing
from portal.commitments.words import STANDINGS
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.words import date_words
from portal.organisations.provinces import PROVINCES
from portal.overview.lists import Lists
from portal.signatures.queries.counting import Signed
from portal.signatures.queries.filtering import STANDING, UNKNOWN
from portal.web.drawing import Mark, Part, Picture, Row

# How each way to stand is drawn.
SHAPES = {
    Standing.IN_TIME: "done",
    Standing.AFTER_TERM: "after",
    Standing.OPEN: "open",
    Standing.LATE: "late",
    Standing.DONE_BY_SOURCE: "source",
    Standing.SILENT: "silent",
    Standing.WITHDRAWN: "taken-back",
    Standing.MOVED: "moved",
}
SIGNED = "signed"
LAST_YEAR = 9999
# What was counted, by the slug or year of its group.
_Groups: TypeAlias = Mapping[str | None, Sequence[Counted]]
# The order of a stacked bar, and of the columns of its table.
_RANKS = {way: rank for rank, way in enumerate(SHAPES)}


def summary(counted: Sequence[Counted], lists: Lists) -> Picture:
    """Return all promises in one bar."""
    row = _Bars(lists).stacked(_("alle, ook ingetrokken"), CommitmentFilter, counted)
    return replace(_promises(), is_stacked=True, rows=(row,) if row.number else ())


def pictures_of_promises(
    counted: Sequence[Counted], tags: TagChoices, lists: Lists
) -> tuple[Picture, ...]:
    """Return the pictures of how promises stand, each of their groups in one."""
    of: dict[str, dict[str | None, list[Counted]]]
    of = {name: {} for name in (ALL, YEAR, KIND, LAYER, PRINCIPLE)}
    for row in counted:
        of[row.by].setdefault(row.group, []).append(row)
    bars = _Bars(lists)
    return (
        replace(
            _promises(),
            description=_(
                "Elke toezegging telt één keer mee. Een verschoven termijn telt daarnaast apart."
            ),
            rows=tuple(bars.by_outcome(of[ALL].get(None, ()))),
        ),
        replace(_by_year(), rows=tuple(bars.by_year(of[YEAR]))),
        replace(
            _by_kind(),
            rows=tuple(bars.by_choice(of[KIND], tags.organisation_kinds, "organisation_kinds")),
        ),
        replace(_by_layer(), rows=tuple(bars.by_choice(of[LAYER], tags.layers, "layers"))),
        replace(
            _by_theme(), rows=tuple(bars.by_choice(of[PRINCIPLE], tags.principles, "principles"))
        ),
    )


def _promises() -> Picture:
    return Picture(
        name="toezeggingen",
        title=_("Hoe ver zijn de toezeggingen?"),
        description=_("Elke toezegging telt één keer mee. Elk getal opent de lijst."),
        column=_("Status"),
        counted=_("Toezeggingen"),
        rows=(),
    )


def _by_kind() -> Picture:
    return Picture(
        name="soorten",
        title=_("Per soort organisatie"),
        description=_("Wie de toezeggingen deden, en hoe ver zij zijn."),
        column=_("Soort organisatie"),
        counted=_("Toezeggingen"),
        rows=(),
        is_stacked=True,
    )


def _by_layer() -> Picture:
    return replace(
        _by_kind(),
        name="lagen",
        title=_("Per laag van Common Ground"),
        description=_("Een toezegging over meer lagen telt bij elke laag mee."),
        column=_("Laag van Common Ground"),
    )


def _by_theme() -> Picture:
    return replace(
        _by_kind(),
        name="themas",
        title=_("Per thema"),
        description=_("Een toezegging over meer thema’s telt bij elk thema mee."),
        column=_("Thema"),
    )


def _by_year() -> Picture:
    return replace(
        _by_kind(),
        name="jaren",
        title=_("Per jaar van de termijn"),
        description=_(
            "Het jaar waarin de termijn eindigt. Is die verschoven, dan telt de nieuwe. Heeft een "
            "termijn alleen een begin, zoals “vanaf 2023”, dan telt dat."
        ),
        column=_("Jaar"),
    )


class _Bars:
    """Makes the bars of promises on one page, each with the list of what it counts.

    `narrowed` makes the filter of a group of them; told `standings`, of those that so stand.
    """

    def __init__(self, lists: Lists) -> None:
        self._list_of = lists.of_promises
        self._words = {way: str(STANDINGS[way]) for way in SHAPES}

    def by_outcome(self, counted: Sequence[Counted]) -> Iterable[Row]:
        """Yield a bar for each way to stand that there is, and one for terms that were put off."""
        numbers = Counter({row.outcome: row.number for row in counted})
        numbers[Standing.MOVED] = sum(row.moved for row in counted)
        for way in (*OUTCOMES, Standing.MOVED):
            if numbers[way]:
                part = self._part(CommitmentFilter, way, numbers[way])
                yield Row(part.words, part.number, part.address, (part,))

    def by_year(self, counted: _Groups) -> Iterable[Row]:
        """Yield a bar for each year, with how many terms were moved; those without a year last."""
        for year in sorted(counted, key=lambda year: (year is None, year)):
            rows, narrowed = counted[year], partial(CommitmentFilter, due=year or WITHOUT)
            bar = self.stacked(year or _("geen datum"), narrowed, rows)
            moved = sum(row.moved for row in rows)
            yield bar._replace(marks=(self._moved(narrowed, moved),)) if moved else bar

    def by_choice(self, counted: _Groups, names: Mapping[str, str], field: str) -> Iterable[Row]:
        """Yield a bar for each choice of a filter, in the order in which lists offer them."""
        for slug, name in names.items():
            chosen: dict[str, Any] = {field: (slug,)}
            narrowed = partial(CommitmentFilter, **chosen)
            yield self.stacked(name, narrowed, counted.get(slug, ()))

    def stacked(
        self, label: str, narrowed: Callable[..., CommitmentFilter], counted: Sequence[Counted]
    ) -> Row:
        """Return one bar with a part for each way to stand."""
        numbers = {row.outcome: row.number for row in counted}
        parts = [self._part(narrowed, way, numbers[way]) for way in OUTCOMES if way in numbers]
        return Row(label, sum(numbers.values()), self._list_of(narrowed()), tuple(parts))

    def _part(self, narrowed: Callable[..., CommitmentFilter], way: Standing, number: int) -> Part:
        address = self._list_of(narrowed(standings=(way,)))
        return Part(SHAPES[way], self._words[way], number, address, _RANKS[way])

    def _moved(self, narrowed: Callable[..., CommitmentFilter], number: int) -> Mark:
        words = ngettext("%(num)s termijn verschoven", "%(num)s termijnen verschoven", number)
        return Mark(str(words), number, self._list_of(narrowed(standings=(Standing.MOVED,))))


def pictures_of_signatories(signed: Sequence[Signed], lists: Lists) -> tuple[Picture, Picture]:
    """Return who signed when, with the events at which they did, and in which provinces."""

    def address(**chosen: Any) -> str:
        return lists.of_signatories(replace(STANDING, **chosen))

    years = Picture(
        name="getekend",
        title=_("Wanneer is er getekend?"),
        description=_("Het jaar van de ondertekening, en de gelegenheid."),
        column=_("Jaar"),
        counted=_("Ondertekenaars"),
        rows=tuple(_signing_years(signed, address)),
    )
    return years, _tiles(signed, address)


def _tiles(signed: Sequence[Signed], address: Callable[..., str]) -> Picture:
    numbers = Counter(dict.fromkeys(PROVINCES, 0))
    for row in signed:
        if row.province is not None:
            numbers[row.province] += row.number
    return Picture(
        name="provincies",
        title=_("Waar zitten de ondertekenaars?"),
        description=_("Organisaties die voor het hele land werken, staan niet op de kaart."),
        column=_("Provincie"),
        counted=_("Ondertekenaars"),
        rows=tuple(
            _bar(PROVINCES[key], number, address(province=key))._replace(place=key)
            for key, number in numbers.items()
        ),
    )


def _bar(label: str, number: int, address: str) -> Row:
    parts = (Part(SIGNED, _("Ondertekenaars"), number, address),)
    return Row(label, number, address, parts)


def _signing_years(signed: Sequence[Signed], address: Callable[..., str]) -> Iterable[Row]:
    # Those of which nobody wrote down the day come last.
    for year in sorted({row.year for row in signed}, key=lambda year: year or LAST_YEAR):
        rows = [row for row in signed if row.year == year]
        word = str(year) if year is not None else UNKNOWN
        label = word if year is not None else _("dag onbekend")
        bar = _bar(label, sum(row.number for row in rows), address(signed=word))
        yield bar._replace(marks=tuple(_events(rows, word, address)))


def _events(rows: Sequence[Signed], year: str, address: Callable[..., str]) -> Iterable[Mark]:
    events: dict[int, Mark] = {}
    for row in sorted(rows, key=lambda row: str(row.held_on)):
        if row.event_id is None:
            continue
        earlier = events.get(row.event_id)
        number = row.number + (earlier.number if earlier else 0)
        words = _(
            "%(number)s bij %(event)s, %(day)s",
            number=number,
            event=row.event_name,
            day=date_words(row.held_on) if row.held_on else "",
        )
        events[row.event_id] = Mark(words, number, address(signed=year, event=str(row.event_id)))
    yield from events.values()
