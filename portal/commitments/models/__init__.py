"""What the portal stores of commitments, and of what becomes of them."""

from portal.commitments.models.commitments import (
    FAR,
    Commitment,
    CommitmentDocument,
    Texts,
    commitment_layer,
    commitment_principle,
)
from portal.commitments.models.prognoses import Prognosis
from portal.commitments.models.progress import Revision, SentReminder, TermMove, Update

__all__ = [
    "FAR",
    "Commitment",
    "CommitmentDocument",
    "Prognosis",
    "Revision",
    "SentReminder",
    "TermMove",
    "Texts",
    "Update",
    "commitment_layer",
    "commitment_principle",
]
