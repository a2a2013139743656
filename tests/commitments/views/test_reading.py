"""The pages on which commitments are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.commitments.promise import promised
from portal.core.db import write_section
from portal.lifecycle.claims import EnteredAs
from portal.signatures.events import SignatureEnded
from tests.commitments.scenes import Scene, make_membership_of, moment, promise, signatory
from tests.factories import (
    layer,
    make_account,
    make_comment,
    make_commitment,
    make_document,
    make_moderator,
    make_organisation,
    make_signature,
    make_term_move,
    make_update,
    principle,
)
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.portal import count_queries

MIDNIGHT = [
    (datetime.fromisoformat("2021-01-30T22:59:59+00:00"), False),
    (datetime.fromisoformat("2021-01-30T23:00:00+00:00"), True),
]


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


class TestShow:
    def test_it_shows_the_promise_with_its_words_and_its_dates(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(
            scene,
            title="Whitepaper over onze bijdrage",
            what="Wij **leggen uit** hoe.",
            term="begin oktober",
            promised_on=date(2019, 7, 3),
            layers=[layer("data")],
            principles=[principle("standaarden")],
        )

        page = client.get("commitments.show", slug=commitment.slug)

        assert page.h1 == "Whitepaper over onze bijdrage"
        assert page.soup.select_one(".prose strong").get_text() == "leggen uit"
        assert "begin oktober dat is: 1 tot en met 10 oktober 2019" in page.main
        assert "op 3 juli 2019" in page.main
        assert "opgave van de ondertekenaar" in page.main
        assert page.links["Data/Gegevensbronnen"] == "/toezeggingen?laag=data"
        assert page.links["Werken met standaarden"] == "/toezeggingen?thema=standaarden"
        assert "Bewerken" not in page.links

    def test_it_names_no_day_for_what_a_source_told_at_a_signing(
        self, app: Flask, client: Client
    ) -> None:
        day = date(2019, 7, 3)
        organisation = make_signature(is_historic=True, signed_on=day).organisation
        entered = {"entered_as": EnteredAs.VERENIGING}
        told = make_commitment(organisation, promised_on=day, **entered)
        other = make_commitment(organisation, promised_on=date(2019, 8, 1), **entered)
        own = make_commitment(organisation, promised_on=day, author=make_account())

        page = client.get("commitments.show", slug=told.slug)
        assert "verteld bij de ondertekening." in page.main
        assert "Toegezegd" not in page.main
        assert "op 1 augustus 2019" in client.get("commitments.show", slug=other.slug).main
        assert "op 3 juli 2019" in client.get("commitments.show", slug=own.slug).main

    def test_it_says_of_each_part_whose_word_it_is(self, client: Client, scene: Scene) -> None:
        commitment = promise(
            scene,
            entered_as=EnteredAs.VERENIGING,
            source_title="Het weekblad",
            source_url="https://weekblad.example/1",
        )
        page = client.get("commitments.show", slug=commitment.slug)
        assert "ingevoerd door de vereniging, volgens Het weekblad" in page.main
        assert page.links["Het weekblad"] == "https://weekblad.example/1"
        assert "opgave van de ondertekenaar" not in page.main
        make_update(commitment)
        page = client.get("commitments.show", slug=commitment.slug)
        head = page.soup.select_one(".commitment__head").get_text(" ", strip=True)
        assert "opgave van de ondertekenaar" not in head
        assert "opgave van de ondertekenaar" in page.soup.select_one(".timeline").get_text()

    @pytest.mark.parametrize("moves_first", [True, False])
    def test_it_tells_what_happened_on_one_day_in_the_order_of_recording(
        self,
        client: Client,
        scene: Scene,
        set_clock: Callable[[datetime | None], None],
        moves_first: bool,
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        # A term of what is done moves no more.
        progress = "gereed" if moves_first else "loopt"
        acts = [
            lambda: actions.move_term(
                commitment, term=promised("eind 2031", day), reason="Later.", by=scene.editor
            ),
            lambda: actions.report(
                commitment, progress=progress, body="Zo staat het.", told_on=day, by=scene.editor
            ),
        ]
        day = date(2026, 11, 20)
        for hour, act in enumerate(acts if moves_first else acts[::-1], start=9):
            set_clock(moment(2026, 11, 20, hour))
            with write_section():
                act()

        shown = client.get("commitments.show", slug=commitment.slug).soup
        titles = [title.get_text() for title in shown.select(".timeline__title")]
        wanted = ["Termijn verschoven", progress.capitalize()]
        assert titles[1:3] == (wanted if moves_first else wanted[::-1])

    @pytest.mark.parametrize("state", ["draft", "discarded"])
    def test_it_is_nowhere_before_publication(
        self, client: Client, scene: Scene, state: str
    ) -> None:
        commitment = promise(scene, state=state, title="Geheim plan")

        assert client.get("/toezeggingen/geheim-plan").status == 404
        assert client.get(f"/toezeggingen/{commitment.id}/concept").status == 404
        assert "Geheim" not in client.get("commitments.index").text

    def test_it_says_how_long_is_left_and_what_was_promised_first(
        self, client: Client, scene: Scene, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(moment(2026, 1, 1))
        made_on = date(2026, 1, 1)
        commitment = promise(scene, term="begin oktober", promised_on=made_on)
        make_term_move(commitment, to="eind november 2026")
        make_term_move(commitment, to="eind december 2027")
        set_clock(moment(2027, 2, 1))

        page = client.get("commitments.show", slug=commitment.slug)
        listed = client.get("commitments.index", stand="stil")

        assert "Nog 10 maanden" in page.main
        for shown in (page, listed):
            assert "2 keer, eerst begin oktober 2026" in shown.main
            assert "langere tijd geen bericht" in shown.soup.select_one(".status--warn").get_text()
        assert "nog 10 maanden" in listed.main

    @pytest.mark.parametrize(("now", "is_late"), MIDNIGHT, ids=["before", "after"])
    def test_it_is_late_from_midnight_in_amsterdam_after_the_grace(
        self,
        client: Client,
        scene: Scene,
        set_clock: Callable[[datetime], None],
        now: datetime,
        is_late: bool,
    ) -> None:
        commitment = promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
        set_clock(now)

        page = client.get("commitments.show", slug=commitment.slug)

        assert ("termijn verstreken" in page.main.lower()) is is_late

    def test_it_shows_moves_with_the_old_term_and_the_reason(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        make_term_move(commitment, to="medio 2031", reason="De markt is nog niet zover.")
        make_term_move(commitment, to="eind 2031")
        make_term_move(commitment, to="begin 2032")

        page = client.get("commitments.show", slug=commitment.slug)

        old, new = "1 oktober tot en met 31 december 2030", "1 april tot en met 30 september 2031"
        assert f"Van eind 2030 ({old}) naar medio 2031 ({new})." in page.main
        assert "Reden: De markt is nog niet zover." in page.main
        assert "Deze termijn is nu 3 keer verschoven." in page.main
        assert page.soup.select_one(".old-words").get_text() == "eind 2030"

    def test_it_tells_calmly_of_a_term_that_was_brought_forward(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, term="eind 2030")
        make_term_move(commitment, to="eind 2029")

        for page in (client.get("commitments.show", slug=commitment.slug), client.get("/")):
            assert "termijn vervroegd" in page.main
            assert "verschoven" not in page.main.lower()
        english = client.get(f"/en/toezeggingen/{commitment.slug}").main
        assert "Deadline brought forward" in english

        make_term_move(commitment, to="eind 2031")
        page = client.get("commitments.show", slug=commitment.slug)
        titles = [title.get_text() for title in page.soup.select(".timeline__title")]
        assert titles[1:3] == ["Termijn vervroegd", "Termijn verschoven"]
        assert "termijn verschoven" in page.main
        assert "keer verschoven" not in page.main

    def test_it_says_that_the_old_term_had_passed(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
        move = make_term_move(commitment, to="eind 2031")
        move.was_overdue = True

        page = client.get("commitments.show", slug=commitment.slug)

        assert "De oude termijn was toen al verstreken." in page.main

    @pytest.mark.parametrize(
        ("told_on", "evidence", "words"),
        [
            (date(2020, 6, 1), "https://example.org/bewijs", "gereed"),
            (date(2020, 6, 1), None, "gereed zonder bewijsstuk"),
            (date(2021, 1, 1), "https://example.org/bewijs", "gereed, na de termijn"),
        ],
    )
    def test_it_says_how_it_was_done(
        self, client: Client, scene: Scene, told_on: date, evidence: str | None, words: str
    ) -> None:
        commitment = promise(scene, term="2020", promised_on=date(2019, 7, 3))
        make_update(commitment, progress="gereed", told_on=told_on, evidence_url=evidence)

        page = client.get("commitments.show", slug=commitment.slug)

        status = page.soup.select_one(".commitment__head .status")
        assert status is not None
        assert status.get_text(strip=True) == words

    def test_it_tells_progress_in_order_of_the_days(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene)
        make_update(commitment, body="Het tweede.", told_on=date(2025, 5, 1))
        make_update(commitment, body="Het eerste.", told_on=date(2024, 5, 1))

        page = client.get("commitments.show", slug=commitment.slug)

        assert page.main.index("Het eerste.") < page.main.index("Het tweede.")

    def test_it_stays_when_it_is_withdrawn(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene, state="withdrawn", reason="Het budget is weg.")

        page = client.get("commitments.show", slug=commitment.slug)

        assert page.status == 200
        assert "Deze toezegging is ingetrokken" in page.main
        assert "Reden: Het budget is weg." in page.main

    def test_it_says_when_it_ended_with_the_signature(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene)
        make_comment(commitment.discussion, body="Jammer.")
        with write_section():
            actions.close_commitments(SignatureEnded(scene.organisation.id, None, "tekenbevoegde"))

        page = client.get("commitments.show", slug=commitment.slug)

        assert "Ingetrokken bij opzegging" in page.main
        assert "Jammer." in page.main

    def test_it_shows_what_is_said_about_it(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene)
        make_comment(commitment.discussion, body="Goed plan.")
        make_comment(commitment.discussion, body="Nog niet geplaatst.", state="pending")

        page = client.get("commitments.show", slug=commitment.slug)

        assert "Goed plan." in page.main
        assert "Nog niet geplaatst." not in page.text
        assert "U moet ingelogd zijn om een reactie te kunnen plaatsen" in page.main

    def test_it_is_read_without_a_cookie(self, client: Client, scene: Scene) -> None:
        page = client.get("commitments.show", slug=promise(scene).slug)

        assert "Set-Cookie" not in page.headers

    def test_it_speaks_english_around_the_words_of_the_organisation(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = promise(scene, term="begin oktober", promised_on=date(2019, 7, 3))

        page = client.get(f"/en/toezeggingen/{commitment.slug}")

        assert page.language == "en"
        assert "1 to 10 October 2019" in page.main
        assert "begin oktober" in page.main

    def test_it_leads_to_promises_about_the_same(self, client: Client, scene: Scene) -> None:
        mine = promise(scene, layers=[layer("data")], principles=[principle()])
        make_commitment(title="Ook bij de bron", layers=[layer("data")])
        promise(scene, title="Iets anders", layers=[layer("proces")])
        page = client.get("commitments.show", slug=mine.slug)
        section = page.main.partition("Vergelijkbare toezeggingen")[2]
        assert "Ook bij de bron" in section
        assert "Iets anders" not in section
        assert mine.title in page.follow("Alles over deze lagen en thema’s").main

    def test_it_says_nothing_of_promises_about_the_same_without_them(
        self, client: Client, scene: Scene
    ) -> None:
        page = client.get("commitments.show", slug=promise(scene).slug)
        assert "Vergelijkbare" not in page.main

    def test_it_asks_as_often_for_fifty_comments_as_for_one(
        self, client: Client, scene: Scene
    ) -> None:
        few, many = busy(scene, 1), busy(scene, 50)
        client.get("commitments.show", slug=few.slug)

        counts = []
        for commitment in (few, many):
            slug = commitment.slug
            with count_queries() as statements:
                client.get("commitments.show", slug=slug)
            counts.append(len(statements))

        assert counts[0] == counts[1]

    def test_it_looks_the_same_the_second_time(self, client: Client, scene: Scene) -> None:
        slug = busy(scene, 3).slug
        first = client.get("commitments.show", slug=slug)

        assert client.get("commitments.show", slug=slug).html == first.html


def busy(scene: Scene, comments: int) -> Commitment:
    commitment = promise(scene, layers=[layer()], principles=[principle()])
    make_update(commitment)
    make_term_move(commitment)
    for _ in range(comments):
        make_comment(commitment.discussion)
    return commitment


class TestKept:
    """What visitors read is kept between requests; it must never be older than the truth."""

    def test_it_shows_every_change_at_once(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene)
        slug = commitment.slug
        assert "Nieuwe reactie" not in client.get("commitments.show", slug=slug).text

        make_comment(commitment.discussion, body="Nieuwe reactie")
        assert "Nieuwe reactie" in client.get("commitments.show", slug=slug).text

        make_update(commitment, body="Nieuw bericht", progress="loopt")
        assert "Nieuw bericht" in client.get("commitments.show", slug=slug).text

        with write_section():
            actions.edit(commitment, by=scene.editor, title="Andere titel")
        assert client.get("commitments.show", slug=slug).h1 == "Andere titel"
        assert "Andere titel" in client.get("commitments.index").text

    def test_it_hides_what_is_withdrawn_at_once(self, client: Client, scene: Scene) -> None:
        commitment = promise(scene)
        comment = make_comment(commitment.discussion, body="Teruggenomen")
        assert "Teruggenomen" in client.get("commitments.show", slug=commitment.slug).text

        comment.state = "withdrawn"

        assert "Teruggenomen" not in client.get("commitments.show", slug=commitment.slug).text

    def test_it_never_shows_one_reader_the_page_of_another(
        self, client: Client, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        slug = promise(scene).slug
        before = client.get("commitments.show", slug=slug)

        editor = sign_in(scene.editor).get("commitments.show", slug=slug)
        stranger = sign_in(make_account(name="Iemand Anders")).get("commitments.show", slug=slug)
        after = client.get("commitments.show", slug=slug)

        assert "Bewerken" in editor.links
        assert "Bewerken" not in stranger.links
        assert "Iemand Anders" in stranger.text
        assert after.html == before.html
        assert "Bewerken" not in after.links

    def test_it_keeps_languages_apart(self, client: Client, scene: Scene) -> None:
        slug = promise(scene).slug

        languages = [
            client.get(path).language
            for path in (f"/toezeggingen/{slug}", f"/en/toezeggingen/{slug}") * 2
        ]

        assert languages == ["nl", "en", "nl", "en"]


class TestActionBar:
    @pytest.mark.parametrize(
        ("role", "may"), [("eigenaar", True), ("redacteur", True), ("lezer", False)]
    )
    def test_it_is_there_for_who_writes(
        self, scene: Scene, sign_in: Callable[..., Client], role: str, may: bool
    ) -> None:
        slug = promise(scene).slug
        reader = sign_in(make_membership_of(scene.organisation, role))

        page = reader.get("commitments.show", slug=slug)

        for words in ("Voortgang melden", "Bewerken", "Termijn verschuiven", "Intrekken"):
            assert (words in page.links) is may

    def test_it_offers_nothing_on_what_was_withdrawn(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        slug = promise(scene, state="withdrawn").slug

        page = sign_in(scene.editor).get("commitments.show", slug=slug)

        assert not {"Bewerken", "Intrekken", "Voortgang melden"} & set(page.links)

    def test_it_does_not_move_the_term_of_what_is_done(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        slug = promise(scene, progress="gereed").slug

        page = sign_in(scene.editor).get("commitments.show", slug=slug)

        assert "Termijn verschuiven" not in page.links
        assert "Voortgang melden" in page.links

    def test_it_is_not_there_for_moderators(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        page = sign_in(make_moderator()).get("commitments.show", slug=promise(scene).slug)

        assert "Bewerken" not in page.links


class TestPreview:
    @pytest.mark.parametrize("role", ["eigenaar", "redacteur", "lezer"])
    def test_it_shows_a_draft_to_the_people_of_the_organisation(
        self, scene: Scene, sign_in: Callable[..., Client], role: str
    ) -> None:
        commitment = promise(scene, state="draft", title="Ons concept")
        reader = sign_in(make_membership_of(scene.organisation, role))

        page = reader.get("commitments.preview", commitment_id=commitment.id)

        assert page.h1 == "Ons concept"
        assert "Dit is een concept" in page.main
        # Nothing is promised yet, and who writes it may be no signatory.
        assert "Nog geen toezegging:" in page.main
        assert "Toegezegd door" not in page.main
        assert "opgave van de ondertekenaar" not in page.main
        assert ("Publiceren" in page.links) is (role != "lezer")

    def test_it_leads_to_the_page_once_that_is_there(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        commitment = promise(scene)

        page = sign_in(scene.editor).get("commitments.preview", commitment_id=commitment.id)

        assert page.location == f"/toezeggingen/{commitment.slug}"

    def test_it_is_not_there_for_a_moderator(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        commitment = promise(scene, state="draft")

        page = sign_in(make_moderator()).get("commitments.preview", commitment_id=commitment.id)

        assert page.status == 404


class TestIndex:
    def test_it_lists_with_the_words_of_the_term(self, client: Client, scene: Scene) -> None:
        promise(scene, title="Ons plan", term="begin oktober", promised_on=date(2019, 7, 3))

        page = client.get("commitments.index")

        assert "1 toezegging" in page.main
        assert page.links["Ons plan"].startswith("/toezeggingen/")
        assert "begin oktober (1 tot en met 10 oktober 2019)" in page.main
        assert scene.organisation.name in page.main

    @pytest.mark.parametrize(
        ("query", "chip"),
        [
            ("soort=plan", "plan van aanpak of routekaart"),
            ("laag=data", "Data/Gegevensbronnen"),
            ("thema=standaarden", "Werken met standaarden"),
            ("stand=vertraagd", "vertraagd"),
            ("stand=te-laat", "termijn verstreken"),
            ("termijn=2020", "termijn in 2020"),
            ("q=koppelvlak", "“koppelvlak”"),
        ],
    )
    def test_it_keeps_a_filter_in_the_address_and_takes_it_off(
        self,
        client: Client,
        scene: Scene,
        set_clock: Callable[[datetime], None],
        query: str,
        chip: str,
    ) -> None:
        set_clock(moment(2026, 11, 24))
        values: dict[str, Any] = {"kind": "plan", "progress": "vertraagd", "term": "eind 2020"}
        promise(
            scene,
            title="Koppelvlak",
            promised_on=date(2019, 7, 3),
            layers=[layer("data")],
            principles=[principle("standaarden")],
            **values,
        )
        promise(scene, title="Iets heel anders", term="2033")
        catch_up()

        page = client.get(f"/toezeggingen?{query}&sorteer=titel")

        assert "Koppelvlak" in page.links
        assert "Iets heel anders" not in page.links
        without = page.follow(f"Verwijder filter: {chip}")
        assert "Iets heel anders" in without.links
        assert "sorteer=titel" in without.path

    def test_it_filters_with_its_own_form(self, client: Client, scene: Scene) -> None:
        promise(scene, title="Een plan", kind="plan", layers=[layer("data")])
        promise(scene, title="Een whitepaper")

        page = client.get("commitments.index").form().submit(soort=["plan"], laag=["data"])

        assert "Een plan" in page.links
        assert "Een whitepaper" not in page.links
        assert page.form().fields["soort"] == ["plan"]

    def test_it_keeps_to_one_organisation(self, client: Client, scene: Scene) -> None:
        promise(scene, title="Van ons")
        promise(signatory(), title="Van hen")

        page = client.get(f"/toezeggingen?organisatie={scene.organisation.slug}")

        assert "Van ons" in page.links
        assert "Van hen" not in page.links
        assert f"Verwijder filter: {scene.organisation.name}" in page.links
        assert "Van hen" not in page.form().submit(q="van").links

    def test_it_keeps_to_kinds_of_organisation(self, client: Client, scene: Scene) -> None:
        promise(scene, title="Van een gemeente", kind="plan")
        supplier = make_organisation(kind_slug="leverancier")
        make_signature(supplier)
        make_commitment(supplier, title="Van een leverancier", kind="plan")

        page = client.get("commitments.index").form().submit(organisatiesoort=["leverancier"])

        assert "Van een leverancier" in page.links
        assert "Van een gemeente" not in page.links
        assert page.form().fields["organisatiesoort"] == ["leverancier"]
        assert "Van een gemeente" in page.follow("Verwijder filter: Leverancier").links

    def test_it_helps_when_nothing_is_found(self, client: Client, scene: Scene) -> None:
        promise(scene)

        page = client.get("/toezeggingen?q=eenhoorn")

        assert "Geen toezeggingen gevonden" in page.main
        assert page.links["Alle toezeggingen"] == "/toezeggingen"

    def test_it_says_when_there_is_nothing_yet(self, client: Client) -> None:
        assert "Er zijn nog geen toezeggingen" in client.get("commitments.index").main

    @pytest.mark.parametrize(
        "query",
        [
            "termijn=0",
            "termijn=99999999999999999999",
            "termijn=0201999",
            "termijn=02019" + "9" * 5000,
            "termijn=%C2%B2",
            "sorteer=anders",
            "soort=onbekend&stand=onbekend&laag=onbekend",
            "na=%%%",
            "na=WyJ2Iiwib25zaW4iLCJ4IiwieCJd",
            "q=" + "a" * 5000,
            "q=%00%25_%5C",
            "organisatie=%00",
        ],
    )
    def test_it_bears_addresses_that_mean_nothing(
        self, client: Client, scene: Scene, query: str
    ) -> None:
        promise(scene)

        page = client.get(f"/toezeggingen?{query}")

        # What comes to nothing is left out of the address.
        assert (client.get(page.location) if page.location else page).status == 200

    def test_it_begins_with_what_runs_and_says_how_late(
        self, client: Client, scene: Scene, set_clock: Callable[[datetime | None], None]
    ) -> None:
        set_clock(datetime(2026, 11, 29, 12, tzinfo=UTC))
        terms = {"Kort": "28 oktober 2026", "Jaar": "eind 2025", "Oud": "eind 2019"}
        for title, term in {**terms, "Straks": "eind 2027"}.items():
            promise(scene, title=title, term=term, promised_on=date(2019, 7, 3))
        make_update(promise(scene, title="Gedaan", term="2018"), progress="gereed")

        page = client.get("commitments.index")

        titles = [link.get_text() for link in page.soup.select(".rows__title a")]
        assert titles == ["Oud", "Jaar", "Kort", "Straks", "Gedaan"]
        late = [each.get_text() for each in page.soup.select(".status__late")]
        assert late == ["6 jaar te laat", "10 maanden te laat", "1 maand te laat"]
        ours = client.get("register.signatory", slug=scene.organisation.slug)
        assert [link.get_text() for link in ours.soup.select(".rows__title a")] == titles
        assert "6 jaar te laat" in page.follow("Oud").main
        by_update = client.get("/toezeggingen?sorteer=bijgewerkt").soup
        assert by_update.select_one(".rows__title a").get_text() == "Gedaan"  # type: ignore[union-attr]

    def test_it_names_in_its_address_only_what_was_chosen(
        self, client: Client, scene: Scene
    ) -> None:
        promise(scene, title="Een plan", kind="plan")

        page = client.get("commitments.index").form().submit(soort=["plan"])

        assert page.path == "/toezeggingen?soort=plan"
        assert "Een plan" in page.links
        assert client.get("/ondertekenaars?q=&provincie=&status=").location == "/ondertekenaars"

    def test_it_leaves_no_page_for_two(self, client: Client, scene: Scene) -> None:
        for number in range(27):
            promise(scene, title=f"Plan {number:02}")

        page = client.get("commitments.index")

        assert len(page.soup.select(".rows > li")) == 27
        assert "Volgende" not in page.links

    def test_it_pages_from_what_runs_to_what_is_over(self, client: Client, scene: Scene) -> None:
        running = [promise(scene, title=f"Loopt {number:02}").title for number in range(20)]
        for number in range(15):
            promise(scene, title=f"Klaar {number:02}", progress="gereed", term="2019")

        first = client.get("commitments.index")
        second = first.follow("Volgende")
        pages = [page.soup.select(".rows__title a") for page in (first, second)]

        seen = [link.get_text() for links in pages for link in links]
        assert seen[:20] == running
        assert len(seen) == len(set(seen)) == 35
        assert second.follow("Vorige").soup.select(".rows__title a") == pages[0]

    def test_it_pages_with_the_filter_kept(self, client: Client, scene: Scene) -> None:
        for number in range(30):
            promise(scene, title=f"Plan {number:02}", kind="plan")

        page = client.get("/toezeggingen?soort=plan&sorteer=titel")
        second = page.follow("Volgende")

        assert "soort=plan" in second.path
        assert "Plan 29" in second.links
        assert "Plan 00" in second.follow("Vorige").links

    def test_it_asks_as_often_for_many_as_for_one(self, client: Client, scene: Scene) -> None:
        promise(scene)
        client.get("commitments.index")
        # What was counted for the page before is not counted again: so something changes here.
        promise(scene)
        with count_queries() as few:
            client.get("/toezeggingen?sorteer=nieuwste")
        for _ in range(20):
            make_update(promise(scene), evidence=make_document())
        with count_queries() as many:
            client.get("/toezeggingen?sorteer=nieuwste")

        assert len(few) == len(many)


class TestOrganisationPanel:
    def test_it_shows_drafts_first_and_the_way_to_a_new_promise(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        promise(scene, title="Openbaar plan")
        promise(scene, title="Ons concept", state="draft")
        promise(scene, title="Weggegooid", state="discarded")

        page = sign_in(scene.editor).get(
            "register.organisation", organisation_id=scene.organisation.id
        )

        assert page.main.index("Ons concept") < page.main.index("Openbaar plan")
        assert "Weggegooid" not in page.main
        assert page.follow("Nieuwe toezegging").h1.startswith("Nieuwe toezegging: ")

    def test_it_hides_drafts_from_moderators(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        make_membership_of(scene.organisation, "eigenaar")
        promise(scene, title="Ons concept", state="draft")

        page = sign_in(make_moderator()).get(
            "register.organisation", organisation_id=scene.organisation.id
        )

        assert page.status == 200
        assert "Ons concept" not in page.main
        assert "Nieuwe toezegging" not in page.links
