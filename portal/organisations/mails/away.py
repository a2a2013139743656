"""The mails about who is away, and who stands in for them."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.words import date_words
from portal.organisations.models.away import Absence
from portal.services import mail, telling
from portal.services.telling import Audience, both, told_of

_ENDED = telling.mail("organisation_stand_in_ended", Audience.PERSON)
_GONE = telling.mail("organisation_stand_in_gone", Audience.PERSON)
AWAY = told_of(
    "absence",
    {
        # Who stood in before hears that they no longer do.
        "set": both(telling.mail("organisation_stand_in", Audience.PERSON), _ENDED),
        "came_back": _ENDED,
        "stepped_back": _GONE,
        "stand_in_left": _GONE,
    },
)


def stand_in_asked(absence: Absence, stand_in: Account) -> None:
    """Tell somebody for whom they stand in, between which days, and how not to."""
    mail.send(
        "organisation_stand_in",
        to=stand_in.email,
        locale=stand_in.locale,
        addressee=stand_in.name,
        name=absence.account.name,
        first=date_words(absence.first_on, stand_in.locale),
        last=date_words(absence.last_on, stand_in.locale),
        organisation=absence.organisation.name,
        organisation_id=absence.organisation_id,
    )


def stand_in_ended(absence: Absence, stand_in: Account) -> None:
    """Tell somebody that they no longer stand in."""
    mail.send(
        "organisation_stand_in_ended",
        to=stand_in.email,
        locale=stand_in.locale,
        addressee=stand_in.name,
        name=absence.account.name,
        organisation=absence.organisation.name,
    )


def stand_in_gone(absence: Absence, stand_in: Account, *, has_left: bool) -> None:
    """Tell who is away that nobody stands in for them any more, and why."""
    account = absence.account
    mail.send(
        "organisation_stand_in_gone",
        to=account.email,
        locale=account.locale,
        addressee=account.name,
        name=stand_in.name,
        has_left=has_left,
        organisation=absence.organisation.name,
        organisation_id=absence.organisation_id,
    )
