"""Legal pages, the beheerder's pages, and what machines ask."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock
from portal.pages import actions, queries
from portal.pages.forms import LegalTextForm, VerenigingForm
from portal.pages.health import what_is_wrong
from portal.pages.models import LegalText, Vereniging
from portal.policy import Permission
from portal.services.jobs import get_parked, parked, retry, waiting_and_parked
from portal.services.models import Job
from portal.web.address import full_address, settings
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import actor

bp = Blueprint("pages", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
FACTS = ("name", "site_name", "email", "phone", "post_address", "website", "security_contact")


@bp.get("/<any(spelregels, privacy, toegankelijkheid, colofon):slug>")
@public(load=queries.legal_page)
def legal(page: queries.LegalPage) -> ResponseReturnValue:
    """A legal page, with whom to ask."""
    return render_template("pages/legal.html", page=page)


@bp.get("/beheer")
@requires(Permission.SETTINGS_EDIT)
def administration() -> ResponseReturnValue:
    """Everything that the beheerder looks after."""
    waiting, stuck = waiting_and_parked()
    return render_template(
        "pages/administration.html", slugs=queries.SLUGS, waiting=waiting, parked=stuck
    )


@bp.route("/beheer/vereniging", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT, load=queries.editable_vereniging, form=VerenigingForm)
def vereniging(row: Vereniging, form: VerenigingForm) -> ResponseReturnValue:
    """Name, contact and logo of the vereniging."""
    if not form.is_accepted:
        return render_template("pages/vereniging.html", form=form), form.status
    facts = {name: form[name].data for name in FACTS}
    actions.edit_vereniging(row, facts=facts, logo=form.logo.upload, by=actor())
    flash(_("De gegevens zijn opgeslagen."), "ok")
    return redirect(url_for("pages.administration"), 303)


@bp.route("/beheer/teksten/<slug>", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT, load=queries.editable_legal_text, form=LegalTextForm)
def edit_legal(row: LegalText, form: LegalTextForm) -> ResponseReturnValue:
    """Change a legal text in both languages."""
    if not form.is_accepted:
        return render_template("pages/edit_legal.html", form=form, row=row), form.status
    actions.edit_legal_text(
        row,
        title_nl=form.title_nl.data,
        title_en=form.title_en.data,
        body_nl=form.body_nl.data,
        body_en=form.body_en.data,
        by=actor(),
    )
    flash(_("De tekst is opgeslagen."), "ok")
    return redirect(url_for("pages.legal", slug=row.slug), 303)


@bp.get("/beheer/taken")
@requires(Permission.JOB_READ)
def jobs() -> ResponseReturnValue:
    """Mails and other jobs that could not be done."""
    return render_template("pages/jobs.html", jobs=parked(), form=ButtonForm.open())


@bp.post("/beheer/taken/<int:job_id>/opnieuw")
@requires(Permission.JOB_READ, load=get_parked, form=ButtonForm)
def retry_job(job: Job, form: ButtonForm) -> ResponseReturnValue:
    """Try a parked job again."""
    if form.is_accepted:
        retry(job)
        flash(_("De taak wordt opnieuw geprobeerd."), "ok")
    return redirect(url_for("pages.jobs"), 303)


@bp.get("/.well-known/security.txt")
@public()
def security_txt() -> ResponseReturnValue:
    """Where to report a vulnerability."""
    found = queries.current_vereniging()
    contact = found.security_contact or found.email
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: mailto:{contact}"] if contact else []
    lines += [
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings().public_url}/.well-known/security.txt",
        f"Policy: {full_address('pages.legal', slug='colofon')}",
    ]
    return "\n".join(lines) + "\n", 200, PLAIN


@bp.get("/robots.txt")
@public()
def robots() -> ResponseReturnValue:
    """What crawlers may read: everything public, no work pages."""
    closed = ("/account", "/beheer", "/inloggen", "/registreren", "/werkvoorraad")
    return "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed), 200, PLAIN


@bp.get("/healthz")
@public()
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", 200, PLAIN


@bp.get("/readyz")
@public()
def readyz() -> ResponseReturnValue:
    """The portal can do its work; 503 and short words when not."""
    wrong = what_is_wrong(settings())
    return ("ok\n", 200, PLAIN) if not wrong else (", ".join(wrong) + "\n", 503, PLAIN)
