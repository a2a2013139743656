"""Every read of signatures and their mailed links that is no part of a write."""

from portal.signatures.queries.evidence import evidence_of
from portal.signatures.queries.links import (
    MailStatus,
    bounced_key,
    bounced_link_ids,
    find_open_link,
    get_confirm_link,
    get_end_link,
    get_link,
    mail_key,
    mail_status,
    newest_link,
)
from portal.signatures.queries.panel import organisation_panel
from portal.signatures.queries.signatures import (
    PublicSignature,
    Standing,
    admitted_signature_of,
    find_open,
    get_mandate,
    get_signature,
    last_ended,
    public_signatures,
    standings_of,
    visible_to,
)
from portal.signatures.queries.story import Happening, story_of

__all__ = [
    "Happening",
    "MailStatus",
    "PublicSignature",
    "Standing",
    "admitted_signature_of",
    "bounced_key",
    "bounced_link_ids",
    "evidence_of",
    "find_open",
    "find_open_link",
    "get_confirm_link",
    "get_end_link",
    "get_link",
    "get_mandate",
    "get_signature",
    "last_ended",
    "mail_key",
    "mail_status",
    "newest_link",
    "organisation_panel",
    "public_signatures",
    "standings_of",
    "story_of",
    "visible_to",
]
