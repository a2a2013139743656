"""Under which terms others may use a document."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l

LONGEST = 12


class Licence(StrEnum):
    """A licence, by the word that is stored; nothing when nobody said."""

    UNSAID = ""
    CC0 = "cc0"
    CC_BY = "cc-by"
    CC_BY_SA = "cc-by-sa"
    EUPL = "eupl"
    RESERVED = "voorbehouden"

    @property
    def words(self) -> object:
        """What others may do, in the language of the page."""
        return LABELS[self]

    @property
    def address(self) -> str | None:
        """Where its text is to be read; None for what is no text of its own."""
        return ADDRESSES.get(self)


LABELS: Mapping[Licence, object] = {
    Licence.UNSAID: _l("Niet gezegd"),
    Licence.CC0: _l("CC0 1.0: vrij te gebruiken"),
    Licence.CC_BY: _l("CC BY 4.0: te gebruiken met naamsvermelding"),
    Licence.CC_BY_SA: _l("CC BY-SA 4.0: te gebruiken met naamsvermelding, en zo ook te delen"),
    Licence.EUPL: _l("EUPL 1.2: voor broncode en wat daarbij hoort"),
    Licence.RESERVED: _l("Alle rechten voorbehouden"),
}
# Where its text is to be read.
ADDRESSES: Mapping[Licence, str] = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.nl",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.nl",
    Licence.EUPL: "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
}
