"""Commands for an account that is abused, or open on a device that was lost."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import with_appcontext

from portal.accounts.actions.blocking import block, end_everywhere, unblock
from portal.accounts.commands import account_commands, named
from portal.accounts.models import Account
from portal.accounts.queries import other_beheerders
from portal.core.db import write_section

__all__ = ["account_commands"]

yes_option = click.option("--yes", is_flag=True, help="Ask nothing.")


def _ask(yes: bool, question: str) -> None:
    if not yes:
        click.confirm(question, abort=True)


def _act(address: str, act: Callable[[Account], None], *, is_blocked: bool | None = None) -> str:
    """Do `act` to the account, and return its name; refused when it was blocked or not already."""
    with write_section():
        account = named(address)
        if is_blocked is not None and (account.blocked_at is not None) != is_blocked:
            state = "not blocked" if is_blocked else "blocked already"
            raise click.ClickException(f"The account of {address} is {state}.")
        act(account)
        return account.name


def _warning(address: str) -> str:
    account = named(address)
    is_last = account.is_beheerder and not other_beheerders(account.id)
    return " This is the last beheerder who can sign in." if is_last else ""


@account_commands.command("block")
@click.argument("address")
@yes_option
@with_appcontext
def block_command(address: str, yes: bool) -> None:
    """Let nobody in to an account any more; its sessions and links end, its owner is told."""
    _ask(yes, f"Block the account of {address}?{_warning(address)}")
    name = _act(address, block, is_blocked=False)
    click.echo(f"{name} ({address}) is blocked.")


@account_commands.command("unblock")
@click.argument("address")
@yes_option
@with_appcontext
def unblock_command(address: str, yes: bool) -> None:
    """Let the owner of a blocked account in again; they are told."""
    _ask(yes, f"Unblock the account of {address}?")
    name = _act(address, unblock, is_blocked=True)
    click.echo(f"{name} ({address}) can sign in again.")


@account_commands.command("end-sessions")
@click.argument("address")
@yes_option
@with_appcontext
def end_sessions_command(address: str, yes: bool) -> None:
    """Sign an account out everywhere; its owner is told."""
    _ask(yes, f"Sign {address} out everywhere?")
    click.echo(f"{_act(address, end_everywhere)} ({address}) is signed out everywhere.")
