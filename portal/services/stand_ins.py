"""Who gets the mails of an absent person as well: the package above that knows lends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from portal.core.db import Bound
from portal.core.words import date_words
from portal.policy import Role
from portal.services.telling import Audience, audience_of


class StandIn(NamedTuple):
    """Somebody who stands in for an absent person of an organisation, up to and with a day."""

    account_id: int
    name: str
    email: str
    role: str
    organisation: str
    last_on: date

    def words(self, absent: str, locale: str) -> dict[str, str]:
        """Return what a mail says of why they get it."""
        return {
            "name": absent,
            "organisation": self.organisation,
            "last": date_words(self.last_on, locale),
        }


# Gets the number of an organisation and the address of who may be absent from it.
stand_ins: Bound[Callable[[int, str], Sequence[StandIn]]] = Bound("stand_ins")

# Of a mail to these, who has one of these roles gets one of their own.
_HEAR_THEMSELVES = {
    Audience.OWNERS: (Role.OWNER,),
    Audience.EDITORS: (Role.OWNER, Role.EDITOR),
}


def stand_ins_for(template: str, words: Mapping[str, Any], to: str) -> Sequence[StandIn]:
    """Return who gets this mail as well; nobody hears twice.

    Only of a mail to the people of an organisation, which its words name by `organisation_id`. One
    with a personal link goes to nobody else.
    """
    told = audience_of(template).intersection(_HEAR_THEMSELVES)
    number = words.get("organisation_id")
    if not told or number is None or words.get("token"):
        return ()
    hear = {role for audience in told for role in _HEAR_THEMSELVES[audience]}
    return [one for one in stand_ins()(number, to) if one.role not in hear]
