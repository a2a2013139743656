"""The roles of people in an organisation: their names, what they may do, and their order."""

from __future__ import annotations

from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import speak
from portal.policy import Role

ROLE_WORDS = {
    str(Role.OWNER): _l("eigenaar"),
    str(Role.EDITOR): _l("redacteur"),
    str(Role.READER): _l("lezer"),
}


def role_word(role: str, locale: str) -> str:
    """Return the name of a role in a language, for a mail."""
    with speak(locale):
        return str(ROLE_WORDS[role])


ROLE_HINTS = {
    str(Role.OWNER): _l("Mag alles, ook het Groeipact opzeggen en mensen toelaten."),
    str(Role.EDITOR): _l(
        "Bereidt de ondertekening voor en schrijft omschrijving, toezeggingen en voortgang."
    ),
    str(Role.READER): _l("Leest ook wat nog niet openbaar is."),
}

# What the same roles say to the person who is invited.
ROLE_OFFERS = {
    str(Role.OWNER): _l("Als eigenaar mag u alles, ook het Groeipact opzeggen en mensen toelaten."),
    str(Role.EDITOR): _l(
        "Als redacteur bereidt u de ondertekening voor. U schrijft de omschrijving, de "
        "toezeggingen en de voortgang."
    ),
    str(Role.READER): _l("Als lezer leest u ook wat nog niet openbaar is."),
}

_RANK = (str(Role.READER), str(Role.EDITOR), str(Role.OWNER))


def highest(one: str, other: str) -> str:
    """Return the role of the two that may do most."""
    return max(one, other, key=_RANK.index)
