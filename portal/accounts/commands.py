"""What is done with accounts at the keyboard of the server."""

from __future__ import annotations

import os

import click
from flask.cli import with_appcontext

from portal.accounts import actions
from portal.accounts.models import Account
from portal.accounts.passwords import Weakness, seal, weakness
from portal.accounts.queries import find_account
from portal.config import secret
from portal.core.db import write_section
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.mail_addresses import read_mail_address
from portal.core.settings import settings
from portal.core.starting import work_on_database
from portal.core.terminal import Typed, read_typed

REASONS = {
    Weakness.SHORT: "The password is too short: a beheerder needs at least {minimum} characters.",
    Weakness.LONG: "The password is too long.",
    Weakness.COMMON: "The password is too common: choose something that others do not.",
    Weakness.PERSONAL: "The password is the name or the email address: choose another.",
}


def _password() -> str:
    password = secret(os.environ, "PORTAL_PASSWORD")
    if password:
        return read_typed(password)
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, type=Typed())
    return typed


@click.command("create-beheerder")
@click.option("--name", prompt="Name", type=Typed(), help="The name of the person.")
@click.option("--email", prompt="E-mail address", type=Typed(), help="The address to sign in with.")
@click.option("--moderator", is_flag=True, help="Make this person a moderator as well.")
@with_appcontext
def create_beheerder(name: str, email: str, moderator: bool) -> None:
    """Make an account that may assign roles; its password: PORTAL_PASSWORD, a file, a prompt."""
    work_on_database()
    address = read_mail_address(email.strip())
    if address is None:
        raise click.ClickException(f"{email!r} is not an email address.")
    if not name.strip():
        raise click.ClickException("The name is empty.")
    password = _password()
    minimum = settings().password_min_staff
    reason = weakness(password, minimum=minimum, personal=(name, address))
    if reason is not None:
        raise click.ClickException(REASONS[reason].format(minimum=minimum))
    sealed = seal(password, long_from=minimum)
    try:
        with write_section():
            actions.create_confirmed(
                name=name.strip(),
                email=address,
                password=sealed,
                is_moderator=moderator,
                is_beheerder=True,
            )
    except AlreadyExists as known:
        raise click.ClickException(f"There is an account for {address} already.") from known
    click.echo(f"{name.strip()} ({address}) is a beheerder now.")


@click.group("account")
@with_appcontext
def account_commands() -> None:
    """Help an account whose owner cannot get in, or keep its secrets."""
    work_on_database()


def named(address: str) -> Account:
    """Return the account with this address; the command ends with a line when there is none."""
    account = find_account(address)
    if account is None:
        raise click.ClickException(f"There is no account for {address}.")
    return account


@account_commands.command("reset-second-factor")
@click.argument("address")
@click.option(
    "--reason", prompt="Reason", type=Typed(), help="Why; its owner and the vereniging are told."
)
@with_appcontext
def reset_second_factor(address: str, reason: str) -> None:
    """Take away the telephone and the recovery codes of an account, which signs in anew."""
    if not reason.strip():
        raise click.ClickException("The reason is empty.")
    try:
        with write_section():
            account = named(address)
            actions.reset_factor(account, by=None, reason=reason.strip())
            name = account.name
    except FieldRefused as refusal:
        raise click.ClickException(f"{address} has no second factor.") from refusal
    click.echo(f"{name} ({address}) signs in with the password alone now.")


@account_commands.command("seal-anew")
@with_appcontext
def seal_anew() -> None:
    """Seal secrets with SECRET_KEY that a key in SECRET_KEY_FALLBACKS sealed."""
    with write_section():
        renewed, broken = actions.seal_anew()
    click.echo(f"{renewed} secrets sealed anew.")
    if broken:
        numbers = ", ".join(map(str, broken))
        raise click.ClickException(f"No key opens the secret of these accounts: {numbers}.")
