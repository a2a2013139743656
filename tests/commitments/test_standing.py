"""How a commitment stood on a day: in SQL, in Python and in the columns of today the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.commitments import actions
from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.promise import promised
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.listing import listing
from portal.commitments.queries.page import get_page
from portal.commitments.queries.standing import (
    columns_on,
    days_of,
    standing_clause,
)
from portal.commitments.queries.subjects import get_commitment
from portal.commitments.queries.timeline import timeline_of
from portal.commitments.standing import (
    FINISHED,
    REPORTABLE,
    UNFINISHED,
    Moved,
    Progress,
    Reported,
    Standing,
    StandingOn,
    Timeline,
    is_long_ago,
    news_on,
    shown_move,
    standing_on,
)
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import PortalError
from portal.documents.models import Document, DocumentVersion
from portal.lifecycle.claims import EnteredAs, Stance, Whose
from tests import factories as make
from tests.commitments.scenes import Scene, moment, promise, signatory

TODAY = date(2026, 4, 29)
BEGUN = date(2026, 3, 20)
SPAN = 40
on_days = st.integers(0, SPAN).map(lambda days: BEGUN + timedelta(days=days))
# What is long ago is a year away.
asked_days = st.tuples(on_days, st.sampled_from((0, 360))).map(
    lambda drawn: drawn[0] + timedelta(days=drawn[1])
)
# By the quarter of an hour, around the night in which the clock goes forward as well.
at_moments = st.integers(0, SPAN * 96).map(
    lambda quarters: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)
graces = st.integers(0, 10)
# As what something was entered, what the signatory says of it, and since when.
claims = st.one_of(
    st.just((EnteredAs.SIGNATORY, None, None)),
    st.just((EnteredAs.VERENIGING, None, None)),
    st.tuples(st.just(EnteredAs.VERENIGING), st.sampled_from(Stance), at_moments),
)
maybe_hidden = st.none() | at_moments
# A link or not, when each version of the document was hidden, and when the message was.
hidings = st.lists(maybe_hidden, min_size=1, max_size=2)
proofs = st.tuples(st.booleans(), st.none() | hidings, maybe_hidden)
histories = st.fixed_dictionaries(
    {
        "promised_on": on_days,
        "published_at": at_moments,
        "withdrawn_on": st.none() | on_days,
        "latest": st.none() | on_days,
        "updates": st.lists(
            st.tuples(on_days, st.sampled_from(REPORTABLE), claims, proofs), max_size=4
        ),
        "whose": claims,
        "moves": st.lists(st.tuples(at_moments, st.none() | on_days), max_size=3),
    }
)
quick = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


@pytest.fixture(autouse=True)
def come_back() -> Iterator[None]:
    yield
    clock.set_now(None)


def record(like: Commitment, history: dict[str, Any]) -> Commitment:
    """Put a commitment with such a history into the database; its own columns tell nothing."""
    found = Commitment(
        organisation_id=like.organisation_id,
        discussion_id=like.discussion_id,
        kind="plan",
        title="Plan",
        what="Plan.",
        state="published" if history["withdrawn_on"] is None else "withdrawn",
        promised_on=history["promised_on"],
        published_at=history["published_at"],
        withdrawn_on=history["withdrawn_on"],
        term_latest=history["latest"],
        **claim(history["whose"]),
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    db.session.add(found)
    db.session.flush()
    told = {"body": "", "html": "", "created_at": clock.now(), "author_name": ""}
    for on, progress, whose, proof in history["updates"]:
        about = {"told_on": on, "progress": progress, **claim(whose), **evidence(proof)}
        db.session.add(Update(commitment_id=found.id, **about, **told))
        db.session.flush()
    words = {"old_words": "", "new_words": "", "reason": "", "author_name": ""}
    moves = sorted(history["moves"], key=lambda move: move[0])
    became = [latest for _at, latest in moves[1:]] + [history["latest"]]
    for (at, latest), new in zip(moves, became, strict=False):
        terms = {"old_latest": latest, "new_latest": new}
        move = TermMove(commitment_id=found.id, moved_at=at, **terms, **words)
        db.session.add(move)
        db.session.flush()
    return found


def claim(whose: tuple[EnteredAs, Stance | None, datetime | None]) -> dict[str, Any]:
    return dict(zip(("entered_as", "stance", "stance_at"), whose, strict=True))


def evidence(
    proof: tuple[bool, list[datetime | None] | None, datetime | None],
) -> dict[str, Any]:
    has_link, versions_hidden, hidden_at = proof
    url = "https://gemeente.example/plan" if has_link else None
    number = document_hidden(versions_hidden) if versions_hidden is not None else None
    return {"evidence_url": url, "evidence_id": number, "hidden_at": hidden_at}


def document_hidden(versions_hidden: list[datetime | None]) -> int:
    """Return a new document of which each version was hidden at such a moment, if ever."""
    versions = [
        DocumentVersion(
            number=number,
            storage_key=uuid4().hex,
            file_name="plan.pdf",
            media_type="application/pdf",
            size=1,
            sha256="",
            created_at=clock.now(),
            hidden_at=hidden_at,
        )
        for number, hidden_at in enumerate(versions_hidden, start=1)
    ]
    document = Document(title="Plan", created_at=clock.now(), versions=versions)
    db.session.add(document)
    db.session.flush()
    return document.id


def in_sql(on: date, grace_days: int) -> dict[int, StandingOn]:
    """How every public commitment stood on a day, as the database says."""
    columns = columns_on(on)
    is_late = standing_clause([Standing.LATE], days_of(on, grace_days), columns)
    shown = (
        columns.progress,
        columns.term_latest,
        columns.done_on,
        columns.move_count,
        columns.earlier_count,
        is_late,
        columns.has_evidence,
        standing_clause([Standing.QUIET], days_of(on, grace_days), columns),
    )
    found = db.session.execute(select(Commitment.id, *shown).where(columns.is_public))
    return {
        row[0]: StandingOn(Progress(row[1]), *row[2:6], *(bool(each) for each in row[6:]))
        for row in found
    }


@quick
@given(
    drawn=st.lists(
        st.tuples(st.sampled_from(Progress), st.sampled_from((None, "2024", "2028"))), max_size=5
    )
)
def test_it_lists_in_the_order_that_progress_and_term_say(
    scene: Scene, drawn: list[tuple[Progress, str | None]]
) -> None:
    db.session.execute(update(Commitment).values(state="discarded"))
    db.session.commit()
    made = [promise(scene, term=term or "ooit") for _progress, term in drawn]
    with write_section():
        for commitment, (progress, _term) in zip(made, drawn, strict=True):
            commitment.progress = progress

    def place(commitment: Commitment) -> tuple[int, date, int]:
        runs_before = (UNFINISHED, (Progress.SILENT,), (*FINISHED, Progress.WITHDRAWN))
        group = next(n for n, each in enumerate(runs_before) if commitment.progress in each)
        return group, commitment.term_latest or date.max, commitment.id

    rows = listing(CommitmentFilter(), on=TODAY, grace_days=30).rows
    assert [row.id for row in rows] == [each.id for each in sorted(made, key=place)]


@quick
@given(drawn=st.lists(histories, min_size=1, max_size=3), on=asked_days, grace_days=graces)
def test_it_stands_in_sql_as_in_python(
    scene: Scene, drawn: list[dict[str, Any]], on: date, grace_days: int
) -> None:
    like = promise(scene, state="draft")
    made = [record(like, history) for history in drawn]

    wanted = {c.id: standing_on(timeline_of(c), on, grace_days) for c in made}

    public = {number: stood for number, stood in wanted.items() if stood is not None}
    assert in_sql(on, grace_days) == public
    for standing in Standing:
        query = matching(
            select(Commitment.id),
            CommitmentFilter(standings=(standing,)),
            days_of(on, grace_days),
            columns_on(on),
        )
        listed = set(db.session.scalars(query))
        assert listed == {number for number, stood in public.items() if stood.is_in(standing)}
    db.session.rollback()


SOURCE = Whose(EnteredAs.VERENIGING)
CONFIRMED = Whose(EnteredAs.VERENIGING, Stance.CONFIRMED, date(2026, 4, 10))
TERMS = ("april 2026", "mei 2026", "ooit")
acts = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.sampled_from(REPORTABLE), st.integers(0, 20)),
        st.tuples(st.just("move_term"), st.sampled_from(TERMS), st.none()),
        st.tuples(st.just("withdraw"), st.none(), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 25) | st.just(366), st.none()),
    ),
    min_size=1,
    max_size=6,
)


def play(scene: Scene, commitment_id: int, act: tuple[str, Any, Any]) -> None:
    """Do what somebody of the organisation does; what is refused changes nothing."""
    name, what, days = act
    if name == "wait":
        clock.set_now(clock.now() + timedelta(days=what))
        return
    today = clock.today()
    with write_section():
        commitment = get_commitment(commitment_id)
        if name == "report":
            told_on = today - timedelta(days=days)
            actions.report(commitment, progress=what, body="Ja.", told_on=told_on, by=scene.editor)
        elif name == "move_term":
            actions.move_term(commitment, term=promised(what, today), reason="Zo.", by=scene.editor)
        else:
            actions.withdraw(commitment, reason="Zo.", by=scene.editor)


@quick
@given(drawn=acts, grace_days=graces)
def test_it_stands_today_as_its_own_columns_say(
    scene: Scene, drawn: list[tuple[str, Any, Any]], grace_days: int
) -> None:
    clock.set_now(moment(2026, 3, 20))
    # Those that were drawn before have a future of their own.
    db.session.execute(update(Commitment).values(state="discarded"))
    db.session.commit()
    commitment_id = promise(scene, term="eind maart 2026", published_at=clock.now()).id
    for act in drawn:
        try:
            play(scene, commitment_id, act)
        except PortalError:
            continue
        today = clock.today()
        commitment = get_commitment(commitment_id)
        assert standing_on(timeline_of(commitment), today, grace_days) == StandingOn(
            progress=Progress(commitment.progress),
            latest=commitment.term_latest,
            done_on=commitment.done_on,
            move_count=commitment.move_count,
            earlier_count=commitment.earlier_count,
            is_late=commitment.is_late(today, grace_days),
            is_quiet=commitment.progress in UNFINISHED and is_long_ago(commitment.news_on, today),
        )
    at = {"on": clock.today(), "grace_days": grace_days}
    for standings in ((), *((standing,) for standing in Standing), REPORTABLE):
        filters = CommitmentFilter(standings=standings)
        assert listing(filters, **at, is_past=True) == listing(filters, **at)


APRIL = Timeline(
    stands_from=date(2026, 4, 1),
    withdrawn_on=date(2026, 4, 28),
    latest=date(2026, 5, 31),
    updates=(
        Reported(date(2026, 4, 10), Progress.RUNNING),
        Reported(date(2026, 4, 25), Progress.DONE),
        Reported(date(2026, 4, 20), Progress.DELAYED),
    ),
    moves=(Moved(date(2026, 4, 22), date(2026, 4, 15)),),
)


@pytest.mark.parametrize(
    ("day", "progress", "latest", "is_late"),
    [
        (1, Progress.PLANNED, 15, False),
        (10, Progress.RUNNING, 15, False),
        (17, Progress.RUNNING, 15, False),
        (18, Progress.RUNNING, 15, True),
        (20, Progress.DELAYED, 15, True),
        (22, Progress.DELAYED, None, False),
        (25, Progress.DONE, None, False),
        (28, Progress.WITHDRAWN, None, False),
    ],
)
def test_it_tells_a_day_by_what_is_about_that_day_or_before(
    day: int, progress: Progress, latest: int | None, is_late: bool
) -> None:
    stood = standing_on(APRIL, date(2026, 4, day), grace_days=2)

    assert stood is not None
    wanted = APRIL.latest if latest is None else date(2026, 4, latest)
    assert (stood.progress, stood.latest, stood.is_late) == (progress, wanted, is_late)


@pytest.mark.parametrize(
    ("moves", "word"),
    [
        ([], ""),
        ([(15, 10)], "brought_forward"),
        ([(15, 10), (10, 9)], "brought_forward"),
        ([(15, 20)], "moved"),
        ([(15, 10), (10, 20)], "moved"),
        ([(15, 15)], "moved"),
        ([(15, None)], "moved"),
        ([(None, 15)], "moved"),
    ],
)
def test_it_says_of_a_promise_that_only_came_nearer_that_it_did(
    moves: list[tuple[int | None, int | None]], word: str
) -> None:
    days = [tuple(day and date(2026, 4, day) for day in move) for move in moves]
    timeline = Timeline(date(2026, 4, 1), None, None, (), [Moved(TODAY, *day) for day in days])
    stood = standing_on(timeline, TODAY, grace_days=2)
    assert stood is not None
    assert shown_move(stood.move_count, stood.earlier_count) == word


@pytest.mark.parametrize(
    ("on", "is_quiet"),
    [
        (date(2024, 2, 28), False),
        (date(2025, 2, 27), False),
        (date(2025, 2, 28), False),
        (date(2025, 3, 1), True),
        (date(2025, 6, 1), False),
        (date(2026, 6, 2), True),
    ],
)
def test_it_is_quiet_after_a_year_without_news(on: date, is_quiet: bool) -> None:
    began, moved_on = date(2024, 2, 28), date(2025, 6, 1)
    updates = (
        Reported(began, Progress.RUNNING),
        Reported(date(2026, 1, 1), Progress.DELAYED, SOURCE),
    )
    moves = (Moved(moved_on, None),)
    timeline = Timeline(began, None, None, updates, moves, made_on=(began,))
    stood = standing_on(timeline, on, grace_days=2)
    assert stood is not None
    assert stood.is_quiet == is_quiet


def test_it_was_no_news_of_the_signatory_before_it_said_so() -> None:
    said = Reported(date(2026, 4, 2), Progress.RUNNING, CONFIRMED)
    timeline = Timeline(TODAY, None, None, (said,), whose=CONFIRMED)
    assert news_on(timeline, date(2026, 4, 9)) is None
    assert news_on(timeline, TODAY) == date(2026, 4, 10)


def test_it_stood_nowhere_before_it_was_promised() -> None:
    assert standing_on(APRIL, date(2026, 3, 31), grace_days=2) is None


def test_it_shows_a_past_day_in_the_list(
    scene: Scene, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(moment(2026, 4, 1))
    commitment = promise(scene, term="eind april 2026")
    set_clock(moment(2026, 4, 10))
    with write_section():
        mine = get_commitment(commitment.id)
        term = promised("eind mei 2026", clock.today())
        actions.move_term(mine, term=term, reason="Zo.", by=scene.editor)
        actions.report(
            mine, progress=Progress.RUNNING, body="Ja.", told_on=clock.today(), by=scene.editor
        )

    def shown(on: date) -> list[tuple[str, str, str]]:
        page = listing(CommitmentFilter(), on=on, grace_days=0, is_past=True)
        return [(row.progress, row.term_words, row.move) for row in page.rows]

    assert shown(date(2026, 3, 31)) == []
    assert shown(date(2026, 4, 9)) == [("gepland", "eind april 2026", "")]
    assert shown(date(2026, 4, 10)) == [("loopt", "eind mei 2026", "moved")]


@pytest.mark.parametrize("what", ["document", "message"])
def test_it_is_not_shown_by_evidence_that_was_hidden(
    scene: Scene, set_clock: Callable[[datetime], None], what: str
) -> None:
    set_clock(moment(2026, 4, 1))
    commitment = promise(scene, term="eind april 2026")
    document = make.make_document()
    message = make.make_update(commitment, progress="gereed", evidence=document)
    set_clock(moment(2026, 4, 10))
    by = make.make_moderator()
    hide, restore, item = {
        "document": (actions.hide_version, actions.restore_version, document.latest),
        "message": (actions.hide_update, actions.restore_update, message),
    }[what]

    def shown(on: date, *, is_past: bool = True) -> list[str]:
        page = listing(CommitmentFilter(), on=on, grace_days=0, is_past=is_past)
        return [row.progress for row in page.rows]

    def shown_now() -> list[str]:
        today = clock.today()
        words = get_page(commitment.slug or "", on=today, grace_days=0).progress
        assert [words] == shown(today, is_past=False) == shown(today)
        return [words]

    assert shown_now() == ["gereed"]
    with write_section():
        hide(item, ground="other", reason="Er staat een naam in.", by=by)

    assert shown_now() == ["gereed_zonder_bewijsstuk"]
    assert shown(date(2026, 4, 9)) == ["gereed"]
    with write_section():
        restore(item, by=by)
    assert shown_now() == ["gereed"]


def test_it_is_not_shown_by_evidence_of_a_message_that_was_taken_back(scene: Scene) -> None:
    commitment = promise(scene, entered_as=EnteredAs.VERENIGING)
    document, who = make.make_document(), make.make_moderator()
    make.make_update(commitment, progress="gereed")
    with write_section():
        read = actions.report(
            get_commitment(commitment.id),
            progress="gereed",
            body="Het staat op de site.",
            told_on=clock.today(),
            evidence=document,
            by=who,
        )
        actions.retract(read, reason="Dit ging over iets anders.", by=who)

    page = get_page(commitment.slug or "", on=clock.today(), grace_days=0)

    assert page.progress == "gereed_zonder_bewijsstuk"
