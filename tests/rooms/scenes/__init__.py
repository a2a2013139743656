"""Acts with everybody who hears of them by name: what the world of tests does not bring about."""

from __future__ import annotations

from collections.abc import Callable

from portal.services.telling import Audience
from tests.rooms.scenes import accounts, people, signing, texts
from tests.rooms.scenes.parts import Scene

SCENES: tuple[Callable[[], Scene], ...] = (
    people.an_approval,
    people.an_approval_undone,
    people.an_announcement_undone,
    people.an_owner_who_leaves,
    people.an_owner_removed,
    people.an_owner_made_editor,
    people.a_question_without_owner,
    people.a_mailbox_put_back,
    people.a_member_removed,
    accounts.an_address_asked,
    accounts.an_address_changed,
    people.a_stand_in_less,
    people.another_stand_in,
    accounts.a_beheerder_made,
    accounts.a_beheerder_less,
    accounts.a_moderator_less,
    texts.an_article_hidden,
    texts.an_article_brought_back,
    texts.a_photo_hidden,
    texts.a_photo_brought_back,
    texts.a_logo_hidden,
    texts.a_comment_below_an_article,
    texts.a_comment_below_an_article_of_who_left,
    texts.a_comment_below_a_signatory,
    texts.an_answer,
    texts.a_placing_undone,
    texts.a_placing_below_an_article_undone,
    signing.an_ending_confirmed_by_another,
    signing.a_new_owner_while_an_ending_waits,
    signing.an_editor_made_owner_while_an_ending_waits,
    signing.a_signature_disowned,
)

# What does not happen in the world of tests, because nobody there stands where it would: thing,
# act and template, with whom it reaches in a scene.
NOT_IN_THE_WORLD: dict[tuple[str, str, str], set[Audience]] = {
    ("access_proposal", "approve", "organisation_access_agreed"): {Audience.WRITER},
    ("access_proposal", "undo", "decision_undone"): {Audience.PERSON, Audience.WRITER},
    ("access_proposal", "undo", "organisation_access_stopped"): {
        Audience.MODERATORS,
        Audience.OWNERS,
        Audience.PERSON,
        Audience.SIGNATORY,
    },
    ("membership", "left", "organisation_access_announced"): {Audience.OWNERS, Audience.SIGNATORY},
    ("membership", "removed", "organisation_access_announced"): {
        Audience.OWNERS,
        Audience.SIGNATORY,
    },
    ("membership", "role_changed", "organisation_access_announced"): {
        Audience.OWNERS,
        Audience.SIGNATORY,
    },
    ("access_request", "ask", "organisation_access_asked"): {Audience.MODERATORS},
    ("mailbox", "put_back", "organisation_mailbox"): {Audience.OWNERS, Audience.PERSON},
    ("account", "beheerder_given", "account_role_news"): {Audience.MODERATORS},
    ("account", "beheerder_given", "account_roles"): {Audience.PERSON},
    ("account", "beheerder_taken", "account_role_news"): {Audience.MODERATORS},
    ("account", "beheerder_taken", "account_roles"): {Audience.PERSON},
    ("account", "moderator_taken", "account_roles"): {Audience.PERSON},
    ("article", "hide", "hidden"): {Audience.WRITER},
    ("article", "restore", "restored"): {Audience.WRITER},
    ("picture", "hide", "hidden"): {
        Audience.EDITORS,
        Audience.MAILBOX,
        Audience.OWNERS,
        Audience.WRITER,
    },
    ("picture", "restore", "restored"): {Audience.WRITER},
    ("comment", "place", "comment_below"): {Audience.HOST, Audience.OWNERS},
    ("ending", "confirm_with_proof", "ending_judged"): {
        Audience.OWNERS,
        Audience.SIGNATORY,
        Audience.WRITER,
    },
    ("ending", "confirm_with_proof", "ending_to_judge"): {Audience.MODERATORS},
    ("membership", "joined", "ending_waits"): {Audience.PERSON},
    ("membership", "role_changed", "ending_waits"): {Audience.PERSON},
    ("signature", "disowned", "claim_disowned"): {Audience.MODERATORS},
}
ONLY_IN_SCENES = {
    ((key[0], key[1]), key[2], to) for key, reach in NOT_IN_THE_WORLD.items() for to in reach
}

# Mails of which the row acted upon does not say whose they are: to an address that an account had
# or will have, for a stand-in whose row is gone by then, to everybody above an answer. The two
# without a scene are no mail of an action: see tests/personal and tests/signatures/test_mails.py.
WITHOUT_SCENE = {"account_erased", "signature_bounced"}
ELSEWHERE = {
    "account_email",
    "account_email_confirm",
    "comment_answered",
    "comment_gone",
    "organisation_member_removed",
    "organisation_stand_in_ended",
} | WITHOUT_SCENE
