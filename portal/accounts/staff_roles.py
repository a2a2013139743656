"""The roles in the vereniging that an invitation may offer: their names, and what they may do."""

from __future__ import annotations

from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import speak


class StaffRole(StrEnum):
    """What somebody is invited to be; `columns` of the account say it once that is accepted."""

    MODERATOR = "moderator"
    BEHEERDER = "beheerder"
    BOTH = "beide"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of an account that hold this role."""
        held = {
            StaffRole.MODERATOR: ("is_moderator",),
            StaffRole.BEHEERDER: ("is_beheerder",),
            StaffRole.BOTH: ("is_moderator", "is_beheerder"),
        }
        return held[self]


STAFF_ROLE_WORDS = {
    StaffRole.MODERATOR: _l("moderator"),
    StaffRole.BEHEERDER: _l("beheerder"),
    StaffRole.BOTH: _l("moderator en beheerder"),
}

# What each may do, said to the person who is invited.
STAFF_ROLE_OFFERS = {
    StaffRole.MODERATOR: _l("Als moderator beoordeelt u reacties, omschrijvingen en aanvragen."),
    StaffRole.BEHEERDER: _l("Als beheerder stelt u het portaal in en geeft u rollen."),
    StaffRole.BOTH: _l(
        "U beoordeelt reacties, omschrijvingen en aanvragen. U stelt ook het portaal in en geeft "
        "rollen."
    ),
}


def staff_role_word(role: str, locale: str) -> str:
    """Return the name of a role in a language, for a mail."""
    with speak(locale):
        return str(STAFF_ROLE_WORDS[StaffRole(role)])
