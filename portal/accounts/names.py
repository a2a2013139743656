"""Whether a name is that of a person: an account is somebody, and organisations stand apart."""

from __future__ import annotations

import re

from portal.accounts.roles import is_organisation
from portal.core.folding import fold

# Words with which organisations begin, folded; no person is called so.
_WORDS = re.compile(
    r"(?:(?:de|het|the) )?(?:gemeente|provincie|waterschap|hoogheemraadschap|wetterskip|stichting"
    r"|vereniging|cooperatie|omgevingsdienst|veiligheidsregio|ministerie|rijksdienst"
    r"|samenwerkingsverband|municipality of|province of|ministry of)\b"
)


def names_an_organisation(name: str) -> bool:
    """Return whether a name begins as that of an organisation, or is one in the register."""
    return bool(_WORDS.match(fold(name).strip())) or is_organisation()(name)
