"""Where we stand, as pictures: every bar, mark and tile with the address of what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
# The order of a stacked bar, and of the columns of its table.
_ORDER = {outcome.value: place for place, outcome in enumerate(OUTCOMES)}


def summary(counted: Sequence[Counted], lists: Lists) -> Picture:
    """Return all promises in one bar."""
    row = _stacked(_("alle, ook ingetrokken"), CommitmentFilter(), counted, lists)
    return replace(_promises(), is_stacked=True, rows=(row,) if row.number else ())


def pictures_of_promises(
    counted: Sequence[Counted], tags: TagChoices, lists: Lists
) -> tuple[Picture, ...]:
    """Return the pictures of how promises stand, each of their groups in one."""
    of: dict[str, list[Counted]] = {name: [] for name in (ALL, YEAR, KIND, LAYER, PRINCIPLE)}
    for row in counted:
        of[row.by].append(row)
    return (
        replace(
            _promises(),
            description=_(
                "Elke toezegging telt één keer mee. Een verschoven termijn telt daarnaast apart."
            ),
            rows=_ways(of[ALL], lists),
        ),
        _by_year(of[YEAR], lists),
        replace(
            _by_kind(), rows=_rows(of[KIND], tags.organisation_kinds, "organisation_kinds", lists)
        ),
        replace(_by_layer(), rows=_rows(of[LAYER], tags.layers, "layers", lists)),
        replace(_by_theme(), rows=_rows(of[PRINCIPLE], tags.principles, "principles", lists)),
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


def _by_year(counted: Sequence[Counted], lists: Lists) -> Picture:
    return replace(
        _by_kind(),
        name="jaren",
        title=_("Per jaar van de termijn"),
        description=_(
            "Het jaar waarin de termijn eindigt. Is die verschoven, dan telt de nieuwe. Heeft een "
            "termijn alleen een begin, zoals “vanaf 2023”, dan telt dat."
        ),
        column=_("Jaar"),
        rows=tuple(_year_rows(counted, lists)),
    )


def _year_rows(counted: Sequence[Counted], lists: Lists) -> Iterable[Row]:
    years = sorted({row.group for row in counted if row.group is not None})
    groups: list[str | None] = [*years]
    if any(row.group is None for row in counted):
        groups.append(None)
    for year in groups:
        rows = [row for row in counted if row.group == year]
        filters = CommitmentFilter(due=year or WITHOUT)
        row = _stacked(year or _("geen datum"), filters, rows, lists)
        moved = sum(each.moved for each in rows)
        yield replace(row, marks=(_moved(filters, moved, lists),) if moved else ())


def _moved(filters: CommitmentFilter, number: int, lists: Lists) -> Mark:
    words = ngettext("%(num)s termijn verschoven", "%(num)s termijnen verschoven", number)
    moved = replace(filters, standings=(Standing.MOVED,))
    return Mark(str(words), number, lists.of_promises(moved))


def _ways(counted: Sequence[Counted], lists: Lists) -> tuple[Row, ...]:
    """Return a bar for each way to stand that there is, and one for terms that were put off."""
    numbers = Counter({row.outcome: row.number for row in counted})
    rows = [_way(outcome, numbers[outcome], lists) for outcome in OUTCOMES if numbers[outcome]]
    moved = sum(row.moved for row in counted)
    if moved:
        rows.append(_way(Standing.MOVED, moved, lists))
    return tuple(rows)


def _way(standing: Standing, number: int, lists: Lists) -> Row:
    words = str(STANDINGS[standing])
    address = lists.of_promises(CommitmentFilter(standings=(standing,)))
    return Row(words, number, address, (Part(SHAPES[standing], words, number, address),))


def _rows(
    counted: Sequence[Counted], names: Mapping[str, str], field: str, lists: Lists
) -> tuple[Row, ...]:
    """Return a bar for each choice of a filter, in the order in which lists offer them."""
    empty: Any = CommitmentFilter()
    return tuple(
        _stacked(
            name,
            replace(empty, **{field: (slug,)}),
            [row for row in counted if row.group == slug],
            lists,
        )
        for slug, name in names.items()
    )


def _stacked(
    label: str, filters: CommitmentFilter, counted: Sequence[Counted], lists: Lists
) -> Row:
    parts = tuple(
        Part(
            SHAPES[Standing(row.outcome)],
            str(STANDINGS[row.outcome]),
            row.number,
            lists.of_promises(replace(filters, standings=(row.outcome,))),
            _ORDER[row.outcome],
        )
        for row in sorted(counted, key=lambda row: _ORDER[row.outcome])
    )
    return Row(label, sum(part.number for part in parts), lists.of_promises(filters), parts)


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
            replace(_bar(PROVINCES[key], number, address(province=key)), place=key)
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
        yield replace(bar, marks=tuple(_events(rows, word, address)))


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
