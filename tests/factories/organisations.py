"""Organisations, the people in them, and what they say about themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.folding import sort_key
from portal.core.markdown import render_typed
from portal.core.slugs import slugify
from portal.core.tokens import new_token, token_hash
from portal.lifecycle import MailboxState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.identity import identity_of
from portal.organisations.likeness import match_name
from portal.organisations.models import (
    Absence,
    AccessProposal,
    AccessRequest,
    Arrival,
    Identifier,
    IdentityProposal,
    Invitation,
    Mailbox,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.policy import Role
from tests.factories.accounts import make_account
from tests.factories.states import add, bring_to, committed, number


def kind(slug: str = "gemeente") -> OrganisationKind:
    """Return the kind with this slug, as the migrations made it."""
    return db.session.scalars(select(OrganisationKind).where(OrganisationKind.slug == slug)).one()


@committed
def make_organisation(
    *,
    name: str | None = None,
    kind_slug: str = "gemeente",
    owner: Account | None = None,
    is_public: bool = False,
    is_fictional: bool = False,
    kvk: str | None = None,
    province: str | None = None,
    website: str | None = None,
    mail_domain: str | None = None,
) -> Organisation:
    """Return an organisation; public ones have a slug, as after their first admission.

    For a signatory use make_signature(state="admitted"), which makes its organisation public.
    """
    own = number()
    full_name = name or f"Gemeente Voorbeeld {own}"
    organisation = Organisation(
        name=full_name,
        sort_name=sort_key(full_name),
        match_name=match_name(full_name),
        kind=kind(kind_slug),
        province=province,
        website=website,
        mail_domain=mail_domain,
        is_fictional=is_fictional,
        created_at=clock.now(),
        created_by=owner.id if owner else None,
        entered_as=EnteredAs.SIGNATORY if owner else EnteredAs.VERENIGING,
        names=[OrganisationName(name=full_name, match_name=match_name(full_name))],
        identifiers=[Identifier(scheme="kvk", value=kvk)] if kvk else [],
    )
    if is_public:
        make_public(organisation)
    add(organisation)
    if owner is not None:
        make_membership(organisation, owner, role=Role.OWNER)
    return organisation


def make_public(organisation: Organisation) -> None:
    """Give it what the first admission gives; not committed."""
    organisation.slug = organisation.slug or slugify(organisation.name)
    organisation.published_at = organisation.published_at or clock.now()


@committed
def make_frozen(organisation: Organisation) -> Organisation:
    """Let the vereniging have frozen an organisation."""
    organisation.frozen_at = clock.now()
    organisation.frozen_ground = "disputed_right"
    return organisation


@committed
def make_arrival(organisation: Organisation, account: Account) -> Arrival:
    """Return that this account became the first eigenaar of a public organisation."""
    arrival = Arrival(
        organisation_id=organisation.id, account_id=account.id, arrived_at=clock.now()
    )
    add(arrival)
    return arrival


@committed
def make_absence(
    organisation: Organisation,
    account: Account,
    *,
    stand_in: Account | None = None,
    first_on: date | None = None,
    last_on: date | None = None,
) -> Absence:
    """Return that a member is away, by default today."""
    absence = Absence(
        organisation_id=organisation.id,
        account_id=account.id,
        stand_in_id=stand_in.id if stand_in is not None else None,
        first_on=first_on or clock.today(),
        last_on=last_on or first_on or clock.today(),
    )
    add(absence)
    return absence


@committed
def make_mailbox(
    organisation: Organisation,
    email: str = "communicatie@dorp.example",
    *,
    state: str = "in_use",
    token: str = "",
) -> Mailbox:
    """Return the mailbox of an organisation, by default in use."""
    mailbox = Mailbox(
        organisation_id=organisation.id,
        email=email,
        email_key=email.lower(),
        locale="nl",
        token_hash=token_hash(token or new_token()),
        mailed_at=clock.now(),
        proved_at=None if state == MailboxState.UNPROVED else clock.now(),
        removed_at=clock.now() if state == MailboxState.PUT_AWAY else None,
    )
    bring_to(mailbox, state, by=None)
    add(mailbox)
    return mailbox


@committed
def make_membership(
    organisation: Organisation,
    account: Account | None = None,
    *,
    role: str = Role.EDITOR,
    job_title: str = "Adviseur",
) -> Membership:
    """Return what a person is in an organisation."""
    person = account or make_account()
    membership = Membership(
        organisation_id=organisation.id,
        account_id=person.id,
        role=str(role),
        job_title=job_title,
        created_at=clock.now(),
    )
    add(membership)
    return membership


@committed
def make_profile(
    organisation: Organisation,
    *,
    state: str = "placed",
    body: str = "Wij werken aan **Common Ground**.",
    author: Account | None = None,
) -> ProfileText:
    """Return a version of the short description; a placed one stands on the page."""
    profile = ProfileText(
        organisation_id=organisation.id,
        body=body,
        html=render_typed(body),
        created_at=clock.now(),
        author_id=(author or make_account()).id,
    )
    bring_to(profile, state, by=author)
    if state == "placed":
        organisation.placed_profile_id = profile.id
    add(profile)
    return profile


@committed
def make_proposal(
    organisation: Organisation | None = None,
    *,
    state: str = "pending",
    author: Account | None = None,
    website: str = "https://nieuw.example",
    note: str = "Wij hebben een nieuwe website.",
) -> IdentityProposal:
    """Return a proposal for another website; once it is placed, the organisation has it."""
    ours = organisation or make_organisation(is_public=True)
    before = identity_of(ours)
    after = replace(before, website=website, mail_domain="nieuw.example")
    proposal = IdentityProposal(
        organisation_id=ours.id,
        old=before.values(),
        new=after.values(),
        note=note,
        created_at=clock.now(),
        decided_at=clock.now() if state == "placed" else None,
        author_id=(author or make_account()).id,
    )
    bring_to(proposal, state, by=author)
    if state == "placed":
        ours.website, ours.mail_domain = after.website, after.mail_domain
    add(proposal)
    return proposal


@committed
def make_invitation(
    organisation: Organisation,
    *,
    email: str | None = None,
    role: str = Role.EDITOR,
    state: str = "open",
    author: Account | None = None,
    proposal: AccessProposal | None = None,
) -> tuple[Invitation, str]:
    """Return an invitation and the token of its link; without `author` an eigenaar sent it."""
    author = author or _owner_of(organisation)
    token = new_token()
    address = email or f"genodigde{number()}@example.org"
    invitation = Invitation(
        organisation_id=organisation.id,
        email=address,
        email_key=address.lower(),
        role=str(role),
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=14),
        author_id=author.id,
        proposal_id=proposal.id if proposal else None,
    )
    bring_to(invitation, state, by=author)
    add(invitation)
    return invitation, token


def _owner_of(organisation: Organisation) -> Account:
    """Return an eigenaar of an organisation, a new one where it has none."""
    query = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.role == str(Role.OWNER)
    )
    membership = db.session.scalars(query).first()
    return (membership or make_membership(organisation, role=Role.OWNER)).account


@committed
def make_access_request(
    organisation: Organisation,
    *,
    author: Account | None = None,
    state: str = "open",
    message: str = "Ik werk hier en wil meeschrijven.",
) -> AccessRequest:
    """Return somebody's request to join an organisation."""
    person = author or make_account()
    request = AccessRequest(
        organisation_id=organisation.id,
        author_id=person.id,
        job_title="Adviseur",
        message=message,
        created_at=clock.now(),
    )
    bring_to(request, state, by=person)
    add(request)
    return request


@committed
def make_access_proposal(
    organisation: Organisation,
    *,
    email: str | None = None,
    role: str = Role.OWNER,
    request: AccessRequest | None = None,
    state: str = "proposed",
    author: Account | None = None,
    token: str | None = None,
) -> AccessProposal:
    """Return what a moderator proposes: to let in who asked, or to invite the first eigenaar."""
    person = author or make_account(is_moderator=True)
    address = request.author.email if request else email or f"voorgesteld{number()}@example.org"
    proposal = AccessProposal(
        organisation_id=organisation.id,
        email=address,
        email_key=address.lower(),
        role=str(role),
        request=request,
        proof="Gebeld met het algemene nummer op hun site.",
        created_at=clock.now(),
        author_id=person.id,
    )
    bring_to(proposal, state, by=person)
    if state != "proposed":
        proposal.effective_at = clock.now() + timedelta(days=10)
        proposal.token_hash = token_hash(token) if token else None
    add(proposal)
    return proposal
