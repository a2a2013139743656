"""What came of a rappel, for everybody: figures, each with the list of what it counts."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.rappels import queries
from portal.rappels.models import Rappel
from portal.rappels.outcomes import LABELS, REACH_LABELS, Outcome, Reach
from portal.rappels.queries import Line, PartyRow
from portal.rappels.views.blueprint import bp
from portal.web.guard import public


def figures_of(rappel: Rappel) -> dict[str, object]:
    """Return the figures of a rappel: as they were fixed, or as they would be now."""
    lines, parties = queries.lines_of(rappel), queries.parties_of(rappel)
    counts = queries.counts_of(lines)
    return {
        "rappel": rappel,
        "results": queries.results_of(parties, lines),
        "counts": counts,
        "asked": len(lines),
        "answered": len(lines) - counts[Outcome.NOTHING],
        "reached": {reach: sum(party.reach == reach for party in parties) for reach in Reach},
        "labels": LABELS,
        "reach_labels": REACH_LABELS,
        "Outcome": Outcome,
        "Reach": Reach,
    }


@bp.get("/rappels")
@public()
def index() -> ResponseReturnValue:
    """Every rappel of which the outcome was published."""
    return render_template("rappels/index.html", rappels=queries.published())


@bp.get("/rappels/<name>")
@public(load=queries.get_published)
def show(rappel: Rappel) -> ResponseReturnValue:
    """The figures of one rappel."""
    return render_template("rappels/show.html", **figures_of(rappel))


# What a list can be narrowed to, beside an outcome: all that was asked, and all that was answered.
ALL, ANSWERED = "gevraagd", "beantwoord"


def _load(name: str, which: str) -> tuple[Rappel, str]:
    """Return a published rappel and the name of one of its lists, or 404."""
    if which not in (ALL, ANSWERED, *Outcome):
        raise NotFound
    return queries.get_published(name), which


@bp.get("/rappels/<name>/toezeggingen/<which>")
@public(load=_load)
def promises(listed: tuple[Rappel, str]) -> ResponseReturnValue:
    """The promises that one of the figures counts."""
    rappel, which = listed
    lines = [line for line in queries.lines_of(rappel) if _is_in(line, which)]
    return render_template(
        "rappels/promises.html", rappel=rappel, which=which, lines=lines, labels=LABELS
    )


def _is_in(line: Line, which: str) -> bool:
    if which == ANSWERED:
        return line.is_answered
    return which == ALL or line.shown == which


def _load_parties(name: str, reach: str) -> tuple[Rappel, Reach, list[PartyRow]]:
    """Return a published rappel, and its signatories of one kind of reach; or 404."""
    if reach not in tuple(Reach):
        raise NotFound
    rappel = queries.get_published(name)
    return (
        rappel,
        Reach(reach),
        [party for party in queries.parties_of(rappel) if party.reach == reach],
    )


@bp.get("/rappels/<name>/ondertekenaars/<reach>")
@public(load=_load_parties)
def parties(listed: tuple[Rappel, Reach, list[PartyRow]]) -> ResponseReturnValue:
    """The signatories that one of the figures counts."""
    rappel, reach, rows = listed
    return render_template(
        "rappels/parties.html", rappel=rappel, reach=reach, parties=rows, reach_labels=REACH_LABELS
    )
