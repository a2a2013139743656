"""Doors: who may pass, from where, and that what is decided upon is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import delete, select, update
from werkzeug.exceptions import NotFound
from wtforms import BooleanField, StringField

from portal.accounts.models import Account, AccountSession
from portal.core.db import db, in_write_section, write_section
from portal.core.errors import AlreadyExists, FieldRefused, NotAllowed
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import get_organisation
from portal.policy import Permission
from portal.web.forms import ButtonForm, CreatingForm
from portal.web.guard import UnmarkedDoor, public, requires
from portal.web.limiting import Limit, Moment, for_all
from tests import factories as make
from tests.harness.client import Client
from tests.harness.portal import session_cookie, signed_in

Scratch = Callable[..., Client]
SignIn = Callable[[Account | None], Client]
OLD, NEW = "p" * 40, "q" * 40
FOREIGN = ["https://evil.example", "http://localhost.evil.example", "null", "http://localhost:81"]


def _text(words: str, status: int = 200) -> ResponseReturnValue:
    return words, status, {"Content-Type": "text/plain"}


class TestMarks:
    def test_it_keeps_the_app_from_starting_with_a_route_that_says_not_who(
        self, scratch: Scratch
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.get("/scratch/open")
            def view() -> ResponseReturnValue:
                return _text("open")

        with pytest.raises(UnmarkedDoor, match=r"scratch\.view \(/scratch/open\)"):
            scratch(add)

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_it_keeps_the_app_from_starting_with_a_write_without_a_form(
        self, scratch: Scratch, method: str
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.route("/scratch/write", methods=["GET", method])
            @public()
            def view() -> ResponseReturnValue:
                return _text("written")

        with pytest.raises(UnmarkedDoor, match="POST without a form"):
            scratch(add)

    def test_it_keeps_the_app_from_starting_with_a_form_that_nothing_shows(
        self, scratch: Scratch
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.route("/scratch/form", methods=["GET", "POST"])
            @public(form=ButtonForm)
            def view(form: ButtonForm) -> ResponseReturnValue:
                return _text("sent")

        with pytest.raises(UnmarkedDoor, match="does not show"):
            scratch(add)


class TestOrigin:
    @pytest.mark.parametrize("origin", FOREIGN)
    def test_it_refuses_a_form_from_another_site(self, sign_in: SignIn, origin: str) -> None:
        account = make.make_account(name="Noor")
        reader = sign_in(account)
        fields = reader.get("accounts.rename").form().fill({"name": "Gekaapt"})

        page = reader.post("accounts.rename", data=fields, headers={"Origin": origin})

        assert page.status == 403
        assert _name(account) == "Noor"

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_it_believes_the_browser_that_says_it_comes_from_elsewhere(
        self, sign_in: SignIn, site: str
    ) -> None:
        account = make.make_account(name="Noor")
        reader = sign_in(account)
        fields = reader.get("accounts.rename").form().fill({"name": "Gekaapt"})

        page = reader.post("accounts.rename", data=fields, headers={"Sec-Fetch-Site": site})

        assert page.status == 403
        assert _name(account) == "Noor"

    @pytest.mark.parametrize("site", ["same-origin", "none"])
    def test_it_takes_a_form_of_its_own(self, sign_in: SignIn, site: str) -> None:
        account = make.make_account(name="Noor")
        reader = sign_in(account)
        fields = reader.get("accounts.rename").form().fill({"name": "Noor Jansen"})

        page = reader.post("accounts.rename", data=fields, headers={"Sec-Fetch-Site": site})

        assert page.status == 302
        assert _name(account) == "Noor Jansen"

    def test_it_takes_the_public_address_behind_a_proxy_that_names_another(
        self, make_app: Callable[..., Flask], scratch: Scratch
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/sent")
            @public(form=ButtonForm)
            def view(_form: ButtonForm) -> ResponseReturnValue:
                return _text("sent")

        reader = scratch(add, PUBLIC_URL="https://groeipact.example", TRUSTED_PROXY_HOPS="1")
        forwarded = {"X-Forwarded-Proto": "https"}
        own, other = (
            reader.post("/scratch/sent", headers={"Origin": origin, **forwarded})
            for origin in ("https://groeipact.example", "https://groeipact.example.org")
        )
        # Without a key against forgery it still is not accepted, but it was not foreign.
        assert (own.status, other.status) == (422, 403)

    def test_it_reads_for_whoever_comes_from_elsewhere(self, client: Client) -> None:
        foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
        assert client.get("home.show", headers=foreign).status == 200


class TestForgery:
    @pytest.mark.parametrize("token", [None, "", "x", "20300101000000##" + "0" * 40])
    def test_it_refuses_a_form_without_its_key(self, sign_in: SignIn, token: str | None) -> None:
        account = make.make_account(name="Noor")
        reader = sign_in(account)
        fields = reader.get("accounts.rename").form().fill({"name": "Gekaapt"})
        sent = {**fields, "csrf_token": token} if token is not None else {"name": "Gekaapt"}

        page = reader.post("accounts.rename", data=sent)

        assert page.status == 422
        assert "te lang open" in page.main
        assert _name(account) == "Noor"

    def test_it_refuses_the_key_of_somebody_elses_session(self, sign_in: SignIn) -> None:
        theirs = sign_in(make.make_account()).get("accounts.rename").form().fields
        account = make.make_account(name="Noor")

        page = sign_in(account).post(
            "accounts.rename", data={"name": "Gekaapt", "csrf_token": theirs["csrf_token"]}
        )

        assert page.status == 422
        assert _name(account) == "Noor"

    def test_it_takes_a_page_that_was_opened_before_the_secret_was_changed(
        self, make_app: Callable[..., Flask]
    ) -> None:
        account = make.make_account(name="Noor")
        before = make_app(SECRET_KEY=OLD)
        reader = signed_in(before, account)
        form = reader.get("accounts.rename").form()

        reader.raw.application = make_app(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=OLD)
        assert form.submit(name="Noor de Wit").status == 200
        assert _name(account) == "Noor de Wit"

        reader.raw.application = make_app(SECRET_KEY=NEW)
        assert reader.get("accounts.rename").status == 200, "signed with the new key since then"
        reader.raw.application = before
        assert reader.get("accounts.rename").status == 303, "and no longer with the old one"

    def test_it_keeps_what_was_typed_when_the_key_is_gone(self, sign_in: SignIn) -> None:
        reader = sign_in(make.make_account(name="Noor"))
        page = reader.post("accounts.rename", data={"name": "Noor van den Berg"})
        assert page.form().fields["name"] == "Noor van den Berg"
        assert page.form().submit().status == 200


class TestDecisions:
    def test_it_sends_a_visitor_to_sign_in_with_the_way_back(self, client: Client) -> None:
        page = client.get("/account/naam?x=1")
        assert page.status == 303
        assert page.location == "/inloggen?verder=/account/naam?x%3D1"

    def test_it_keeps_the_language_on_the_way(self, client: Client) -> None:
        assert client.get("/en/account").location == "/en/inloggen?verder=/en/account"

    def test_it_asks_for_the_confirmation_first(self, sign_in: SignIn) -> None:
        page = sign_in(make.make_account(is_confirmed=False)).get("accounts.rename")
        assert page.status == 403
        assert "Bevestig" in page.main

    def test_it_hides_what_somebody_may_not_read(self, sign_in: SignIn) -> None:
        draft = make.make_commitment(state="draft")
        for reader in (None, make.make_account(), make.make_moderator()):
            page = sign_in(reader).get("commitments.preview", commitment_id=draft.id)
            assert page.status == 404

    def test_it_refuses_in_words_what_somebody_may_not_do(self, sign_in: SignIn) -> None:
        assert sign_in(make.make_account()).get("admin.administration").status == 403

    def test_it_answers_other_methods_with_a_page(self, client: Client) -> None:
        page = client.post("home.show")
        assert page.status == 405
        assert "GET" in page.headers["Allow"]


class TestWriting:
    def test_it_looks_and_decides_again_inside_the_write_section(self, scratch: Scratch) -> None:
        looked: list[bool] = []

        def load() -> Account:
            looked.append(in_write_section())
            found = db.session.scalars(select(Account)).first()
            # Somebody took it away between the first look and the second.
            if found is None or in_write_section():
                raise NotFound
            return found

        def add(bp: Blueprint) -> None:
            @bp.route("/scratch/gone", methods=["GET", "POST"])
            @public(load=load, form=_Unforgeable, page=lambda _account, _form: _page("form"))
            def view(account: Account, form: _Unforgeable) -> ResponseReturnValue:
                raise AssertionError("it must not come this far")

        make.make_account()
        reader = scratch(add)
        assert reader.get("/scratch/gone").status == 200
        assert reader.post("/scratch/gone").status == 404
        assert looked == [False, False, True]

    @pytest.mark.parametrize(
        ("lose", "status"),
        [
            (update(Membership).values(role="lezer"), 403),
            (delete(Membership), 403),
            (delete(AccountSession), 303),
            (update(Account).values(confirmed_at=None), 403),
        ],
        ids=["role", "membership", "session", "confirmation"],
    )
    def test_it_sees_that_somebody_lost_a_role_while_a_file_was_looked_at(
        self, scratch: Scratch, lose: Any, status: int
    ) -> None:
        class Slow(_Unforgeable):
            def work_before_writing(self, subject: Any) -> None:
                with write_section():
                    db.session.execute(lose)

        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/<int:organisation_id>")
            @requires(Permission.ORGANISATION_EDIT, load=get_organisation, form=Slow)
            def view(_organisation: Organisation, form: Slow) -> ResponseReturnValue:
                raise AssertionError("it must not come this far")

        owner = make.make_account()
        organisation = make.make_organisation(owner=owner)
        reader = scratch(add)
        reader.raw.set_cookie(*session_cookie(reader.app, owner))
        assert reader.post(f"/scratch/{organisation.id}").status == status

    @pytest.mark.parametrize("status", [400, 409, 422, 500])
    def test_it_keeps_nothing_of_an_answer_that_refuses(
        self, scratch: Scratch, status: int
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/refuse")
            @public(form=_Unforgeable)
            def view(form: _Unforgeable) -> ResponseReturnValue:
                _rename_all("Anders")
                return _text("refused", status)

        account = make.make_account(name="Noor")
        reader = scratch(add)
        reader.may_fail = True
        assert reader.post("/scratch/refuse").status == status
        assert _name(account) == "Noor"

    @pytest.mark.parametrize(
        ("refusal", "status"),
        [
            (FieldRefused("name", "Die naam is bezet."), 422),
            (AlreadyExists("Die naam is bezet."), 409),
            (NotAllowed(), 403),
            (NotFound(), 404),
        ],
        ids=["field", "exists", "not allowed", "not found"],
    )
    def test_it_keeps_nothing_of_an_action_that_refuses(
        self, scratch: Scratch, refusal: Exception, status: int
    ) -> None:
        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/refuse")
            @public(form=_Unforgeable, page=lambda form: _page(str(form.errors)))
            def view(form: _Unforgeable) -> ResponseReturnValue:
                _rename_all("Anders")
                raise refusal

        account = make.make_account(name="Noor")
        page = scratch(add).post("/scratch/refuse")
        assert page.status == status
        assert _name(account) == "Noor"
        if isinstance(refusal, FieldRefused):
            assert "Die naam is bezet." in page.html

    def test_it_does_slow_work_before_the_write_section(self, scratch: Scratch) -> None:
        seen: list[bool] = []

        class Slow(_Unforgeable):
            def work_before_writing(self, subject: Any) -> None:
                seen.append(in_write_section())

        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/slow")
            @public(form=Slow)
            def view(form: Slow) -> ResponseReturnValue:
                seen.append(in_write_section())
                return make_response(_text("done"))

        assert scratch(add).post("/scratch/slow").status == 200
        assert seen == [False, True]

    def test_it_asks_permission_before_it_counts_or_reads_the_form(self, scratch: Scratch) -> None:
        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/may")
            @requires(Permission.SETTINGS_EDIT, form=CreatingForm)
            def view(form: CreatingForm) -> ResponseReturnValue:
                return _text("done")

        # A visitor, with a form that does not hold: sent to sign in, not told what is wrong.
        page = scratch(add).post("/scratch/may")
        assert page.status == 303
        assert page.location is not None
        assert page.location.startswith("/inloggen")

    def test_it_prepares_nothing_for_who_may_not_pass(self, scratch: Scratch) -> None:
        prepared: list[Any] = []

        class Offering(_Unforgeable):
            name = StringField()

            def prepare(self, subject: Any) -> None:
                prepared.append(subject)

        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/<int:organisation_id>/offer")
            @requires(Permission.ORGANISATION_EDIT, load=get_organisation, form=Offering)
            def view(_organisation: Organisation, form: Offering) -> ResponseReturnValue:
                return _text(form.name.data or "")

        owner = make.make_account()
        organisation = make.make_organisation(owner=owner)
        reader = scratch(add)
        path = f"/scratch/{organisation.id}/offer"
        # A visitor's text is kept; a stranger is refused; neither learns what could be chosen.
        assert reader.post(path, data={"name": "Noor"}).status == 303
        assert reader.cookie("groeipact-concepten")
        reader.raw.set_cookie(*session_cookie(reader.app, make.make_account()))
        assert reader.post(path).status == 403
        assert prepared == []

        reader.raw.set_cookie(*session_cookie(reader.app, owner))
        assert reader.post(path, data={"name": "Noor"}).status == 200
        assert len(prepared) == 1


class TestPages:
    """What a door shows of a form, and whom it leads elsewhere."""

    def test_it_shows_what_is_wrong_with_everything_that_was_typed(self, sign_in: SignIn) -> None:
        reader = sign_in(make.make_account())
        page = reader.get("accounts.rename").form().submit(name="Koop nu: www.evil.example")
        assert page.status == 422
        assert page.form().fields["name"] == "Koop nu: www.evil.example"
        assert "zonder webadres" in (page.error_for("name") or "")

    def test_it_adds_what_the_context_says_of_the_subject_and_the_form(
        self, scratch: Scratch
    ) -> None:
        def mailed_to(account: Account, form: _Unforgeable) -> dict[str, object]:
            return {"mailed_to": f"{account.name}: {len(form.errors)}", "minutes": 5}

        def add(bp: Blueprint) -> None:
            @bp.route("/scratch/page", methods=["GET", "POST"])
            @public(
                load=_anybody,
                form=_Unforgeable,
                page="accounts/reset_mailed.html",
                context=mailed_to,
            )
            def view(account: Account, form: _Unforgeable) -> ResponseReturnValue:
                raise FieldRefused("", "Zo niet.")

        make.make_account(name="Noor")
        reader = scratch(add)
        for page, status, errors in (
            (reader.get("/scratch/page"), 200, 0),
            (reader.post("/scratch/page"), 422, 1),
        ):
            assert page.status == status
            assert f"Noor: {errors}" in page.main

    def test_it_leads_away_who_has_nothing_to_do_there(self, scratch: Scratch) -> None:
        def add(bp: Blueprint) -> None:
            @bp.route("/scratch/led", methods=["GET", "POST"])
            @public(
                form=_Unforgeable,
                page=lambda _form: _page("form"),
                instead=lambda _form: redirect("/elders"),
            )
            def view(form: _Unforgeable) -> ResponseReturnValue:
                return _text("done")

        reader = scratch(add)
        assert reader.get("/scratch/led").location == "/elders"
        assert reader.post("/scratch/led").body == b"done"

    def test_it_answers_a_button_without_a_page_of_its_own_calmly(self, sign_in: SignIn) -> None:
        article = make.make_article()
        page = sign_in(make.make_moderator()).post("news.unpublish", article_id=article.id)
        assert page.status == 422
        assert page.h1

    def test_it_does_slow_work_of_the_door_first_and_counts_what_was_proven(
        self, scratch: Scratch
    ) -> None:
        done: list[str] = []

        class Slow(_Unforgeable):
            is_right = BooleanField()

            def work_before_writing(self, subject: Any) -> None:
                done.append("form")

        def work(form: Slow) -> None:
            done.append("door")
            if not form.is_right.data:
                form.refuse("is_right", "Zo niet.")

        def add(bp: Blueprint) -> None:
            @bp.post("/scratch/proven")
            @public(
                form=Slow, work=work, limits=(Limit("confirm_account", for_all, Moment.PROVEN),)
            )
            def view(form: Slow) -> ResponseReturnValue:
                return _text("done")

        reader = scratch(add, RATE_LIMITS="on")
        assert [reader.post("/scratch/proven").status for _ in range(6)] == [422] * 6
        right = [reader.post("/scratch/proven", data={"is_right": "y"}).status for _ in range(6)]
        assert right == [200] * 5 + [429]
        assert done[:2] == ["door", "door"]
        assert done[-2:] == ["door", "form"]


def _page(words: str) -> str:
    return render_template("accounts/reset_mailed.html", mailed_to=words, minutes=5)


def _anybody() -> Account:
    found = db.session.scalars(select(Account)).first()
    assert found is not None
    return found


class _Unforgeable(ButtonForm):
    """Holds without a session: what is tested here comes after that."""

    class Meta(ButtonForm.Meta):
        csrf = False


def _rename_all(name: str) -> None:
    for account in db.session.scalars(select(Account)):
        account.name = name
    db.session.flush()


def _name(account: Account) -> str:
    db.session.rollback()
    db.session.refresh(account)
    return account.name
