"""LAW 1 as a table: every permission, every kind of person, every kind of subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from portal.policy import (
    OPEN_RULES,
    POLICY,
    VISITOR,
    Permission,
    Refusal,
    Role,
    Tie,
    can,
    opens_for_visitors,
    why_not,
)

OURS, OTHERS = 1, 2
WRITER = 7
DAY = date(2026, 11, 2)
SIGNATORY = "bevoegd@example.org"


@dataclass(frozen=True)
class Who:
    """Somebody who asks."""

    id: int | None = 1
    email_key: str | None = "who@example.org"
    is_authenticated: bool = True
    is_confirmed: bool = True
    is_moderator: bool = False
    is_beheerder: bool = False
    roles: Mapping[int, str] = field(default_factory=dict)
    frozen_organisation_ids: tuple[int, ...] = ()
    ties: Mapping[int, Tie] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """Something of our organisation, written by the writer."""

    is_public: bool = False
    has_owner: bool = True
    is_for_owners: bool = False
    is_of_vereniging: bool = False
    organisation_id: int = OURS
    author_id: int | None = WRITER
    concerned_organisation_ids: tuple[int, ...] = (OURS,)
    hidden_by: int | None = None
    concerned_emails: tuple[str, ...] = (SIGNATORY,)


PEOPLE = {
    "visitor": VISITOR,
    # Everything at once, but for the confirmed address: as good as a visitor who is signed in.
    "unconfirmed": Who(
        WRITER,
        is_confirmed=False,
        is_moderator=True,
        is_beheerder=True,
        roles={OURS: Role.OWNER},
    ),
    "account": Who(),
    "stranger": Who(roles={OTHERS: Role.OWNER}),
    "writer": Who(WRITER),
    "reader": Who(roles={OURS: Role.READER}),
    "editor": Who(roles={OURS: Role.EDITOR}),
    "owner": Who(roles={OURS: Role.OWNER}),
    # Of an organisation that the vereniging froze: they read, and write nothing in its name.
    "frozen_reader": Who(roles={OURS: Role.READER}, frozen_organisation_ids=(OURS,)),
    "frozen_editor": Who(roles={OURS: Role.EDITOR}, frozen_organisation_ids=(OURS,)),
    "frozen_owner": Who(roles={OURS: Role.OWNER}, frozen_organisation_ids=(OURS,)),
    "moderator": Who(is_moderator=True),
    "moderator_inside": Who(is_moderator=True, roles={OURS: Role.READER}),
    "moderator_left": Who(is_moderator=True, ties={OURS: Tie(Refusal.LEFT_ORGANISATION, DAY)}),
    "moderator_asked": Who(is_moderator=True, ties={OURS: Tie(Refusal.ASKED_ACCESS, DAY)}),
    "moderator_writer": Who(WRITER, is_moderator=True),
    "moderator_signatory": Who(email_key=SIGNATORY, is_moderator=True),
    "beheerder": Who(is_beheerder=True),
}
SUBJECTS = {
    "hidden": Subject(),
    "public": Subject(is_public=True),
    "ownerless": Subject(has_owner=False),
    "asked": Subject(is_for_owners=True),
    "entered": Subject(is_of_vereniging=True),
    "unclaimed": Subject(is_of_vereniging=True, has_owner=False),
}

ALL = " ".join(PEOPLE)
SIGNED_IN = " ".join(name for name in PEOPLE if name != "visitor")
CONFIRMED = " ".join(name for name in PEOPLE if name not in ("visitor", "unconfirmed"))
WRITERS = "writer moderator_writer"
EDITORS = "editor owner"
FROZEN = "frozen_reader frozen_editor frozen_owner"
MEMBERS = f"reader editor owner moderator_inside {FROZEN}"
MODERATORS = (
    "moderator moderator_inside moderator_left moderator_asked moderator_writer moderator_signatory"
)
STEWARDS = f"{MODERATORS} beheerder"
# From outside the organisation: who wrote for the vereniging may change it too.
OUTSIDE = "moderator moderator_writer moderator_signatory"
P = Permission

# Who may; another column where a public or an ownerless subject makes a difference.
TABLE: dict[Permission, dict[str, str]] = {
    P.ABSENCE_SET: {"hidden": MEMBERS},
    P.ACCESS_APPROVE: {"hidden": "moderator"},
    P.ACCESS_OBJECT: {"hidden": "owner frozen_owner"},
    P.ACCESS_PROPOSE: {
        "hidden": "",
        "ownerless": OUTSIDE,
        "unclaimed": OUTSIDE,
    },
    P.ACCESS_REQUEST_ANSWER: {"hidden": "owner"},
    P.ACCESS_REQUEST_DECIDE: {"hidden": "moderator", "asked": ""},
    P.ACCESS_REQUEST_MAKE: {"hidden": CONFIRMED},
    P.ACCESS_REQUEST_TAKE_BACK: {"hidden": WRITERS},
    P.ACCESS_WITHDRAW: {"hidden": WRITERS},
    P.ACCOUNT_CONFIRM: {"hidden": SIGNED_IN},
    P.ACCOUNT_EDIT: {"hidden": CONFIRMED},
    P.ARRIVAL_SEE: {"hidden": "moderator"},
    P.ARTICLE_EDIT: {"hidden": STEWARDS},
    P.ARTICLE_READ: {"hidden": STEWARDS, "public": ALL},
    P.CLAIM_ANSWER: {"hidden": "owner"},
    P.CLAIM_RETRACT: {"hidden": "", "entered": OUTSIDE, "unclaimed": OUTSIDE},
    P.COMMENT_EDIT: {"hidden": WRITERS},
    P.COMMENT_MODERATE: {"hidden": "moderator"},
    P.COMMENT_POST: {"hidden": CONFIRMED},
    P.COMMENT_READ: {"hidden": f"writer {MODERATORS}", "public": ALL},
    P.COMMENT_SPEAK_FOR_VERENIGING: {"hidden": STEWARDS},
    P.COMMITMENT_CLOSE: {"hidden": ALL},
    P.COMMITMENT_DRAFT: {
        "hidden": EDITORS,
        "ownerless": f"{EDITORS} {OUTSIDE}",
        "unclaimed": f"{EDITORS} {OUTSIDE}",
    },
    P.COMMITMENT_EDIT: {
        "hidden": EDITORS,
        "entered": f"{EDITORS} {OUTSIDE}",
        "unclaimed": f"{EDITORS} {OUTSIDE}",
    },
    P.COMMITMENT_ENTER: {"hidden": EDITORS, "unclaimed": f"{EDITORS} {OUTSIDE}"},
    P.COMMITMENT_READ: {
        "hidden": MEMBERS,
        "public": ALL,
        "entered": f"{MEMBERS} {OUTSIDE}",
        "unclaimed": f"{MEMBERS} {OUTSIDE}",
    },
    P.ENDING_DECIDE: {"hidden": "moderator"},
    P.ENDING_STOP: {"hidden": "owner frozen_owner moderator moderator_writer"},
    # Of something that the moderator did not hide.
    P.HIDING_CONFIRM: {"hidden": "moderator"},
    P.HIDING_DECIDE: {"hidden": "moderator"},
    P.INTAKE_RUN: {"hidden": "beheerder"},
    P.INVITATION_REVOKE: {
        "hidden": "owner",
        "ownerless": f"owner {OUTSIDE}",
        "unclaimed": f"owner {OUTSIDE}",
    },
    P.JOB_READ: {"hidden": "beheerder"},
    P.MAILBOX_READ: {"hidden": MEMBERS},
    P.MAILBOX_SET: {"hidden": "owner"},
    P.MANDATE_READ: {"hidden": MODERATORS},
    P.MEMBER_INVITE: {"hidden": "owner"},
    P.MEMBER_LEAVE: {"hidden": MEMBERS},
    P.MEMBER_MANAGE: {"hidden": "owner"},
    P.ORGANISATION_CORRECT: {"hidden": "", "entered": OUTSIDE, "unclaimed": OUTSIDE},
    P.ORGANISATION_CREATE: {"hidden": CONFIRMED},
    P.ORGANISATION_EDIT: {"hidden": EDITORS},
    P.ORGANISATION_ENTER: {"hidden": MODERATORS},
    P.ORGANISATION_FREEZE: {"hidden": "moderator"},
    P.ORGANISATION_PROPOSE: {"hidden": "owner"},
    P.ORGANISATION_READ: {"hidden": f"{MEMBERS} {MODERATORS}", "public": ALL},
    P.PACT_EDIT: {"hidden": "beheerder"},
    P.PACT_READ: {"hidden": "beheerder", "public": ALL},
    P.PROFILE_MODERATE: {"hidden": "moderator"},
    P.PROGNOSIS_GIVE: {"hidden": EDITORS},
    P.PROPOSAL_DECIDE: {"hidden": "moderator"},
    P.QUEUE_READ: {"hidden": MODERATORS},
    P.RAPPEL_ANSWER: {"hidden": EDITORS},
    P.RAPPEL_RUN: {"hidden": STEWARDS},
    P.REPORT_EDIT: {"hidden": STEWARDS},
    P.REPORT_READ: {"hidden": STEWARDS, "public": ALL},
    P.RIGHTS_READ: {"hidden": f"owner frozen_owner {STEWARDS}"},
    P.ROLE_ASSIGN: {"hidden": "beheerder"},
    P.SEARCH_READ: {"hidden": STEWARDS},
    P.SECOND_FACTOR_RESET: {"hidden": "beheerder"},
    P.SETTINGS_EDIT: {"hidden": "beheerder"},
    P.SIGNATURE_CONFIRM: {"hidden": ALL},
    P.SIGNATURE_DECIDE: {"hidden": "moderator"},
    P.SIGNATURE_ENTER: {"hidden": MODERATORS},
    P.SIGNATURE_PREPARE: {"hidden": EDITORS},
    P.SIGNATURE_READ: {"hidden": f"{MEMBERS} {MODERATORS}"},
    P.SIGNATURE_STOP: {"hidden": "owner"},
    P.WORK_PAGE_READ: {"hidden": f"{MEMBERS} {MODERATORS}"},
}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_it_lets_these_people_and_nobody_else(permission: Permission, subject: str) -> None:
    row = TABLE[permission]
    wanted = set(row.get(subject, row["hidden"]).split())
    found = {name for name, who in PEOPLE.items() if can(who, permission, SUBJECTS[subject])}
    assert found == wanted


@pytest.mark.parametrize("permission", Permission)
def test_it_knows_what_can_open_for_a_visitor(permission: Permission) -> None:
    opened = any(can(VISITOR, permission, subject) for subject in SUBJECTS.values())
    assert opens_for_visitors(permission) == opened == ("visitor" in str(TABLE[permission]))


def test_it_has_no_other_rule_that_says_yes_to_a_visitor() -> None:
    free = Subject(is_public=True, has_owner=False, author_id=None, concerned_organisation_ids=())
    rules = {rule for of_permission in POLICY.values() for rule in of_permission}
    assert {rule for rule in rules if rule(VISITOR, free)} == set(OPEN_RULES)


def test_it_has_a_row_for_every_permission_and_rules_for_every_row() -> None:
    assert set(TABLE) == set(Permission) == set(POLICY)
    assert all(POLICY.values()), "a permission without a rule is nobody's"


def test_it_names_permissions_thing_and_verb_in_the_order_of_the_alphabet() -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)
    assert [permission.value.count(":") for permission in Permission] == [1] * len(names)


def test_it_asks_about_the_organisation_of_the_subject_and_no_other() -> None:
    theirs = Subject(organisation_id=OTHERS, concerned_organisation_ids=(OTHERS,))
    assert not can(PEOPLE["owner"], P.COMMITMENT_EDIT, theirs)
    assert can(PEOPLE["stranger"], P.COMMITMENT_EDIT, theirs)
    assert can(PEOPLE["moderator_inside"], P.COMMENT_MODERATE, theirs)


def test_it_keeps_moderators_from_every_organisation_that_is_concerned() -> None:
    both = Subject(organisation_id=OTHERS, concerned_organisation_ids=(OTHERS, OURS))
    assert can(PEOPLE["moderator"], P.COMMENT_MODERATE, both)
    assert not can(PEOPLE["moderator_inside"], P.COMMENT_MODERATE, both)


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        ("moderator", None),
        ("moderator_writer", Refusal.OWN_TEXT),
        ("moderator_inside", Refusal.OWN_ORGANISATION),
        ("moderator_left", Refusal.LEFT_ORGANISATION),
        ("moderator_asked", Refusal.ASKED_ACCESS),
        ("moderator_signatory", Refusal.IS_SIGNATORY),
        ("owner", Refusal.NO_ROLE),
        ("visitor", Refusal.NO_ROLE),
    ],
)
def test_it_says_why_somebody_may_not_decide(person: str, reason: Refusal | None) -> None:
    assert why_not(PEOPLE[person], P.SIGNATURE_DECIDE, SUBJECTS["hidden"]) == reason


@pytest.mark.parametrize("person", ["frozen_owner", "frozen_editor"])
def test_it_says_that_they_may_not_only_since_it_is_frozen(person: str) -> None:
    draft = SUBJECTS["hidden"]
    assert why_not(PEOPLE[person], P.COMMITMENT_EDIT, draft) == Refusal.FROZEN
    assert can(PEOPLE[person], P.COMMITMENT_READ, draft)
    theirs = Subject(organisation_id=OTHERS)
    assert why_not(PEOPLE[person], P.COMMITMENT_EDIT, theirs) == Refusal.NO_ROLE


def test_it_does_not_blame_the_freezing_where_the_role_is_too_low() -> None:
    assert why_not(PEOPLE["frozen_editor"], P.MEMBER_INVITE, SUBJECTS["hidden"]) == Refusal.NO_ROLE
    assert why_not(PEOPLE["frozen_reader"], P.COMMITMENT_EDIT, SUBJECTS["hidden"]) == (
        Refusal.NO_ROLE
    )


def test_it_says_that_the_owners_answer_first() -> None:
    asked = SUBJECTS["asked"]
    assert why_not(PEOPLE["moderator"], P.ACCESS_REQUEST_DECIDE, asked) == Refusal.OWNERS_FIRST
    inside = why_not(PEOPLE["moderator_inside"], P.ACCESS_REQUEST_DECIDE, asked)
    assert inside == Refusal.OWN_ORGANISATION


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("person", PEOPLE)
def test_it_has_a_reason_for_everybody_who_may_not_and_for_nobody_else(
    permission: Permission, person: str
) -> None:
    for subject in SUBJECTS.values():
        may = can(PEOPLE[person], permission, subject)
        assert may == (why_not(PEOPLE[person], permission, subject) is None)


def test_it_lets_no_moderator_confirm_what_they_hid_themselves() -> None:
    hider = Who(is_moderator=True)
    assert not can(hider, P.HIDING_CONFIRM, Subject(hidden_by=hider.id))
    assert can(Who(9, is_moderator=True), P.HIDING_CONFIRM, Subject(hidden_by=hider.id))


def test_it_takes_no_address_for_that_of_a_visitor() -> None:
    nameless = Subject(concerned_emails=())
    assert can(Who(email_key=None, is_moderator=True), P.SIGNATURE_DECIDE, nameless)


def test_it_refuses_a_permission_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="comment:burn"):
        can(VISITOR, "comment:burn", SUBJECTS["hidden"])
