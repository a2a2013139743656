"""The command that makes the first beheerder."""

from __future__ import annotations

import os

import click
from flask.cli import with_appcontext

from portal.accounts import actions
from portal.accounts.passwords import Weakness, seal, weakness
from portal.core.db import write_section
from portal.core.errors import AlreadyExists
from portal.core.mail_addresses import read_mail_address
from portal.core.settings import settings
from portal.core.starting import refuse_unfit_database

REASONS = {
    Weakness.SHORT: "The password is too short: a beheerder needs at least {minimum} characters.",
    Weakness.LONG: "The password is too long.",
    Weakness.COMMON: "The password is too common: choose something that others do not.",
    Weakness.PERSONAL: "The password is the name or the e-mail address: choose another.",
}


def _password() -> str:
    password = os.environ.get("PORTAL_PASSWORD")
    if password:
        return password
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@click.command("create-beheerder")
@click.option("--name", prompt="Name", help="The name of the person.")
@click.option("--email", prompt="E-mail address", help="The address to sign in with.")
@click.option("--moderator", is_flag=True, help="Make this person a moderator as well.")
@with_appcontext
def create_beheerder(name: str, email: str, moderator: bool) -> None:
    """Make an account that may assign roles; PORTAL_PASSWORD or a prompt gives the password."""
    refuse_unfit_database()
    address = read_mail_address(email.strip())
    if address is None:
        raise click.ClickException(f"{email!r} is not an e-mail address.")
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
