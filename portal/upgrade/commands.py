"""The commands `db upgrade` and `version`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal.backup.commands import in_words, make_backup
from portal.backup.making import Made, keep_note
from portal.core.i18n import speak
from portal.core.private import make_folder
from portal.core.schema import migrate, newest_revision
from portal.core.settings import settings
from portal.core.terminal import is_somebody_there
from portal.core.version import VERSION
from portal.core.words import size_words
from portal.upgrade.planning import CannotUpgrade, Plan, plan
from portal.upgrade.running import Failed, kept_out, run
from portal.upgrade.versions import versions


@click.command("upgrade")
@click.argument("revision", default="head")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--backup", "place", help="Make a backup first: in a new file, or in a folder.")
@click.option("--no-backup", is_flag=True, help="Make no backup first.")
@with_appcontext
def upgrade_command(revision: str, dry_run: bool, place: str | None, no_backup: bool) -> None:
    """Bring the database to the newest schema, or to REVISION: all of it, or nothing.

    The portal may stay up: meanwhile its pages say that the site is being upgraded.
    """
    if place and no_backup:
        raise click.UsageError("Choose between --backup and --no-backup.")
    try:
        with in_words():
            _upgrade(revision, is_dry=dry_run, place=place, no_backup=no_backup)
    except CannotUpgrade as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _upgrade(revision: str, *, is_dry: bool, place: str | None, no_backup: bool) -> None:
    ahead = plan(revision)
    _say_what_is_ahead(ahead)
    if is_dry and ahead.steps:
        click.echo("Nothing was changed.")
        return
    if not ahead.steps:
        click.echo("There is nothing to do.")
        if not is_dry and ahead.target == ahead.schema:
            # Beside the schema stand triggers, which this version may want otherwise.
            migrate(ahead.target)
        return
    target = _place_of_backup(place, no_backup) if ahead.is_filled else None
    with kept_out():
        # Nobody writes any more: what is put back later is all that there was.
        made = make_backup(target) if target is not None else None
        # Somebody else may have upgraded while this one asked or waited.
        _take_steps(plan(revision), made)


def _say_what_is_ahead(ahead: Plan) -> None:
    with speak("en"):
        size = size_words(ahead.size)
    if ahead.schema is None:
        click.echo(f"{ahead.server}, a new database: {len(ahead.steps)} steps to {ahead.target}.")
        return
    click.echo(f"{ahead.server}, {size}, schema {ahead.schema}.")
    if ahead.steps:
        click.echo(f"{len(ahead.steps)} steps to schema {ahead.target} of portal {VERSION}:")
    for step in ahead.steps:
        click.echo(f"  {step.number}  {step.words}")


def _place_of_backup(place: str | None, no_backup: bool) -> Path | None:
    """Return where the backup goes, None for no backup; without an answer nothing is upgraded."""
    if no_backup:
        return None
    if place is None:
        if not is_somebody_there():
            raise CannotUpgrade("Add --backup PLACE to make a backup first, or --no-backup.")
        if not click.confirm("Make a backup first?", default=True):
            return None
        place = click.prompt("Where", default=f"{settings().data_dir / 'backups'}/")
    if place.endswith("/"):
        make_folder(Path(place))
    return Path(place)


def _take_steps(ahead: Plan, made: Made | None) -> None:
    begun = time.monotonic()
    try:
        run(ahead, _progress_of(ahead))
    except Failed as failure:
        raise click.ClickException(_way_back(ahead, failure, made)) from failure
    click.echo(f"Done in {time.monotonic() - begun:.1f} s: schema {ahead.target}.")
    if made is not None and ahead.target == newest_revision():
        keep_note(made)
    if ahead.schema is not None:
        click.echo("Start the portal again: what still runs of an earlier version shows no pages.")


def _progress_of(ahead: Plan) -> Callable[[str], None]:
    """Return what says of each step that it begins, and how long it took."""
    if ahead.schema is None:
        return lambda _number: None
    waiting = iter(ahead.steps)
    begun = time.monotonic()

    def begin() -> None:
        step = next(waiting, None)
        if step is not None:
            click.echo(f"  {step.number} ... ", nl=False)

    def end(_number: str) -> None:
        nonlocal begun
        now = time.monotonic()
        click.echo(f"{now - begun:.1f} s")
        begun = now
        begin()

    begin()
    return end


def _way_back(ahead: Plan, failure: Failed, made: Made | None) -> str:
    lines = [str(failure)]
    if failure.schema == ahead.schema:
        lines.append(
            f"Everything was rolled back: the database is as it was, with {_named(ahead.schema)}. "
            "The version of the portal that ran here can go on with it: start that one."
        )
    else:
        was, now = _named(ahead.schema), _named(failure.schema)
        lines.append(f"The database has {now} now, and had {was}.")
    if made is not None:
        lines.append(
            f"What was there before stands in {made.path}. To put it back, give the earlier "
            "version an empty database and an empty DATA_DIR, and type there: "
            f"flask --app wsgi restore {made.path}"
        )
    return "\n".join(lines)


def _named(schema: str | None) -> str:
    return f"schema {schema}" if schema else "no tables"


@click.command("version")
@with_appcontext
def version_command() -> None:
    """Say which version of the portal this is, and which schema it and the database have."""
    click.echo(f"Groeipact portal {VERSION}, schema {newest_revision()}")
    try:
        there = versions()
    except DBAPIError:
        click.echo("The database does not answer.")
        return
    click.echo(f"{there.server}, {_named(there.found)}")
