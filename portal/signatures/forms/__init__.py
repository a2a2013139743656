"""The forms of signatures: to prepare, confirm, end, or enter one of the past."""

from portal.signatures.forms.confirming import ConfirmForm, TurnDownForm
from portal.signatures.forms.ending import (
    AskEndForm,
    CompleteEndForm,
    EndByVerenigingForm,
    EndForm,
    StopByLinkForm,
    StopEndForm,
)
from portal.signatures.forms.historic import DenyForm, EnterForm, SignedForm
from portal.signatures.forms.preparing import EditForm, PrepareForm

__all__ = [
    "AskEndForm",
    "CompleteEndForm",
    "ConfirmForm",
    "DenyForm",
    "EditForm",
    "EndByVerenigingForm",
    "EndForm",
    "EnterForm",
    "PrepareForm",
    "SignedForm",
    "StopByLinkForm",
    "StopEndForm",
    "TurnDownForm",
]
