"""The command with which an operator brings in a file of signatories and promises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from portal.accounts.queries import find_account
from portal.core.db import db, write_section
from portal.core.starting import work_on_database
from portal.core.web_addresses import WebAddressRefused, read_web_address
from portal.documents.fields import clean_file_name
from portal.documents.storing import reader_limits
from portal.intake import jobs
from portal.intake.actions import begin, drop, stage
from portal.intake.queries import intakes
from portal.intake.reading import FileRefused, ReadSheet, read_file
from portal.intake.verdicts import FATES, FIT, VERDICTS, Fate, Verdict
from portal.organisations.queries import person_of
from portal.policy import Permission, Person, can
from portal.services.entered import Source

COLOURS = {Verdict.NEW: "green", Verdict.CHANGED: "green", Verdict.DOUBTFUL: "yellow"}
COLOURS |= {Verdict.WRONG: "red"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, metavar="EMAIL", help="The beheerder who brings it in.")
@click.option("--source-title", required=True, help="What the rows were taken from.")
@click.option("--source-url", required=True, help="Where that can be read.")
@click.option("--bring-in", is_flag=True, help="Bring in what is new and what changed.")
@with_appcontext
def import_command(file: Path, by: str, source_title: str, source_url: str, bring_in: bool) -> None:
    """Say what bringing in FILE (CSV or ODS) would do, row by row, and with --bring-in do it.

    Without --bring-in nothing changes. The status is 1 when rows are in doubt or cannot be
    brought in.
    """
    work_on_database()
    beheerder = _beheerder(by)
    sheets = _read(file)
    intake_id = _stage(sheets, file.name, _source(source_title, source_url), beheerder)
    total = intakes.row_count(intake_id)
    _with_bar("Looking", total, lambda progress: jobs.look(intake_id, progress))
    _tell(intake_id)
    counts = intakes.verdict_counts(intake_id)
    if bring_in and any(counts.get(verdict) for verdict in FIT):
        length = sum(counts.get(verdict, 0) for verdict in FIT)
        _bring_in(intake_id, length, by=beheerder)
    else:
        _drop(intake_id, by=beheerder)
        click.echo("Nothing was changed.")
    in_doubt = counts.get(Verdict.DOUBTFUL, 0) + counts.get(Verdict.WRONG, 0)
    raise SystemExit(1 if in_doubt else 0)


def _beheerder(email: str) -> Person:
    account = find_account(email)
    person = person_of(account.id) if account is not None and not account.is_blocked else None
    if person is None:
        raise click.ClickException(f"There is no account with the address {email}.")
    if not can(person, Permission.INTAKE_RUN):
        raise click.ClickException(f"{email} is no beheerder.")
    return person


def _read(file: Path) -> tuple[ReadSheet, ...]:
    try:
        return read_file(file, limits=reader_limits())
    except FileRefused as refusal:
        raise click.ClickException(refusal.message) from refusal


def _source(title: str, url: str) -> Source:
    try:
        return Source(title.strip()[:200], read_web_address(url))
    except WebAddressRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _stage(sheets: tuple[ReadSheet, ...], name: str, source: Source, by: Person) -> int:
    for sheet in sheets:
        click.echo(f"{sheet.sheet}: {len(sheet.lines)}")
        if sheet.unknown:
            click.echo(f"  not taken in: {', '.join(sheet.unknown)}")
    with write_section():
        intake = stage(sheets, file_name=clean_file_name(name), source=source, by=by)
        db.session.flush()
        return intake.id


def _with_bar(label: str, length: int, work: Callable[[Callable[[int], None]], None]) -> None:
    bar: AbstractContextManager[Any] = click.progressbar(
        length=length, label=label, hidden=not sys.stdout.isatty()
    )
    with bar as shown:
        work(shown.update)


def _tell(intake_id: int) -> None:
    cursor = None
    while True:
        page = intakes.shown_rows(intake_id, verdict=None, fate=None, cursor=cursor)
        for row in page.rows:
            name = row.cells.get("titel") or row.cells.get("naam", "")
            verdict = f"{VERDICTS[row.verdict]!s:12}"
            click.secho(
                f"{row.sheet:14} {row.number:6} {verdict} {name[:60]}", fg=COLOURS.get(row.verdict)
            )
            for column, words in row.remarks:
                click.echo(f"{'':22}{column + ': ' if column else ''}{words}")
            for column, (old, new) in row.changes.items():
                click.echo(f"{'':22}{column}: {old[:60] or '-'} -> {new[:60]}")
        cursor = page.next
        if cursor is None:
            break
    counts = intakes.verdict_counts(intake_id)
    click.echo(", ".join(f"{counts[each]} {VERDICTS[each]}" for each in Verdict if each in counts))


def _bring_in(intake_id: int, length: int, *, by: Person) -> None:
    with write_section():
        begin(intakes.get_intake(intake_id), by=by)
    _with_bar("Bringing in", length, lambda progress: jobs.bring_in(intake_id, progress))
    counts = intakes.fate_counts(intake_id)
    click.echo(", ".join(f"{counts[each]} {FATES[each]}" for each in Fate if each in counts))


def _drop(intake_id: int, *, by: Person) -> None:
    with write_section():
        drop(intakes.get_intake(intake_id), by=by)
