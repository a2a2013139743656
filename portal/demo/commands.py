"""The command that fills the portal with demo data."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.core.settings import settings
from portal.core.starting import work_on_database
from portal.demo import people
from portal.demo.performance import play, was_played
from portal.services.finding import word_index

ALLOWED = ("demo", "test")


@click.command("demo")
@with_appcontext
def demo_command() -> None:
    """Fill the portal with fictional organisations and promises; a second time changes nothing."""
    if settings().mode not in ALLOWED:
        raise click.ClickException(
            "Demo data comes with passwords that everybody knows: only with PORTAL_ENV=demo."
        )
    work_on_database()
    if was_played():
        click.echo("The demo data is there already.")
    else:
        play(current_app._get_current_object())  # type: ignore[attr-defined]
        word_index().catch_up()
        click.echo("The demo data is in place.")
    click.echo(f"\nSign in with the password {people.PASSWORD} as:")
    rows = people.sign_ins()
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for shown_as, email, name in rows:
        click.echo(f"  {shown_as:{widths[0]}}  {email:{widths[1]}}  {name}")
