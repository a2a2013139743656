"""The commands with which an operator makes the index anew."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from portal.core.starting import work_on_database
from portal.search import indexing


@click.group("search")
def search_commands() -> None:
    """The index of the search page."""


@search_commands.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Make the whole index anew; meanwhile it goes on answering."""
    work_on_database()
    indexing.note_everything()
    length = indexing.due_count()
    with click.progressbar(
        length=length, label="Indexing", hidden=not sys.stdout.isatty()
    ) as progress:
        while done := indexing.index_some():
            progress.update(done)
    click.echo(f"{length} texts were read; the index is up to date.")
