"""In words: what mails are about, and what became of them."""

from __future__ import annotations

from typing import NamedTuple

from portal.core.i18n import lazy_gettext as _l
from portal.services.sent_mail import Fate

FATES: dict[Fate, object] = {
    Fate.WAITING: _l("wacht"),
    Fate.FAILED: _l("nog niet gelukt, wij proberen het opnieuw"),
    Fate.SENT: _l("verstuurd"),
    Fate.UNSENT: _l("niet verstuurd"),
    Fate.PARKED: _l("mislukt"),
}


class About(NamedTuple):
    """What some mails are about: how their templates begin."""

    label: object
    begins: tuple[str, ...]


ABOUT: dict[str, About] = {
    "accounts": About(_l("accounts en rollen"), ("account_", "staff_")),
    "organisaties": About(_l("organisaties"), ("organisation_",)),
    "ondertekenen": About(_l("ondertekenen en opzeggen"), ("signature_", "ending_")),
    "toezeggingen": About(_l("toezeggingen"), ("commitment_", "claim_")),
    "reacties": About(_l("reacties"), ("comment_",)),
    "besluiten": About(_l("besluiten van moderatoren"), ("hidden", "restored", "decision_")),
    "volgen": About(_l("volgen"), ("follow_",)),
    "portaal": About(_l("het portaal"), ("admin_", "moderation_", "vereniging_")),
}


def about_of(template: str) -> object:
    """Return what a mail is about, its own name where no word is known for that."""
    return next((about.label for about in ABOUT.values() if template.startswith(about.begins)), "")
