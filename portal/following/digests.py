"""What one mail tells one follower: grouped by what they follow, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from portal.accounts.queries import find_account
from portal.accounts.roles import roles_of
from portal.following.asked import read_written
from portal.following.models import Follow, Follower
from portal.following.queries import Change, changes_between
from portal.following.rhythms import Rhythm
from portal.policy import Role
from portal.services.telling import Audience, who_is_told

# More stands on the page of what changed.
MOST_TOLD = 25
_RANK = {rhythm: place for place, rhythm in enumerate(Rhythm)}
_HEAR = {Role.OWNER: {Audience.OWNERS, Audience.EDITORS}, Role.EDITOR: {Audience.EDITORS}}


class Group(NamedTuple):
    """What is new about one thing that is followed; `has_more`: not all of it is told."""

    follow: Follow
    changes: list[Change]
    has_more: bool


def groups_for(follower: Follower, since: Mapping[int, datetime], until: datetime) -> list[Group]:
    """Return what a mail tells: of each follow, by its number, what came after its moment.

    Left out is what is not public now, what the follower did, what they had a mail of anyway, and
    what another thing that they follow tells sooner.
    """
    account_id = _account_id(follower)
    told = _told_sooner(follower, since, until)
    groups = []
    for follow in follower.follows:
        if follow.id not in since:
            continue
        found = changes_between(read_written(follow.what), since[follow.id], until, MOST_TOLD + 1)
        new = [
            change
            for change in found
            if change.id not in told and not _is_known(change, account_id)
        ]
        told |= {change.id for change in new}
        if new:
            groups.append(Group(follow, new[:MOST_TOLD], len(found) > MOST_TOLD))
    return groups


def _account_id(follower: Follower) -> int | None:
    if follower.account_id is not None:
        return follower.account_id
    account = find_account(follower.address)
    return account.id if account is not None and account.is_confirmed else None


def _told_sooner(follower: Follower, since: Mapping[int, datetime], until: datetime) -> set[int]:
    """Return the changes of which mail comes more often for something else that is followed."""
    told = [follow for follow in follower.follows if follow.id in since]
    rank = max((_RANK[follow.rhythm] for follow in told), default=0)
    begin = min(since.values(), default=until)
    return {
        change.id
        for follow in follower.follows
        if follow.id not in since and _RANK[follow.rhythm] < rank
        for change in changes_between(
            read_written(follow.what), max(begin, follow.created_at), until, 10 * MOST_TOLD
        )
    }


def _is_known(change: Change, account_id: int | None) -> bool:
    """Return whether somebody did it, or the vereniging did and mailed them at once."""
    if account_id is None or change.account_id is None:
        return False
    if change.account_id == account_id:
        return True
    if change.organisation_id is None:
        return False
    role = roles_of()(account_id).get(change.organisation_id)
    hears = _HEAR.get(Role(role), set()) if role else set()
    mailed = {to for mail in who_is_told()[change.thing, change.step].mails for to in mail.to}
    is_of_colleague = change.organisation_id in roles_of()(change.account_id)
    return bool(hears & mailed) and not is_of_colleague
