"""Reads for the public pages that show several domains."""

from portal.register.queries.figures import Figure, Figures, figures
from portal.register.queries.ordering import BY_NAME, NEWEST, ORDERS
from portal.register.queries.pages import (
    event_named,
    events_of,
    get_signatory,
    is_ended_by_vereniging,
)
from portal.register.queries.signatories import (
    NewSignatory,
    SignatoryCard,
    TakenSignatory,
    listing,
    newest,
    taken,
)

__all__ = [
    "BY_NAME",
    "NEWEST",
    "ORDERS",
    "Figure",
    "Figures",
    "NewSignatory",
    "SignatoryCard",
    "TakenSignatory",
    "event_named",
    "events_of",
    "figures",
    "get_signatory",
    "is_ended_by_vereniging",
    "listing",
    "newest",
    "taken",
]
