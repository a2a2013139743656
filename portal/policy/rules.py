"""The rules of LAW 1: each says of a person and a subject yes or no, named as a noun phrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.policy.people import Person, Refusal, Role
from portal.policy.subjects import (
    Asked,
    Authored,
    Claim,
    Concerning,
    HiddenBy,
    Owned,
    OwnText,
    Public,
    Staffed,
)

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


def role_in(person: Person, subject: Owned) -> str | None:
    """Return the role of somebody in the organisation; None without one, or unconfirmed."""
    return person.roles.get(subject.organisation_id) if confirmed(person, subject) else None


def _writes_as(person: Person, subject: Owned) -> str | None:
    """Return the role in which somebody writes for the organisation: none while it is frozen."""
    is_frozen = subject.organisation_id in person.frozen_organisation_ids
    return None if is_frozen else role_in(person, subject)


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
    return role_in(person, subject) == Role.OWNER


def member_of_organisation(person: Person, subject: Owned) -> bool:
    return role_in(person, subject) is not None


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
