"""Commands: serve, worker, and what the beheerder does at the keyboard."""

from __future__ import annotations

import os
import signal

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, OperationalError

from portal.accounts.commands import create_beheerder
from portal.core.db import db
from portal.core.schema import database_is_at_head
from portal.core.settings import settings
from portal.demo.commands import demo_command
from portal.serve import FIRST_PROCESS, PortTaken, serve, wait_for_port, watch_first
from portal.services import jobs


def _refuse_other_schema() -> None:
    try:
        is_at_head = database_is_at_head()
    except DBAPIError as fault:
        # SQLite always answers: its error means that the table with the version is missing.
        if isinstance(fault, OperationalError) and db.engine.dialect.name != "sqlite":
            raise click.ClickException("The database does not answer.") from fault
        is_at_head = False
    finally:
        db.session.remove()
    if not is_at_head:
        raise click.ClickException(
            "The database has another schema than this code. Type: flask --app wsgi db upgrade"
        )


@click.command("worker")
@click.option("--once", is_flag=True, help="Do the jobs that are due now, no upkeep, and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send mails and do the other jobs, until stopped."""
    _refuse_other_schema()
    if once:
        click.echo(f"{jobs.run_due()} jobs done")
        return
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    first = os.environ.get(FIRST_PROCESS)
    if first is not None:
        watch_first(int(first), lambda: stopping.append(signal.SIGTERM))
    jobs.work(lambda: bool(stopping))


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--worker/--no-worker", default=True, help="Start the worker beside the web.")
@with_appcontext
def serve_command(host: str, worker: bool) -> None:
    """Serve the portal: web processes and worker in one process tree."""
    chosen = settings()
    _refuse_other_schema()
    try:
        wait_for_port(host, chosen.port, click.echo)
    except PortTaken as refusal:
        message = f"Port {chosen.port} is in use. Stop what listens there, or choose another PORT."
        raise click.ClickException(message) from refusal
    click.echo(f"Groeipact portal: {chosen.public_url}")
    if chosen.mail_server is None:
        click.echo(f"Mail lands as files in {chosen.mail_dir}")
    else:
        click.echo(f"Mail goes to {chosen.mail_server}:{chosen.mail_port}")
    serve(chosen, host, with_worker=worker)


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(worker_command)
    app.cli.add_command(serve_command)
    app.cli.add_command(create_beheerder)
    app.cli.add_command(demo_command)
