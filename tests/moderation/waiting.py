"""One thing of every kind that can wait."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.models import Account
from portal.comments.queries.finding import latest_version
from portal.moderation.kinds import (
    ACCESS_PROPOSAL,
    ACCESS_REQUEST,
    COMMENT,
    ENDING,
    IDENTITY_PROPOSAL,
    PROFILE,
    SIGNATURE,
)
from portal.moderation.waiting import Kind
from portal.organisations.models import Organisation
from tests import factories as make

Make = Callable[[Account | None, Organisation | None], int]


def _comment(author: Account | None, organisation: Organisation | None) -> int:
    comment = make.make_comment(state="pending", author=author, organisation=organisation)
    return latest_version(comment.id).id


def _profile(author: Account | None, organisation: Organisation | None) -> int:
    ours = organisation or make.make_organisation()
    return make.make_profile(ours, state="pending", author=author).id


def _proposal(author: Account | None, organisation: Organisation | None) -> int:
    return make.make_proposal(organisation, author=author).id


def _access_proposal(author: Account | None, organisation: Organisation | None) -> int:
    ours = organisation or make.make_organisation()
    return make.make_access_proposal(ours, author=author).id


def _request(author: Account | None, organisation: Organisation | None) -> int:
    return make.make_access_request(organisation or make.make_organisation(), author=author).id


def _signature(author: Account | None, organisation: Organisation | None) -> int:
    ours = organisation or make.make_organisation()
    return make.make_signature(ours, state="confirmed", author=author).id


def _ending(author: Account | None, organisation: Organisation | None) -> int:
    signature = make.make_signature(organisation or make.make_organisation())
    return make.make_ending(signature, state="confirmed", author=author, is_known=False).id


# Thing -> how one of it comes to wait.
MAKERS: dict[str, Make] = {
    ACCESS_PROPOSAL.thing: _access_proposal,
    ACCESS_REQUEST.thing: _request,
    COMMENT.thing: _comment,
    ENDING.thing: _ending,
    IDENTITY_PROPOSAL.thing: _proposal,
    PROFILE.thing: _profile,
    SIGNATURE.thing: _signature,
}


def one_of(
    kind: Kind, *, author: Account | None = None, organisation: Organisation | None = None
) -> int:
    """Let one thing of this kind wait; return its number on the desk."""
    return MAKERS[kind.thing](author, organisation)
