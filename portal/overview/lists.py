"""The lists that pictures count: of today, or as at an earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from flask import request, url_for

from portal.commitments.queries.filtering import CommitmentFilter
from portal.signatures.queries.filtering import SignatoryFilter
from portal.web.destinations import Destination, url_to
from portal.web.past import AsAt

# A page of pictures has some two hundred addresses, and they are the same each time.
MOST = 4096


class Lists(Protocol):
    """Tells the address of the list of what a number counts."""

    def of_promises(self, filters: CommitmentFilter) -> str: ...

    def of_signatories(self, filters: SignatoryFilter) -> str: ...


@dataclass(frozen=True, slots=True)
class ListsAt:
    """The lists of the register, as at a day."""

    at: AsAt

    def of_promises(self, filters: CommitmentFilter) -> str:
        """Return the address of the list of these promises."""
        return _promises(request.script_root, filters, self.at.past)

    def of_signatories(self, filters: SignatoryFilter) -> str:
        """Return the address of the list of these signatories."""
        arguments: dict[str, Any] = {**filters.arguments(), **self.at.arguments()}
        return url_to(Destination.SIGNATORIES, **arguments)


@lru_cache(MOST)
def _promises(_language: str, filters: CommitmentFilter, past: date | None) -> str:
    """Return the address of a list, in the language that the path of the request begins with."""
    arguments: dict[str, Any] = {**filters.arguments(), **AsAt.arguments_of(past)}
    return url_for("commitments.index", **arguments)
