"""The people of an organisation, and who gets in: everybody who hears of it."""

from __future__ import annotations

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.organisations import actions as organisations
from portal.organisations.models import AccessProposal, Membership, Organisation
from portal.policy import Role
from portal.services.telling import Audience
from tests import factories as make
from tests.rooms.scenes.parts import Heard, Scene, moderator, of_staff, owner_of
from tests.test_policy import Who


def _membership(organisation: Organisation, account: Account) -> Membership:
    query = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.account_id == account.id
    )
    return db.session.scalars(query).one()


def an_approval() -> Scene:
    """A second moderator agrees with what the first proposed."""
    first, second, _all = of_staff()
    proposal = make.make_access_proposal(make.make_organisation(), author=first)
    agreed = Heard(
        "access_proposal",
        "approve",
        "organisation_access_agreed",
        {Audience.WRITER: {first.email}},
    )
    return Scene(lambda: organisations.approve(proposal, by=moderator(second)), [agreed])


def an_approval_undone() -> Scene:
    """The right that was given is taken back: who proposed it hears, and who had it."""
    first, second, _all = of_staff()
    asker = make.make_account()
    request = make.make_access_request(make.make_organisation(), author=asker)
    proposal = make.make_access_proposal(request.organisation, request=request, author=first)
    with write_section():
        organisations.approve(proposal, by=moderator(second))
    undone = Heard(
        "access_proposal",
        "undo",
        "decision_undone",
        {Audience.WRITER: {first.email}, Audience.PERSON: {asker.email}},
    )
    return Scene(
        lambda: organisations.undo_access_proposal_decision(
            proposal, reason="Vergissing.", by=moderator(second)
        ),
        [undone],
    )


def _announced(owner: Account, first: Account, second: Account) -> tuple[AccessProposal, Account]:
    """Return a proposal that was announced to the people of a signatory, and who asked for it."""
    asker = make.make_account()
    organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
    request = make.make_access_request(organisation, author=asker)
    proposal = make.make_access_proposal(organisation, request=request, author=first)
    with write_section():
        organisations.approve(proposal, by=moderator(second))
    return proposal, asker


def an_announcement_undone() -> Scene:
    """What was announced is called off: all who were told hear, but for who does it."""
    first, second, everyone = of_staff()
    owner = make.make_account()
    proposal, asker = _announced(owner, first, second)
    stopped = Heard(
        "access_proposal",
        "undo",
        "organisation_access_stopped",
        {
            Audience.MODERATORS: everyone - {second.email},
            Audience.OWNERS: {owner.email},
            Audience.PERSON: {asker.email},
            Audience.SIGNATORY: {"tekenbevoegde@example.org"},
        },
    )
    return Scene(
        lambda: organisations.undo_access_proposal_decision(
            proposal, reason="Vergissing.", by=moderator(second)
        ),
        [stopped],
    )


def _renewed(act: str, owners: set[str]) -> Heard:
    return Heard(
        "membership",
        act,
        "organisation_access_announced",
        {Audience.OWNERS: owners, Audience.SIGNATORY: {"tekenbevoegde@example.org"}},
    )


def _two_owners() -> tuple[Organisation, Account, Account]:
    """Return a signatory to which a right was announced, and its two eigenaren."""
    first, second, _all = of_staff()
    stays, goes = make.make_account(), make.make_account()
    proposal, _asker = _announced(stays, first, second)
    make.make_membership(proposal.organisation, goes, role=Role.OWNER)
    return proposal.organisation, stays, goes


def an_owner_who_leaves() -> Scene:
    """The link to object that also went to them dies: who stays gets another."""
    organisation, stays, goes = _two_owners()
    membership = _membership(organisation, goes)
    return Scene(
        lambda: organisations.leave(membership, by=owner_of(goes, organisation)),
        [_renewed("left", {stays.email})],
    )


def an_owner_removed() -> Scene:
    """As for one who leaves."""
    organisation, stays, goes = _two_owners()
    membership = _membership(organisation, goes)
    return Scene(
        lambda: organisations.remove(membership, by=owner_of(stays, organisation)),
        [_renewed("removed", {stays.email})],
    )


def an_owner_made_editor() -> Scene:
    """As for one who leaves."""
    organisation, stays, other = _two_owners()
    membership = _membership(organisation, other)
    return Scene(
        lambda: organisations.change_role(
            membership, role=str(Role.EDITOR), job_title="", by=owner_of(stays, organisation)
        ),
        [_renewed("role_changed", {stays.email})],
    )


def a_question_without_owner() -> Scene:
    """Nobody can answer but the vereniging."""
    _first, _second, everyone = of_staff()
    asker, organisation = make.make_account(), make.make_organisation()
    asked = Heard(
        "access_request",
        "ask",
        "organisation_access_asked",
        {Audience.MODERATORS: everyone},
    )
    return Scene(
        lambda: organisations.ask_access(
            organisation, job_title="Adviseur", message="", by=Who(asker.id)
        ),
        [asked],
    )


def a_mailbox_put_back() -> Scene:
    """Who reads it hears, and the eigenaren but for who does it."""
    actor, other = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=actor)
    make.make_membership(organisation, other, role=Role.OWNER)
    mailbox = make.make_mailbox(organisation, state="put_away")
    heard = Heard(
        "mailbox",
        "put_back",
        "organisation_mailbox",
        {Audience.OWNERS: {other.email}, Audience.PERSON: {mailbox.email}},
    )
    return Scene(
        lambda: organisations.put_mailbox_back(mailbox, by=owner_of(actor, organisation)), [heard]
    )


def a_member_removed() -> Scene:
    """Who is removed hears."""
    owner, member = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=owner)
    membership = make.make_membership(organisation, member)
    removed = Heard(
        "membership",
        "removed",
        "organisation_member_removed",
        {Audience.PERSON: {member.email}},
    )
    return Scene(
        lambda: organisations.remove(membership, by=owner_of(owner, organisation)), [removed]
    )


def a_stand_in_less() -> Scene:
    """Who stood in hears that they do no more, when who was away is back."""
    away, stand_in = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=away)
    make.make_membership(organisation, stand_in)
    absence = make.make_absence(organisation, away, stand_in=stand_in)
    return Scene(
        lambda: organisations.end_absence(absence, by=Who(away.id)), [_less(stand_in, "came_back")]
    )


def another_stand_in() -> Scene:
    """Who stood in hears, and who does from now on."""
    away, former, next_one = (make.make_account() for _number in range(3))
    organisation = make.make_organisation(owner=away)
    make.make_membership(organisation, former)
    make.make_membership(organisation, next_one)
    absence = make.make_absence(organisation, away, stand_in=former)
    stands_in = Heard(
        "absence", "set", "organisation_stand_in", {Audience.PERSON: {next_one.email}}
    )
    return Scene(
        lambda: organisations.set_absence(
            absence,
            first_on=absence.first_on,
            last_on=absence.last_on,
            stand_in_id=next_one.id,
            by=Who(away.id),
        ),
        [_less(former, "set"), stands_in],
    )


def _less(stand_in: Account, act: str) -> Heard:
    return Heard("absence", act, "organisation_stand_in_ended", {Audience.PERSON: {stand_in.email}})
