"""Commands: worker, serve, and what the beheerder does at the keyboard."""

from __future__ import annotations

import signal

import click
from flask import Flask
from flask.cli import with_appcontext

from portal.services import jobs


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@with_appcontext
def worker(once: bool) -> None:
    """Send mails and do the other jobs, until stopped."""
    if once:
        click.echo(f"{jobs.run_due()} jobs done")
        return
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    jobs.work(lambda: bool(stopping))


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(worker)
