"""Turn words that lean on the day they were said ("volgend jaar") into words that do not."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from portal.terms.dutch import MONTHS, SEASONS
from portal.terms.periods import ONE_DAY, Part, Period, add_months, part_of_month, season

_UNIT_MONTHS = {"maand": 1, "kwartaal": 3, "halfjaar": 6, "jaar": 12}
_UNIT_DAYS = {"dag": 1, "week": 7}

# "halfjaar" may do without a number; a half is only read of a year ("1,5 jaar").
DISTANCE = (
    r"(?:(?:circa|ca|ongeveer) )?(?:(?P<count>[0-9]{1,3}) (?P<unit>dag|week|maand|kwartaal|jaar)"
    r"|(?P<years>[0-9]),5 jaar|(?:1 )?halfjaar)"
)
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_MONTH = "|".join(MONTHS)

_Rewrite = Callable[[date, re.Match[str]], str]


def anchor(spelled: str, said_on: date) -> str:
    """Give tidy words in which every relative word is replaced by the moment it meant.

    A relative word that could mean two moments is left as it is, so that it is not understood.
    """
    for pattern, rewrite in _REWRITES:
        spelled = pattern.sub(partial(rewrite, said_on), spelled)
    return " ".join(spelled.split())


def distance_end(match: re.Match[str], said_on: date) -> date | None:
    """Give the date that lies the matched `DISTANCE` after `said_on`; None for no distance."""
    unit = _unit(match)
    if unit in _UNIT_DAYS:
        end = said_on + int(match["count"]) * _UNIT_DAYS[unit] * ONE_DAY
    elif match["years"]:
        end = add_months(said_on, 12 * int(match["years"]) + 6)
    else:
        end = add_months(said_on, int(match["count"] or 1) * _UNIT_MONTHS[unit])
    return end if end > said_on else None


def _unit(match: re.Match[str]) -> str:
    return match["unit"] or "halfjaar"


def _numeric(moment: date) -> str:
    return f"{moment.day}-{moment.month}-{moment.year}"


def _month(moment: date) -> str:
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def _week(moment: date) -> str:
    iso = moment.isocalendar()
    return f"week {iso.week} {iso.year}"


def _quarter(moment: date) -> str:
    return f"{(moment.month + 2) // 3}e kwartaal {moment.year}"


def _half_year(moment: date) -> str:
    return f"{(moment.month + 5) // 6}e halfjaar {moment.year}"


def _after_distance(said_on: date, match: re.Match[str]) -> str:
    end = distance_end(match, said_on)
    if end is None:
        return match[0]
    if _unit(match) in _UNIT_DAYS:
        return _week(end) if _unit(match) == "week" else _numeric(end)
    return _month(end)


def _part_of_coming_month(said_on: date, match: re.Match[str]) -> str:
    is_over = part_of_month(said_on.year, said_on.month, Part(match["part"])).latest < said_on
    return f"{match['part']} {_month(add_months(said_on, int(is_over)))}"


def _season_in(year: int, match: re.Match[str]) -> Period:
    return season(year, SEASONS.index(match["season"]) + 1)


def _this_season(said_on: date, match: re.Match[str]) -> str:
    # In January "deze winter" is the one that is going on, which is named after last year.
    is_running = _season_in(said_on.year - 1, match).latest >= said_on
    return f"{match['season']} {said_on.year - is_running}"


def _coming_season(said_on: date, match: re.Match[str]) -> str:
    has_begun = _season_in(said_on.year, match).earliest <= said_on
    return f"{match['season']} {said_on.year + has_begun}"


def _next_season(said_on: date, match: re.Match[str]) -> str:
    # Before this year's has begun, half of the people mean this year's and half the next one's.
    if _season_in(said_on.year, match).earliest > said_on:
        return match[0]
    return f"{match['season']} {said_on.year + 1}"


_REWRITES: tuple[tuple[re.Pattern[str], _Rewrite], ...] = tuple(
    (re.compile(pattern), rewrite)
    for pattern, rewrite in (
        (r"\bdit (?=(?:of|en) volgend jaar\b)", lambda said_on, _: f"{said_on.year} "),
        (r"\bdit jaar\b", lambda said_on, _: str(said_on.year)),
        (r"\bvolgend jaar\b", lambda said_on, _: str(said_on.year + 1)),
        (r"\bdit maand\b", lambda said_on, _: _month(said_on)),
        (r"\b(?P<part>begin|half|eind) maand\b", _part_of_coming_month),
        (r"\bvolgend maand\b", lambda said_on, _: _month(add_months(said_on, 1))),
        (r"\bdit week\b", lambda said_on, _: _week(said_on)),
        (r"\bvolgend week\b", lambda said_on, _: _week(said_on + 7 * ONE_DAY)),
        (r"\bdit kwartaal\b", lambda said_on, _: _quarter(said_on)),
        (r"\bvolgend kwartaal\b", lambda said_on, _: _quarter(add_months(said_on, 3))),
        (r"\bdit halfjaar\b", lambda said_on, _: _half_year(said_on)),
        (r"\bvolgend halfjaar\b", lambda said_on, _: _half_year(add_months(said_on, 6))),
        (rf"\bdit {_SEASON}\b", _this_season),
        (rf"\bkomend {_SEASON}\b", _coming_season),
        (rf"\bvolgend {_SEASON}\b", _next_season),
        (rf"\bkomend (?=(?:[0-9]{{1,2}} )?(?:{_MONTH}))| komend$", lambda _said_on, _: ""),
        (rf"\bover {DISTANCE}\b", _after_distance),
        (r"\bvandaag\b", lambda said_on, _: _numeric(said_on)),
        (r"\bmorgen\b", lambda said_on, _: _numeric(said_on + ONE_DAY)),
        # "Nu" alone says no more than "z.s.m."; as the start of something it is a date.
        (
            r"(?<=vanaf )nu\b|(?<=tussen )nu\b|^nu(?= (?:tot|tm) )",
            lambda said_on, _: _numeric(said_on),
        ),
    )
)
