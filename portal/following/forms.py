"""The forms of following: what is asked before mail comes, and the buttons behind mailed links."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal.accounts.addresses import address_key
from portal.core.i18n import lazy_gettext as _l
from portal.following.rhythms import LABELS, Rhythm
from portal.web.forms import CreatingForm, Filled, KeylessForm, MailAddressField, one_line
from portal.web.person import viewer

_CHOICES = [SelectChoice(value=str(rhythm), label=label) for rhythm, label in LABELS.items()]


class FollowForm(CreatingForm):
    """How often mail comes, and where to, unless an account that is confirmed says so."""

    rhythm = RadioField(
        _l("Hoe vaak wilt u mail?"),
        [Filled(_l("Kies hoe vaak u mail wilt."))],
        choices=_CHOICES,
        default=str(Rhythm.WEEKLY),
    )
    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[one_line]
    )

    def prepare(self, _subject: object) -> None:
        """Ask no address of somebody whose account has one."""
        if viewer().is_confirmed:
            del self.email

    @property
    def address(self) -> str | None:
        """The address that was typed, as addresses are compared; None where none is asked."""
        return address_key(self.email.data) if "email" in self else None


class ConfirmForm(KeylessForm):
    """A button: the address is one that its owner reads."""


class _OneForm(KeylessForm):
    """Names one of what the follower of the link follows."""

    follow = IntegerField()

    def validate_follow(self, field: IntegerField) -> None:
        if field.data is None or abs(field.data) >= 2**31:
            raise ValidationError("")


class RhythmForm(_OneForm):
    """How often mail about one thing comes."""

    rhythm = SelectField(choices=_CHOICES)


class StopForm(_OneForm):
    """A button: no mail about one thing."""


class StopAllForm(KeylessForm):
    """A button, or a mail program that presses it: no mail at all."""


class AgainForm(KeylessForm):
    """A button: what was stopped is followed again."""
