"""Forms of organisations: who they are, what they say, and the people in them."""

from portal.organisations.forms.access import ObjectForm, ProposeOwnerForm
from portal.organisations.forms.away import AbsenceForm
from portal.organisations.forms.facts import (
    CorrectForm,
    CreateForm,
    EditForm,
    FactsFields,
    ProvinceForm,
)
from portal.organisations.forms.kinds import AddKindForm, EditKindForm
from portal.organisations.forms.mailboxes import MailboxForm, ProveForm
from portal.organisations.forms.people import (
    AcceptForm,
    AnswerForm,
    HandOverForm,
    InviteForm,
    JoinForm,
    MemberForm,
)
from portal.organisations.forms.profiles import LogoForm, ProfileForm
from portal.organisations.forms.proposals import ProposeForm
from portal.organisations.forms.source import EnteredForm

__all__ = [
    "AbsenceForm",
    "AcceptForm",
    "AddKindForm",
    "AnswerForm",
    "CorrectForm",
    "CreateForm",
    "EditForm",
    "EditKindForm",
    "EnteredForm",
    "FactsFields",
    "HandOverForm",
    "InviteForm",
    "JoinForm",
    "LogoForm",
    "MailboxForm",
    "MemberForm",
    "ObjectForm",
    "ProfileForm",
    "ProposeForm",
    "ProposeOwnerForm",
    "ProveForm",
    "ProvinceForm",
]
