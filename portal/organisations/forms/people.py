"""People in an organisation: inviting, joining, answering, changing roles, handing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.accounts.forms.roles import InvitingForm
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.forms.fields import role_choices
from portal.organisations.models import Organisation
from portal.organisations.roles import ROLE_WORDS
from portal.policy import Role
from portal.web.forms import (
    AtMost,
    CreatingForm,
    EditingForm,
    Filled,
    PortalForm,
    no_link,
    one_line,
    stripped,
)
from portal.web.person import viewer

REFUSE = "weigeren"
LEAVE = "verlaten"


class InviteForm(InvitingForm):
    """Invite somebody to a role in an organisation."""

    def prepare(self, subject: Organisation) -> None:
        """Offer every role."""
        self.role.choices = role_choices()


class AcceptForm(PortalForm):
    """Join on an invitation."""

    job_title = StringField(_l("Uw functie"), [AtMost(120), no_link], filters=[one_line])


class JoinForm(CreatingForm):
    """Ask to join an organisation."""

    job_title = StringField(
        _l("Uw functie"),
        [Filled(_l("Vul uw functie in.")), AtMost(120), no_link],
        filters=[one_line],
    )
    message = TextAreaField(
        _l("Bericht aan de eigenaren"),
        [Filled(_l("Schrijf op waarom u mee wilt doen.")), AtMost(1000)],
        filters=[stripped],
    )


class AnswerForm(PortalForm):
    """Let the requester join in a role, or refuse with a reason."""

    answer = RadioField(
        _l("Uw antwoord"),
        [Filled(_l("Kies een antwoord."))],
        invalid_choice_message=_l("Kies een antwoord."),
    )
    reason = TextAreaField(_l("Reden van niet toelaten"), [AtMost(1000)], filters=[stripped])

    def prepare(self, subject: object) -> None:
        """Offer each role, and a refusal."""
        self.answer.choices = [
            *(
                SelectChoice(role, _("Toelaten als %(role)s", role=label))
                for role, label in ROLE_WORDS.items()
            ),
            SelectChoice(REFUSE, _("Niet toelaten")),
        ]

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Refuse a refusal without a reason, besides what the fields refuse."""
        super().validate(extra_validators)
        if self.answer.data == REFUSE and not self.reason.data:
            self.refuse(
                "reason", _("Schrijf op waarom u deze persoon niet toelaat. De vrager leest dit.")
            )
        return not self.errors


class MemberForm(EditingForm):
    """The role and the job title of a member."""

    role = RadioField(
        _l("Rol"), [Filled(_l("Kies een rol."))], invalid_choice_message=_l("Kies een rol.")
    )
    job_title = StringField(_l("Functie"), [AtMost(120), no_link], filters=[one_line])

    def prepare(self, subject: object) -> None:
        """Offer every role."""
        self.role.choices = role_choices()


class HandOverForm(CreatingForm):
    """Make somebody else eigenaar, and stay or leave."""

    successor = SelectField(
        _l("Nieuwe eigenaar"),
        [Filled(_l("Kies wie u opvolgt."))],
        invalid_choice_message=_l("Kies wie u opvolgt."),
    )
    stay_as = RadioField(
        _l("Welke rol krijgt u zelf?"),
        [Filled(_l("Kies uw eigen rol."))],
        invalid_choice_message=_l("Kies uw eigen rol."),
    )

    def prepare(self, subject: Organisation) -> None:
        """Offer the other members who are no eigenaar, and what the viewer can become."""
        others = [
            member
            for member in queries.people_of(subject.id)
            if member.account_id != viewer().id and member.role != Role.OWNER
        ]
        self.successor.choices = [
            SelectChoice("", _l("Kies een collega")),
            *(SelectChoice(str(member.membership_id), member.name) for member in others),
        ]
        self.stay_as.choices = [
            *(
                SelectChoice(role, _("Ik word %(role)s", role=ROLE_WORDS[role]))
                for role in (str(Role.EDITOR), str(Role.READER))
            ),
            SelectChoice(str(Role.OWNER), _("Ik blijf ook eigenaar")),
            SelectChoice(LEAVE, _("Ik verlaat de organisatie")),
        ]
