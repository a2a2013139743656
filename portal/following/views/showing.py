"""What somebody follows, as both pages of it show it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.asked import TagChoices, tag_choices
from portal.following.asked import name_of, read_written
from portal.following.models import Follow, Follower
from portal.following.rhythms import LABELS, Rhythm


class Followed(NamedTuple):
    """One row of the page: `address` is that of what changed there."""

    id: int
    name: str
    address: str
    rhythm: Rhythm
    since: datetime


def overview_page(template: str, follower: Follower | None, token: str) -> ResponseReturnValue:
    """Return the page of all that somebody follows; `token` is in the address of its buttons."""
    tags = tag_choices()
    return render_template(
        template,
        address=follower.address if follower is not None else "",
        followed=[_row(follow, tags) for follow in follower.follows] if follower else [],
        token=token,
        rhythms=LABELS,
        is_changed="gewijzigd" in request.args,
    )


def _row(follow: Follow, tags: TagChoices) -> Followed:
    filters = read_written(follow.what)
    address = url_for("following.newest", **filters.arguments())  # type: ignore[arg-type]
    return Followed(follow.id, name_of(filters, tags), address, follow.rhythm, follow.created_at)
