"""The command with which an operator makes the archive of the register by hand."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from portal.core.starting import work_on_database
from portal.opendata.making import make_archive


@click.group("register")
def register_commands() -> None:
    """The register as everybody may take it along."""


@register_commands.command("zip")
@with_appcontext
def zip_command() -> None:
    """Make the archive of the whole register now; the worker does so every night."""
    work_on_database()
    made = make_archive()
    click.echo(f"{made.size} bytes, SHA-256 {made.sha256}")
