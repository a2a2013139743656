"""Writing organisations: entering them, giving them an address, and who belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.comments.models import CommentVersion
from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists, FieldRefused, LinkDead, PortalError
from portal.organisations import actions, queries
from portal.organisations.facts import Facts
from portal.organisations.models import Invitation, Membership, Organisation
from portal.policy import Permission, Role, can
from portal.services.history import history_of
from tests.factories import (
    kind,
    make_access_request,
    make_account,
    make_comment,
    make_comment_version,
    make_document,
    make_invitation,
    make_membership,
    make_moderator,
    make_organisation,
    make_profile,
    make_signature,
    make_signature_link,
)
from tests.organisations.scenes import Scene, role


class TestEnter:
    def test_it_enters_an_organisation_that_nobody_belongs_to(self, app: Any) -> None:
        moderator = make_moderator()
        with write_section():
            made = actions.enter(
                Facts("Oud lid (fictief)", kind("gemeente").id, numbers={"cbs": "GM0001"}),
                is_fictional=True,
                by=moderator,
            )
        assert queries.people_of(made.id) == [] and not made.has_owner
        assert (made.cbs, made.is_fictional, made.is_public) == ("GM0001", True, False)
        assert [row.step for row in history_of("organisation", made.id)] == ["entered"]

    def test_it_gives_an_address_once_and_for_ever(self, app: Any) -> None:
        first = make_organisation(name="Gemeente 's-Dorp (fictief)")
        second = make_organisation(name="Gemeente s Dorp (fictief)")
        with write_section():
            for found in (first, second, first):
                actions.publish(queries.get_organisation(found.id), by=None)
        db.session.refresh(first)
        assert first.slug == "gemeente-s-dorp-fictief"
        published = first.published_at
        assert queries.get_organisation(second.id).slug == "gemeente-s-dorp-fictief-2"
        with write_section():
            again = queries.get_organisation(first.id)
            again.name = "Anders"
            actions.publish(again, by=None)
        assert (again.slug, again.published_at) == ("gemeente-s-dorp-fictief", published)
        steps = [row.step for row in history_of("organisation", first.id)]
        assert steps == ["published"]


class TestRemove:
    def test_it_tells_the_second_of_two_owners_who_remove_at_once(self, scene: Scene) -> None:
        member = make_membership(scene.organisation)
        with pytest.raises(AlreadyExists), write_section():
            standing = db.session.get_one(Membership, member.id)
            db.session.execute(delete(Membership).where(Membership.id == member.id))
            actions.remove(standing, by=scene.owner)


class TestLeave:
    def test_it_holds_the_second_of_two_owners_who_leave(self, scene: Scene) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        first = queries.find_membership(scene.organisation.id, scene.owner.id)
        assert first is not None
        with write_section():
            actions.leave(db.session.get_one(Membership, first.id), by=scene.owner)
        with pytest.raises(FieldRefused), write_section():
            actions.leave(db.session.get_one(Membership, second.id), by=second.account)
        assert [found.id for found in db.session.scalars(select(Membership))] == [second.id]


Lose = Callable[[Membership, Account], None]
GUEST = "vriend@elders.example"


def _remove(membership: Membership, owner: Account) -> None:
    with write_section():
        actions.remove(db.session.get_one(Membership, membership.id), by=owner)


def _leave(membership: Membership, _owner: Account) -> None:
    with write_section():
        actions.leave(db.session.get_one(Membership, membership.id), by=membership.account)


def _change(membership: Membership, owner: Account, to: Role) -> None:
    with write_section():
        standing = db.session.get_one(Membership, membership.id)
        actions.change_role(standing, role=str(to), job_title="", by=owner)


def _demote(membership: Membership, owner: Account) -> None:
    _change(membership, owner, Role.READER)


def _hand_over(membership: Membership, owner: Account) -> None:
    with write_section():
        actions.hand_over(
            db.session.get_one(Membership, membership.id),
            successor=make_membership(membership.organisation, role=Role.EDITOR),
            stay_as=str(Role.EDITOR),
            by=membership.account,
        )


LOSSES = pytest.mark.parametrize("lose", [_remove, _leave, _demote, _hand_over])


class TestDropped:
    """What somebody set out under a role works for nobody once that role is lost."""

    @LOSSES
    def test_it_lets_no_invitation_work_and_says_why(
        self, scene: Scene, client: Any, lose: Lose
    ) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        invitation, token = make_invitation(
            scene.organisation, email=GUEST, role=Role.OWNER, author=second.account
        )
        theirs, _token = make_invitation(scene.organisation, author=scene.owner)
        elsewhere = make_organisation(owner=second.account)
        other, _token = make_invitation(elsewhere, author=second.account)
        lose(second, scene.owner)
        db.session.expire_all()
        assert (invitation.state, theirs.state, other.state) == ("revoked", "open", "open")
        page = client.get(f"/uitnodigingen/{token}")
        assert page.status == 410 and "Wie u uitnodigde, mag dat niet meer" in page.main

    def test_it_asks_at_the_acceptance_whether_the_invitation_may_be_sent_today(
        self, scene: Scene
    ) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        invitation, _token = make_invitation(
            scene.organisation, email=GUEST, role=Role.OWNER, author=second.account
        )
        # As if another process had taken the role without a look at the invitations.
        with write_section():
            db.session.get_one(Membership, second.id).role = str(Role.EDITOR)
        with pytest.raises(LinkDead) as dead:
            _accept(invitation, make_account(email=GUEST))
        assert dead.value.why == queries.INVITER_GONE

    @pytest.mark.parametrize("lose", [_remove, _leave, _demote])
    def test_it_takes_back_the_link_to_sign_and_tells_the_eigenaren(
        self, scene: Scene, client: Any, mailbox: Any, lose: Lose
    ) -> None:
        editor = make_membership(scene.organisation)
        signature = make_signature(
            scene.organisation,
            state="awaiting_confirmation",
            author=editor.account,
            mandate=make_document(),
        )
        _link, token = make_signature_link(signature)
        lose(editor, scene.owner)
        db.session.expire_all()
        assert signature.state == "draft"
        assert client.get(f"/ondertekening-bevestigen/{token}").status == 410
        mailbox.deliver()
        told = [mail.subject for mail in mailbox.to(scene.owner.email)]
        assert any("Verzoek om te tekenen" in subject for subject in told) is (lose is _leave)

    def test_it_leaves_a_link_to_sign_of_somebody_who_may_still_prepare(self, scene: Scene) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        signature = make_signature(
            scene.organisation, state="awaiting_confirmation", author=second.account
        )
        make_signature_link(signature)
        _change(second, scene.owner, Role.EDITOR)
        db.session.expire_all()
        assert signature.state == "awaiting_confirmation"

    @pytest.mark.parametrize("lose", [_remove, _leave])
    def test_it_lets_a_text_that_waits_speak_for_its_writer_alone(
        self, scene: Scene, sign_in: Any, mailbox: Any, lose: Lose
    ) -> None:
        editor = make_membership(scene.organisation)
        comment = make_comment(
            state="pending", author=editor.account, organisation=scene.organisation
        )
        lose(editor, scene.owner)
        db.session.expire_all()
        assert (comment.organisation_id, comment.organisation_name) == (None, None)
        assert (comment.job_title, comment.state) == ("", "pending")
        mailbox.deliver()
        subjects = [mail.subject for mail in mailbox.to(editor.account.email)]
        assert f"Uw tekst spreekt niet meer namens {scene.organisation.name}" in subjects
        desk = sign_in(make_moderator()).get("/werkvoorraad")
        assert f"Eerst was dit namens {scene.organisation.name}" in desk.main

    def test_it_withdraws_a_change_of_a_text_that_stands_there(self, scene: Scene) -> None:
        editor = make_membership(scene.organisation)
        comment = make_comment(author=editor.account, organisation=scene.organisation)
        make_comment_version(comment, author=editor.account)
        with write_section():
            comment.discussion.pending_count += 1
        _remove(editor, scene.owner)
        db.session.expire_all()
        assert [text.state for text in _texts(comment.id)] == ["placed", "withdrawn"]
        assert (comment.state, comment.discussion.pending_count) == ("placed", 0)

    def test_it_leaves_the_texts_of_somebody_with_another_role(self, scene: Scene) -> None:
        editor = make_membership(scene.organisation)
        comment = make_comment(
            state="pending", author=editor.account, organisation=scene.organisation
        )
        _demote(editor, scene.owner)
        db.session.expire_all()
        assert comment.organisation_id == scene.organisation.id

    @pytest.mark.parametrize("lose", [_remove, _leave, _demote])
    @pytest.mark.parametrize("state", ["pending", "change_asked"])
    def test_it_withdraws_a_text_for_the_page_that_was_not_placed(
        self, scene: Scene, lose: Lose, state: str
    ) -> None:
        editor = make_membership(scene.organisation)
        text = make_profile(scene.organisation, state=state, author=editor.account)
        placed = make_profile(scene.organisation, author=editor.account)
        lose(editor, scene.owner)
        db.session.expire_all()
        assert (text.state, placed.state) == ("withdrawn", "placed")

    def test_it_lets_a_demoted_eigenaar_hand_nothing_over(self, scene: Scene, sign_in: Any) -> None:
        second = make_membership(scene.organisation, role=Role.OWNER)
        friend = make_membership(scene.organisation, role=Role.READER)
        client = sign_in(second.account)
        form = client.get("organisations.hand_over", organisation_id=scene.organisation.id).form()
        _demote(second, scene.owner)
        answer = form.submit({"successor": str(friend.id), "stay_as": "lezer"})
        assert answer.status == 403 and role(scene.organisation, friend.account) == "lezer"

    def test_it_raises_no_role_without_a_trace(self, scene: Scene) -> None:
        member = make_membership(scene.organisation, role=Role.READER)
        asked = make_access_request(make_organisation(), author=member.account)
        assert asked.state == "open"
        invitation, _token = make_invitation(
            scene.organisation, email=member.account.email, role=Role.OWNER, author=scene.owner
        )
        _accept(invitation, member.account)
        assert [row.step for row in history_of("membership", member.id)] == ["role_changed"]

    def test_it_lowers_no_role_by_an_invitation(self, scene: Scene) -> None:
        member = make_membership(scene.organisation, role=Role.EDITOR)
        invitation, _token = make_invitation(
            scene.organisation, email=member.account.email, role=Role.READER, author=scene.owner
        )
        _accept(invitation, member.account)
        assert role(scene.organisation, member.account) == Role.EDITOR
        assert history_of("membership", member.id) == []


def _texts(comment_id: int) -> list[CommentVersion]:
    query = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    return list(db.session.scalars(query.order_by(CommentVersion.number)))


def _accept(invitation: Invitation, account: Account) -> None:
    with write_section():
        standing = db.session.get_one(Invitation, invitation.id)
        actions.accept(standing, email=account.email, by=account)


def _may_invite(account: Account, organisation: Organisation) -> bool:
    person = queries.person_of(account.id)
    return person is not None and can(person, Permission.MEMBER_INVITE, organisation)


class TestAcceptedInvitations:
    def test_it_comes_from_somebody_who_may_invite_now_in_every_order(self, app: Any) -> None:
        """The property: no order of inviting and losing or regaining a role gives more."""
        accepted = set()
        for order in permutations(("invite", "demote", "raise", "remove", "accept")):
            owner = make_account()
            organisation = make_organisation(owner=owner)
            member = make_membership(organisation, role=Role.OWNER)
            inviter, guest = member.account, make_account()
            for act in order:
                may = _may_invite(inviter, organisation)
                try:
                    _do(act, member, owner, guest)
                except PortalError:
                    continue
                if act == "accept" and role(organisation, guest) is not None:
                    assert may, order
                    accepted.add(order)
        assert ("invite", "accept", "demote", "raise", "remove") in accepted
        assert ("invite", "demote", "raise", "accept", "remove") not in accepted


def _do(act: str, member: Membership, owner: Account, guest: Account) -> None:
    """Do one act of the property, as far as it can be done now."""
    standing = queries.find_membership(member.organisation_id, member.account_id)
    organisation = queries.get_organisation(member.organisation_id)
    if act == "invite" and _may_invite(member.account, organisation):
        with write_section():
            actions.invite(
                organisation,
                email=guest.email,
                role=str(Role.OWNER),
                inviter="Iemand",
                by=member.account,
            )
    elif act == "accept":
        query = select(Invitation).where(Invitation.email_key == guest.email_key)
        for invitation in db.session.scalars(query):
            _accept(invitation, guest)
    elif standing is not None and act == "remove":
        _remove(standing, owner)
    elif standing is not None and act in ("demote", "raise"):
        _change(standing, owner, Role.READER if act == "demote" else Role.OWNER)
