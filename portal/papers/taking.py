"""The answer with which a page is taken along as a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Response

from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.papers.paper import MEDIA_TYPES, Block, Form, Paper, Words
from portal.papers.typesetting import typeset
from portal.services import limits
from portal.services.vereniging import current_vereniging
from portal.web.address import client_address
from portal.web.downloads import attachment

LIMIT = "paper_address"
# The end of the address of a page, as a route has it.
PAPER_ENDING = f"<any({', '.join(repr(str(each)) for each in Form)}):form>"


def paper_of(
    title: str,
    page_path: str,
    blocks: Sequence[Block],
    *,
    labels: Sequence[str] = (),
    on: date | None = None,
    notes: Sequence[tuple[str, str]] = (),
) -> Paper:
    """Return blocks as a paper that says where it came from, of which day, and what was filtered.

    `page_path` shows the same to people; `labels` are the parts of its filter, `on` is the day that
    it is about, and `notes` is what else there is to say of it.
    """
    locale = current_locale()
    facts = current_vereniging(locale)
    return Paper(
        title=title,
        language=locale,
        publisher=f"{facts.site_name}, {facts.name}",
        address=full_path(page_path),
        notes=[*_said(labels, on), *notes],
        blocks=blocks or [Words(_("Er is nog niets te tellen."))],
        source_word=_("Bron"),
        page_word=_("Pagina"),
    )


def _said(labels: Sequence[str], on: date | None) -> Iterator[tuple[str, str]]:
    yield _("Opgehaald"), date_words(clock.today())
    if on is not None:
        yield _("Peildatum"), date_words(on)
    if labels:
        yield _("Filter"), ", ".join(labels)


def take_paper(paper: Paper, name: str, form: str) -> Response:
    """Return the paper as a file called `name`, of the form that ends the address.

    TooMany for a client that asks too often.
    """
    limits.hit(LIMIT, client_address())
    wanted = Form(form)
    answer = Response(typeset(paper, wanted), mimetype=MEDIA_TYPES[wanted])
    answer.headers["Content-Disposition"] = attachment(f"{name}.{wanted}")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
