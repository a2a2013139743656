"""Forms of organisations: who they are, what they say, and the people in them."""

from portal.organisations.forms.access import ObjectForm, ProposeOwnerForm
from portal.organisations.forms.facts import CreateForm, EditForm, FactsFields, ProvinceForm
from portal.organisations.forms.kinds import AddKindForm, EditKindForm
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

__all__ = [
    "AcceptForm",
    "AddKindForm",
    "AnswerForm",
    "CreateForm",
    "EditForm",
    "EditKindForm",
    "FactsFields",
    "HandOverForm",
    "InviteForm",
    "JoinForm",
    "LogoForm",
    "MemberForm",
    "ObjectForm",
    "ProfileForm",
    "ProposeForm",
    "ProposeOwnerForm",
    "ProvinceForm",
]
