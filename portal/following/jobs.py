"""What the worker does for those who follow: see what is new, and mail it in batches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from portal.core import clock
from portal.core.db import write_section
from portal.core.mail_addresses import short_mail_address
from portal.core.settings import settings
from portal.following import actions, mails
from portal.following.asked import read_written
from portal.following.digests import groups_for
from portal.following.models import Follow, Follower
from portal.following.queries import (
    find_follower_by_id,
    followers_from,
    has_news,
    hold_follows,
    is_followed,
    letter_key,
    newest_between,
    told_until,
)
from portal.following.rhythms import Rhythm, due_at
from portal.services.finding import word_index
from portal.services.job_batches import enqueue_all
from portal.services.jobs import Unneeded, does, enqueue
from portal.services.mail import UNREACHABLE, AddressGone, new_message_id, note_file, note_gone
from portal.services.reach import unreachable_among
from portal.services.upkeep import every

# How many followers one job looks at. What else waits comes after one batch at the latest: the
# next batch, and its mails, are put behind it.
BATCH = 200


@every(timedelta(minutes=1))
def tell_followers() -> None:
    """Begin with the mails of every rhythm that is due; nothing happened, then nothing is begun."""
    # Who follows the words of a list hears of what holds them: the index must know it too.
    word_index().catch_up()
    for rhythm in Rhythm:
        until = due_at(rhythm, clock.now(), settings().decision_mail_wait)
        since = told_until(rhythm)
        if since is not None and since >= until:
            continue
        with write_section():
            actions.note_told(rhythm=rhythm, until=until)
            if since is not None and _is_wanted(rhythm, since, until):
                _enqueue_batch(rhythm, since, until, after=0)


def _is_wanted(rhythm: Rhythm, since: datetime, until: datetime) -> bool:
    if rhythm is Rhythm.AT_ONCE and not has_news(since, until):
        return is_followed(rhythm, is_untold=True)
    return is_followed(rhythm)


def _enqueue_batch(rhythm: Rhythm, since: datetime, until: datetime, *, after: int) -> None:
    payload = {
        "rhythm": rhythm,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "after": after,
    }
    enqueue("news_batch", payload, key=f"news_batch:{rhythm}:{until.isoformat()}:{after}")


@does("news_batch")
def tell_batch(payload: dict[str, Any]) -> None:
    """Make a job for each of some followers for whom there is news, and one for the next batch.

    All of it or nothing: a worker that is killed here leaves none of them.
    """
    rhythm = Rhythm(payload["rhythm"])
    since, until = (datetime.fromisoformat(payload[name]) for name in ("since", "until"))
    followers = followers_from(payload["after"], rhythm, BATCH)
    news = _News(since, until)
    addresses = {follower.id: follower.address for follower in followers}
    unreached = unreachable_among(addresses.values())
    wanted = {
        follower.id: begun
        for follower in followers
        if addresses[follower.id] not in unreached and (begun := news.begun_for(follower, rhythm))
    }
    late = [each.id for one in followers for each in one.follows if each.untold_since is not None]
    last = followers[-1].id if len(followers) == BATCH else None
    with write_section():
        enqueue_all("news", _letters(_still(wanted, rhythm), addresses, rhythm, until))
        if late:
            actions.forget_untold(follow_ids=late, rhythm=rhythm, until=until)
        if last is not None:
            _enqueue_batch(rhythm, since, until, after=last)


def _still(wanted: dict[int, dict[str, str]], rhythm: Rhythm) -> dict[int, dict[str, str]]:
    """Return what is wanted, without what was given another rhythm since it was read."""
    numbers = [int(number) for begun in wanted.values() for number in begun]
    held = hold_follows(numbers, rhythm)
    still = {
        follower_id: {number: since for number, since in begun.items() if int(number) in held}
        for follower_id, begun in wanted.items()
    }
    return {follower_id: begun for follower_id, begun in still.items() if begun}


def _letters(
    wanted: dict[int, dict[str, str]], addresses: dict[int, str], rhythm: Rhythm, until: datetime
) -> dict[str, dict[str, Any]]:
    return {
        letter_key(rhythm, until.isoformat(), follower_id): {
            "follower": follower_id,
            "template": mails.NEWS,
            "shown_to": short_mail_address(addresses[follower_id]),
            "since": begun,
            "until": until.isoformat(),
            "message_id": new_message_id(),
        }
        for follower_id, begun in wanted.items()
    }


class _News:
    """What is new in one run, asked once for all who follow the same."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self._since, self._until = since, until
        self._last: dict[tuple[str, datetime], datetime | None] = {}

    def begun_for(self, follower: Follower, rhythm: Rhythm) -> dict[str, str]:
        """Return follow -> since when it is told, of what somebody follows that has news."""
        return {
            str(follow.id): begin.isoformat()
            for follow in follower.follows
            if follow.rhythm == rhythm and (begin := self._begin(follow)) is not None
        }

    def _begin(self, follow: Follow) -> datetime | None:
        since = follow.untold_since or self._since
        last = self._newest(follow.what, since)
        begin = max(since, follow.created_at)
        return begin if last is not None and last > begin else None

    def _newest(self, what: str, since: datetime) -> datetime | None:
        if (what, since) not in self._last:
            self._last[what, since] = newest_between(read_written(what), since, self._until)
        return self._last[what, since]


@does("news")
def send_news(payload: dict[str, Any]) -> None:
    """Mail one follower what is new and public now; nothing goes where nothing is left of it."""
    follower = find_follower_by_id(payload["follower"])
    if follower is None:
        raise Unneeded("nobody follows any more")
    if follower.account is not None and follower.account.is_blocked:
        raise Unneeded("the account is blocked")
    address = follower.address
    if unreachable_among([address]):
        raise Unneeded(UNREACHABLE)
    until = datetime.fromisoformat(payload["until"])
    groups = groups_for(follower, mails.as_moments(payload["since"]), until)
    if not groups:
        raise Unneeded("nothing of it is left to tell")
    try:
        mails.send_news(follower, groups, message_id=payload["message_id"])
    except AddressGone:
        note_gone(address)
        raise
    note_file()


@every(timedelta(hours=6))
def sweep_following() -> None:
    """Forget the addresses that nobody confirmed."""
    with write_section():
        actions.forget_requests()
