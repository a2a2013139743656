"""One thing of every kind that can wait."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.queries import latest_version
from portal.moderation.queries import Kind
from portal.organisations.models import Organisation
from tests import factories as make


def one_of(
    kind: Kind, *, author: Account | None = None, organisation: Organisation | None = None
) -> int:
    """Let one thing of this kind wait; return its number on the desk."""
    ours = organisation or make.make_organisation()
    if kind == Kind.COMMENT:
        comment = make.make_comment(state="pending", author=author, organisation=organisation)
        return latest_version(comment.id).id
    if kind == Kind.PROFILE:
        return make.make_profile(ours, state="pending", author=author).id
    if kind == Kind.ACCESS_REQUEST:
        return make.make_access_request(ours, author=author).id
    return make.make_signature(ours, state="confirmed", author=author).id
