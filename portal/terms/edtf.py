"""Write a term's dates as EDTF (ISO 8601-2), for machines."""

from datetime import date

from portal.terms import periods
from portal.terms.periods import Precision

# EDTF counts spring as 21 and the first quarter as 33.
_SEASONS, _QUARTERS = 20, 32
_OPEN = ".."


def written(earliest: date | None, latest: date | None, precision: Precision) -> str:
    """Give one EDTF value where the dates are exactly one, else an interval of the two dates."""
    if earliest is None or latest is None:
        return f"{_iso(earliest)}/{_iso(latest)}"
    single = _single(earliest, latest, precision)
    if single:
        return single
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        years = f"{earliest.year:04}", f"{latest.year:04}"
        return "/".join(dict.fromkeys(years))
    return f"{_iso(earliest)}/{_iso(latest)}"


def _iso(moment: date | None) -> str:
    return moment.isoformat() if moment else _OPEN


def _single(earliest: date, latest: date, precision: Precision) -> str | None:
    year, month = earliest.year, earliest.month
    quarter, season = (month + 2) // 3, month // 3
    if precision is Precision.DAY:
        period, value = (earliest, earliest), _iso(earliest)
    elif precision is Precision.MONTH:
        period, value = periods.whole_months(year, month, month), f"{year:04}-{month:02}"
    elif precision is Precision.QUARTER:
        period = periods.quarter(year, quarter)
        value = f"{year:04}-{_QUARTERS + quarter}"
    elif precision is Precision.SEASON and season:
        period = periods.season(year, season)
        value = f"{year:04}-{_SEASONS + season}"
    elif precision is Precision.YEAR:
        period, value = periods.whole_months(year, 1, 12), f"{year:04}"
    else:
        return None
    return value if period == (earliest, latest) else None
