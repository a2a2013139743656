"""One year of one signatory, as a page to print and as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.words import STANDINGS
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.organisations.models import Organisation
from portal.papers.paper import Block, Form, Heading, Table, Words
from portal.papers.taking import paper_of, take_paper
from portal.policy import Permission
from portal.register import queries
from portal.register.views.blueprint import bp
from portal.register.years import Year, year_of
from portal.signatures.queries import first_signing
from portal.web.guard import requires


class SignatoryYear(NamedTuple):
    """A signatory and a year; public when the signatory is."""

    organisation: Organisation
    number: int
    first: int

    @property
    def is_public(self) -> bool:
        return self.organisation.is_public

    @property
    def organisation_id(self) -> int:
        return self.organisation.id


def _load(slug: str, year: int) -> SignatoryYear:
    """Return the signatory with a year since the first signature of all, or 404."""
    organisation, first = queries.get_signatory(slug), first_signing()
    if first is None or not first.year <= year <= clock.today().year:
        raise NotFound
    return SignatoryYear(organisation, year, first.year)


@bp.get("/ondertekenaars/<slug>/jaar/<int:year>")
@requires(Permission.ORGANISATION_READ, load=_load)
def year(asked: SignatoryYear) -> ResponseReturnValue:
    """What a signatory promised, kept, moved and answered in a year."""
    number = asked.number
    return render_template(
        "register/year.html",
        year=year_of(asked.organisation, number),
        earlier=number - 1 if number > asked.first else None,
        later=number + 1 if number < clock.today().year else None,
        standings=STANDINGS,
    )


@bp.get("/ondertekenaars/<slug>/jaar/<int:year>.pdf")
@requires(Permission.ORGANISATION_READ, load=_load)
def year_paper(asked: SignatoryYear) -> ResponseReturnValue:
    """The same on paper."""
    shown, slug = year_of(asked.organisation, asked.number), asked.organisation.slug
    page = url_for("register.year", slug=slug, year=asked.number)
    paper = paper_of(shown.title, page, list(_blocks(shown)), on=shown.last)
    return take_paper(paper, f"{slug}-{asked.number}", Form.PDF)


def _blocks(year: Year) -> Iterator[Block]:
    yield Words(year.answer_words)
    counts = [(_("Alle toezeggingen op die dag"), year.promise_count)]
    counts += [(part.title, len(part.rows)) for part in year.parts]
    numbers = [(Words(title), Words(str(number))) for title, number in counts]
    yield Table((_("Wat"), _("Toezeggingen")), numbers)
    columns = (_("Toezegging"), _("Termijn"), _("Status"))
    for part in year.parts:
        if not part.rows:
            continue
        yield Heading(f"{part.title} ({len(part.rows)})")
        yield Table(
            columns,
            [
                (
                    Words(row.title, row.language, full_path(_path(row.slug))),
                    Words(row.term_words or _("geen datum"), row.term_language),
                    Words(str(STANDINGS[row.outcome])),
                )
                for row in part.rows
            ],
        )


def _path(slug: str) -> str:
    return url_for("commitments.show", slug=slug)
