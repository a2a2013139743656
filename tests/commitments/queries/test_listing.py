"""Reading commitments: who sees which, how many there are, and the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from portal import terms
from portal.accounts.models import Account
from portal.accounts.sessions import SignedInViewer
from portal.commitments.queries import listing as lists
from portal.commitments.queries.counting import Counts, counts_by_organisation
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import ORDERS, due_years
from portal.commitments.queries.rows import (
    CommitmentRow,
    latest_published,
    published_of,
    visible_rows_of,
)
from portal.commitments.queries.subjects import visible_to
from portal.core import clock
from portal.core.db import db
from portal.core.paging import Listing
from portal.lifecycle import states_of
from portal.policy import VISITOR, Permission, Person, can
from tests.commitments.scenes import Scene, make_membership_of, moment, promise, signatory
from tests.factories import (
    layer,
    make_account,
    make_beheerder,
    make_commitment,
    make_document,
    make_moderator,
    make_update,
    principle,
)
from tests.harness.indexing import catch_up
from tests.harness.portal import count_queries

GRACE_DAYS = 30


def at(on: date | None = None) -> dict[str, Any]:
    """The day of today, or another, with the days of grace."""
    return {"on": on or clock.today(), "grace_days": GRACE_DAYS}


def listing(
    filters: CommitmentFilter, on: date | None = None, **more: Any
) -> Listing[CommitmentRow]:
    return lists.listing(filters, **at(on), **more)


VIEWERS = (
    "visitor",
    "account",
    "eigenaar",
    "redacteur",
    "lezer",
    "member of another",
    "moderator",
    "beheerder",
    "unconfirmed",
)


def viewer(kind: str, scene: Scene) -> Person:
    if kind == "visitor":
        return VISITOR
    makers: dict[str, Callable[[], Account]] = {
        "account": make_account,
        "unconfirmed": lambda: make_account(is_confirmed=False),
        "moderator": make_moderator,
        "beheerder": make_beheerder,
        "member of another": lambda: signatory("eigenaar").editor,
    }
    found = makers[kind]() if kind in makers else make_membership_of(scene.organisation, kind)
    return SignedInViewer(
        id=found.id,
        name=found.name,
        email=found.email,
        locale=found.locale,
        is_moderator=found.is_moderator,
        is_beheerder=found.is_beheerder,
        awaits_second_factor=False,
        is_confirmed=found.is_confirmed,
        session_id=1,
        token="",
        ends_at=clock.now(),
    )


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


class TestVisibleTo:
    @pytest.mark.parametrize("kind", VIEWERS)
    @pytest.mark.parametrize("state", states_of("commitment"))
    def test_it_shows_exactly_what_may_be_read(self, scene: Scene, state: str, kind: str) -> None:
        commitment = promise(scene, state=state)
        person = viewer(kind, scene)

        visible = db.session.scalars(visible_to(person)).all()

        is_readable = can(person, Permission.COMMITMENT_READ, commitment)
        assert (commitment.id in visible) == is_readable
        assert is_readable == (state in ("published", "withdrawn") or kind in VIEWERS[2:5])


class TestCountsByOrganisation:
    def test_it_counts_what_is_public_done_late_and_running(
        self, scene: Scene, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(moment(2026, 11, 24))
        promise(scene, progress="gereed")
        promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
        promise(scene, progress="loopt")
        promise(scene, progress="loopt", term="zo snel mogelijk")
        promise(scene, progress="vertraagd")
        promise(scene)
        promise(scene, progress="loopt", term="eind 2020", promised_on=date(2019, 7, 3))
        promise(scene, state="draft")
        promise(scene, state="withdrawn")
        other = signatory().organisation
        idle = scene.organisation.id, other.id

        counts = counts_by_organisation(idle, **at())

        assert counts == {
            scene.organisation.id: Counts(published=7, done=1, late=2, running=2, delayed=1)
        }
        assert counts[scene.organisation.id].planned == 1

    def test_it_asks_once_for_any_number(self, scene: Scene) -> None:
        ids = [make_commitment().organisation_id for _ in range(6)]

        with count_queries() as statements:
            found = counts_by_organisation(ids, **at())

        assert len(found) == 6
        assert len(statements) == 1

    def test_it_asks_nothing_for_nobody(self, scene: Scene) -> None:
        with count_queries() as statements:
            assert counts_by_organisation([], **at()) == {}

        assert statements == []


class TestLists:
    def test_it_shows_the_latest_first_and_no_drafts(self, scene: Scene) -> None:
        old = promise(scene, published_at=moment(2020, 1, 1))
        new = promise(scene, published_at=moment(2021, 1, 1))
        promise(scene, state="draft")
        promise(scene, state="withdrawn")

        assert [row.id for row in latest_published(5, **at())] == [new.id, old.id]
        assert [row.id for row in latest_published(1, **at())] == [new.id]

    def test_it_shows_what_an_organisation_promised_by_term(self, scene: Scene) -> None:
        later = promise(scene, term="eind 2031")
        sooner = promise(scene, term="eind 2028")
        undated = promise(scene, term="doorlopend")
        withdrawn = promise(scene, term="2032", state="withdrawn")
        promise(scene, state="draft")
        make_commitment()

        found = published_of(scene.organisation.id, **at())

        assert [row.id for row in found] == [sooner.id, later.id, undated.id, withdrawn.id]

    def test_it_shows_drafts_to_the_people_of_the_organisation_only(self, scene: Scene) -> None:
        draft, public = promise(scene, state="draft"), promise(scene)
        promise(scene, state="discarded")

        organisation_id = scene.organisation.id
        seen = visible_rows_of(organisation_id, viewer("lezer", scene), **at())
        assert [row.id for row in seen] == [draft.id, public.id]
        assert [row.id for row in visible_rows_of(organisation_id, VISITOR, **at())] == [public.id]

    @pytest.mark.parametrize(
        ("progress", "evidence", "told_on", "word"),
        [
            ("loopt", False, date(2020, 6, 1), "loopt"),
            ("gereed", True, date(2020, 6, 1), "gereed"),
            ("gereed", False, date(2020, 6, 1), "gereed_zonder_bewijsstuk"),
            ("gereed", True, date(2021, 1, 1), "gereed_na_termijn"),
        ],
    )
    def test_it_says_whether_it_was_done_in_time_and_with_evidence(
        self, scene: Scene, progress: str, evidence: bool, told_on: date, word: str
    ) -> None:
        commitment = promise(scene, term="2020", promised_on=date(2019, 7, 3))
        document = make_document() if evidence else None
        make_update(commitment, progress=progress, told_on=told_on, evidence=document)

        assert published_of(scene.organisation.id, **at())[0].progress == word


class TestListing:
    @pytest.mark.parametrize(
        "filters",
        [
            CommitmentFilter(kinds=("plan",)),
            CommitmentFilter(kinds=("plan", "overig")),
            CommitmentFilter(layers=("data",)),
            CommitmentFilter(principles=("standaarden",)),
            CommitmentFilter(standings=("vertraagd",)),
            CommitmentFilter(standings=("te-laat",)),
            CommitmentFilter(due="2020"),
            CommitmentFilter(words="koppelvlak"),
            CommitmentFilter(words="KOPPELVLAK gouda"),
            CommitmentFilter(words="100%"),
        ],
        ids=str,
    )
    def test_it_finds_the_one_that_was_asked_for(
        self, scene: Scene, filters: CommitmentFilter
    ) -> None:
        wanted = promise(
            scene,
            kind="plan",
            title="Koppelvlak 100% vernieuwen",
            what="Voor Gouda.",
            term="eind 2020",
            promised_on=date(2019, 7, 3),
            progress="vertraagd",
            layers=[layer("data")],
            principles=[principle("standaarden")],
        )
        promise(scene, title="Iets anders", layers=[layer("proces")])
        promise(scene, title="1000 dingen", term="doorlopend")
        catch_up()

        assert [row.id for row in listing(filters).rows] == [wanted.id]

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Coöperatie", "cooperatie"),
            ("cooperatie", "COÖPERATIE"),
            ("COÖPERATIE", "coo\u0308peratie"),
            ("Ĳsvrij", "ijsvrij"),
            ("de gemeente ’s-Hertogenbosch", "'s-hertogenbosch"),
            ("plan – versie", "plan - versie"),
            ("gegevens\u00aduitwisseling", "gegevensuitwisseling"),
            ("Common\u00a0Ground", "common ground"),
            ("Éclair", "eclair"),
            ("eclair", "Éclair\u200b"),
        ],
    )
    def test_it_finds_every_spelling(self, scene: Scene, written: str, asked: str) -> None:
        in_title = promise(scene, title=f"Over {written} en meer")
        in_text = promise(scene, what=f"Wij doen {written}.")
        promise(scene, title="Iets anders")
        catch_up()

        found = {row.id for row in listing(CommitmentFilter(words=asked)).rows}

        assert found == {in_title.id, in_text.id}

    def test_it_sorts_titles_as_a_reader_would(self, scene: Scene) -> None:
        titles = [
            *("2 stappen", "10 stappen", "’s Avonds", "Éclair", "een plan", "Eén wens"),
            *("Ijs", "ĳsvrij", "Zonder", "“Aan de slag”"),
        ]
        for title in titles:
            promise(scene, title=title)

        rows = listing(CommitmentFilter(), order="titel").rows

        assert [row.title for row in rows] == [
            *("2 stappen", "10 stappen", "“Aan de slag”", "Éclair", "een plan", "Eén wens"),
            *("Ijs", "ĳsvrij", "’s Avonds", "Zonder"),
        ]

    def test_it_finds_what_has_no_term(self, scene: Scene) -> None:
        promise(scene, term="vanaf 2021")
        undated = promise(scene, term="doorlopend")

        assert [row.id for row in listing(CommitmentFilter(due="zonder")).rows] == [undated.id]

    def test_it_finds_what_one_organisation_promised(self, scene: Scene) -> None:
        mine = promise(scene)
        make_commitment()
        slug = scene.organisation.slug or ""

        assert [row.id for row in listing(CommitmentFilter(organisation=slug)).rows] == [mine.id]

    def test_it_never_finds_drafts(self, scene: Scene) -> None:
        promise(scene, state="draft", title="Geheim plan")
        promise(scene, state="discarded", title="Geheim plan")
        catch_up()

        found = listing(CommitmentFilter(words="geheim"))

        assert (list(found.rows), found.count) == ([], 0)

    @pytest.mark.parametrize("order", ORDERS)
    def test_it_pages_through_everything_once_and_back(
        self, app: Flask, scene: Scene, order: str
    ) -> None:
        for number in range(60):
            promise(
                scene, title=f"Plan {number % 7}, deel {number}", term=f"eind {2027 + number % 5}"
            )
        promise(scene, title="Zonder", term="doorlopend")
        forth: list[list[int]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = listing(CommitmentFilter(), order=order, cursor=cursor)
            forth.append([row.id for row in page.rows])
            cursor, back = page.next, page.previous
        before = [row.id for row in listing(CommitmentFilter(), order=order, cursor=back).rows]

        assert [len(rows) for rows in forth] == [25, 25, 11]
        assert len({number for rows in forth for number in rows}) == 61
        assert before == forth[1]

    def test_it_orders_by_latest_date_and_puts_no_date_last(self, scene: Scene) -> None:
        undated = promise(scene, term="doorlopend")
        late, early = promise(scene, term="2031"), promise(scene, term="begin 2029")

        found = listing(CommitmentFilter()).rows

        assert [row.id for row in found] == [early.id, late.id, undated.id]

    def test_it_offers_the_years_in_which_something_is_due(self, scene: Scene) -> None:
        promise(scene, term="eind 2031")
        promise(scene, term="eind 2028")
        promise(scene, term="eind 2028")
        promise(scene, term="doorlopend")
        promise(scene, term="eind 2035", state="draft")

        assert due_years() == [2028, 2029, 2030, 2031]


def test_it_is_late_where_the_law_book_says_so(
    scene: Scene, app: Flask, set_clock: Callable[[datetime], None]
) -> None:
    commitment = promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
    for today in (date(2020, 12, 31), date(2021, 1, 30), date(2021, 1, 31), date(2026, 1, 1)):
        set_clock(moment(today.year, today.month, today.day))
        expected = terms.is_overdue(commitment.term_latest, today, 30)
        rows = listing(CommitmentFilter(standings=("te-laat",)), on=today).rows
        assert [row.is_late for row in rows] == ([True] if expected else [])
        assert published_of(scene.organisation.id, **at(today))[0].is_late is expected
