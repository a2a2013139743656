"""Who follows what, found by account, by address and by the links in mails."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.accounts.addresses import address_key
from portal.core.db import db
from portal.core.errors import LinkUnknown
from portal.core.tokens import token_hash
from portal.following.links import code_in
from portal.following.models import Follow, Follower, FollowRequest, NewsRun
from portal.following.rhythms import Rhythm
from portal.services.models import Job, JobState


def find_follower(token: str) -> Follower | None:
    """Return the follower of a mailed link, None when they follow nothing any more.

    LinkUnknown for a link that we did not make.
    """
    code = code_in(token)
    if code is None:
        raise LinkUnknown
    return db.session.scalars(select(Follower).where(Follower.code == code)).one_or_none()


def find_follower_by_id(follower_id: int) -> Follower | None:
    """Return a follower by number, None when they follow nothing any more."""
    return db.session.get(Follower, follower_id)


def follower_of(account_id: int) -> Follower | None:
    """Return the account as a follower, None when it follows nothing."""
    query = select(Follower).where(Follower.account_id == account_id)
    return db.session.scalars(query).one_or_none()


def follower_at(email: str) -> Follower | None:
    """Return who follows with this address and without an account, None without one."""
    query = select(Follower).where(Follower.email_key == address_key(email))
    return db.session.scalars(query).one_or_none()


def find_follow(follower: Follower, what: str) -> Follow | None:
    """Return how somebody follows exactly this, None when they do not."""
    query = select(Follow).where(Follow.follower_id == follower.id, Follow.what == what)
    return db.session.scalars(query).one_or_none()


def find_follow_by_id(follower: Follower, follow_id: int | None) -> Follow | None:
    """Return one of what somebody follows, by its number; None when they do not."""
    query = select(Follow).where(Follow.follower_id == follower.id, Follow.id == follow_id)
    return db.session.scalars(query).one_or_none()


def get_request(token: str) -> FollowRequest:
    """Return the request behind the link that confirms it; LinkUnknown without one."""
    query = select(FollowRequest).where(FollowRequest.token_hash == token_hash(token))
    request = db.session.scalars(query).one_or_none()
    if request is None:
        raise LinkUnknown
    return request


def followers_from(after: int, rhythm: Rhythm, most: int) -> Sequence[Follower]:
    """Return the first `most` who follow something in a rhythm, with a number above `after`."""
    query = (
        select(Follower)
        .where(
            Follower.id > after,
            Follower.id.in_(select(Follow.follower_id).where(Follow.rhythm == rhythm)),
        )
        .options(selectinload(Follower.follows), selectinload(Follower.account))
    )
    return db.session.scalars(query.order_by(Follower.id).limit(most)).all()


def told_until(rhythm: Rhythm) -> datetime | None:
    """Return up to when those who follow in a rhythm were told, None before the first time."""
    return db.session.scalar(select(NewsRun.until).where(NewsRun.rhythm == rhythm))


def is_followed(rhythm: Rhythm, *, is_untold: bool = False) -> bool:
    """Return whether anybody follows anything in a rhythm.

    `is_untold`: and was not told since they changed how often mail comes.
    """
    query = select(Follow.id).where(Follow.rhythm == rhythm)
    if is_untold:
        query = query.where(Follow.untold_since.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def begin_of_run(follow: Follow) -> datetime | None:
    """Return since when a run tells what did not come to this follower yet; None without one.

    Its batches follow each other: until one has looked at somebody, they were told nothing of it.
    """
    query = select(Job.payload).where(
        Job.kind == "news_batch",
        # By name, so that the index of what is due finds them.
        Job.state.in_((JobState.WAITING, JobState.PARKED)),
        Job.key.is_not(None),
    )
    begins = [
        datetime.fromisoformat(payload["since"])
        for payload in db.session.scalars(query)
        if payload["rhythm"] == follow.rhythm
        and payload["after"] < follow.follower_id
        and not _has_letter(follow, payload["until"])
    ]
    return min(begins, default=None)


def _has_letter(follow: Follow, until: str) -> bool:
    key = letter_key(follow.rhythm, until, follow.follower_id)
    return db.session.scalar(select(Job.id).where(Job.key == key)) is not None


def letter_key(rhythm: Rhythm, until: str, follower_id: int) -> str:
    """Return the key of the job that tells somebody what is new up to `until`."""
    return f"news:{rhythm}:{until}:{follower_id}"


def hold_follows(follow_ids: Collection[int], rhythm: Rhythm) -> frozenset[int]:
    """Lock some follows for what is written next; return those that still have a rhythm."""
    query = (
        select(Follow.id, Follow.rhythm)
        .where(Follow.id.in_(follow_ids))
        .order_by(Follow.id)
        .with_for_update()
    )
    return frozenset(number for number, now in db.session.execute(query) if now == rhythm)
