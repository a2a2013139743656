"""The command with which an operator empties what is kept."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from portal.core.db import connection, write_section
from portal.core.settings import settings
from portal.kept.models import PublicMark
from portal.kept.triggers import is_watched, move


@click.command("kept")
@click.option("--empty", is_flag=True, help="Let every process make its pages anew from now on.")
@with_appcontext
def kept_command(empty: bool) -> None:
    """Say whether whole pages are kept for readers, and empty them if asked."""
    if empty:
        with write_section():
            move(connection())
        click.echo("From now on every page is made anew once.")
        return
    if not settings().front.kept_bytes:
        click.echo("No page is kept: KEPT_PAGES_MB is 0.")
    elif not is_watched(connection(), PublicMark.metadata):
        words = "No page is kept: the database lacks triggers. Type: flask --app wsgi db upgrade"
        raise click.ClickException(words)
    else:
        most = settings().front.kept_bytes // 1024 // 1024
        click.echo(f"Pages for readers are kept in at most {most} MB, until something changes.")
