"""What a portal should have before it is trusted: one list, on a page and at a keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from portal.admin.findings import Check, Finding, Weight
from portal.admin.register_checks import OF_REGISTER
from portal.admin.running_checks import OF_RUNNING
from portal.config import Demand, Settings
from portal.core.i18n import gettext as _
from portal.documents.sandbox import SandboxFailed, missing
from portal.documents.storing import reader_limits

UNSET_SENDER = "@localhost.localdomain"


def findings(settings: Settings) -> list[Finding]:
    """Return what is missing or unsafe, what matters most first, in the language that is spoken."""
    checks = (*OF_SETTINGS, *OF_REGISTER, *OF_RUNNING)
    found = [finding for check in checks for finding in check(settings)]
    order = list(Weight)
    return sorted(found, key=lambda finding: order.index(finding.weight))


def findings_of_settings(settings: Settings) -> list[Finding]:
    """Return those that can be told without a database."""
    return [finding for check in OF_SETTINGS for finding in check(settings)]


def _mode(settings: Settings) -> Iterator[Finding]:
    if settings.mode != "production":
        yield Finding(
            "mode",
            Weight.UNSAFE,
            _("Dit is een demo: iedereen kan de wachtwoorden weten."),
            _("Zet PORTAL_ENV op production, met een eigen DATA_DIR."),
        )


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.is_https:
        yield Finding(
            "https",
            Weight.UNSAFE,
            _("PUBLIC_URL begint niet met https://. Wachtwoorden gaan open over het netwerk."),
            _("Zet een proxy met een certificaat ervoor, en https:// in PUBLIC_URL."),
        )


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.mail_server is None:
        yield Finding(
            "mail_server",
            Weight.UNSAFE,
            _("Er is geen mailserver ingesteld. Niemand krijgt mail."),
            _("Zet MAIL_SERVER, en stuur daarna een testmail."),
            "admin.test_mail",
        )
    elif settings.mail_sender.endswith(UNSET_SENDER):
        yield Finding(
            "mail_sender",
            Weight.MISSING,
            _("Mail heeft geen eigen afzender."),
            _("Zet MAIL_SENDER op een adres van de vereniging."),
        )


def _doors(settings: Settings) -> Iterator[Finding]:
    if settings.second_factor is not Demand.REQUIRED:
        yield Finding(
            "second_factor",
            Weight.UNSAFE,
            _("Een wachtwoord alleen is genoeg om te modereren."),
            _("Zet SECOND_FACTOR op required."),
        )
    if not settings.limits_enabled:
        yield Finding(
            "rate_limits",
            Weight.UNSAFE,
            _("Wachtwoorden raden mag zonder grens."),
            _("Verwijder RATE_LIMITS=off uit de instellingen."),
        )


def _readers(_settings: Settings) -> Iterator[Finding]:
    try:
        lacking = ", ".join(missing(reader_limits()))
    except SandboxFailed:
        lacking = _("alles")
    if lacking:
        yield Finding(
            "sandbox",
            Weight.UNSAFE,
            _(
                "Bestanden worden hier met minder bescherming gelezen: %(lacking)s ontbreekt.",
                lacking=lacking,
            ),
            _("Gebruik een Linux-kernel van 5.13 of nieuwer, met Landlock en seccomp aan."),
        )


OF_SETTINGS: tuple[Check, ...] = (_mode, _address, _mail, _doors, _readers)
