"""The page that searches in all that is public."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.policy import Permission
from portal.search import queries
from portal.search.asked import MOST_CHARACTERS, Asked, asked_in
from portal.search.choices import chips_of, groups_of
from portal.search.indexing import is_due
from portal.search.kinds import LABELS, NAMES, Kind
from portal.search.misses import KEEP_DAYS, LEAST_ASKED, misses, misses_in_all, note_miss
from portal.search.queries.narrowing import EVERYTHING
from portal.search.site_pages import site_pages
from portal.search.snippets import marked, snippet
from portal.search.taking import cells, columns
from portal.services import limits
from portal.services.tables import table_of
from portal.web.address import client_address, in_short
from portal.web.guard import public, requires
from portal.web.taking import ENDING, take

bp = Blueprint("search", __name__)

LIMIT = "search_address"
SUGGEST_LIMIT = "suggest_address"
# What the page needs besides its answer.
WORDS = {
    "labels": LABELS,
    "names": NAMES,
    "marked": marked,
    "snippet": snippet,
    "Kind": Kind,
    "most_characters": MOST_CHARACTERS,
}


@bp.get("/zoeken")
@public()
@in_short
def show() -> ResponseReturnValue:
    """What was found, the best first; without words a field to type them in."""
    asked = asked_in(request.args)
    # Asked first: what comes in meanwhile can be found.
    is_behind = is_due()
    answer = _answer(asked, is_behind=is_behind)
    further = _further(asked, answer.facets if answer is not None else None)
    told = _told(asked, answer) if answer is not None else {}
    shown = {"asked": asked, "answer": answer, "is_behind": is_behind, **further, **told}
    return render_template("search/show.html", **shown, **WORDS)


@bp.get(f"/zoeken.{ENDING}")
@public()
@in_short
def sheet(ending: str) -> ResponseReturnValue:
    """What was found as a table, the best first; without words a table without rows."""
    asked = asked_in(request.args)
    path = url_for("search.show", **asked.arguments())  # type: ignore[arg-type]
    labels = _labels(asked)
    found = cells(queries.all_hits(asked.text, asked.narrowing))
    return take(table_of("zoeken", _("Zoeken"), path, columns(), found, labels=labels), ending)


def _labels(asked: Asked) -> list[str]:
    """Return the parts of a question in words, and whether a table ends before all is told."""
    labels = [f"“{asked.text}”"] if asked.text else []
    labels += [label for label, _without in chips_of(asked)]
    total = queries.count_hits(asked.text, asked.narrowing)
    if total > queries.MOST_SHOWN:
        most = queries.MOST_SHOWN
        labels.append(_("de eerste %(most)s van %(all)s resultaten", most=most, all=total))
    return labels


def _told(asked: Asked, answer: queries.Answer) -> dict[str, object]:
    """Return what else was searched for, names near to it, and pages of the site itself."""
    return {
        "instead": queries.instead_in(answer.meant),
        "near": queries.near_names(answer.meant) if not answer.total else [],
        "site_pages": site_pages(asked.text) if asked.narrowing == EVERYTHING else [],
    }


def _further(asked: Asked, facets: queries.Facets | None) -> dict[str, object]:
    """Return what is chosen, and what can be chosen further."""
    return {
        "chips": chips_of(asked),
        "kinds": facets.kinds if facets else {},
        "groups": groups_of(asked, facets) if facets else [],
    }


def _answer(asked: Asked, *, is_behind: bool) -> queries.Answer | None:
    if not asked.text:
        return None
    limits.hit(LIMIT, client_address())
    answer = queries.answer_to(asked.text, asked.narrowing, asked.page)
    is_missed = not answer.total and asked.narrowing == EVERYTHING and not is_behind
    if is_missed and not site_pages(asked.text):
        note_miss(asked.text)
    return answer


@bp.get("/zoeken/suggesties")
@public()
def suggest() -> Response:
    """Return what may be meant by the letters in `?q=`, as a piece of a page."""
    limits.hit(SUGGEST_LIMIT, client_address())
    found = queries.suggestions(asked_in(request.args).text)
    answer = make_response(render_template("search/_suggestions.html", found=found, names=NAMES))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/beheer/zoeken")
@requires(Permission.SEARCH_READ)
def missed() -> ResponseReturnValue:
    """What people searched for and did not find."""
    return render_template(
        "search/misses.html",
        misses=misses(),
        total=misses_in_all(),
        days=KEEP_DAYS,
        least=LEAST_ASKED,
    )
