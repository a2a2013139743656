"""What stands at a number below a signatory, as doors need it: a year, a description."""

from __future__ import annotations

from typing import NamedTuple

from portal.organisations.models import Organisation


class NumberedOfSignatory(NamedTuple):
    """A signatory and a number below its address; public when the signatory is."""

    organisation: Organisation
    number: int

    @property
    def is_public(self) -> bool:
        return self.organisation.is_public

    @property
    def organisation_id(self) -> int:
        return self.organisation.id
