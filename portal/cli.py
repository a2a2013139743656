"""Commands: serve, worker, and what the beheerder does at the keyboard."""

from __future__ import annotations

import logging
import os
import signal

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate.cli import db as db_commands

from portal.accounts.blocking_commands import account_commands
from portal.accounts.commands import create_beheerder
from portal.admin.commands import bounced_command, doctor_command, mail_test_command
from portal.backup.commands import backup_command, check_command, key_command, restore_command
from portal.config import Demand, Settings
from portal.core.counts import counts
from portal.core.gate import Presence, wait_until_open
from portal.core.log import event
from portal.core.settings import settings
from portal.core.starting import refuse_unfit_database, work_on_database
from portal.demo.commands import demo_command
from portal.documents.sandbox import SandboxFailed, missing
from portal.documents.storing import reader_limits
from portal.intake.commands import import_command
from portal.kept.commands import kept_command
from portal.opendata.commands import register_commands
from portal.personal.commands import person_commands
from portal.search.commands import search_commands
from portal.serve import FIRST_PROCESS, HEALTH_HOST, PortTaken, serve, wait_for_port, watch_first
from portal.services import jobs
from portal.upgrade.commands import upgrade_command, version_command


@click.command("worker")
@click.option("--once", is_flag=True, help="Do the jobs that are due now, no upkeep, and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send mails and do the other jobs, until stopped."""
    if once:
        work_on_database()
        click.echo(f"{jobs.run_due()} jobs done")
        return
    refuse_unfit_database()
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    first = os.environ.get(FIRST_PROCESS)
    if first is not None:
        watch_first(int(first), lambda: stopping.append(signal.SIGTERM))
    presence = Presence()

    def should_stop() -> bool:
        wait_until_open(presence, lambda: bool(stopping))
        return bool(stopping)

    jobs.work(should_stop)


def _say_where_mail_goes(chosen: Settings) -> None:
    if chosen.mail_server is not None:
        click.echo(f"Mail goes to {chosen.mail_server}:{chosen.mail_port}")
    elif chosen.mode == "production":
        words = (
            f"NOBODY GETS A MAIL: every mail, with its links, lands as a file in {chosen.mail_dir}"
        )
        click.secho(words, fg="red", bold=True, err=True)
    else:
        click.echo(f"Mail lands as files in {chosen.mail_dir}")


def _say_what_readers_lack() -> None:
    try:
        lacking = missing(reader_limits())
    except SandboxFailed:
        words = "FILES CANNOT BE READ HERE: every upload will be refused. The log says why."
        click.secho(words, fg="red", bold=True, err=True)
        return
    if lacking:
        event("file_reader_less_confined", level=logging.WARNING, missing=lacking)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--worker/--no-worker", default=True, help="Start the worker beside the web.")
@with_appcontext
def serve_command(host: str, worker: bool) -> None:
    """Serve the portal: web processes and worker in one process tree."""
    chosen = settings()
    refuse_unfit_database()
    _wait_for(host, "PORT", chosen.port)
    if chosen.front.health_port:
        _wait_for(HEALTH_HOST, "HEALTH_PORT", chosen.front.health_port)
    click.echo(f"Groeipact portal: {chosen.public_url}")
    _say_where_mail_goes(chosen)
    _say_what_readers_lack()
    if chosen.mode == "production" and chosen.second_factor is not Demand.REQUIRED:
        warning = "SECOND_FACTOR is not required: a password alone opens the desk of moderators."
        click.secho(warning, fg="red", err=True)
    counts().make_room(chosen.web_processes)
    serve(chosen, host, with_worker=worker)


def _wait_for(host: str, name: str, port: int) -> None:
    try:
        wait_for_port(host, port, click.echo)
    except PortTaken as refusal:
        message = f"Port {port} is in use. Stop what listens there, or choose another {name}."
        raise click.ClickException(message) from refusal


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(worker_command)
    app.cli.add_command(serve_command)
    app.cli.add_command(create_beheerder)
    app.cli.add_command(account_commands)
    app.cli.add_command(person_commands)
    app.cli.add_command(demo_command)
    app.cli.add_command(backup_command)
    app.cli.add_command(restore_command)
    app.cli.add_command(key_command)
    app.cli.add_command(check_command)
    app.cli.add_command(import_command)
    app.cli.add_command(kept_command)
    app.cli.add_command(search_commands)
    app.cli.add_command(register_commands)
    app.cli.add_command(doctor_command)
    app.cli.add_command(mail_test_command)
    app.cli.add_command(bounced_command)
    app.cli.add_command(version_command)
    # In the place of the one that says nothing, asks for no backup, and stops at nobody at work.
    db_commands.add_command(upgrade_command)
