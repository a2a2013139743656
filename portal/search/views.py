"""The page that searches in all that is public."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.search import queries
from portal.search.asked import MOST_CHARACTERS, Asked, asked_in
from portal.search.kinds import LABELS, NAMES, Kind
from portal.search.snippets import marked, snippet
from portal.services import limits
from portal.web.address import client_address, in_short
from portal.web.guard import public

bp = Blueprint("search", __name__)

LIMIT = "search_address"
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
    answer = _answer(asked)
    near = queries.near_names(answer.meant) if answer is not None and not answer.total else []
    return render_template("search/show.html", asked=asked, answer=answer, near=near, **WORDS)


def _answer(asked: Asked) -> queries.Answer | None:
    if not asked.text:
        return None
    limits.hit(LIMIT, client_address())
    return queries.answer_to(asked.text, asked.kind, asked.page)
