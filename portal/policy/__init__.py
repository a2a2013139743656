"""LAW 1: who may do what; any rule that says yes is enough."""

from __future__ import annotations

from typing import cast

from portal.policy.people import VISITOR, Person, Refusal, Role, Roles, Tie, Visitor
from portal.policy.permissions import Permission
from portal.policy.rules import (
    WRITERS,
    Rule,
    anyone,
    author,
    author_in_organisation,
    beheerder,
    confirmed,
    editor_of_organisation,
    is_outside_moderator,
    member_of_organisation,
    moderator,
    moderator_after_owners,
    moderator_author,
    moderator_of_claim,
    moderator_of_ownerless,
    moderator_of_unclaimed,
    moderator_without_stake,
    other_beheerder,
    owner_even_if_frozen,
    owner_of_organisation,
    public,
    role_in,
    second_moderator,
    signed_in,
    stake,
    steward,
)
from portal.policy.subjects import (
    Asked,
    Authored,
    Claim,
    Concern,
    Concerning,
    HiddenBy,
    Owned,
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
    "editor_of_organisation",
    "holds_right",
    "is_outside_moderator",
    "stake",
    "why_not",
]

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
    # To bring in a file of signatories and promises, and to take that back.
    Permission.INTAKE_RUN: (beheerder,),
    Permission.INVITATION_REVOKE: (owner_of_organisation, moderator_of_ownerless),
    Permission.JOB_READ: (beheerder,),
    Permission.MAILBOX_READ: (member_of_organisation,),
    Permission.MAILBOX_SET: (owner_of_organisation,),
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
    # What a signatory expects itself: nobody else says that.
    Permission.PROGNOSIS_GIVE: (editor_of_organisation,),
    Permission.PROPOSAL_DECIDE: (moderator_without_stake,),
    Permission.QUEUE_READ: (moderator,),
    Permission.RAPPEL_ANSWER: (editor_of_organisation,),
    # To ask all signatories how it stands, and to publish what came of it.
    Permission.RAPPEL_RUN: (steward,),
    Permission.REPORT_EDIT: (steward,),
    Permission.REPORT_READ: (public, steward),
    Permission.RIGHTS_READ: (owner_even_if_frozen, steward),
    Permission.ROLE_ASSIGN: (beheerder,),
    # Who lost their own asks another beheerder, or uses the command line.
    Permission.SEARCH_READ: (steward,),
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
    return rule in WRITERS and role_in(person, cast(Owned, subject)) in WRITERS[rule]


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
