"""Forms: their shape, and one field, one check and one filter for each thing that is typed."""

from portal.web.forms.base import (
    ButtonForm,
    CreatingForm,
    EditingForm,
    KeylessForm,
    OnceForm,
    PortalForm,
    SeenForm,
)
from portal.web.forms.differences import Difference, in_words
from portal.web.forms.fields import DayField, MailAddressField, WebAddressField
from portal.web.forms.filters import one_line, stripped
from portal.web.forms.previews import (
    Look,
    Part,
    Previewed,
    Previewing,
    ShownPicture,
    ShownVoice,
)
from portal.web.forms.questions import CounterQuestion
from portal.web.forms.validators import AtMost, Filled, NotInFuture, no_link, no_web_address

__all__ = [
    "AtMost",
    "ButtonForm",
    "CounterQuestion",
    "CreatingForm",
    "DayField",
    "Difference",
    "EditingForm",
    "Filled",
    "KeylessForm",
    "Look",
    "MailAddressField",
    "NotInFuture",
    "OnceForm",
    "Part",
    "PortalForm",
    "Previewed",
    "Previewing",
    "SeenForm",
    "ShownPicture",
    "ShownVoice",
    "WebAddressField",
    "in_words",
    "no_link",
    "no_web_address",
    "one_line",
    "stripped",
]
