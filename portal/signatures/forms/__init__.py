"""The forms of signatures: to prepare, confirm, end, or enter one of the past."""

from portal.signatures.forms.confirming import ConfirmForm, TurnDownForm
from portal.signatures.forms.ending import EndByVerenigingForm, EndForm, StopForm
from portal.signatures.forms.historic import EnterForm, SignedForm
from portal.signatures.forms.preparing import EditForm, PrepareForm

__all__ = [
    "ConfirmForm",
    "EditForm",
    "EndByVerenigingForm",
    "EndForm",
    "EnterForm",
    "PrepareForm",
    "SignedForm",
    "StopForm",
    "TurnDownForm",
]
