"""The shape of what is sent about commitments."""

from portal.commitments.forms.documents import DocumentForm, VersionForm
from portal.commitments.forms.prognoses import PrognosisForm
from portal.commitments.forms.progress import MoveForm, RetractForm, UpdateForm, WithdrawForm
from portal.commitments.forms.term import TermPreview
from portal.commitments.forms.writing import CommitmentForm, NewCommitmentForm

__all__ = [
    "CommitmentForm",
    "DocumentForm",
    "MoveForm",
    "NewCommitmentForm",
    "PrognosisForm",
    "RetractForm",
    "TermPreview",
    "UpdateForm",
    "VersionForm",
    "WithdrawForm",
]
