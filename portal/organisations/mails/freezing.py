"""The mails about an organisation that the vereniging froze, and that it unfroze."""

from __future__ import annotations

from portal.core.i18n import speak
from portal.organisations import queries
from portal.organisations.models import Organisation
from portal.services import mail
from portal.services.grounds import FREEZE_GROUNDS


def frozen(organisation: Organisation, *, ground: str, reason: str) -> None:
    """Tell the eigenaren and redacteuren what they cannot do for now, and why."""
    _send("organisation_frozen", organisation, reason, ground)


def unfrozen(organisation: Organisation, *, reason: str) -> None:
    """Tell the eigenaren and redacteuren that they can write again."""
    _send("organisation_unfrozen", organisation, reason)


def without_owner(organisation: Organisation, *, name: str) -> None:
    """Tell the moderators that the last eigenaar left an organisation that is frozen."""
    for moderator in queries.moderators():
        mail.send(
            "organisation_without_owner",
            to=moderator.email,
            locale=moderator.locale,
            addressee=moderator.name,
            name=name,
            organisation=organisation.name,
            organisation_id=organisation.id,
        )


def _send(template: str, organisation: Organisation, reason: str, ground: str = "") -> None:
    for reader in queries.writers_and_mailbox(organisation.id):
        with speak(reader.locale):
            ground_words = str(FREEZE_GROUNDS[ground]) if ground else ""
        mail.send(
            template,
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            organisation=organisation.name,
            organisation_id=organisation.id,
            ground=ground_words,
            reason=reason.strip(),
        )
