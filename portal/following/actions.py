"""Following, with an account or a confirmed address; how often; stopping, and taking that back.

None of it is an act in the log: what somebody reads is theirs, and nobody else's to look up.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.accounts.queries import find_account, find_account_by_id
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.tokens import new_token, token_hash
from portal.following import mails
from portal.following.links import Stopped, new_code, seal_stopped
from portal.following.models import Follow, Follower, FollowRequest, NewsRun
from portal.following.queries import (
    begin_of_run,
    find_follow,
    follower_at,
    follower_of,
    told_until,
)
from portal.following.rhythms import Rhythm
from portal.services.reach import mark_reached

MOST_FOLLOWS = 50
# How long an address waits to be confirmed.
KEEP_REQUESTS = timedelta(days=7)


def ask_to_follow(*, email: str, what: str, rhythm: Rhythm, locale: str) -> None:
    """Mail an address the link that confirms it: until then nothing is followed."""
    token = new_token()
    db.session.add(
        FollowRequest(
            email=email,
            locale=locale,
            what=what,
            rhythm=rhythm,
            token_hash=token_hash(token),
            created_at=clock.now(),
        )
    )
    mails.confirm_following(email, what, token, locale=locale)


def confirm_following(request: FollowRequest) -> Follower:
    """Let the address behind the link follow what was asked; a second time it stays as it is.

    Of somebody with an account it becomes theirs.
    """
    lock_row(request)
    mark_reached(request.email)
    account = find_account(request.email)
    if account is not None and account.is_confirmed:
        follower = follower_for(account)
    else:
        follower = follower_at(request.email) or _make(
            email=request.email, email_key=address_key(request.email), locale=request.locale
        )
    _follow(follower, request.what, request.rhythm)
    return follower


def follow(*, account: Account, what: str, rhythm: Rhythm) -> Follow:
    """Let an account follow something; what it follows already gets this rhythm."""
    lock_row(account)
    return _follow(follower_for(account), what, rhythm)


def follower_for(account: Account) -> Follower:
    """Return the account as a follower, together with what its address followed before."""
    mine, theirs = follower_of(account.id), follower_at(account.email)
    if theirs is None:
        return mine or _make(account_id=account.id, locale=account.locale)
    if mine is None:
        theirs.account_id, theirs.email, theirs.email_key = account.id, None, None
        db.session.flush()
        return theirs
    for each in theirs.follows:
        if find_follow(mine, each.what) is None:
            _add(mine, each.what, each.rhythm, each.created_at)
    db.session.delete(theirs)
    db.session.flush()
    return mine


def _make(**whose: object) -> Follower:
    follower = Follower(**whose, code=new_code(), created_at=clock.now())
    db.session.add(follower)
    db.session.flush()
    return follower


def _follow(follower: Follower, what: str, rhythm: Rhythm) -> Follow:
    known = find_follow(follower, what)
    if known is not None:
        change_rhythm(known, rhythm=rhythm)
        return known
    if len(follower.follows) >= MOST_FOLLOWS:
        message = _("U volgt al %(most)s dingen. Stop eerst met iets anders.", most=MOST_FOLLOWS)
        raise FieldRefused("", str(message))
    return _add(follower, what, rhythm, clock.now())


def _add(follower: Follower, what: str, rhythm: Rhythm, since: datetime) -> Follow:
    added = Follow(follower_id=follower.id, what=what, rhythm=rhythm, created_at=since)
    db.session.add(added)
    db.session.flush()
    db.session.refresh(follower, ["follows"])
    return added


def change_rhythm(follow: Follow, *, rhythm: Rhythm) -> None:
    """Let mail about it come more or less often; what was not told yet is told in the new way."""
    lock_row(follow)
    if follow.rhythm != rhythm:
        until = follow.untold_since or begin_of_run(follow) or told_until(follow.rhythm)
        follow.untold_since = max(until, follow.created_at) if until else None
        follow.rhythm = rhythm


def forget_untold(*, follow_ids: Collection[int], rhythm: Rhythm, until: datetime) -> None:
    """Note that what was not told of these before is told with all else up to `until`."""
    told = (Follow.id.in_(follow_ids), Follow.rhythm == rhythm, Follow.untold_since < until)
    db.session.execute(update(Follow).where(*told).values(untold_since=None))


def stop_following(follow: Follow) -> str:
    """Follow it no longer; return the secret of the link that takes this back.

    Whoever follows nothing else is forgotten at once.
    """
    follower = follow.follower
    if len(follower.follows) == 1:
        return stop_all(follower)
    sealed = _sealed(follower, [follow])
    follower.follows.remove(follow)
    return sealed


def stop_all(follower: Follower) -> str:
    """Forget who follows and all that they follow; return the secret that takes this back."""
    sealed = _sealed(follower, follower.follows)
    asked = FollowRequest.email == follower.address
    db.session.execute(delete(FollowRequest).where(asked))
    db.session.delete(follower)
    return sealed


def _sealed(follower: Follower, follows: list[Follow]) -> str:
    stopped = [(each.what, str(each.rhythm), each.created_at.isoformat()) for each in follows]
    whose = (follower.account_id, follower.email, follower.locale, follower.code)
    return seal_stopped(Stopped(*whose, stopped, clock.now().isoformat()))


def follow_again(stopped: Stopped) -> Follower | None:
    """Follow again what was stopped; None when the account is gone. Twice is as good as once."""
    follower = _found_again(stopped)
    if follower is None:
        return None
    for what, rhythm, _since in stopped.follows:
        if find_follow(follower, what) is None:
            _follow(follower, what, Rhythm(rhythm))
    return follower


def _found_again(stopped: Stopped) -> Follower | None:
    if stopped.account_id is None:
        address = stopped.email or ""
        account = find_account(address)
        if account is None or not account.is_confirmed:
            return follower_at(address) or _put_back(
                stopped, email=address, email_key=address_key(address)
            )
    else:
        account = find_account_by_id(stopped.account_id)
    if account is None:
        return None
    return follower_of(account.id) or _put_back(stopped, account_id=account.id)


def _put_back(stopped: Stopped, **whose: object) -> Follower:
    """Make the follower anew, under the code that the links in its mails have."""
    follower = _make(locale=stopped.locale, **whose)
    follower.code = stopped.code
    db.session.flush()
    return follower


def note_told(*, rhythm: Rhythm, until: datetime) -> None:
    """Remember up to when those who follow in a rhythm are told."""
    db.session.merge(NewsRun(rhythm=rhythm, until=until))


def forget_requests() -> None:
    """Forget the addresses that waited to be confirmed for too long."""
    old = FollowRequest.created_at < clock.now() - KEEP_REQUESTS
    db.session.execute(delete(FollowRequest).where(old))
