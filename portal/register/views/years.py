"""One year of one signatory, as a page to print and as a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.words import STANDINGS
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.core.i18n import number_words
from portal.papers.paper import Block, Form, Heading, Table, Words
from portal.papers.taking import paper_of, take_paper
from portal.policy import Permission
from portal.register import queries
from portal.register.views.blueprint import bp
from portal.register.views.numbered import NumberedOfSignatory
from portal.register.years import Year, year_of
from portal.signatures.queries import first_signing
from portal.web.guard import requires


def _load(slug: str, year: int) -> NumberedOfSignatory:
    """Return the signatory with a year since the first signature of all, or 404."""
    organisation = queries.get_signatory(slug)
    if year not in _years():
        raise NotFound
    return NumberedOfSignatory(organisation, year)


def _years() -> range:
    """Return the years since the first signature of all; none without one."""
    first, now = first_signing(), clock.today().year
    return range(first.year if first is not None else now + 1, now + 1)


@bp.get("/ondertekenaars/<slug>/jaar/<int:year>")
@requires(Permission.ORGANISATION_READ, load=_load)
def year(asked: NumberedOfSignatory) -> ResponseReturnValue:
    """What a signatory promised, kept, moved and answered in a year."""
    number, years = asked.number, _years()
    return render_template(
        "register/year.html",
        year=year_of(asked.organisation, number),
        earlier=number - 1 if number - 1 in years else None,
        later=number + 1 if number + 1 in years else None,
        standings=STANDINGS,
    )


@bp.get("/ondertekenaars/<slug>/jaar/<int:year>.pdf")
@requires(Permission.ORGANISATION_READ, load=_load)
def year_paper(asked: NumberedOfSignatory) -> ResponseReturnValue:
    """The same on paper."""
    shown, slug = year_of(asked.organisation, asked.number), asked.organisation.slug
    page = url_for("register.year", slug=slug, year=asked.number)
    paper = paper_of(shown.title, page, list(_blocks(shown)), on=shown.last)
    return take_paper(paper, f"{slug}-{asked.number}", Form.PDF)


def _blocks(year: Year) -> Iterator[Block]:
    yield Words(year.answer_words)
    counts = [(_("Alle toezeggingen op die dag"), year.promise_count)]
    counts += [(part.title, len(part.rows)) for part in year.parts]
    numbers = [(Words(title), Words(number_words(number))) for title, number in counts]
    yield Table((_("Wat"), _("Toezeggingen")), numbers)
    columns = (_("Toezegging"), _("Termijn"), _("Status"))
    for part in year.parts:
        if not part.rows:
            continue
        yield Heading(f"{part.title} ({number_words(len(part.rows))})")
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
