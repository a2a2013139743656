"""Views of the versions of a promise: all of them, one as it stood, and one to refer to."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.models import Revision
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.parts import part_rows
from portal.commitments.queries.subjects import revisions_of
from portal.commitments.versions import Version
from portal.commitments.views.blueprint import bp
from portal.commitments.views.hiding import hiding_of_texts
from portal.commitments.views.loading import load_page
from portal.commitments.views.versions import (
    NumberedVersion,
    shown_version,
    term_dates,
    texts_of,
    versions_for,
    with_changes,
)
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.short_numbers import short_number
from portal.organisations.queries import name_on
from portal.policy import Permission
from portal.web.downloads import attachment
from portal.web.guard import requires
from portal.web.person import viewer
from portal.web.templating import vereniging

# Of the newest so many the page of all versions tells what they changed.
MOST_TOLD = 20
ADDRESS = "/toezeggingen/<slug>/versies/<int:number>"


def load_version(slug: str, number: int) -> NumberedVersion:
    """Return what the doors need of a version of the commitment at this address, or 404."""
    page = load_page(slug)
    return NumberedVersion(page.row, page.state, page.organisation_id, page, number)


@bp.get("/toezeggingen/<slug>/geschiedenis")
@requires(Permission.COMMITMENT_READ, load=load_page)
def history(page: CommitmentPage) -> ResponseReturnValue:
    """Every version of a promise, the newest first, with what each changed."""
    revisions = revisions_of(page.row.id)
    versions = versions_for(page, part_rows(page), revisions, viewer())
    return render_template(
        "commitments/history.html",
        commitment=page.row,
        told=with_changes(versions, MOST_TOLD),
        older=versions[MOST_TOLD:],
        hiding=hiding_of_texts(page, revisions, viewer()),
    )


@bp.get(ADDRESS)
@requires(Permission.COMMITMENT_READ, load=load_version)
def version(asked: NumberedVersion) -> ResponseReturnValue:
    """One version as it stood, for ever at the same address."""
    page, revisions = asked.page, revisions_of(asked.page.row.id)
    shown = shown_version(_from(asked, revisions))
    return render_template(
        "commitments/version.html",
        page=page,
        commitment=page.row,
        shown=shown,
        texts=texts_of(shown.version),
        term_dates=term_dates(shown.version.term),
        count=page.version_number,
        name=_owner_of(shown.version, asked),
        hiding=hiding_of_texts(page, revisions, viewer()),
    )


def _owner_of(version: Version, asked: NumberedVersion) -> str:
    """Return what the organisation was called on the day on which a version began."""
    on = clock.day_of(version.begun_at)
    return name_on(asked.organisation_id, on) or asked.page.row.organisation_name


@bp.get(f"{ADDRESS}/citaat.ris")
@requires(Permission.COMMITMENT_READ, load=load_version)
def citation(asked: NumberedVersion) -> ResponseReturnValue:
    """A reference to one version, for programs that keep references (RIS)."""
    row = asked.page.row
    version = _from(asked, revisions_of(row.id))[0]
    address = url_for("commitments.version", slug=row.slug, number=version.number)
    lines = _reference(version, _owner_of(version, asked), row.short_number, full_path(address))
    content = "".join(f"{name}  - {' '.join(value.split())}\r\n" for name, value in lines)
    answer = Response(content, content_type="application/x-research-info-systems; charset=utf-8")
    answer.headers["Content-Disposition"] = attachment(f"{row.slug}-{version.number}.ris")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _from(asked: NumberedVersion, revisions: Sequence[Revision]) -> list[Version]:
    """Return the version that is asked for and all before it, or 404."""
    page = asked.page
    versions = versions_for(page, part_rows(page), revisions, viewer())
    if not 1 <= asked.number <= len(versions):
        raise NotFound
    return versions[len(versions) - asked.number :]


def _reference(
    version: Version, organisation: str, number: int | None, address: str
) -> list[tuple[str, str]]:
    on = clock.day_of(version.begun_at)
    return [
        ("TY", "ELEC"),
        ("AU", f"{organisation},"),
        ("TI", str(version.text.fields["title"])),
        ("PB", vereniging().site_name),
        ("PY", str(on.year)),
        ("DA", f"{on:%Y/%m/%d}/"),
        *([("SN", short_number(number))] if number is not None else []),
        ("ET", str(version.number)),
        ("UR", address),
        ("Y2", f"{clock.today():%Y/%m/%d}/"),
        ("LA", version.text.language),
        ("ER", ""),
    ]
