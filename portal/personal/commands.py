"""Commands for the rights of one person: a copy of what is kept of them, and its erasure."""

from __future__ import annotations

import smtplib
import ssl
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from portal.accounts.addresses import address_key
from portal.accounts.commands import named
from portal.accounts.models import Account
from portal.accounts.queries import other_beheerders
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused
from portal.core.starting import work_on_database
from portal.personal.actions import OnlyOwner, erase
from portal.personal.copying import FolderTaken, write_copy
from portal.personal.holdings import HOLDINGS, Holding
from portal.personal.queries import count_of
from portal.services.jobs import Hopeless
from portal.services.mail import deliver, payload_of


@click.group("person")
@with_appcontext
def person_commands() -> None:
    """Give one person a copy of what is kept of them, or erase it."""
    work_on_database()


@person_commands.command("export")
@click.argument("address")
@click.argument("folder", type=click.Path(path_type=Path))
@with_appcontext
def export_command(address: str, folder: Path) -> None:
    """Write all that is kept of the account of ADDRESS into FOLDER, which must be new or empty."""
    account = named(address)
    try:
        count = write_copy(account, folder)
    except FolderTaken as refusal:
        raise click.ClickException(f"{folder} is not empty: choose a new folder.") from refusal
    click.echo(f"{count} rows about {account.name} ({account.email}) are in {folder}.")
    click.echo("Look whether it names others before you hand it over.")


@person_commands.command("erase")
@click.argument("address")
@click.option("--dry-run", is_flag=True, help="Only say what would go and what would stay.")
@click.option("--without-owner", is_flag=True, help="Leave an organisation without an eigenaar.")
@with_appcontext
def erase_command(address: str, dry_run: bool, without_owner: bool) -> None:
    """Erase the account of ADDRESS: what is public stays, without its name."""
    account = named(address)
    _refuse_last_beheerder(account)
    _say_what_becomes(account)
    if dry_run:
        click.echo("Nothing was changed.")
        return
    typed = click.prompt(f"This cannot be undone. Type {account.email} to erase it", type=str)
    if address_key(typed) != account.email_key:
        raise click.ClickException("That is another address: nothing was changed.")
    letter = _letter(account)
    _erase(address, without_owner=without_owner)
    click.echo(f"The account of {address} is erased. Backups keep it until you remove them.")
    _tell(letter)


def _refuse_last_beheerder(account: Account) -> None:
    if account.is_beheerder and not other_beheerders(account.id):
        raise click.ClickException("This is the last beheerder: make another one first.")


def _say_what_becomes(account: Account) -> None:
    click.echo(f"{account.name} ({account.email}), account {account.id}:")
    for holding in HOLDINGS:
        count = count_of(holding, account)
        if count:
            click.echo(f"{count:7} {holding.table:18} {_fate(holding)}")


def _fate(holding: Holding) -> str:
    if holding.goes:
        return "erased"
    if holding.table == "account":
        return "loses its name, address, password and roles"
    return "stays, loses " + ", ".join(sorted(holding.blank)) if holding.blank else "stays"


def _erase(address: str, *, without_owner: bool) -> None:
    try:
        with write_section():
            erase(named(address), without_owner=without_owner)
    except OnlyOwner as refusal:
        raise click.ClickException(
            f"{refusal.message} has no other eigenaar: find one first, or say --without-owner."
        ) from refusal
    except FieldRefused as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal


def _letter(account: Account) -> dict[str, Any] | None:
    """Return the last mail; None to an address that was never confirmed: it may be a stranger's."""
    if not account.is_confirmed:
        return None
    to, locale = account.email, account.locale
    return payload_of("account_erased", to=to, locale=locale, addressee=account.name, words={})


def _tell(letter: dict[str, Any] | None) -> None:
    """Send the last mail at once: as a job it would keep the address."""
    if letter is None:
        return
    try:
        deliver(letter)
    except (Hopeless, smtplib.SMTPException, ssl.SSLError, OSError) as fault:
        raise click.ClickException(
            f"The mail about it did not leave ({type(fault).__name__}): tell this person yourself."
        ) from fault
