"""Read one named moment ("eind oktober"), whose year may still have to be worked out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.terms import periods
from portal.terms.dutch import MONTHS, SEASONS, WEEKDAYS
from portal.terms.periods import LAST, Part, Period, Precision

_InYear = Callable[[int], Period | None]

# 29 February can stay away for eight years, around a century.
_YEARS_AHEAD = 9


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that comes back every year until its year is known."""

    precision: Precision
    in_year: _InYear
    year: int | None = None
    part: Part | None = None
    weekday: int | None = None
    year_if_first: int | None = None

    def years(self, said_on: date) -> Iterable[int]:
        """Give its own year, or the years in which to look for it, the earliest first."""
        if self.year is not None:
            return (self.year,)
        # Last year's winter or week 52 can still be going on.
        return range(said_on.year - 1, said_on.year + _YEARS_AHEAD)

    def suits(self, period: Period, said_on: date) -> bool:
        """Tell whether nothing in the words says that another date was meant.

        That is a weekday which is not that of the date, or a date that lies nearer when its first
        two figures are taken for the year ("19-10-01").
        """
        if self.weekday is not None and period.earliest.weekday() != self.weekday:
            return False
        if self.year_if_first is None:
            return True
        years_away = abs(period.earliest.year - said_on.year)
        return abs(self.year_if_first - said_on.year) >= years_away


_Groups = dict[str, str]
_Builder = Callable[[_Groups], Moment]

_YEAR = r"(?:19|20|21)[0-9]{2}"
_FILLERS = re.compile(
    r"(?:(?:op|rond|rondom|omstreeks|circa|ca|ongeveer|ergens|later|gedurende|tijdens|aan|loop"
    r"|tegen(?= eind)) )+"
)
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)}) (?=[0-9])")
_YEAR_LAST = re.compile(rf"(?:(?P<rest>.+)[ /-])?(?P<year>{_YEAR}|hetjaar)")
_YEAR_FIRST = re.compile(rf"(?P<year>{_YEAR})(?: |-(?=q|h[12]|week))(?P<rest>.+)")
_FEASTS: dict[str, _InYear] = {
    "kerst": periods.christmas,
    "kerstreces": periods.christmas_recess,
    "zomerreces": periods.summer_recess,
}
# What begins in one year and ends in the next may be named after both.
_TWO_YEARS = re.compile(
    rf"(?P<name>winter|kerstreces|jaarwisseling) (?P<year>{_YEAR})[/-](?P<next>{_YEAR}|[0-9]{{2}})"
)
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>[0-9]{{1,2}})(?P<sign>[./-])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<year>{_YEAR})",
        r"(?P<day>[0-9]{1,2})(?P<sign>[./-])(?P<month>[0-9]{1,2})(?P=sign)(?P<short>[0-9]{2})",
        rf"(?P<year>{_YEAR})(?P<sign>[./-])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})",
        r"(?P<day>[0-9]{1,2})[/-](?P<month>[0-9]{1,2})",
        rf"(?P<month>0?[1-9]|1[0-2])[./-](?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])",
    )
)


def read_moment(text: str) -> Moment | None:
    """Give the one moment that the tidy words name, or None."""
    text = _FILLERS.sub("", text, count=1) if _FILLERS.match(text) else text
    named = _WEEKDAY.match(text)
    if named is None:
        return _numeric(text) or _of_two_years(text) or _named(text)
    rest = text[named.end() :]
    moment = _numeric(rest) or _named(rest)
    if moment is None or moment.precision is not Precision.DAY:
        return None
    return replace(moment, weekday=WEEKDAYS.index(named[1]))


def _numeric(text: str) -> Moment | None:
    for pattern in _NUMERIC:
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            year = groups.get("year") or ("20" + groups["short"] if "short" in groups else None)
            moment = _day(groups) if "day" in groups else _month(groups)
            moment = replace(moment, year=int(year) if year else None)
            return _with_year_first(moment, groups) if "short" in groups else moment
    return None


def _with_year_first(moment: Moment, groups: _Groups) -> Moment:
    year = int("20" + groups["day"].zfill(2))
    other_way_round = periods.day(year, int(groups["month"]), int(groups["short"]))
    is_possible = len(groups["day"]) == 2 and other_way_round is not None
    return replace(moment, year_if_first=year) if is_possible else moment


def _of_two_years(text: str) -> Moment | None:
    match = _TWO_YEARS.fullmatch(text)
    if match is None or not str(int(match["year"]) + 1).endswith(match["next"]):
        return None
    moment = _shaped(match["name"])
    return moment and replace(moment, year=int(match["year"]))


def _named(text: str) -> Moment | None:
    # The year, wherever it stands, becomes "@": then every shape below is written once.
    match = _YEAR_LAST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if match is None:
        return _shaped(text)
    moment = _shaped(f"{match['rest']} @" if match["rest"] else "@")
    if moment is None or match["year"] == "hetjaar":
        return moment
    return replace(moment, year=int(match["year"]))


def _shaped(text: str) -> Moment | None:
    for pattern, build in _SHAPES:
        if match := pattern.fullmatch(text):
            return build({name: value for name, value in match.groupdict().items() if value})
    return None


def _month_number(groups: _Groups) -> int:
    name = groups["month"]
    return int(name) if name.isdigit() else MONTHS.index(name) + 1


def _rank(groups: _Groups, last: int) -> int:
    return last if groups["rank"] == "laatste" else int(groups["rank"].rstrip("e"))


def _year(groups: _Groups) -> Moment:
    if "part" not in groups:
        return Moment(Precision.YEAR, lambda year: periods.whole_months(year, 1, 12))
    part = Part(groups["part"])
    return Moment(Precision.PART_OF_YEAR, lambda year: periods.part_of_year(year, part), part=part)


def _month(groups: _Groups) -> Moment:
    number = _month_number(groups)
    if "part" not in groups:
        return Moment(Precision.MONTH, lambda year: periods.whole_months(year, number, number))
    part = Part(groups["part"])
    return Moment(
        Precision.PART_OF_MONTH, lambda year: periods.part_of_month(year, number, part), part=part
    )


def _day(groups: _Groups) -> Moment:
    month, number = _month_number(groups), int(groups["day"].rstrip("e"))
    return Moment(Precision.DAY, lambda year: periods.day(year, month, number))


def _week_of_day(groups: _Groups) -> Moment:
    named = _day(groups)

    def around(year: int) -> Period | None:
        day = named.in_year(year)
        return day and periods.week_around(day.earliest)

    return Moment(Precision.WEEK, around)


def _edge_of_month(groups: _Groups) -> Moment:
    is_first = groups["edge"] == "primo"
    month = _month_number(groups) if "month" in groups else 1 if is_first else 12
    if is_first:
        return Moment(Precision.DAY, lambda year: periods.day(year, month, 1))
    return Moment(Precision.DAY, lambda year: periods.last_day(year, month))


def _week_of_month(groups: _Groups) -> Moment:
    month, number = _month_number(groups), _rank(groups, LAST)
    return Moment(Precision.PART_OF_MONTH, lambda year: periods.week_of_month(year, month, number))


def _half_of_month(groups: _Groups) -> Moment:
    month, number = _month_number(groups), _rank(groups, 2)
    return Moment(Precision.PART_OF_MONTH, lambda year: periods.half_of_month(year, month, number))


def _week(groups: _Groups) -> Moment:
    number = int(groups["number"])
    return Moment(Precision.WEEK, lambda year: periods.week(year, number))


def _half_year(groups: _Groups) -> Moment:
    number = _rank(groups, 2)
    return Moment(Precision.HALF_YEAR, lambda year: periods.half_year(year, number))


def _quarter(groups: _Groups) -> Moment:
    number = _rank(groups, 4)
    return _with_part(groups, Precision.QUARTER, lambda year: periods.quarter(year, number))


def _season(groups: _Groups) -> Moment:
    number = SEASONS.index(groups["season"]) + 1
    return _with_part(groups, Precision.SEASON, lambda year: periods.season(year, number))


def _feast(groups: _Groups) -> Moment:
    return Moment(Precision.PERIOD, _FEASTS[groups["feast"]])


def _turn_of_year(_groups: _Groups) -> Moment:
    return Moment(Precision.PERIOD, periods.turn_of_year)


def _with_part(groups: _Groups, precision: Precision, in_year: Callable[[int], Period]) -> Moment:
    if "part" not in groups:
        return Moment(precision, in_year)
    part = Part(groups["part"])
    return Moment(Precision.MONTH, lambda year: periods.third(in_year(year), part), part=part)


_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_PART = r"(?:(?P<part>begin|half|eind)[ -])?"
_SHAPES: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_PART}@", _year),
        (rf"{_PART}{_MONTH}(?: @)?", _month),
        (rf"(?P<day>[0-9]{{1,2}}e?)[ -]{_MONTH}(?: @)?", _day),
        (rf"weekvan (?P<day>[0-9]{{1,2}}e?) {_MONTH}(?: @)?", _week_of_day),
        (rf"(?P<edge>primo|ultimo) (?:{_MONTH}(?: @)?|@)", _edge_of_month),
        (rf"(?P<rank>[1-4]e|laatste) week {_MONTH}(?: @)?", _week_of_month),
        (rf"(?P<rank>[12]e) helft {_MONTH}(?: @)?", _half_of_month),
        (r"week (?P<number>[0-9]{1,2})(?: @)?", _week),
        (r"(?P<rank>[12]e) helft @", _half_year),
        (r"(?P<rank>[12]e|laatste) halfjaar(?: @)?", _half_year),
        (r"h(?P<rank>[12])(?: @)?", _half_year),
        (rf"{_PART}(?P<rank>[1-4]e|laatste) kwartaal(?: @)?", _quarter),
        (rf"{_PART}kwartaal (?P<rank>[1-4])(?: @)?", _quarter),
        (rf"{_PART}q(?P<rank>[1-4])(?: @)?", _quarter),
        (rf"{_PART}(?P<season>{'|'.join(SEASONS)})(?: @)?", _season),
        (rf"(?:met )?(?P<feast>{'|'.join(_FEASTS)})(?: @)?", _feast),
        # "Jaarwisseling 2020" may be that into 2020 or that out of it.
        (r"jaarwisseling", _turn_of_year),
    )
)
