"""What a report tells of moderators: what came, what became of it, and how long it waited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from flask import Flask

from portal.comments import actions as comments
from portal.comments.models import CommentVersion
from portal.core.db import db, write_section
from portal.reports.moderating import Decided, decided_of, moderated
from tests import factories as make
from tests.harness.client import Client
from tests.harness.papers import read_pdf
from tests.signatures.scenes import person

SetClock = Callable[..., None]
BEGIN = datetime(2021, 3, 1, 9, tzinfo=UTC)
YEAR = date(2021, 1, 1), date(2021, 12, 31)


def write(set_clock: SetClock, at: datetime) -> CommentVersion:
    """Return a comment that somebody wrote at a moment, and that waits."""
    set_clock(at)
    discussion = make.make_commitment().discussion
    with write_section():
        comment = comments.post(discussion, body="Goed plan.", by=person(make.make_account()))
    return db.session.query(CommentVersion).filter_by(comment_id=comment.id).one()


def of_comments() -> Decided:
    return next(each for each in decided_of(moderated(*YEAR)) if each.thing == "comment_version")


def test_it_counts_each_decision_with_the_days_it_took(app: Flask, set_clock: SetClock) -> None:
    by = person(make.make_moderator())
    for days, way in ((1, "place"), (4, "refuse"), (9, "ask")):
        version = write(set_clock, BEGIN)
        set_clock(BEGIN + timedelta(days=days))
        with write_section():
            if way == "place":
                comments.place(version, by=by)
            elif way == "refuse":
                comments.refuse(version, ground="other", reason="Nee.", by=by)
            else:
                comments.ask_change(version, ground="other", reason="Korter.", by=by)
    write(set_clock, BEGIN)
    assert of_comments() == Decided("comment_version", 4, 1, 1, 1, 4)


def test_what_was_undone_counts_as_what_became_of_it(app: Flask, set_clock: SetClock) -> None:
    by = person(make.make_moderator())
    version = write(set_clock, BEGIN)
    with write_section():
        comments.refuse(version, ground="other", reason="Nee.", by=by)
    with write_section():
        comments.undo_decision(version, reason="Vergissing.", by=by)
    assert of_comments() == Decided("comment_version", 1, 0, 0, 0, None)
    set_clock(BEGIN + timedelta(days=2))
    with write_section():
        comments.place(version, by=by)
    assert of_comments() == Decided("comment_version", 1, 1, 0, 0, 2)


def test_a_year_counts_what_was_decided_in_it_whenever_it_came(
    app: Flask, set_clock: SetClock
) -> None:
    version = write(set_clock, datetime(2020, 12, 30, 9, tzinfo=UTC))
    set_clock(datetime(2021, 1, 2, 9, tzinfo=UTC))
    with write_section():
        comments.place(version, by=person(make.make_moderator()))
    assert of_comments() == Decided("comment_version", 0, 1, 0, 0, 3)


def test_a_report_tells_it_for_ever_on_its_page_and_on_paper(
    client: Client, set_clock: SetClock
) -> None:
    by = person(make.make_moderator())
    version = write(set_clock, BEGIN)
    with write_section():
        comments.place(version, by=by)
    set_clock(None)
    report = make.make_report(counted_on=YEAR[1])
    with write_section():
        comments.hide(version.comment, ground="other", reason="Naam.", by=by)
    page = client.get(f"/jaarverslagen/{report.key}")
    table = page.soup.select_one("[aria-labelledby=moderatie] tbody tr")
    assert table is not None
    assert table.get_text(" ", strip=True) == (
        "reacties, ook wijzigingen ervan 1 1 0 0 minder dan een dag"
    )
    assert "verborgen na plaatsing of publicatie 0" in " ".join(page.main.split())
    paper = read_pdf(client.get(f"/jaarverslagen/{report.key}.pdf").body)
    assert "Wat deden de moderatoren in 2021?" in paper.text
