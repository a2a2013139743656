"""My organisations, and adding one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.core.db import db
from portal.organisations.models import Membership, Organisation
from tests.factories import (
    kind,
    make_access_request,
    make_account,
    make_invitation,
    make_organisation,
)


def facts(**more: Any) -> dict[str, Any]:
    return {"name": "Bloemendorp (fictief)", "kind_id": kind("leverancier").id, **more}


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


class TestIndex:
    def test_it_sends_a_visitor_to_sign_in_and_back(self, client: Any) -> None:
        assert client.get("organisations.index").location == "/inloggen?verder=/organisaties"

    def test_it_lists_my_organisations_invitations_and_requests(self, sign_in: Any) -> None:
        me = make_account(email="ik@voorbeeld.example")
        mine = make_organisation(name="Mijn gemeente (fictief)", owner=me)
        inviting = make_organisation(name="Nodigt uit (fictief)")
        make_invitation(inviting, email="Ik@Voorbeeld.example")
        asked = make_organisation(name="Gevraagd (fictief)", is_public=True)
        make_access_request(asked, author=me)
        make_organisation(name="Van een ander (fictief)", is_public=True)
        page = sign_in(me).get("organisations.index")
        assert page.links["Mijn gemeente (fictief)"] == f"/organisaties/{mine.id}"
        assert "eigenaar" in page.main and "Nog niet openbaar" in page.main
        assert "Nodigt uit (fictief)" in page.main and "Gevraagd (fictief)" in page.main
        assert "Van een ander" not in page.main

    def test_it_tells_no_invitation_to_an_address_that_is_not_confirmed(self, sign_in: Any) -> None:
        me = make_account(email="ik@voorbeeld.example", is_confirmed=False)
        make_invitation(make_organisation(name="Nodigt uit (fictief)"), email=me.email)
        assert "Nodigt uit" not in sign_in(me).get("organisations.index").main

    def test_it_hides_the_name_of_what_i_asked_while_it_is_not_public(self, sign_in: Any) -> None:
        me = make_account()
        make_access_request(make_organisation(name="Geheim plan (fictief)"), author=me)
        page = sign_in(me).get("organisations.index")
        assert "Geheim plan" not in page.html
        assert "Een organisatie die nog niet openbaar is" in page.main


class TestCreate:
    def test_it_makes_me_eigenaar_of_what_i_add(self, sign_in: Any) -> None:
        me = make_account(email="ik@bloemendorp.example")
        form = sign_in(me).get("organisations.create").form()
        page = form.submit(
            facts(
                kvk="01 23 45 67",
                website="WWW.Bloemendorp.example/",
                province="zeeland",
                job_title="Adviseur",
            )
        )
        assert page.h1 == "Bloemendorp (fictief)"
        assert "Bloemendorp (fictief) is toegevoegd. U bent eigenaar." in page.flashes
        made = db.session.scalars(select(Organisation)).one()
        assert (made.kvk, made.website) == ("01234567", "https://www.bloemendorp.example")
        assert (made.province, made.mail_domain) == ("zeeland", "bloemendorp.example")
        assert not made.is_public and made.slug is None
        member = db.session.scalars(select(Membership)).one()
        assert (member.account_id, member.role, member.job_title) == (me.id, "eigenaar", "Adviseur")

    def test_it_takes_the_mail_domain_of_who_adds_it_but_never_a_free_one(
        self, sign_in: Any
    ) -> None:
        for email, domain in (("a@dorp.example", "dorp.example"), ("a@gmail.com", None)):
            make = sign_in(make_account(email=email)).get("organisations.create").form()
            make.submit(facts(name=f"Van {email}"))
            made = db.session.scalars(select(Organisation).order_by(Organisation.id.desc())).first()
            assert made is not None and made.mail_domain == domain

    def test_it_makes_one_of_a_form_that_is_sent_twice(self, sign_in: Any) -> None:
        form = sign_in(make_account()).get("organisations.create").form()
        first = form.submit(facts())
        again = form.submit(facts())
        assert first.path == again.path and count() == 1

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("name", "", "Vul de naam van de organisatie in."),
            ("name", "?!", "minstens twee letters"),
            ("name", "x" * 201, "hoogstens 200 tekens"),
            ("name", "Win geld: https://evil.example", "Vul hier geen webadres in."),
            ("name", "Kijk op WWW.evil.example", "Vul hier geen webadres in."),
            ("name", "Kijk op evil.example/prijs", "Vul hier geen webadres in."),
            ("kind_id", "", "Kies een soort organisatie."),
            ("kvk", "1234", "heeft 8 cijfers. U vulde er 4 in"),
            ("rsin", "123456789", "Dit RSIN klopt niet"),
            ("oin", "123", "heeft 20 cijfers"),
            ("cbs", "0344", "GM met vier cijfers"),
            ("tooi", "gm0344", "ziet er zo uit"),
            ("website", "javascript:alert(1)", "begint met https://"),
        ],
    )
    def test_it_says_what_is_wrong_beside_the_field(
        self, sign_in: Any, field: str, typed: str, words: str
    ) -> None:
        form = sign_in(make_account()).get("organisations.create").form()
        page = form.submit({**facts(job_title="Blijft staan"), field: typed})
        assert page.status == 422 and words in (page.error_for(field) or "")
        assert page.form().fields["job_title"] == "Blijft staan"
        assert count() == 0

    @pytest.mark.parametrize("name", ["Voorbeeld.nl B.V.", "Dienst Werk/Inkomen", "A/B.C. advies"])
    def test_it_takes_a_name_that_is_no_link(self, sign_in: Any, name: str) -> None:
        page = sign_in(make_account()).get("organisations.create").form().submit(facts(name=name))
        assert page.h1 == name

    def test_it_refuses_a_kind_and_a_province_that_are_not_offered(self, sign_in: Any) -> None:
        client = sign_in(make_account())
        fields = client.get("organisations.create").form().fields
        sent = {**fields, "name": "Bloemendorp", "kind_id": "999", "province": "atlantis"}
        page = client.post("organisations.create", data=sent)
        assert page.status == 422
        assert page.error_for("kind_id") == "Kies een soort organisatie."
        assert page.error_for("province") == "Kies een provincie uit de lijst."

    def test_it_remarks_on_an_unknown_register_and_takes_the_number(self, sign_in: Any) -> None:
        form = sign_in(make_account()).get("organisations.create").form()
        page = form.submit(facts(oin="12345678123456789000"))
        assert page.status == 200
        assert any("geen OIN dat begint met 12345678" in flash for flash in page.flashes)
        assert db.session.scalars(select(Organisation)).one().oin == "12345678123456789000"
        assert "geen OIN dat begint met 12345678" in page.client.get(page.path).main

    def test_it_offers_no_kind_that_is_out_of_use(self, sign_in: Any) -> None:
        old = kind("gebruikersvereniging")
        old.is_active = False
        db.session.commit()
        form = sign_in(make_account()).get("organisations.create").form()
        assert str(old.id) not in form.choices("kind_id")
        assert str(kind("gemeente").id) in form.choices("kind_id")

    def test_it_ignores_what_the_form_does_not_ask(self, sign_in: Any) -> None:
        client = sign_in(make_account())
        fields = client.get("organisations.create").form().fill(facts())
        client.post(
            "organisations.create",
            data={**fields, "slug": "gekaapt", "published_at": "2020-01-01", "is_fictional": "y"},
        )
        made = db.session.scalars(select(Organisation)).one()
        assert made.slug is None and made.published_at is None and not made.is_fictional

    def test_it_lets_nobody_without_a_confirmed_address_add_one(self, sign_in: Any) -> None:
        me = make_account(is_confirmed=False)
        assert sign_in(me).get("organisations.create").status == 403


class TestLikeness:
    @pytest.mark.parametrize("is_public", [True, False])
    def test_it_leads_a_member_to_an_organisation_of_their_own(
        self, sign_in: Any, is_public: bool
    ) -> None:
        owner = make_account()
        own = make_organisation(name="Bloemendorp", owner=owner, is_public=is_public)
        other = make_organisation(name="Bloemendorp Diensten", is_public=True)
        form = sign_in(owner).get("organisations.create").form()
        page = form.submit(facts(name="Bloemendorp", job_title="Adviseur"))
        assert "U hoort al bij deze organisatie." in page.main
        assert page.links["Ga naar uw organisatie : Bloemendorp"] == f"/organisaties/{own.id}"
        asked = [link for link in page.links.values() if link.endswith("/meedoen")]
        assert asked == [f"/organisaties/{other.id}/meedoen"]

    @pytest.mark.parametrize(
        ("standing", "typed", "words"),
        [
            ("Pinkerdorp Local Government (fictief)", "Pinkerdorp LG", "afkorting"),
            ("Gemeente Bloemendorp", "Вloemendorp", "dezelfde naam"),
            ("Bloemendorp", "Bl0emendorp", "dezelfde naam"),
            ("Bloemendorp Diensten", "Bloemendorp", "een deel van de naam"),
            ("Bloemendorp", "Bloemendrop", "bijna dezelfde naam"),
        ],
    )
    def test_it_asks_first_and_keeps_what_was_typed(
        self, sign_in: Any, standing: str, typed: str, words: str
    ) -> None:
        there = make_organisation(name=standing, is_public=True)
        form = sign_in(make_account()).get("organisations.create").form()
        page = form.submit(facts(name=typed, job_title="Adviseur"))
        assert page.status == 422 and count() == 1
        assert standing in page.main and words in page.main
        assert page.links[f"Vraag toegang : {standing}"] == f"/organisaties/{there.id}/meedoen"
        assert page.form().fields["name"] == typed
        done = page.form().submit({"is_sure": True})
        assert done.h1 == typed and count() == 2

    def test_it_finds_a_known_kvk_number_and_an_old_name(self, sign_in: Any) -> None:
        make_organisation(name="Heel anders", kvk="01234567", is_public=True)
        form = sign_in(make_account()).get("organisations.create").form()
        assert "hetzelfde KVK-nummer" in form.submit(facts(kvk="0123 4567")).main
        renamed = make_organisation(name="Nieuwe naam", is_public=True)
        renamed.names[0].name = "Oudendorp"
        db.session.commit()
        assert "Nieuwe naam" in form.submit(facts(name="Gemeente Oudendorp")).main

    def test_it_tells_no_name_of_an_organisation_that_is_not_public(self, sign_in: Any) -> None:
        make_organisation(name="Geheim plan (fictief)", kvk="01234567")
        form = sign_in(make_account()).get("organisations.create").form()
        page = form.submit(facts(kvk="01234567"))
        assert page.status == 422 and "Geheim" not in page.html
        assert "Een organisatie die nog niet openbaar is" in page.main
        page = form.submit(facts(name="geheim plan (FICTIEF)"))
        assert "Geheim plan (fictief)" in page.main
        assert form.submit(facts(name="Geheim")).h1 == "Geheim"
