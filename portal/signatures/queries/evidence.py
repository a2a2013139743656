"""What a moderator weighs of an application: its people, its log, and similar organisations."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.db import db
from portal.organisations.models import Organisation
from portal.organisations.queries import Likeness, find_membership, near_duplicates
from portal.organisations.websites import domain_of_website, is_of_domain
from portal.signatures.models import Ending, Signature
from portal.signatures.queries.story import story_of


def evidence_of(signature: Signature) -> dict[str, object]:
    """Return what the desk shows of an application.

    For moderators only: it names the author, and the moderator of every decision.
    """
    organisation = signature.organisation
    author_id = signature.author_id
    author = db.session.get(Account, author_id) if author_id is not None else None
    return {
        "signature": signature,
        "organisation": organisation,
        "author": author,
        "membership": find_membership(organisation.id, author_id),
        "is_of_domain": _is_of_website(author, organisation),
        "alike": _alike(organisation),
        "story": story_of(signature.id, names_moderators=True),
    }


def evidence_of_ending(ending: Ending) -> dict[str, object]:
    """Return what the desk shows of the end of a signature; for moderators only."""
    signature, author_id = ending.signature, ending.author_id
    author = db.session.get(Account, author_id) if author_id is not None else None
    return {
        "ending": ending,
        "signature": signature,
        "organisation": signature.organisation,
        "author": author,
        "membership": find_membership(signature.organisation_id, author_id),
        "story": story_of(signature.id, names_moderators=True),
    }


def _is_of_website(author: Account | None, organisation: Organisation) -> bool:
    """Return whether the author's mailbox is at the domain of the website.

    `mail_domain` is no evidence: it may come from the author's own address.
    """
    if author is None or not organisation.website:
        return False
    return is_of_domain(author.email, domain_of_website(organisation.website))


def _alike(organisation: Organisation) -> list[Likeness]:
    return near_duplicates(
        organisation.name,
        numbers={each.scheme: each.value for each in organisation.identifiers},
        website=organisation.website,
        mail_domain=organisation.mail_domain,
        except_id=organisation.id,
        for_moderator=True,
    )
