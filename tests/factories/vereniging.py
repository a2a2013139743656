"""The vereniging that keeps the portal."""

from __future__ import annotations

from portal.services.vereniging import Vereniging
from tests.factories.states import add, committed


@committed
def make_vereniging(
    *, email: str = "bureau@vereniging.example", security_contact: str = ""
) -> Vereniging:
    """Return the row of the vereniging: its name, and where it is reached."""
    row = Vereniging(
        name="De vereniging",
        site_name="Groeipact Common Ground",
        email=email,
        security_contact=security_contact,
    )
    add(row)
    return row
