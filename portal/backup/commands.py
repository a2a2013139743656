"""Commands that keep the portal: make a backup, verify it, put it back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal.backup import making, restoring, soundness
from portal.backup.archive import NoBackup
from portal.backup.encryption import new_identity
from portal.backup.making import Made
from portal.backup.manifest import Manifest
from portal.core.gate import WORDS, Standing, is_upgrade_under_way
from portal.core.i18n import speak
from portal.core.sealing import key_names
from portal.core.settings import settings
from portal.core.starting import work_on_database
from portal.core.words import size_words
from portal.services.job_figures import waiting_and_parked
from portal.services.storage import StorageFull

PLACE = click.Path(path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)

identity_option = click.option(
    "--identity", type=THERE, help="The file with the key that opens an encrypted backup."
)


class Incomplete(click.ClickException):
    """A backup that was made, without files that rows name."""

    exit_code = 3


@contextmanager
def in_words() -> Iterator[None]:
    """End the command with one line that says what is wrong."""
    try:
        yield
    except NoBackup as fault:
        raise click.ClickException(str(fault)) from fault
    except StorageFull as fault:
        raise click.ClickException("There is no room for the files on this disk.") from fault
    except DBAPIError as fault:
        raise click.ClickException(f"The database refused: {type(fault).__name__}.") from fault
    except OSError as fault:
        name = f" ({fault.filename})" if fault.filename else ""
        raise click.ClickException(f"{fault.strerror or fault}{name}.") from fault


def _bar(length: int, label: str) -> Any:
    """Return a progress bar, which a terminal shows and a file does not."""
    return click.progressbar(length=length, label=label, hidden=not sys.stdout.isatty())


@click.command("backup")
@click.argument("place", type=PLACE)
@click.option("--verify", is_flag=True, help="Read the backup at PLACE: is it whole?")
@identity_option
@with_appcontext
def backup_command(place: Path, verify: bool, identity: Path | None) -> None:
    """Write everything of the portal to PLACE: a file that is not there yet, or a folder.

    The portal may run meanwhile. With BACKUP_RECIPIENT only the holder of that key can read it.
    """
    with in_words():
        if verify:
            _verify(place, identity)
        else:
            _make(place)


def _make(place: Path) -> None:
    if is_upgrade_under_way():
        raise click.ClickException(WORDS[Standing.UPGRADING])
    missing = make_backup(place).manifest.missing
    if missing:
        names = ", ".join(missing[:5])
        raise Incomplete(f"{len(missing)} files that rows name are not in the store: {names}")


def make_backup(place: Path) -> Made:
    """Make a backup at this place, a new file or a folder; say what came of it, and return it."""
    recipients = settings().backup_recipients
    if place.is_dir():
        place = making.place_in(place, is_encrypted=bool(recipients))
    with _bar(making.work_ahead(), "Backup") as bar:
        made = making.make(place, recipients=recipients, progress=bar.update)
    with speak("en"):
        size = size_words(made.size)
    click.echo(f"{made.path}: {_told(made.manifest)}, {size}.")
    if not recipients:
        click.echo("It is not encrypted: whoever has it can read everything in it.")
    if made.manifest.sealed_secrets:
        click.echo("Keep SECRET_KEY elsewhere: without it nobody can sign in with a telephone.")
    return made


def _verify(place: Path, identity: Path | None) -> None:
    if not place.is_file():
        raise click.ClickException(f"There is no backup at {place}.")
    with _bar(place.stat().st_size, "Reading") as bar:
        manifest = restoring.verify(place, identity=identity, progress=bar.update)
    click.echo(f"{place} is whole: {_told(manifest)}.")


def _told(manifest: Manifest) -> str:
    return (
        f"{manifest.rows} rows in {len(manifest.tables)} tables and {manifest.files} files, "
        f"as of {manifest.made_at}, portal {manifest.portal}, schema {manifest.schema}"
    )


@click.command("restore")
@click.argument("place", type=THERE)
@identity_option
@click.option("--without-key", is_flag=True, help="Also where the old SECRET_KEY is lost.")
@with_appcontext
def restore_command(place: Path, identity: Path | None, without_key: bool) -> None:
    """Put the backup at PLACE back, into an empty database and an empty folder for data."""
    with in_words(), _bar(2 * place.stat().st_size, "Restoring") as bar:
        put_back = restoring.restore(
            place, identity=identity, loses_secrets=without_key, progress=bar.update
        )
    click.echo(f"Put back: {_told(put_back.manifest)}.")
    if put_back.was_upgraded:
        click.echo("Its schema was older than this code, and was brought to the newest.")
    _say_what_follows(put_back.manifest)


def _say_what_follows(manifest: Manifest) -> None:
    waiting, _parked = waiting_and_parked()
    if waiting:
        click.echo(
            f"{waiting} jobs wait, mails among them. What the old place has sent since the backup "
            "goes out once more when the worker starts."
        )
    if set(manifest.key_names) - set(key_names()):
        click.echo("SECRET_KEY is another one than at the old place: everybody signs in anew.")
    if manifest.missing:
        click.echo(f"{len(manifest.missing)} files were missing when the backup was made.")


@click.command("check-data")
@with_appcontext
def check_command() -> None:
    """Say whether rows, files, counters and links agree; status 1 when something does not."""
    work_on_database()
    count = 0
    with in_words(), _bar(soundness.count_files(), "Files") as bar:
        for line in soundness.faults(bar.update):
            click.echo(line)
            count += 1
    if count:
        raise click.ClickException(f"{count} things do not agree.")
    click.echo("Everything agrees: rows, files, counters and links.")


@click.command("backup-key")
@click.argument("place", type=PLACE)
def key_command(place: Path) -> None:
    """Write a new key into PLACE, and say the BACKUP_RECIPIENT that belongs to it."""
    with in_words():
        public = new_identity(place)
    click.echo(f"The key stands in {place}: keep it away from this machine, and keep it well.")
    click.echo("Without it nobody can read a backup. Set this in the environment of the portal:")
    click.echo(f"BACKUP_RECIPIENT={public}")
