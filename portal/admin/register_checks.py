"""What the register of a portal should have before it is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portal.accounts.queries import staff_accounts
from portal.accounts.queries.second_factor import with_factor
from portal.admin.findings import Check, Finding, Weight
from portal.config import Demand, Settings
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.words import moment_words
from portal.pact.queries import find_current
from portal.services.vereniging import UNSET_NAME, current_vereniging
from portal.vereniging.queries import SLUGS, security_txt_expires, slugs_edited

SECURITY_TXT_WARNS = timedelta(days=30)


def _vereniging(_settings: Settings) -> Iterator[Finding]:
    row = current_vereniging("nl")
    place = "vereniging.vereniging"
    if row.name == UNSET_NAME:
        yield Finding(
            "name",
            Weight.MISSING,
            _("De naam van de vereniging is nog niet ingevuld."),
            _("Vul de naam in bij De vereniging."),
            place,
        )
    if not row.email:
        yield Finding(
            "contact",
            Weight.MISSING,
            _("Lezers zien niet bij wie zij terechtkunnen."),
            _("Vul een e-mailadres in bij De vereniging."),
            place,
        )
    if not row.security_contact:
        yield Finding(
            "security_contact",
            Weight.ADVICE,
            _("Wie een lek vindt, weet niet waar dat gemeld kan worden."),
            _("Vul een adres voor beveiliging in bij De vereniging."),
            place,
        )


def _security_txt(_settings: Settings) -> Iterator[Finding]:
    row = current_vereniging("nl")
    expires = security_txt_expires()
    if (row.security_contact or row.email) and expires - clock.now() < SECURITY_TXT_WARNS:
        yield Finding(
            "security_txt",
            Weight.MISSING,
            _("Het adres in security.txt geldt tot %(moment)s.", moment=moment_words(expires)),
            _("Kijk bij De vereniging of het adres nog klopt, en sla dat op."),
            "vereniging.vereniging",
        )


def _texts(_settings: Settings) -> Iterator[Finding]:
    pact = find_current()
    if pact is None or pact.is_example:
        yield Finding(
            "pact",
            Weight.MISSING,
            _("Er is nog geen tekst van het Groeipact om te ondertekenen.")
            if pact is None
            else _("De tekst van het Groeipact is nog een voorbeeld."),
            _("Publiceer de tekst bij Tekst van het Groeipact."),
            "pact.manage",
        )
    unread = len(set(SLUGS) - slugs_edited())
    if unread:
        yield Finding(
            "legal_texts",
            Weight.MISSING,
            ngettext(
                "%(num)s tekst is nog niet nagelezen, zoals privacy of spelregels.",
                "%(num)s teksten zijn nog niet nagelezen, zoals privacy of spelregels.",
                unread,
            ),
            _("Lees elke tekst in Beheer, en sla die op. Dat mag ook zonder wijziging."),
            "admin.administration",
        )


def _people(_settings: Settings) -> Iterator[Finding]:
    staff = staff_accounts()
    place = "accounts.invite_staff"
    if sum(account.is_moderator for account in staff) < 2:
        yield Finding(
            "moderators",
            Weight.MISSING,
            _("Er zijn geen twee moderatoren. Dan kan niemand over de ander besluiten."),
            _("Nodig een tweede persoon uit als moderator."),
            place,
        )
    if sum(account.is_beheerder for account in staff) < 2:
        yield Finding(
            "beheerders",
            Weight.ADVICE,
            _("Er is maar één beheerder. Raakt die de telefoon kwijt, dan helpt alleen de server."),
            _("Nodig een tweede persoon uit als beheerder."),
            place,
        )


def _telephones(settings: Settings) -> Iterator[Finding]:
    proven = with_factor()
    without = sum(account.id not in proven for account in staff_accounts())
    if without and settings.second_factor is not Demand.OFF:
        yield Finding(
            "second_factor_unset",
            Weight.MISSING,
            ngettext(
                "%(num)s persoon met een rol heeft nog geen telefoon ingesteld.",
                "%(num)s personen met een rol hebben nog geen telefoon ingesteld.",
                without,
            ),
            _("Vraag hun om in te loggen en een telefoon in te stellen."),
            "accounts.roles",
        )


def _backup_key(settings: Settings) -> Iterator[Finding]:
    if not settings.backup_recipients:
        yield Finding(
            "backup_key",
            Weight.ADVICE,
            _("Wie een back-up in handen krijgt, kan alles lezen."),
            _("Maak een sleutel met flask backup-key, en zet BACKUP_RECIPIENT."),
        )


OF_REGISTER: tuple[Check, ...] = (
    _vereniging,
    _security_txt,
    _texts,
    _people,
    _telephones,
    _backup_key,
)
