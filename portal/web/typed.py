"""Text that was typed and could not be sent: remembered, and put back into its form.

It is of the account that is signed in, or else of the browser it was typed in; an account gets
what was typed in a browser as it signs in there. No address ever carries it.
"""

from __future__ import annotations

from portal.core.errors import TooMany
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.policy import Permission
from portal.services import drafts, limits
from portal.services.drafts import Owner
from portal.web.address import client_address, safe_path
from portal.web.browser import Mark, find_mark, give_mark, take_mark
from portal.web.forms import PortalForm
from portal.web.person import viewer

LIMIT = "draft_address"

# What these permit is written in text. Of all else nothing is remembered: what another person left
# in a browser may never stand in a form about rights, roles, invitations or signatures.
REMEMBERED = frozenset(
    {
        Permission.ACCESS_REQUEST_MAKE,
        Permission.ARTICLE_EDIT,
        Permission.CLAIM_ANSWER,
        Permission.CLAIM_RETRACT,
        Permission.COMMENT_EDIT,
        Permission.COMMENT_MODERATE,
        Permission.COMMENT_POST,
        Permission.COMMITMENT_DRAFT,
        Permission.COMMITMENT_EDIT,
        Permission.COMMITMENT_ENTER,
        Permission.HIDING_DECIDE,
        Permission.ORGANISATION_CORRECT,
        Permission.ORGANISATION_CREATE,
        Permission.ORGANISATION_EDIT,
        Permission.ORGANISATION_PROPOSE,
        Permission.REPORT_EDIT,
        Permission.PACT_EDIT,
        Permission.PROFILE_MODERATE,
        Permission.PROGNOSIS_GIVE,
        Permission.PROPOSAL_DECIDE,
        Permission.SETTINGS_EDIT,
    }
)


def is_remembered(permission: Permission | None, form: type[PortalForm] | None) -> bool:
    """Return whether text is remembered at a door with this permission and form."""
    return form is not None and (permission in REMEMBERED or form.is_remembered)


def remember(form: PortalForm, address: str) -> bool:
    """Remember what was typed into a form, to stand again at `address`; return whether it was."""
    content = drafts.content_of(form.draft_fields())
    return content is not None and drafts.remember(_owner(), address, content)


def remember_if_few(form: PortalForm, address: str) -> bool:
    """Remember it as long as the client does not do so too often; return whether it was."""
    try:
        limits.hit(LIMIT, client_address())
    except TooMany:
        return False
    return remember(form, address)


def put_back(form: PortalForm, address: str) -> None:
    """Fill a form with what the viewer typed at `address` before, unless it was thrown away."""
    person = viewer()
    if person.id is None:
        return
    draft = drafts.find(person.id, address)
    if draft is None:
        return
    if draft.is_dropped:
        form.dropped_from = address
    else:
        form.put_back(draft.fields)
        form.filled_from = address


def browser() -> Owner | None:
    """Return this browser as the owner of drafts; None when nothing was typed in it."""
    mark = find_mark(Mark.DRAFTS)
    return Owner(mark_hash=token_hash(mark)) if mark is not None else None


def interrupted_at() -> str | None:
    """Return the path of the form that was interrupted last in this browser; None without one."""
    owner = browser()
    address = drafts.newest_address(owner) if owner is not None else None
    return safe_path(address, "") or None


def hand_over(account_id: int) -> None:
    """Give what was typed in this browser to the account that signs in here."""
    owner = browser()
    if owner is not None:
        drafts.claim(owner, account_id)
        take_mark(Mark.DRAFTS)


def _owner() -> Owner:
    person = viewer()
    if person.id is not None:
        return Owner(account_id=person.id)
    return Owner(mark_hash=token_hash(give_mark(Mark.DRAFTS, settings().draft_lifetime)))
