"""One of every kind that can be hidden, with all the addresses at which it is to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.accounts.models import Account
from portal.policy import Role
from tests import factories as make

SECRET = "Geheimpje van Jansen"


@dataclass(frozen=True)
class Scene:
    """Something public that can be hidden."""

    path: str
    number: int
    # Where it stands, and what its link to the form of hiding says.
    at: str
    # Pages that show its words (SECRET) and go on without them; True: only once it has replies.
    lists: tuple[str, ...]
    # Its people, who get the mail, and where they read why.
    readers: tuple[Account, ...]
    own_page: str
    # Moderators who have a stake in it.
    concerned: tuple[Account, ...]
    # Addresses of its own, which answer 410 once it is hidden.
    addresses: tuple[str, ...] = field(default=())


def a_comment() -> Scene:
    writer = make.make_account(name="Wim Schrijver")
    organisation = make.make_organisation(is_public=True)
    commitment = make.make_commitment(make.make_signature(organisation).organisation)
    comment = make.make_comment(
        commitment.discussion, body=f"{SECRET}!", author=writer, organisation=organisation
    )
    inside = make.make_moderator()
    make.make_membership(organisation, inside, role=Role.READER)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="reactie",
        number=comment.id,
        at=at,
        lists=(at,),
        readers=(writer,),
        own_page="/account/reacties",
        concerned=(inside,),
        addresses=(f"/reacties/{comment.id}/geschiedenis",),
    )


SCENES: dict[str, Callable[[], Scene]] = {
    "reactie": a_comment,
}
