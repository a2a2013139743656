"""What the beheerder asks of a portal at the keyboard of the server."""

from __future__ import annotations

import json
import smtplib
import ssl
from dataclasses import asdict

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal.admin.checklist import findings, findings_of_settings
from portal.admin.findings import Finding, Weight
from portal.admin.mails import TEMPLATE
from portal.core.db import db, write_section
from portal.core.i18n import speak
from portal.core.mail_addresses import read_mail_address
from portal.core.schema import Schema, database_schema, newest_revision
from portal.core.settings import settings
from portal.core.starting import work_on_database
from portal.core.version import VERSION
from portal.services.jobs import Hopeless
from portal.services.mail import MailIsFile, deliver, payload_of
from portal.services.reach import mark_reached, mark_unreachable

SCHEMA = Finding(
    "schema",
    Weight.UNSAFE,
    "The database has another schema than this code.",
    "Type: flask --app wsgi db upgrade",
)
DATABASE = Finding(
    "database",
    Weight.UNSAFE,
    "The database does not answer.",
    "Start it, and see whether DATABASE_URL leads to it.",
)


COLOURS = {Weight.UNSAFE: "red", Weight.MISSING: "yellow", Weight.ADVICE: None}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Write a list for programs.")
@with_appcontext
def doctor_command(as_json: bool) -> None:
    """Say what is missing or unsafe, with what to do about it.

    The status is 0 when nothing is, or nothing but advice; 1 otherwise.
    """
    with speak("en"):
        found = _found()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=1))
    else:
        click.echo(f"Groeipact portal {VERSION}, schema {newest_revision()}")
    for finding in () if as_json else found:
        click.secho(f"{finding.weight:8} {finding.words}", fg=COLOURS[finding.weight])
        click.echo(f"{'':8} -> {finding.remedy}")
    serious = [finding for finding in found if finding.weight is not Weight.ADVICE]
    if not found and not as_json:
        click.echo("Nothing is missing, and nothing is unsafe.")
    raise SystemExit(1 if serious else 0)


def _found() -> list[Finding]:
    try:
        if database_schema() is not Schema.FITS:
            return [SCHEMA, *findings_of_settings(settings())]
        return findings(settings())
    except DBAPIError:
        return [DATABASE, *findings_of_settings(settings())]
    finally:
        db.session.rollback()


@click.command("mail-test")
@click.argument("address")
@with_appcontext
def mail_test_command(address: str) -> None:
    """Send a mail to ADDRESS now, and say what the mail server answers."""
    to = read_mail_address(address)
    if to is None:
        raise click.ClickException(f"{address!r} is not an e-mail address.")
    work_on_database()
    chosen = settings()
    try:
        deliver(payload_of(TEMPLATE, to=to, locale="nl", addressee="", words={}))
    except MailIsFile as fault:
        message = f"There is no MAIL_SERVER: the mail is in {chosen.mail_dir}."
        raise click.ClickException(message) from fault
    except (Hopeless, smtplib.SMTPException, ssl.SSLError, OSError) as fault:
        server = f"{chosen.mail_server}:{chosen.mail_port}"
        raise click.ClickException(f"{server}: {type(fault).__name__}: {fault}") from fault
    click.echo(f"{chosen.mail_server}:{chosen.mail_port} took the mail. Does it arrive at {to}?")


@click.command("bounced")
@click.argument("address")
@click.option("--undo", is_flag=True, help="Mail arrives there after all.")
@with_appcontext
def bounced_command(address: str, undo: bool) -> None:
    """Send no more mail to ADDRESS, where mail came back, until it is confirmed anew."""
    email = read_mail_address(address)
    if email is None:
        raise click.ClickException(f"{address!r} is not an e-mail address.")
    work_on_database()
    with write_section():
        (mark_reached if undo else mark_unreachable)(email)
    if undo:
        click.echo(f"Mail goes to {email} again.")
    else:
        click.echo(f"No mail goes to {email} any more, but for links to confirm it.")
