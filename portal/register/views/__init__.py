"""Pages of the register: the signatories, one signatory, one organisation."""

from portal.register.views import (
    claims,
    comparing,
    descriptions,
    numbers,
    organisation,
    signatories,
    years,
)
from portal.register.views.blueprint import bp

__all__ = [
    "bp",
    "claims",
    "comparing",
    "descriptions",
    "numbers",
    "organisation",
    "signatories",
    "years",
]
