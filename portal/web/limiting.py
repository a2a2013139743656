"""How often a door lets a client or an account act: what a limit counts by, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from portal.core.errors import TooMany
from portal.services import limits
from portal.services.limits import Reserved
from portal.web.address import client_address
from portal.web.forms import PortalForm
from portal.web.person import viewer


class Moment(Enum):
    """When a limit is counted.

    As a form comes in, whatever is in it; once it is valid, before anything slow; or once the slow
    work has refused nothing, just before the act. A try counts once the form is valid, and no
    longer when the slow work has refused nothing: only guesses that are wrong use it up. With the
    act, where nothing before it is slow: what is done counts in its own transaction, without one
    of the counter's own, and what is refused counts all the same.
    """

    COMES = "comes"
    HOLDS = "holds"
    PROVEN = "proven"
    TRIES = "tries"
    ACTS = "acts"


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

    With None for a key it does not count this form. A quiet limit refuses nothing: its name stands
    in `form.used_up` when it was passed. `page` is the page of errors for whoever passes it.
    """

    name: str
    # Takes the form of its own door, a narrower type than any that fits all doors.
    key: Callable[[Any], str | None]
    moment: Moment = Moment.COMES
    is_quiet: bool = False
    page: str = ""


def limit_of(named: str | Limit) -> Limit:
    """Return a limit for its name alone: counted as the form comes, by account or by client."""
    if isinstance(named, Limit):
        return named
    return Limit(named, by_account if named.endswith("_account") else by_client)


def count(
    counted: Iterable[Limit],
    moment: Moment,
    form: PortalForm,
    hit: Callable[[str, str], None] = limits.hit,
) -> None:
    """Count the limits of this moment; TooMany for the first that was passed."""
    for limit in counted:
        key = limit.key(form) if limit.moment is moment else None
        if key is None:
            continue
        try:
            hit(limit.name, key)
        except TooMany as refusal:
            refusal.page = limit.page
            if not limit.is_quiet:
                raise
            form.used_up |= {limit.name}


def begin_try(counted: Iterable[Limit], form: PortalForm) -> Sequence[Reserved]:
    """Count one try; TooMany where a limit is used up. `limits.give_back` takes what it returns."""
    tried = {limit: limit.key(form) for limit in counted if limit.moment is Moment.TRIES}
    try:
        return limits.reserve((limit.name, key) for limit, key in tried.items() if key is not None)
    except TooMany as refusal:
        refusal.page = next(limit.page for limit in tried if limit.name == refusal.name)
        refusal.details["form"] = form
        raise
