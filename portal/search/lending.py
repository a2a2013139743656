"""The index as the lists below know it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select

from portal.search.indexing import index_some, is_due
from portal.search.kinds import Kind
from portal.search.queries import instead_in, subjects_with, what_is_meant
from portal.services.finding import Instead


class LentIndex:
    """Finds commitments and signatories by the words of a question."""

    def commitments(self, text: str) -> Select[int] | None:
        """Return the ids of the commitments with all words of `text`; None: it has no word."""
        return subjects_with(text, Kind.COMMITMENT)

    def signatories(self, text: str) -> Select[int] | None:
        """Return the ids of the signatories with all words of `text`; None: it has no word."""
        return subjects_with(text, Kind.SIGNATORY)

    def instead_of(self, text: str) -> Sequence[Instead]:
        """Return what is found for those words of `text` that stand nowhere or hardly."""
        return instead_in(what_is_meant(text))

    def is_behind(self) -> bool:
        """Return whether anything changed that is not in it yet: what is not found may be there."""
        return is_due()

    def catch_up(self) -> None:
        """Take in all that has changed until now, in transactions of its own."""
        while index_some():
            pass
