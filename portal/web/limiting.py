"""How often a door lets a client or an account act: what a limit counts by, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from portal.core.errors import TooMany
from portal.services import limits
from portal.web.address import client_address
from portal.web.forms import PortalForm
from portal.web.person import viewer


class Moment(Enum):
    """When a limit is counted.

    As a form comes in, whatever is in it; once it is valid, before anything slow; or once the slow
    work has refused nothing, just before the act.
    """

    COMES = "comes"
    HOLDS = "holds"
    PROVEN = "proven"


def by_account(_form: PortalForm) -> str:
    """Count by the account that is signed in."""
    return str(viewer().id)


def by_client(_form: PortalForm) -> str:
    """Count by the network address."""
    return client_address()


def for_all(_form: PortalForm) -> str:
    """Count everybody together."""
    return "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit `name` of the table of limits; `key(form)` is the key that it counts by.

    A quiet limit refuses nothing: its name stands in `form.used_up` when it was passed.
    """

    name: str
    # Takes the form of its own door, a narrower type than any that fits all doors.
    key: Callable[[Any], str]
    moment: Moment = Moment.COMES
    is_quiet: bool = False


def limit_of(named: str | Limit) -> Limit:
    """Return a limit for its name alone: counted as the form comes, by account or by client."""
    if isinstance(named, Limit):
        return named
    return Limit(named, by_account if named.endswith("_account") else by_client)


def count(counted: Iterable[Limit], moment: Moment, form: PortalForm) -> None:
    """Count the limits of this moment; TooMany for the first that was passed."""
    for limit in counted:
        if limit.moment is not moment:
            continue
        try:
            limits.hit(limit.name, limit.key(form))
        except TooMany:
            if not limit.is_quiet:
                raise
            form.used_up |= {limit.name}
