"""Following and stopping, as far as no page shows it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import db, write_section
from portal.core.errors import FieldRefused
from portal.following import actions
from portal.following.rhythms import Rhythm
from tests.factories import make_account, make_follow_request
from tests.following.scenes import followers


def test_it_lets_nobody_follow_more_than_a_mail_can_hold(app: Flask) -> None:
    account = make_account()
    with write_section():
        for number in range(actions.MOST_FOLLOWS):
            actions.follow(account=account, what=f"q=plan{number}", rhythm=Rhythm.DAILY)
    with pytest.raises(FieldRefused), write_section():
        actions.follow(account=account, what="q=nog", rhythm=Rhythm.DAILY)
    assert len(followers()[0].follows) == actions.MOST_FOLLOWS


def test_an_address_that_has_an_account_follows_with_that(app: Flask) -> None:
    account = make_account()
    request, _token = make_follow_request(email=account.email.upper())
    with write_section():
        actions.confirm_following(db.session.merge(request))
    [follower] = followers()
    assert (follower.account_id, follower.email, follower.address) == (
        account.id,
        None,
        account.email,
    )
