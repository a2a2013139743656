"""The same moment, several processes: one thing of one form, one winner of several editors."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import func, select

from portal.commitments.models import Commitment
from portal.core.db import db
from portal.news.models import Article
from portal.policy import Role
from portal.services.history import history_of
from portal.services.models import UsedKey
from portal.services.vereniging import Vereniging
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.served.reader import Reader, together


def _fresh() -> None:
    db.session.rollback()
    db.session.expire_all()


@pytest.mark.parametrize("_round", range(3))
def test_it_makes_one_article_of_one_form_sent_ten_times(served: ServedPortal, _round: int) -> None:
    form = Reader(served, make.make_moderator()).get("news.create").form()
    typed = {"title": "Nieuws", "lead": "Kort.", "body": "Lang."}
    fields = {name: value for name, value in form.fill(typed).items() if value is not None}
    sent = partial(form.page.client.post, "news.create", data=fields)

    pages = together([sent] * 10)

    assert {page.status for page in pages} == {303}
    assert len({page.location for page in pages}) == 1, "all see the same page"
    _fresh()
    assert db.session.scalar(select(func.count()).select_from(Article)) == 1
    assert db.session.scalar(select(func.count()).select_from(UsedKey)) == 1


@pytest.mark.parametrize("_round", range(3))
def test_it_takes_one_of_four_saves_from_one_version_and_shows_both_texts_to_the_rest(
    served: ServedPortal, _round: int
) -> None:
    owner = make.make_account()
    organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
    commitment = make.make_commitment(organisation, state="draft", title="Het begin")
    editors = [owner] + [
        make.make_membership(organisation, role=Role.EDITOR).account for _ in range(3)
    ]
    path = f"/toezeggingen/{commitment.id}/bewerken"
    forms = [Reader(served, editor).get(path).form() for editor in editors]
    before = len(history_of("commitment", commitment.id))

    pages = together(
        [
            partial(form.submit, title=f"Titel van schrijver {number}", follow=False)
            for number, form in enumerate(forms)
        ]
    )

    assert sorted(page.status for page in pages) == [302, 409, 409, 409]
    _fresh()
    kept = db.session.get_one(Commitment, commitment.id).title
    for number, page in enumerate(pages):
        mine = f"Titel van schrijver {number}"
        if page.status == 302:
            assert kept == mine
        else:
            assert kept in page.main, "what stands there now"
            assert page.form().fields["title"] == mine, "what was typed"
    assert len(history_of("commitment", commitment.id)) <= before + 1


def test_it_takes_one_of_two_first_saves_of_the_settings(served: ServedPortal) -> None:
    new = {"name": "Vereniging", "site_name": "Portaal", "email": "post@example.org"}
    readers = [Reader(served, make.make_beheerder()) for _ in range(2)]
    forms = [reader.get("vereniging.vereniging").form() for reader in readers]
    sent = []
    for number, form in enumerate(forms):
        typed = {**new, "phone": f"085 {number}"}
        fields = {name: value for name, value in form.fill(typed).items() if value is not None}
        sent.append(partial(form.page.client.post, "vereniging.vereniging", data=fields))

    pages = together(sent)

    assert sorted(page.status for page in pages) == [303, 409]
    _fresh()
    assert db.session.scalar(select(func.count()).select_from(Vereniging)) == 1


def test_it_ends_all_sessions_but_one_in_every_process(served: ServedPortal) -> None:
    account = make.make_account()
    here, *others = (Reader(served, account) for _ in range(6))
    page = here.get("accounts.sessions")
    page.form("/account/sessies/beeindigen").submit()

    ended = together([partial(other.get, "accounts.overview") for other in others])

    assert {found.status for found in ended} == {303}
    assert here.get("accounts.overview").status == 200
