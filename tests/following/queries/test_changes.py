"""What changed, a month at a time: only what everybody may see, and all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.commitments import actions
from portal.commitments.promise import promised
from portal.core.db import db, write_section
from portal.following.kinds import ACTS
from portal.services.telling import who_is_told
from portal.signatures import actions as signing
from tests.commitments.scenes import WORDS, Scene, moment, publish, signatory
from tests.factories import make_moderator, make_signature
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import count_queries
from tests.signatures.scenes import upload

# News that is told where it belongs and is no change of the register by itself: whose word a claim
# is stands with the claim, and what readers said below what they said it of.
TOLD_ELSEWHERE = {
    "comment": {"place"},
    "ending": {"end"},
    "organisation": {
        "edited",
        "corrected",
        "published",
        "identity_placed",
        "identity_set_back",
        "taken_over",
        "disowned",
        "disown_undone",
    },
    "signature": {"taken_over", "disowned", "disown_undone"},
    "commitment": {"taken_over", "disowned", "disown_undone"},
    "progress_update": {"retracted", "taken_over", "disowned", "disown_undone"},
}


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 7, 3))
    return signatory()


def told(page: Page) -> list[tuple[str, str]]:
    """The title and the kind of every change on a page, from the top."""
    rows = page.soup.select("main ul.rows > li")
    return [
        (
            row.select_one("h4").get_text(strip=True),
            row.select_one(".nl-data-badge").get_text(strip=True),
        )
        for row in rows
    ]


def titles(page: Page) -> set[str]:
    return {title for title, _kind in told(page)}


def everything(client: Client, address: str = "/veranderingen") -> Page:
    return client.get(address, follow=True)


def test_every_act_that_is_news_is_a_change_or_told_elsewhere(app: Flask) -> None:
    with app.app_context():
        news = {act for act, told_of in who_is_told().items() if told_of.is_news}
    elsewhere = {(thing, act) for thing, acts in TOLD_ELSEWHERE.items() for act in acts}
    assert news == set(ACTS) | elsewhere
    assert not set(ACTS) & elsewhere


class TestMonth:
    def test_it_tells_what_happened_to_a_promise_newest_first(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2019, 9, 2))
        commitment = publish(scene)
        set_clock(moment(2019, 9, 20))
        with write_section():
            db.session.add(commitment)
            actions.move_term(
                commitment,
                term=promised("begin 2021", date(2019, 9, 20)),
                reason="Meer tijd nodig",
                by=scene.editor,
            )
            actions.report(
                commitment,
                progress="loopt",
                body="Wij zijn begonnen.",
                told_on=date(2019, 9, 19),
                by=scene.editor,
            )
        set_clock(moment(2019, 10, 5))
        with write_section():
            db.session.add(commitment)
            actions.report(
                commitment,
                progress="gereed",
                body="Klaar.",
                told_on=date(2019, 10, 4),
                by=scene.editor,
            )
            actions.add_document(commitment, upload(file_name="plan.pdf"), by=scene.editor)
            actions.edit(commitment, what="Wij schrijven het anders.", by=scene.editor)
            actions.withdraw(commitment, reason="Toch niet", by=scene.editor)

        october = everything(client)
        assert october.path.endswith("/veranderingen/2019/10")
        assert october.title.startswith("Wat er veranderde in oktober 2019")
        assert [kind for _title, kind in told(october)] == [
            "toezegging ingetrokken",
            "tekst gewijzigd",
            "document toegevoegd",
            "gereed gemeld",
        ]
        september = october.follow("September 2019")
        assert told(september) == [
            ("Plan voor koppelen", "voortgang gemeld"),
            ("Plan voor koppelen", "termijn gewijzigd"),
            ("Plan voor koppelen", "toegezegd"),
        ]
        text = september.text
        assert "Status op 19 september 2019: loopt." in text
        moved = september.soup.select("ul.rows > li")[1]
        assert [q.get_text() for q in moved.select("q")] == ["eind 2020", "begin 2021"]
        only = client.get("/veranderingen/2019/9?soort=termijn&soort=toegezegd")
        assert [kind for _title, kind in told(only)] == ["termijn gewijzigd", "toegezegd"]
        assert [kind for _t, kind in told(client.get("/veranderingen/2019/10?soort=gereed"))] == [
            "gereed gemeld"
        ]

    def test_it_cuts_what_is_hidden_taken_back_or_a_draft(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2019, 9, 2))
        hidden, retracted = publish(scene, "Straks verborgen"), publish(scene, "Blijft staan")
        moderator = make_moderator()
        with write_section():
            db.session.add_all([hidden, retracted])
            draft = actions.draft(
                db.session.merge(scene.organisation),
                term=promised("eind 2020", date(2019, 7, 3)),
                promised_on=date(2019, 7, 3),
                by=scene.editor,
                **{**WORDS, "title": "Nog een concept"},
            )
            actions.edit(draft, what="Anders.", by=scene.editor)
            actions.add_document(draft, upload(file_name="plan.pdf"), by=scene.editor)
        assert titles(everything(client)) == {"Straks verborgen", "Blijft staan"}
        with write_section():
            db.session.add(hidden)
            actions.hide(hidden, ground="other", reason="Hoort hier niet", by=moderator)
        assert titles(everything(client)) == {"Blijft staan"}
        assert "Straks verborgen" not in everything(client, "/veranderingen.atom").body.decode()

    def test_it_tells_of_who_signed_once_and_not_of_what_was_undone(
        self, client: Client, app: Flask, set_clock: Any
    ) -> None:
        set_clock(moment(2020, 2, 3))
        signature, moderator = make_signature(state="confirmed"), make_moderator()
        name, signed = signature.organisation.name, "/veranderingen/2020/2?soort=ondertekend"
        with write_section():
            db.session.add(signature)
            signing.admit(signature, by=moderator)
        assert told(client.get(signed)) == [(name, "ondertekend")]
        with write_section():
            db.session.add(signature)
            signing.undo_decision(signature, by=moderator)
        assert told(client.get(signed)) == []
        with write_section():
            db.session.add(signature)
            signing.admit(signature, by=moderator)
        assert told(client.get(signed)) == [(name, "ondertekend")]

    @pytest.mark.parametrize("address", ["/2019/13", "/1800/1", "/2300/1", "/2019/0"])
    def test_there_is_no_page_for_what_is_no_month(self, client: Client, address: str) -> None:
        assert client.get(f"/veranderingen{address}").status == 404

    def test_a_month_begins_at_midnight_in_amsterdam(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        # 23.30 hours in UTC is half past one on the first of July in Amsterdam.
        set_clock(moment(2020, 6, 30, 23, 30))
        publish(scene, "In de nacht")
        assert everything(client).path.endswith("/2020/7")
        june = client.get("/veranderingen/2020/6")
        assert told(june) == []
        assert told(june.follow("Juli 2020")) == [("In de nacht", "toegezegd")]

    def test_it_costs_as_many_queries_for_many_changes_as_for_one(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2020, 6, 3))
        publish(scene, "Eerste")
        with count_queries() as few:
            client.get("/veranderingen/2020/6")
        for number in range(60):
            publish(scene, f"Plan {number}")
        with count_queries() as many:
            page = client.get("/veranderingen/2020/6")
        # The next page is counted too.
        assert len(many) <= len(few) + 1
        assert len(told(page)) == 50
        assert len(told(page.follow("Volgende"))) == 11
        assert "61 veranderingen" in page.text
