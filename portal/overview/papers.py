"""Terms on a line of time as blocks of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.overview.lines import Line
from portal.papers.paper import Term, Terms, Words
from portal.web.drawing import Span


def terms_of(
    lines: Sequence[Line], slices: Sequence[str], today: float | None, paths: Sequence[str]
) -> Terms:
    """Return lines as terms; `paths` are the pages of their promises, in the same order."""
    rows = [_term(line, path) for line, path in zip(lines, paths, strict=True)]
    return Terms((_("Toezegging"), _("Termijn")), slices, today, rows)


def _term(line: Line, path: str) -> Term:
    row = line.row
    words = [Words(row.organisation_name), Words(row.term_words, row.term_language)]
    if line.dates not in ("", row.term_words):
        words.append(Words(line.dates))
    if line.first_dates:
        words.append(Words(f"{_('Eerst:')} {row.first_words or line.first_dates}"))
    return Term(
        shape=line.shape,
        start=line.place.start,
        end=line.place.end,
        old=_ends(line.old),
        title=Words(row.title, row.language, full_path(path)),
        words=[*words, Words(line.standing_words)],
    )


def _ends(span: Span | None) -> tuple[float, float] | None:
    return (span.start, span.end) if span is not None else None
