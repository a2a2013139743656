"""Events: what a package tells the packages above it, in the transaction of the act itself.

Only for writes that must commit with the act, or may refuse it by raising a PortalError. All else
follows history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portal.core.db import Bound


class Event:
    """The parent of every event: a frozen dataclass of the package that raises it.

    Without slots: with them Python makes the class twice, and `__subclasses__` gives both.
    """


Handler = Callable[[Any], None]
Handlers = Mapping[type[Event], Sequence[Handler]]

handlers: Bound[Handlers] = Bound("event_handlers")


class Unheard(RuntimeError):
    """An event that a package raises has no handler: the app does not start."""


def heard(*pairs: tuple[type[Event], Handler]) -> Handlers:
    """Return the handlers of each event, in the order of `pairs`; Unheard when one has none."""
    listening: dict[type[Event], list[Handler]] = {}
    for event, handler in pairs:
        listening.setdefault(event, []).append(handler)
    unheard = [event.__name__ for event in Event.__subclasses__() if event not in listening]
    if unheard:
        raise Unheard(", ".join(unheard))
    return listening


def tell(event: Event) -> None:
    """Hand `event` to its handlers, at once; what one of them raises refuses the act."""
    for handler in handlers()[type(event)]:
        handler(event)
