"""Put a term's dates into plain words, in Dutch and in English."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.terms import dutch, english, periods
from portal.terms.periods import LAST, Part, Period, Precision


@dataclass(frozen=True, slots=True)
class _Language:
    months: tuple[str, ...]
    seasons: tuple[str, ...]
    ranks: tuple[str, ...]
    part_of_month: dict[Part, str]
    part_of_year: dict[Part, str]
    week: str
    rank_of: str
    week_word: str
    half_word: str
    quarter_word: str
    to: str
    until: str
    since: str


_DUTCH = _Language(
    months=dutch.MONTHS,
    seasons=dutch.SEASONS,
    ranks=("laatste", "eerste", "tweede", "derde", "vierde"),
    part_of_month={Part.BEGIN: "begin {}", Part.MIDDLE: "half {}", Part.END: "eind {}"},
    part_of_year={Part.BEGIN: "begin {}", Part.MIDDLE: "halverwege {}", Part.END: "eind {}"},
    week="week {week} van {year}",
    rank_of="{rank} {unit} van {whole}",
    week_word="week",
    half_word="helft",
    quarter_word="kwartaal",
    to="{} tot en met {}",
    until="uiterlijk {}",
    since="vanaf {}",
)
_ENGLISH = _Language(
    months=english.MONTHS,
    seasons=english.SEASONS,
    ranks=("last", "first", "second", "third", "fourth"),
    part_of_month={Part.BEGIN: "early {}", Part.MIDDLE: "mid-{}", Part.END: "late {}"},
    part_of_year={Part.BEGIN: "early {}", Part.MIDDLE: "mid-{}", Part.END: "late {}"},
    week="week {week} of {year}",
    rank_of="{rank} {unit} of {whole}",
    week_word="week",
    half_word="half",
    quarter_word="quarter",
    to="{} to {}",
    until="{} at the latest",
    since="from {} onwards",
)

_Says = Callable[[Period, _Language], str | None]


def words(
    earliest: date | None, latest: date | None, precision: Precision, locale: str = "nl"
) -> str:
    """Give the shortest words that mean exactly these dates; the dates themselves if none do."""
    if earliest and latest and precision in _SAYINGS:
        text = _SAYINGS[precision](Period(earliest, latest), _language(locale))
        if text:
            return text
    return dates(earliest, latest, locale)


def dates(earliest: date | None, latest: date | None, locale: str = "nl") -> str:
    """Give the dates in full: one day, a first to a last day, or an open end."""
    language = _language(locale)
    if earliest is None or latest is None:
        if latest:
            return language.until.format(_day(latest, language))
        return language.since.format(_day(earliest, language)) if earliest else ""
    if earliest == latest:
        return _day(latest, language)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        first = str(earliest.day)
    elif earliest.year == latest.year:
        first = f"{earliest.day} {language.months[earliest.month - 1]}"
    else:
        first = _day(earliest, language)
    return language.to.format(first, _day(latest, language))


def shortest(earliest: date | None, latest: date | None, locale: str = "nl") -> str:
    """Give the shortest words that mean these dates, however exact the words were that gave them.

    "" without a date.
    """
    for precision in _SAYINGS:
        found = words(earliest, latest, precision, locale)
        if found != dates(earliest, latest, locale):
            return found
    return dates(earliest, latest, locale)


def _language(locale: str) -> _Language:
    return _ENGLISH if locale.lower().startswith("en") else _DUTCH


def _day(moment: date, language: _Language) -> str:
    return f"{moment.day} {_month(moment, language)}"


def _month(moment: date, language: _Language) -> str:
    return f"{language.months[moment.month - 1]} {moment.year}"


def _rank(number: int, unit: str, whole: str, language: _Language) -> str:
    return language.rank_of.format(rank=language.ranks[number], unit=unit, whole=whole)


def _say_week(period: Period, language: _Language) -> str | None:
    iso = period.earliest.isocalendar()
    if periods.week(iso.year, iso.week) != period:
        return None
    return language.week.format(week=iso.week, year=iso.year)


def _say_month(period: Period, language: _Language) -> str | None:
    year, month = period.earliest.year, period.earliest.month
    if periods.whole_months(year, month, month) != period:
        return None
    return _month(period.earliest, language)


def _say_part_of_month(period: Period, language: _Language) -> str | None:
    year, month = period.earliest.year, period.earliest.month
    whole = _month(period.earliest, language)
    for part in Part:
        if periods.part_of_month(year, month, part) == period:
            return language.part_of_month[part].format(whole)
    for number in (1, 2, 3, LAST, 4):
        if periods.week_of_month(year, month, number) == period:
            return _rank(number, language.week_word, whole, language)
    for number in (1, 2):
        if periods.half_of_month(year, month, number) == period:
            return _rank(number, language.half_word, whole, language)
    return None


def _say_quarter(period: Period, language: _Language) -> str | None:
    year, number = period.earliest.year, (period.earliest.month + 2) // 3
    if periods.quarter(year, number) != period:
        return None
    return _rank(number, language.quarter_word, str(year), language)


def _say_season(period: Period, language: _Language) -> str | None:
    year, number = period.earliest.year, period.earliest.month // 3
    if number == 0 or periods.season(year, number) != period:
        return None
    # A winter is in two years: naming only the first would mislead.
    named = f"{year}-{year + 1}" if number == 4 else str(year)
    return f"{language.seasons[number - 1]} {named}"


def _say_half_year(period: Period, language: _Language) -> str | None:
    year, number = period.earliest.year, (period.earliest.month + 5) // 6
    if periods.half_year(year, number) != period:
        return None
    return _rank(number, language.half_word, str(year), language)


def _say_part_of_year(period: Period, language: _Language) -> str | None:
    year = period.earliest.year
    for part in Part:
        if periods.part_of_year(year, part) == period:
            return language.part_of_year[part].format(year)
    return None


def _say_years(period: Period, language: _Language) -> str | None:
    first, last = period.earliest.year, period.latest.year
    if period != (date(first, 1, 1), date(last, 12, 31)):
        return None
    return str(first) if first == last else language.to.format(first, last)


_SAYINGS: dict[Precision, _Says] = {
    Precision.WEEK: _say_week,
    Precision.PART_OF_MONTH: _say_part_of_month,
    Precision.MONTH: _say_month,
    Precision.QUARTER: _say_quarter,
    Precision.SEASON: _say_season,
    Precision.HALF_YEAR: _say_half_year,
    Precision.PART_OF_YEAR: _say_part_of_year,
    Precision.YEAR: _say_years,
    Precision.PERIOD: _say_years,
}
