"""Whether a code of a telephone is asked beside the password."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.config.environment import UnsafeSettings


class Demand(StrEnum):
    """What is asked of somebody without a second factor; who has one is always asked for a code."""

    # Nobody acts for the vereniging without one.
    REQUIRED = "required"
    OFFERED = "offered"
    OFF = "off"


DEFAULTS = {"production": Demand.REQUIRED, "demo": Demand.OFFERED, "test": Demand.OFF}


def demand(env: Mapping[str, str], mode: str) -> Demand:
    """Return what `SECOND_FACTOR` says; production never goes without offering it."""
    value = env.get("SECOND_FACTOR", "").lower() or DEFAULTS[mode].value
    if value not in list(Demand):
        names = ", ".join(Demand)
        raise UnsafeSettings(f"SECOND_FACTOR must be one of {names}, not {value!r}.")
    if mode == "production" and value == Demand.OFF:
        raise UnsafeSettings("SECOND_FACTOR is off: production at least offers it.")
    return Demand(value)
