"""Tests of the days in which an ending can be stopped, and of what comes after them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import LinkDead, LinkUnknown, StepNotOpen
from portal.organisations.actions import change_role
from portal.organisations.actions.people import join_as
from portal.organisations.events import MemberDropped
from portal.organisations.models import Organisation
from portal.organisations.queries import find_membership
from portal.pact.models import PactVersion
from portal.policy import Role
from portal.services import upkeep
from portal.services.events import tell
from portal.services.history import history_of
from portal.services.mail import compose
from portal.services.models import Job
from portal.signatures import actions, queries
from portal.signatures.jobs import end_signatures
from portal.signatures.models import Ending, Signature, StopLink
from tests.factories import (
    make_account,
    make_commitment,
    make_ending,
    make_membership,
    make_moderator,
    make_signature,
    make_stop_link,
)
from tests.signatures.scenes import (
    confirm_link,
    end_asked,
    end_link,
    end_waits,
    ending_of,
    person,
    sent,
)

SetClock = Callable[[datetime | None], None]
CONFIRMED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def steps(thing: str, number: int) -> list[str]:
    return [row.step for row in history_of(thing, number)]


def later(set_clock: SetClock, **time: int) -> None:
    set_clock(CONFIRMED + timedelta(**time))


class TestFinish:
    @pytest.fixture(autouse=True)
    def _confirmed_in_march(self, app: Flask, set_clock: SetClock) -> None:
        set_clock(CONFIRMED)

    def test_it_ends_when_the_days_are_over_and_not_before(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature()
        running = make_commitment(signature.organisation, progress="loopt")
        done = make_commitment(signature.organisation, progress="gereed")
        ending = end_waits(signature, owner, reason="Wij gaan fuseren.")
        later(set_clock, days=7, minutes=-1)
        end_signatures()
        assert ending_of(signature).state == "waiting"
        later(set_clock, days=7)
        end_signatures()
        assert ending_of(signature).state == "ended"
        assert (signature.state, signature.ended_on) == ("ended", date(2026, 3, 9))
        assert signature.end_reason == "Wij gaan fuseren."
        assert (running.state, done.progress) == ("withdrawn", "gereed")
        assert steps("signature", signature.id)[-1] == "end"
        assert steps("ending", ending.id) == ["ask", "confirm", "end"]

    def test_it_ends_once_however_often_the_worker_comes(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature()
        ending = end_waits(signature, owner)
        later(set_clock, days=8)
        end_signatures()
        end_signatures()
        with write_section():
            actions.finish_end(ending_of(signature))
        assert steps("signature", signature.id).count("end") == 1
        assert steps("ending", ending.id).count("end") == 1

    def test_it_ends_on_the_named_day_after_a_week_without_a_worker(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature()
        end_waits(signature, owner)
        later(set_clock, days=16)
        end_signatures()
        assert (signature.state, signature.ended_on) == ("ended", date(2026, 3, 9))

    def test_it_waits_for_a_later_day_that_was_asked_for(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature()
        end_waits(signature, owner, takes_effect_on=date(2026, 4, 1))
        later(set_clock, days=29)
        end_signatures()
        assert ending_of(signature).is_stoppable
        set_clock(datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
        end_signatures()
        assert (ending_of(signature).state, signature.state) == ("ended", "ended")
        assert signature.ended_on == date(2026, 4, 1)

    def test_it_never_ends_before_the_days_are_over_however_late_it_was_confirmed(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature()
        token = end_asked(signature, owner, takes_effect_on=date(2026, 3, 9))
        later(set_clock, days=5)
        with write_section():
            actions.confirm_end(end_link(token))
        assert ending_of(signature).ends_on == date(2026, 3, 14)

    def test_it_ends_under_the_name_that_the_organisation_has_then(
        self, organisation: Organisation, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature(organisation)
        end_waits(signature, owner)
        with write_section():
            organisation.name = "Gemeente Waterstad aan Zee"
        later(set_clock, days=8)
        end_signatures()
        assert ending_of(signature).state == "ended"

    def test_it_lapses_when_the_signature_ended_in_another_way(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        signature = make_signature(state="ended")
        ending = make_ending(signature, state="waiting")
        later(set_clock, days=8)
        end_signatures()
        assert ending_of(signature).state == "called_off"
        assert steps("ending", ending.id)[-1] == "lapse"

    def test_it_is_work_for_the_worker(self) -> None:
        assert upkeep._works["end_signatures"][1] is end_signatures

    def test_it_comes_back_a_year_later_with_its_history_and_discussion(
        self, organisation: Organisation, owner: Account, pact: PactVersion, set_clock: SetClock
    ) -> None:
        first = signed(organisation, owner, pact)
        slug = organisation.slug
        end_waits(first, owner)
        later(set_clock, days=8)
        end_signatures()
        second = signed(organisation, owner, pact)
        db.session.expire_all()
        assert (second.previous_id, second.discussion_id) == (first.id, first.discussion_id)
        assert organisation.slug == slug
        states = [row.state for row in queries.public_signatures(organisation.id)]
        assert states == ["admitted", "ended"]


def signed(organisation: Organisation, owner: Account, pact: PactVersion) -> Signature:
    signature, token = sent(organisation, owner)
    with write_section():
        actions.confirm(confirm_link(token), pact=pact)
        actions.admit(signature, by=make_moderator())
    return signature


class TestStop:
    def test_it_leaves_the_signature_as_it_was(self, owner: Account) -> None:
        signature = make_signature()
        end_waits(signature, owner)
        with write_section():
            actions.stop_end(ending_of(signature), reason="Niet zo.", by=person(owner))
        ending = ending_of(signature)
        assert (ending.state, signature.state) == ("stopped", "admitted")
        assert history_of("ending", ending.id)[-1].reason == "Niet zo."

    def test_it_is_no_longer_possible_once_the_days_are_over(
        self, owner: Account, set_clock: SetClock
    ) -> None:
        set_clock(CONFIRMED)
        signature = make_signature()
        ending = end_waits(signature, owner)
        _link, token = make_stop_link(ending)
        link = queries.get_stop_link(token)
        later(set_clock, days=7)
        # Whether the worker has come by or not.
        with pytest.raises(StepNotOpen), write_section():
            actions.stop_end(ending, by=person(owner))
        with pytest.raises(StepNotOpen), write_section():
            actions.stop_end_by_link(link)
        with pytest.raises(LinkDead):
            queries.get_stop_link(token)
        end_signatures()
        assert ending_of(signature).state == "ended"
        with pytest.raises(LinkDead):
            queries.get_stop_link(token)

    def test_it_gives_each_of_them_a_link_that_nobody_can_guess(self, owner: Account) -> None:
        signature = make_signature()
        ending = end_waits(signature, owner)
        links = ending_links(ending)
        assert [link.email for link in links] == ["tekenbevoegde@example.org", owner.email]
        assert len({link.token_hash for link in links}) == 2
        with pytest.raises(LinkUnknown):
            queries.get_stop_link(links[0].token_hash)

    def test_it_leads_to_the_page_of_the_signature_only_who_has_an_account(
        self, owner: Account
    ) -> None:
        ending = end_waits(make_signature(), owner)
        payloads = [job.payload for job in db.session.scalars(select(Job).order_by(Job.id))]
        waits = [one for one in payloads if one.get("template") == "ending_waits"]
        page = f"/ondertekeningen/{ending.signature_id}"
        leads = {one["to"]: page in compose(one).get_content() for one in waits}
        assert leads == {"tekenbevoegde@example.org": False, owner.email: True}

    def test_it_can_be_asked_again_after_it_was_stopped(self, owner: Account) -> None:
        signature = make_signature()
        end_waits(signature, owner)
        with write_section():
            actions.stop_end(ending_of(signature), by=person(owner))
        end_asked(signature, owner)
        assert ending_of(signature).state == "asked"


class TestOwnerJoined:
    def join(self, organisation_id: int, role: str = str(Role.OWNER)) -> Account:
        account = make_account()
        with write_section():
            join_as(organisation_id, account_id=account.id, role=role, job_title="")
        return account

    @pytest.mark.parametrize("how", ["joins", "is raised", "is made"])
    def test_it_gives_a_new_eigenaar_a_link_to_stop_what_waits(
        self, owner: Account, how: str
    ) -> None:
        signature = make_signature()
        ending = end_waits(signature, owner)
        number = signature.organisation_id
        if how == "joins":
            account = self.join(number)
        else:
            account = self.join(number, str(Role.EDITOR))
            assert account.email not in [link.email for link in ending_links(ending)]
            membership = find_membership(number, account.id)
            assert membership is not None
            with write_section():
                if how == "is made":
                    change_role(membership, role=str(Role.OWNER), job_title="", by=person(owner))
                else:
                    join_as(number, account_id=account.id, role=str(Role.OWNER), job_title="")

        payloads = [job.payload for job in db.session.scalars(select(Job).order_by(Job.id))]
        (mail,) = [
            one
            for one in payloads
            if one.get("template") == "ending_waits" and one["to"] == account.email
        ]
        token = re.search(r"/opzegging-stoppen/(\S+)", compose(mail).get_content())
        assert token is not None
        with write_section():
            actions.stop_end_by_link(queries.get_stop_link(token[1]))
        assert ending_of(signature).state == "stopped"

    @pytest.mark.parametrize("state", ["asked", "stopped", "ended"])
    def test_it_mails_no_link_for_an_ending_that_does_not_wait(
        self, app: Flask, state: str
    ) -> None:
        ending = make_ending(make_signature(), state=state)
        self.join(ending.signature.organisation_id)
        assert ending_links(ending) == []


def ending_links(ending: Ending) -> list[StopLink]:
    of_ending = select(StopLink).where(StopLink.ending_id == ending.id)
    return list(db.session.scalars(of_ending.order_by(StopLink.id)))


class TestDropMember:
    def dropped(self, organisation_id: int, account: Account) -> None:
        with write_section():
            tell(MemberDropped(organisation_id, account.id, str(Role.OWNER), None))

    def test_it_calls_off_what_was_asked_and_kills_the_link(self, owner: Account) -> None:
        signature = make_signature()
        token = end_asked(signature, owner)
        self.dropped(signature.organisation_id, owner)
        assert ending_of(signature).state == "called_off"
        with pytest.raises(LinkDead):
            end_link(token)

    @pytest.mark.parametrize("state", ["confirmed", "more_asked"])
    def test_it_calls_off_what_somebody_confirmed_whom_only_they_named(
        self, owner: Account, state: str
    ) -> None:
        signature = make_signature()
        ending = make_ending(
            signature, state=state, author=owner, is_known=False, email="eigen@postbus.example"
        )
        self.dropped(signature.organisation_id, owner)
        assert ending_of(signature).state == "called_off"
        with pytest.raises(StepNotOpen), write_section():
            actions.agree_end(ending, by=person(make_moderator()))

    def test_it_leaves_what_the_signatory_confirmed_but_takes_the_link_to_stop_it(
        self, owner: Account
    ) -> None:
        signature = make_signature()
        end_waits(signature, owner)
        _own, own = make_stop_link(ending_of(signature), account=owner)
        _other, other = make_stop_link(ending_of(signature))
        self.dropped(signature.organisation_id, owner)
        assert ending_of(signature).state == "waiting"
        with pytest.raises(LinkDead):
            queries.get_stop_link(own)
        assert queries.get_stop_link(other).ending_id == ending_of(signature).id

    def test_it_touches_nothing_of_others(self, owner: Account) -> None:
        elsewhere, colleague = make_signature(), make_account()
        end_asked(elsewhere, owner)
        ours = make_signature()
        make_membership(ours.organisation, owner, role=Role.OWNER)
        end_asked(ours, colleague)
        self.dropped(ours.organisation_id, owner)
        assert ending_of(elsewhere).state == "asked"
        assert ending_of(ours).state == "asked"


def test_it_counts_seven_days_from_the_setting(make_app: Callable[..., Flask]) -> None:
    app = make_app(END_PERIOD_DAYS="0")
    with app.app_context():
        assert queries.first_end_day() == clock.today()
