"""Organisations themselves: created, changed, renamed in time, made public once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.slugs import free_slug, slugify
from portal.documents.actions import keep_picture
from portal.documents.upload import KeptUpload
from portal.organisations import mails, queries
from portal.organisations.events import OrganisationRenamed
from portal.organisations.facts import Facts
from portal.organisations.identifiers import NAMES, SCHEMES
from portal.organisations.likeness import match_name, sort_name
from portal.organisations.models import (
    Identifier,
    Membership,
    Organisation,
    OrganisationName,
)
from portal.organisations.websites import domain_of_website
from portal.policy import Person, Role
from portal.services.events import tell
from portal.services.history import record


def create(facts: Facts, *, job_title: str = "", is_sure: bool = False, by: Person) -> Organisation:
    """Return a new organisation that is not public, with the person who creates it as eigenaar.

    Refused with FieldRefused when one with this name or KVK number exists, unless `is_sure`.
    """
    kvk = facts.numbers.get("kvk")
    if not is_sure and queries.find_exact_duplicate(facts.name, kvk) is not None:
        raise FieldRefused("is_sure", _("Kijk eerst of uw organisatie hier al staat."))
    organisation = _new(facts, by)
    db.session.add(
        Membership(
            organisation_id=organisation.id,
            account_id=by.id,
            role=str(Role.OWNER),
            job_title=job_title,
            created_at=clock.now(),
        )
    )
    record(organisation, "created", by=by)
    return organisation


def enter(facts: Facts, *, is_fictional: bool = False, by: Person | None) -> Organisation:
    """Return an organisation that the vereniging enters itself, with nobody in it.

    Its people join through an invitation as eigenaar, or a request that a moderator grants.
    """
    organisation = _new(facts, by)
    organisation.is_fictional = is_fictional
    record(organisation, "entered", by=by)
    return organisation


def _new(facts: Facts, by: Person | None) -> Organisation:
    domain = domain_of_website(facts.website) if facts.website else facts.mail_domain
    organisation = Organisation(
        name=facts.name,
        sort_name=sort_name(facts.name),
        match_name=match_name(facts.name),
        kind_id=facts.kind_id,
        province=facts.province,
        website=facts.website,
        mail_domain=domain,
        created_at=clock.now(),
        created_by=by.id if by is not None else None,
        names=[OrganisationName(name=facts.name, match_name=match_name(facts.name))],
    )
    _set_numbers(organisation, facts.numbers)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def edit(
    organisation: Organisation, facts: Facts, *, renamed_on: date | None = None, by: Person
) -> None:
    """Change what an organisation says of itself; numbers that `facts` does not name stay.

    With `renamed_on` a new name is valid from that day and the old one stays known; without it
    the name is corrected, which is refused with FieldRefused once the organisation is public.
    Moderators get a mail when the name, kind or numbers of a public organisation change.
    """
    changes = _change_name(organisation, facts.name, renamed_on)
    changes += _change_kind(organisation, facts.kind_id)
    changes += _set_numbers(organisation, facts.numbers)
    organisation.province, organisation.website = facts.province, facts.website
    if facts.website:
        organisation.mail_domain = domain_of_website(facts.website)
    summary = "; ".join(f"{label}: {old or '-'} > {new or '-'}" for label, old, new in changes)
    record(organisation, "edited", by=by, reason=summary)
    if organisation.is_public and changes:
        mails.changed(organisation, changes)


def _change_kind(organisation: Organisation, kind_id: int) -> list[mails.Change]:
    if kind_id == organisation.kind_id:
        return []
    old, new = organisation.kind, queries.get_kind(kind_id)
    organisation.kind = new
    return [(_l("Soort organisatie"), old.name_nl, new.name_nl)]


def _change_name(
    organisation: Organisation, name: str, renamed_on: date | None
) -> list[mails.Change]:
    if name == organisation.name:
        return []
    old, current = organisation.name, organisation.names[-1]
    if renamed_on is not None:
        _add_name(organisation, current, name, renamed_on)
    elif organisation.is_public:
        raise FieldRefused(
            "renamed_on", _("Vul in vanaf welke datum de nieuwe naam geldt. De oude blijft bekend.")
        )
    else:
        current.name, current.match_name = name, match_name(name)
    organisation.name = name
    organisation.sort_name, organisation.match_name = sort_name(name), match_name(name)
    tell(OrganisationRenamed(organisation))
    return [(_l("Naam"), old, name)]


def _add_name(
    organisation: Organisation, current: OrganisationName, name: str, renamed_on: date
) -> None:
    if renamed_on > clock.today():
        raise FieldRefused(
            "renamed_on", _("Deze datum ligt in de toekomst. Wijzig de naam zodra die geldt.")
        )
    if current.valid_from is not None and renamed_on <= current.valid_from:
        raise FieldRefused(
            "renamed_on", _("Deze datum ligt voor de vorige naamswijziging. Controleer de datum.")
        )
    current.valid_until = renamed_on - timedelta(days=1)
    organisation.names.append(
        OrganisationName(name=name, match_name=match_name(name), valid_from=renamed_on)
    )


def _set_numbers(
    organisation: Organisation, numbers: Mapping[str, str | None]
) -> list[mails.Change]:
    changes: list[mails.Change] = []
    for scheme in SCHEMES:
        old, new = organisation.number(scheme), numbers.get(scheme)
        if scheme not in numbers or (new or None) == old:
            continue
        others = [each for each in organisation.identifiers if each.scheme != scheme]
        organisation.identifiers = others + ([Identifier(scheme=scheme, value=new)] if new else [])
        changes.append((NAMES[scheme], old, new))
    return changes


def publish(organisation: Organisation, *, by: Person | None) -> None:
    """Make an organisation public, at an address that never changes; a second call does nothing."""
    if organisation.slug is None:
        _claim_slug(organisation)
    if organisation.published_at is None:
        organisation.published_at = clock.now()
        record(organisation, "published", by=by)


def _claim_slug(organisation: Organisation) -> None:
    """Take the first free address; another organisation may take it at the same moment."""
    base = slugify(organisation.name)
    for _attempt in range(5):
        try:
            with db.session.begin_nested():
                organisation.slug = free_slug(base, queries.is_slug_taken)
                db.session.flush()
                return
        except IntegrityError:
            db.session.refresh(organisation)
    raise AlreadyExists(_("Er is net een organisatie met dezelfde naam openbaar gemaakt."))


def set_logo(organisation: Organisation, upload: KeptUpload, *, by: Person) -> None:
    """Make this picture the logo of the organisation."""
    organisation.logo_id = keep_picture(upload, by=by).id
    record(organisation, "logo_set", by=by)


def remove_logo(organisation: Organisation, *, by: Person) -> None:
    """Take the logo of the organisation away."""
    organisation.logo_id = None
    record(organisation, "logo_removed", by=by)
