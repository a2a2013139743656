"""The beheerder's overview and jobs, and the files and checks that machines read."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.admin import mails
from portal.admin.checklist import findings
from portal.admin.findings import Weight
from portal.admin.forms import TryMailForm
from portal.admin.health import what_is_wrong
from portal.admin.mail_words import ABOUT, FATES, about_of
from portal.admin.metrics import may_read, written
from portal.admin.running import lines
from portal.core.addresses import full_address
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.policy import Permission
from portal.services.job_figures import waiting_and_parked
from portal.services.jobs import get_retriable, last_of, parked, retry
from portal.services.models import Job, JobState
from portal.services.sent_mail import MailFilter, sent_mails
from portal.services.vereniging import current_vereniging
from portal.upgrade.versions import versions
from portal.vereniging import queries
from portal.web.address import cursor_in_address
from portal.web.forms import OnceForm
from portal.web.guard import public, requires

bp = Blueprint("admin", __name__)

MOST_TEST_MAILS = 5
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/beheer")
@requires(Permission.SETTINGS_EDIT)
def administration() -> ResponseReturnValue:
    """Everything that the beheerder looks after."""
    waiting, stuck = waiting_and_parked()
    return render_template(
        "admin/administration.html",
        slugs=queries.SLUGS,
        waiting=waiting,
        parked=stuck,
        is_mail_sent=settings().mail_server is not None,
        findings=findings(settings()),
    )


@bp.get("/beheer/taken")
@requires(Permission.JOB_READ)
def jobs() -> ResponseReturnValue:
    """Mails and other jobs that failed too often and are parked."""
    return render_template("admin/jobs.html", jobs=parked(), form=OnceForm.open())


@bp.post("/beheer/taken/<int:job_id>/opnieuw")
@requires(Permission.JOB_READ, load=get_retriable, form=OnceForm)
def retry_job(job: Job, _form: OnceForm) -> ResponseReturnValue:
    """Try a parked job again."""
    retry(job)
    flash(_("Wij proberen de taak opnieuw."), "ok")
    return redirect(url_for("admin.jobs"), 303)


@bp.get("/beheer/mail")
@requires(Permission.JOB_READ)
def sent_mail() -> ResponseReturnValue:
    """Which mails went out, to whom in short, and what became of each."""
    fate, about = request.args.get("wat", ""), request.args.get("over", "")
    filters = MailFilter(fate, ABOUT[about].begins if about in ABOUT else ())
    return render_template(
        "admin/sent_mail.html",
        page=sent_mails(filters, cursor_in_address()),
        chosen={"wat": fate, "over": about},
        fates=FATES,
        abouts=ABOUT,
        about_of=about_of,
        is_mail_sent=settings().mail_server is not None,
    )


@bp.get("/beheer/controlelijst")
@requires(Permission.SETTINGS_EDIT)
def checklist() -> ResponseReturnValue:
    """Everything that is missing or unsafe, with what to do about it."""
    found = findings(settings())
    return render_template(
        "admin/checklist.html", findings=found, Weight=Weight, versions=versions()
    )


def _tried(_form: TryMailForm) -> dict[str, object]:
    return {
        "mails": last_of(mails.TEST, MOST_TEST_MAILS),
        "is_mail_sent": settings().mail_server is not None,
        "JobState": JobState,
    }


@bp.route("/beheer/testmail", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT, form=TryMailForm, page="admin/test_mail.html", context=_tried)
def test_mail(form: TryMailForm) -> ResponseReturnValue:
    """Send a test mail; the page says what came of the last ones."""
    mails.try_mail(to=form.email.data, locale=current_locale(), once=form.once.data)
    flash(_("De testmail staat klaar. Hieronder ziet u wat ervan wordt."), "ok")
    return redirect(url_for("admin.test_mail"), 303)


@bp.get("/.well-known/security.txt")
@public()
def security_txt() -> ResponseReturnValue:
    """Where to report a vulnerability; 404 until the vereniging has an address for that."""
    vereniging = current_vereniging(current_locale())
    contact = vereniging.security_contact or vereniging.email
    if not contact:
        # A file without a contact is none (RFC 9116), and nobody reads the sender of the mails.
        raise NotFound
    return _security_lines(contact), 200, PLAIN


def _security_lines(contact: str) -> str:
    lines = (
        f"Contact: mailto:{contact}",
        f"Expires: {queries.security_txt_expires():%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings().public_url}/.well-known/security.txt",
        f"Policy: {full_address('vereniging.legal', slug='colofon')}",
    )
    return "".join(f"{line}\n" for line in lines)


@bp.get("/robots.txt")
@public()
def robots() -> ResponseReturnValue:
    """What crawlers may read: everything public, no work pages; and where the map of it is."""
    closed = ("/account", "/beheer", "/inloggen", "/mijn-werk", "/registreren", "/werkvoorraad")
    both = [root + path for root in ("", "/en") for path in closed]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in both)]
    lines += ["", f"Sitemap: {settings().public_url}/sitemap.xml"]
    return "".join(f"{line}\n" for line in lines), 200, PLAIN


@bp.get("/beheer/draaien")
@requires(Permission.SETTINGS_EDIT)
def running() -> ResponseReturnValue:
    """How the portal runs: what is well, and what needs a person."""
    return render_template("admin/running.html", lines=lines(settings()))


@bp.get("/metrics")
@public()
def figures() -> ResponseReturnValue:
    """Figures for a program that watches; as if it were not there for whoever may not ask."""
    said = request.headers.get("Authorization", "")
    is_passed_on = "X-Forwarded-For" in request.headers
    if not may_read(request.remote_addr, said, settings(), is_passed_on=is_passed_on):
        raise NotFound
    told, content_type = written(request.headers.get("Accept", ""))
    return told, 200, {"Content-Type": content_type, "Cache-Control": "no-store"}


@bp.get("/healthz")
@public()
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", 200, PLAIN


@bp.get("/readyz")
@public()
def readyz() -> ResponseReturnValue:
    """The portal can do its work; 503 with the names of what is wrong when not."""
    wrong = what_is_wrong(settings())
    return ("ok\n", 200, PLAIN) if not wrong else (", ".join(wrong) + "\n", 503, PLAIN)
