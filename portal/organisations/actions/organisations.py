"""Organisations themselves: created, changed, renamed in time, made public once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.folding import sort_key
from portal.core.i18n import gettext as _
from portal.core.slugs import free_slug, slugify
from portal.documents.actions import keep_picture
from portal.documents.upload import KeptUpload
from portal.lifecycle.claims import EnteredAs
from portal.organisations import mails, queries
from portal.organisations.actions.identity import apply_identity, refuse_taken, set_numbers
from portal.organisations.facts import Facts
from portal.organisations.identity import identity_of
from portal.organisations.likeness import match_name
from portal.organisations.models import (
    Membership,
    Organisation,
    OrganisationName,
)
from portal.organisations.websites import domain_of_website
from portal.policy import Person, Role
from portal.services.entered import NO_SOURCE, Source, follow_writer
from portal.services.history import hold, record


def create(facts: Facts, *, job_title: str = "", is_sure: bool = False, by: Person) -> Organisation:
    """Return a new organisation that is not public, with the person who creates it as eigenaar.

    Refused with FieldRefused when one with this name or a number of it exists, unless `is_sure`.
    """
    if not is_sure and queries.find_exact_duplicate(facts.name, facts.numbers) is not None:
        raise FieldRefused("is_sure", _("Kijk eerst of uw organisatie hier al staat."))
    organisation = _new(facts, by)
    organisation.entered_as = EnteredAs.SIGNATORY
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


def enter(
    facts: Facts,
    *,
    source: Source = NO_SOURCE,
    is_fictional: bool = False,
    by: Person | None,
) -> Organisation:
    """Return an organisation that the vereniging enters itself, with nobody in it.

    Its people join through an invitation as eigenaar, or a request that a moderator grants.
    """
    organisation = _new(facts, by)
    organisation.is_fictional = is_fictional
    organisation.source_title, organisation.source_url = source.title, source.url
    record(organisation, "entered", by=by)
    return organisation


def _new(facts: Facts, by: Person | None) -> Organisation:
    domain = domain_of_website(facts.website) if facts.website else facts.mail_domain
    organisation = Organisation(
        name=facts.name,
        sort_name=sort_key(facts.name),
        match_name=match_name(facts.name),
        kind_id=facts.kind_id,
        province=facts.province,
        website=facts.website,
        mail_domain=domain,
        created_at=clock.now(),
        created_by=by.id if by is not None else None,
        names=[OrganisationName(name=facts.name, match_name=match_name(facts.name))],
    )
    set_numbers(organisation, facts.numbers)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def edit(
    organisation: Organisation, facts: Facts, *, renamed_on: date | None = None, by: Person
) -> None:
    """Change who an organisation is that is not public yet; numbers that `facts` omits stay.

    With `renamed_on` a new name is valid from that day and the old one stays known; without it
    the name is corrected. Refused with FieldRefused once the organisation is public: from then on
    its eigenaar proposes.
    """
    lock_row(organisation)
    if organisation.is_public:
        raise FieldRefused(
            "name",
            _(
                "Deze organisatie is nu ondertekenaar. Een eigenaar stelt een wijziging voor, en "
                "een moderator neemt die over."
            ),
        )
    record(organisation, "edited", by=by, reason=_apply(organisation, facts, renamed_on))
    follow_writer(organisation, queries.capacity_of(by, organisation.id))


def correct(
    organisation: Organisation,
    facts: Facts,
    *,
    source: Source,
    reason: str,
    renamed_on: date | None = None,
    by: Person,
) -> None:
    """Change facts that the vereniging entered itself, from a source; the owners hear of it.

    ReasonMissing without a reason.
    """
    hold(organisation, "corrected", reason=reason)
    lock_row(organisation)
    summary = _apply(organisation, facts, renamed_on)
    organisation.source_title, organisation.source_url = source.title, source.url
    words = ". ".join(filter(None, (reason.strip().rstrip("."), summary)))
    record(organisation, "corrected", by=by, reason=words)
    mails.corrected(organisation, reason=reason.strip())


def _apply(organisation: Organisation, facts: Facts, renamed_on: date | None) -> str:
    """Give an organisation these facts and return what became different, for the log.

    FieldRefused for a public one that would get the name or a number of another public one.
    """
    before = identity_of(organisation)
    after = replace(
        before,
        name=facts.name,
        kind_id=facts.kind_id,
        website=facts.website,
        mail_domain=domain_of_website(facts.website) if facts.website else before.mail_domain,
        **{scheme: number or None for scheme, number in facts.numbers.items()},
    )
    if organisation.is_public:
        refuse_taken(organisation, before, after)
    organisation.province = facts.province
    return apply_identity(organisation, after, renamed_on=renamed_on)


def move(organisation: Organisation, *, province: str | None, by: Person) -> None:
    """Say in which province an organisation is; None for one of the whole country."""
    organisation.province = province
    record(organisation, "edited", by=by)


def publish(organisation: Organisation, *, by: Person | None) -> None:
    """Make an organisation public, at an address that never changes; a second call does nothing."""
    if organisation.slug is None:
        _claim_slug(organisation)
    if organisation.published_at is None:
        organisation.published_at = clock.now()
        record(organisation, "published", by=by)


def unpublish(organisation: Organisation, *, by: Person) -> None:
    """Take an organisation out of sight whose first admission is undone; its address stays its own.

    FieldRefused while a proposal to change who it is waits: only a public one has those.
    """
    if queries.find_open_proposal(organisation.id) is not None:
        message = _("Er wacht een voorstel voor andere gegevens van deze organisatie.")
        raise FieldRefused("reason", message)
    organisation.published_at = None
    record(organisation, "unpublished", by=by)


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
    """Take the logo of the organisation away; twice is once."""
    lock_row(organisation)
    if organisation.logo_id is not None:
        organisation.logo_id = None
        record(organisation, "logo_removed", by=by)
