"""Commands: serve, worker, and what the beheerder does at the keyboard."""

from __future__ import annotations

import os
import signal

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.accounts.commands import create_beheerder
from portal.demo.commands import demo_command
from portal.serve import FIRST_PROCESS, serve, watch_first
from portal.services import jobs


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send mails and do the other jobs, until stopped."""
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
    settings = current_app.extensions["portal_settings"]
    click.echo(f"Groeipact portal: {settings.public_url}")
    if settings.mail_server is None:
        click.echo(f"Mail lands as files in {settings.mail_dir}")
    else:
        click.echo(f"Mail goes to {settings.mail_server}:{settings.mail_port}")
    serve(settings, host, with_worker=worker)


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(worker_command)
    app.cli.add_command(serve_command)
    app.cli.add_command(create_beheerder)
    app.cli.add_command(demo_command)
