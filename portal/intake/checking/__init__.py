"""What bringing a row in would do, without doing it."""

from portal.intake.checking.cells import Lists, read_lists
from portal.intake.checking.commitments import Promise, check_commitment
from portal.intake.checking.signatories import Signatory, check_signatory

__all__ = [
    "Lists",
    "Promise",
    "Signatory",
    "check_commitment",
    "check_signatory",
    "read_lists",
]
