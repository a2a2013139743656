"""Signatures and their ends: everybody who hears of them."""

from __future__ import annotations

from portal.organisations import actions as organisations
from portal.policy import Role
from portal.services.telling import Audience
from portal.signatures import actions as signatures
from tests import factories as make
from tests.rooms.scenes.parts import Heard, Scene, of_staff, owner_of
from tests.test_policy import Who


def an_ending_confirmed_by_another() -> Scene:
    """Moderators look at the proof first; everybody else hears that they do."""
    _first, _second, everyone = of_staff()
    asker, owner = make.make_account(), make.make_account()
    signature = make.make_signature(make.make_organisation(owner=owner))
    ending = make.make_ending(
        signature,
        author=asker,
        is_known=False,
        email="directeur@example.org",
        proof=make.make_document(),
    )
    link, _token = make.make_signature_link(signature, purpose="end", ending=ending)
    signers = {"tekenbevoegde@example.org", "directeur@example.org"}
    judged = {
        Audience.OWNERS: {owner.email},
        Audience.SIGNATORY: signers,
        Audience.WRITER: {asker.email},
    }
    to_judge = {Audience.MODERATORS: everyone}
    return Scene(
        lambda: signatures.confirm_end(link),
        [
            Heard("ending", "confirm_with_proof", "ending_judged", judged),
            Heard("ending", "confirm_with_proof", "ending_to_judge", to_judge),
        ],
    )


def a_new_owner_while_an_ending_waits() -> Scene:
    """They get a link of their own to stop it."""
    new = make.make_account()
    organisation = make.make_ending(state="waiting").signature.organisation
    invitation, _token = make.make_invitation(organisation, email=new.email, role=Role.OWNER)
    waits = Heard("membership", "joined", "ending_waits", {Audience.PERSON: {new.email}})
    return Scene(
        lambda: organisations.accept(
            invitation, email=new.email, by=Who(new.id, email_key=new.email_key)
        ),
        [waits],
    )


def an_editor_made_owner_while_an_ending_waits() -> Scene:
    """They get a link of their own to stop it."""
    owner, editor = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=owner)
    make.make_ending(make.make_signature(organisation), state="waiting", author=owner)
    membership = make.make_membership(organisation, editor)
    waits = Heard("membership", "role_changed", "ending_waits", {Audience.PERSON: {editor.email}})
    return Scene(
        lambda: organisations.change_role(
            membership, role=str(Role.OWNER), job_title="", by=owner_of(owner, organisation)
        ),
        [waits],
    )


def a_signature_disowned() -> Scene:
    """Whoever may look into it hears."""
    _first, _second, everyone = of_staff()
    owner = make.make_account()
    organisation = make.make_organisation(owner=owner)
    signature = make.make_signature(organisation, is_historic=True)
    disowned = Heard("signature", "disowned", "claim_disowned", {Audience.MODERATORS: everyone})
    return Scene(
        lambda: signatures.disown(
            signature, reason="Dit tekenden wij niet.", by=owner_of(owner, organisation)
        ),
        [disowned],
    )
