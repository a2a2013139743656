"""The shape of what is sent about commitments."""

from portal.commitments.forms.documents import (
    DescriptionForm,
    DocumentForm,
    VersionForm,
    WrittenOutForm,
)
from portal.commitments.forms.prognoses import PrognosisForm
from portal.commitments.forms.progress import MoveForm, RetractForm, UpdateForm, WithdrawForm
from portal.commitments.forms.term import TermPreview
from portal.commitments.forms.writing import CommitmentForm, NewCommitmentForm

__all__ = [
    "CommitmentForm",
    "DescriptionForm",
    "DocumentForm",
    "MoveForm",
    "NewCommitmentForm",
    "PrognosisForm",
    "RetractForm",
    "TermPreview",
    "UpdateForm",
    "VersionForm",
    "WithdrawForm",
    "WrittenOutForm",
]
