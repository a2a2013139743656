"""LAW 1: who may do what; any rule that says yes is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from portal.policy.people import VISITOR, Person, Refusal, Role, Roles, Tie, Visitor
from portal.policy.permissions import Permission
from portal.policy.subjects import (
    Asked,
    Authored,
    Claim,
    Concern,
    Concerning,
    HiddenBy,
    Owned,
    OwnText,
    Public,
    Staffed,
)

__all__ = [
    "POLICY",
    "VISITOR",
    "WRITERS",
    "Asked",
    "Authored",
    "Claim",
    "Concern",
    "Concerning",
    "HiddenBy",
    "Owned",
    "Permission",
    "Person",
    "Public",
    "Refusal",
    "Role",
    "Roles",
    "Rule",
    "Staffed",
    "Tie",
    "Visitor",
    "can",
    "holds_right",
    "is_outside_moderator",
    "stake",
    "why_not",
]

# Each rule names what it asks of its subject; one table holds them all.
Rule = Callable[[Person, Any], bool]


def anyone(_person: Person, _subject: object) -> bool:
    return True


def signed_in(person: Person, _subject: object) -> bool:
    return person.is_authenticated


def confirmed(person: Person, _subject: object) -> bool:
    """Somebody whose e-mail address is confirmed."""
    return person.is_authenticated and person.is_confirmed


def public(_person: Person, subject: Public) -> bool:
    """Anybody, since the subject itself is public."""
    return subject.is_public


def author(person: Person, subject: Authored) -> bool:
    return confirmed(person, subject) and subject.author_id == person.id


def _role(person: Person, subject: Owned) -> str | None:
    return person.roles.get(subject.organisation_id) if confirmed(person, subject) else None


def _writes_as(person: Person, subject: Owned) -> str | None:
    """Return the role in which somebody writes for the organisation: none while it is frozen."""
    is_frozen = subject.organisation_id in person.frozen_organisation_ids
    return None if is_frozen else _role(person, subject)


def owner_of_organisation(person: Person, subject: Owned) -> bool:
    """An eigenaar, as long as the organisation is not frozen."""
    return _writes_as(person, subject) in WRITERS[owner_of_organisation]


def editor_of_organisation(person: Person, subject: Owned) -> bool:
    """A redacteur or eigenaar, as long as the organisation is not frozen."""
    return _writes_as(person, subject) in WRITERS[editor_of_organisation]


# The rules for what is written in the name of an organisation, with the roles that they ask.
WRITERS: dict[Rule, tuple[Role, ...]] = {
    owner_of_organisation: (Role.OWNER,),
    editor_of_organisation: (Role.OWNER, Role.EDITOR),
}


def owner_even_if_frozen(person: Person, subject: Owned) -> bool:
    """An eigenaar, who reads, or keeps others from changing the organisation."""
    return _role(person, subject) == Role.OWNER


def member_of_organisation(person: Person, subject: Owned) -> bool:
    return _role(person, subject) is not None


def author_in_organisation(person: Person, subject: OwnText) -> bool:
    """The person who added it, as long as they belong to the organisation."""
    return author(person, subject) and member_of_organisation(person, subject)


def moderator(person: Person, _subject: object) -> bool:
    return person.is_confirmed and person.is_moderator


def stake(person: Person, subject: Concerning) -> Refusal | None:
    """Return what a person has at stake in a decision; None without anything."""
    if subject.author_id is not None and subject.author_id == person.id:
        return Refusal.OWN_TEXT
    if set(subject.concerned_organisation_ids) & set(person.roles):
        return Refusal.OWN_ORGANISATION
    ties = [person.ties[each] for each in subject.concerned_organisation_ids if each in person.ties]
    if ties:
        return ties[0].reason
    if person.email_key is not None and person.email_key in subject.concerned_emails:
        return Refusal.IS_SIGNATORY
    return None


def moderator_without_stake(person: Person, subject: Concerning) -> bool:
    """A moderator who did not write or sign it, and whom nothing ties to an organisation in it."""
    return moderator(person, subject) and stake(person, subject) is None


def moderator_author(person: Person, subject: Authored) -> bool:
    return moderator(person, subject) and author(person, subject)


def second_moderator(person: Person, subject: HiddenBy) -> bool:
    """A moderator without a stake who did not hide it."""
    return moderator_without_stake(person, subject) and subject.hidden_by != person.id


def moderator_after_owners(person: Person, subject: Asked) -> bool:
    """A moderator without a stake, once those who belong to the organisation had their time."""
    return moderator_without_stake(person, subject) and not subject.is_for_owners


def is_outside_moderator(person: Person, subject: Owned) -> bool:
    """A moderator who does not belong to the organisation, and whom nothing ties to it."""
    is_inside = subject.organisation_id in person.roles or subject.organisation_id in person.ties
    return moderator(person, subject) and not is_inside


def moderator_of_ownerless(person: Person, subject: Staffed) -> bool:
    """A moderator from outside, as long as the organisation has no eigenaar who can do it."""
    return is_outside_moderator(person, subject) and not subject.has_owner


def moderator_of_claim(person: Person, subject: Claim) -> bool:
    """A moderator from outside, for what the vereniging entered and nobody took over."""
    return is_outside_moderator(person, subject) and subject.is_of_vereniging


def moderator_of_unclaimed(person: Person, subject: Claim) -> bool:
    """A moderator of a claim, as long as the organisation has no eigenaar."""
    return moderator_of_claim(person, subject) and moderator_of_ownerless(person, subject)


def beheerder(person: Person, _subject: object) -> bool:
    return person.is_confirmed and person.is_beheerder


def other_beheerder(person: Person, subject: Authored) -> bool:
    """A beheerder whose own account it is not."""
    return beheerder(person, subject) and subject.author_id != person.id


def steward(person: Person, subject: object) -> bool:
    """Somebody who speaks for the vereniging."""
    return moderator(person, subject) or beheerder(person, subject)


POLICY: dict[Permission, tuple[Rule, ...]] = {
    Permission.ABSENCE_SET: (member_of_organisation,),
    Permission.ACCESS_APPROVE: (moderator_without_stake,),
    # To object, or to stop an ending, leaves things as they are: also while frozen.
    Permission.ACCESS_OBJECT: (owner_even_if_frozen,),
    Permission.ACCESS_PROPOSE: (moderator_of_ownerless,),
    Permission.ACCESS_REQUEST_ANSWER: (owner_of_organisation,),
    Permission.ACCESS_REQUEST_DECIDE: (moderator_after_owners,),
    Permission.ACCESS_REQUEST_MAKE: (confirmed,),
    Permission.ACCESS_REQUEST_TAKE_BACK: (author,),
    Permission.ACCESS_WITHDRAW: (author,),
    Permission.ACCOUNT_CONFIRM: (signed_in,),
    Permission.ACCOUNT_EDIT: (confirmed,),
    Permission.ARRIVAL_SEE: (moderator_without_stake,),
    Permission.ARTICLE_EDIT: (steward,),
    Permission.ARTICLE_READ: (public, steward),
    # What the vereniging entered about an organisation: ours, or not ours.
    Permission.CLAIM_ANSWER: (owner_of_organisation,),
    Permission.CLAIM_RETRACT: (moderator_of_claim,),
    Permission.COMMENT_EDIT: (author,),
    Permission.COMMENT_MODERATE: (moderator_without_stake,),
    # Whether the discussion is still open is told by the action, with the text kept.
    Permission.COMMENT_POST: (confirmed,),
    Permission.COMMENT_READ: (public, author, moderator),
    Permission.COMMENT_SPEAK_FOR_VERENIGING: (steward,),
    # Closing follows from the end of the signature: its own door has decided.
    Permission.COMMITMENT_CLOSE: (anyone,),
    Permission.COMMITMENT_DRAFT: (editor_of_organisation, moderator_of_ownerless),
    Permission.COMMITMENT_EDIT: (editor_of_organisation, moderator_of_claim),
    Permission.COMMITMENT_ENTER: (editor_of_organisation, moderator_of_unclaimed),
    Permission.COMMITMENT_READ: (public, member_of_organisation, moderator_of_claim),
    Permission.ENDING_DECIDE: (moderator_without_stake,),
    Permission.ENDING_STOP: (owner_even_if_frozen, moderator_without_stake, moderator_author),
    Permission.HIDING_CONFIRM: (second_moderator,),
    # To hide whatever is public, and to bring it back: one permission for all things.
    Permission.HIDING_DECIDE: (moderator_without_stake,),
    Permission.INVITATION_REVOKE: (owner_of_organisation, moderator_of_ownerless),
    Permission.JOB_READ: (beheerder,),
    Permission.MANDATE_READ: (author_in_organisation, moderator),
    Permission.MEMBER_INVITE: (owner_of_organisation,),
    Permission.MEMBER_LEAVE: (member_of_organisation,),
    Permission.MEMBER_MANAGE: (owner_of_organisation,),
    Permission.ORGANISATION_CORRECT: (moderator_of_claim,),
    Permission.ORGANISATION_CREATE: (confirmed,),
    Permission.ORGANISATION_EDIT: (editor_of_organisation,),
    Permission.ORGANISATION_ENTER: (moderator,),
    # To freeze it while a report about it is looked into, and to unfreeze it.
    Permission.ORGANISATION_FREEZE: (moderator_without_stake,),
    # Of a public one: who it is changes only by a proposal.
    Permission.ORGANISATION_PROPOSE: (owner_of_organisation,),
    Permission.ORGANISATION_READ: (public, member_of_organisation, moderator),
    Permission.PACT_EDIT: (beheerder,),
    Permission.PACT_READ: (public, beheerder),
    Permission.PROFILE_MODERATE: (moderator_without_stake,),
    Permission.PROPOSAL_DECIDE: (moderator_without_stake,),
    Permission.QUEUE_READ: (moderator,),
    Permission.RIGHTS_READ: (owner_even_if_frozen, steward),
    Permission.ROLE_ASSIGN: (beheerder,),
    # Who lost their own asks another beheerder, or uses the command line.
    Permission.SECOND_FACTOR_RESET: (other_beheerder,),
    Permission.SETTINGS_EDIT: (beheerder,),
    # The link from the mail is the proof: loading by its token is what decides.
    Permission.SIGNATURE_CONFIRM: (anyone,),
    Permission.SIGNATURE_DECIDE: (moderator_without_stake,),
    Permission.SIGNATURE_ENTER: (moderator,),
    Permission.SIGNATURE_PREPARE: (editor_of_organisation,),
    Permission.SIGNATURE_READ: (member_of_organisation, moderator),
    Permission.SIGNATURE_STOP: (owner_of_organisation,),
    Permission.WORK_PAGE_READ: (member_of_organisation, moderator),
}


# The only rules that can say yes to somebody who is not signed in.
OPEN_RULES: tuple[Rule, ...] = (anyone, public)


def opens_for_visitors(permission: Permission) -> bool:
    """Return whether there can be a subject with which a visitor may."""
    return any(rule in OPEN_RULES for rule in POLICY[permission])


def can(person: Person, permission: Permission | str, subject: object = None) -> bool:
    """Return whether `person` may; ask the same in doors, templates and lists."""
    return any(rule(person, subject) for rule in POLICY[Permission(permission)])


def _only_frozen(person: Person, rule: Rule, subject: object) -> bool:
    """Return whether `rule` would let this person pass if the organisation were not frozen."""
    return rule in WRITERS and _role(person, cast(Owned, subject)) in WRITERS[rule]


def why_not(person: Person, permission: Permission | str, subject: object = None) -> Refusal | None:
    """Return why `person` may not, None when they may; the words are those of who shows it."""
    if can(person, permission, subject):
        return None
    rules = POLICY[Permission(permission)]
    if any(_only_frozen(person, rule, subject) for rule in rules):
        return Refusal.FROZEN
    if moderator_without_stake in rules and moderator(person, subject):
        return stake(person, cast(Concerning, subject))
    if moderator_after_owners in rules and moderator(person, subject):
        return stake(person, cast(Concerning, subject)) or Refusal.OWNERS_FIRST
    return Refusal.NO_ROLE


def holds_right(person: Person, permission: Permission | str, subject: object = None) -> bool:
    """Return whether `person` may, or may as soon as the organisation is not frozen any more.

    What somebody set out lapses with the right to it, and freezing takes no right away.
    """
    return why_not(person, permission, subject) in (None, Refusal.FROZEN)
