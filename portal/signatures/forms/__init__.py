"""The forms of signatures, by who fills them in."""

from portal.signatures.forms.confirming import ConfirmForm, TurnDownForm
from portal.signatures.forms.deciding import AdmitForm, AskMoreForm, DeclineForm
from portal.signatures.forms.ending import EndByVerenigingForm, EndForm, StopForm
from portal.signatures.forms.historic import EnterForm, SignedForm
from portal.signatures.forms.preparing import EditForm, PrepareForm

__all__ = [
    "AdmitForm",
    "AskMoreForm",
    "ConfirmForm",
    "DeclineForm",
    "EditForm",
    "EndByVerenigingForm",
    "EndForm",
    "EnterForm",
    "PrepareForm",
    "SignedForm",
    "StopForm",
    "TurnDownForm",
]
