"""Every route and everybody: the table says who may pass, and a route without a row fails."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.accounts.actions.links import CHANGE, CONFIRM, RESET, make_link
from portal.accounts.models import Account, AccountSession
from portal.comments import actions as comments
from portal.commitments.models import CommitmentDocument
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.tokens import new_token
from portal.documents.looking import mark_to_look
from portal.documents.upload import KeptUpload
from portal.following.links import Stopped, new_code, seal_stopped, token_of
from portal.intake.columns import Sheet
from portal.intake.verdicts import Verdict
from portal.lifecycle.claims import EnteredAs
from portal.opendata.making import make_archive
from portal.organisations.models import Organisation
from portal.policy import POLICY, WRITERS, Permission, Role, opens_for_visitors
from portal.services import drafts
from portal.services.jobs import enqueue
from portal.services.models import HistoryRow, Job
from portal.signatures.models import Signature
from tests import factories as make
from tests.harness import databases, worlds
from tests.harness.client import Client
from tests.harness.portal import count_queries

Values = Callable[["World"], dict[str, Any]]

VIEWERS = ("visitor", "account", "editor", "owner", "moderator", "beheerder")
ALL = " ".join(VIEWERS)
PEOPLE = "account editor owner moderator beheerder"
EDITORS = "editor owner"
INSIDE = "editor owner moderator"
STEWARDS = "moderator beheerder"
# Of comments and requests it is the account who wrote them.
WRITER = "account"
_numbers = count(1)
# The number of nothing.
MISSING = 999_999
FROZEN = "De vereniging onderzoekt een melding over deze organisatie."
STANDS_AGAIN = "Uw tekst staat er weer. U hebt de tekst nog niet verstuurd."
OBJECTION = "een-link-om-bezwaar-te-maken"


@dataclass
class World:
    """One organisation with its people, and something in it for every address."""

    owner: Account
    editor: Account
    account: Account
    moderator: Account
    beheerder: Account
    kept: SimpleNamespace = field(default_factory=SimpleNamespace)

    def reader(self, viewer: str) -> Account | None:
        return None if viewer == "visitor" else getattr(self, viewer)

    def organisation(self) -> Organisation:
        """One more organisation of the same owner and editor."""
        found = make.make_organisation(owner=self.owner)
        make.make_membership(found, self.editor, role=Role.EDITOR)
        return found

    def signature(self, state: str) -> dict[str, Any]:
        """The address of a signature in this state, of an organisation of its own."""
        found = make.make_signature(
            self.organisation(), state=state, author=self.owner, mandate=make.make_document()
        )
        return {"signature_id": found.id}

    def link(self, state: str, purpose: str) -> dict[str, Any]:
        signature = make.make_signature(self.organisation(), state=state, author=self.owner)
        if purpose == "end":
            ending = make.make_ending(signature, author=self.owner)
            return {"token": make.make_signature_link(signature, purpose="end", ending=ending)[1]}
        return {"token": make.make_signature_link(signature, purpose=purpose)[1]}


def _nothing(_world: World) -> dict[str, Any]:
    return {}


def _first_description(world: World) -> dict[str, Any]:
    return {"slug": world.kept.organisation_slug, "number": 1}


def _year(world: World) -> dict[str, Any]:
    return {"slug": world.kept.organisation_slug, "year": clock.today().year}


def _as_pdf(_world: World) -> dict[str, Any]:
    return {"form": "pdf"}


def _as_csv(_world: World) -> dict[str, Any]:
    return {"ending": "csv"}


def _org(world: World) -> dict[str, Any]:
    return {"organisation_id": world.kept.organisation.id}


def _draft(world: World) -> dict[str, Any]:
    return {"commitment_id": world.kept.draft.id}


def _published(world: World) -> dict[str, Any]:
    return {"commitment_id": world.kept.commitment.id}


def _prognosis(world: World) -> dict[str, Any]:
    return {**_published(world), "prognosis_id": world.kept.prognosis.id}


def _rappel(world: World) -> dict[str, Any]:
    return {"name": world.kept.rappel.name}


def _outcome(more: dict[str, Any]) -> Values:
    """The address of something of a rappel that was published."""
    return lambda world: {"name": world.kept.rappel_published.name, **more}


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.kept.commitment.slug}


def _first_version(world: World) -> dict[str, Any]:
    return {"slug": world.kept.commitment.slug, "number": 1}


def _first_version_of_article(world: World) -> dict[str, Any]:
    return {"slug": world.kept.article_slug, "number": 1}


def _paper(commitment: str, *names: str) -> Values:
    def values(world: World) -> dict[str, Any]:
        found = getattr(world.kept, commitment)
        document = world.kept.papers[found.id]
        known = {
            "commitment_id": found.id,
            "slug": found.slug,
            "document_id": document.id,
            "number": 1,
            "file_name": "plan.pdf",
            "page": 1,
        }
        return {name: known[name] for name in names}

    return values


def _of(name: str, attribute: str) -> Values:
    return lambda world: {attribute: getattr(world.kept, name).id}


def _both(name: str, attribute: str) -> Values:
    return lambda world: {**_org(world), attribute: getattr(world.kept, name).id}


def _frozen(world: World) -> dict[str, Any]:
    return {"organisation_id": world.kept.frozen.id}


def _claim(world: World) -> dict[str, Any]:
    return {**_org(world), "kind": "toezegging", "number": world.kept.claimed.id}


def _arrival(world: World) -> dict[str, Any]:
    organisation = make.make_signature().organisation
    return {"arrival_id": make.make_arrival(organisation, make.make_account()).id}


def _message(world: World) -> dict[str, Any]:
    update = world.kept.told
    return {"commitment_id": update.commitment_id, "update_id": update.id}


def _text(name: str, attribute: str) -> Values:
    return lambda world: {attribute: getattr(world.kept, name)}


def _signature(state: str) -> Values:
    return lambda world: world.signature(state)


def _application(world: World) -> dict[str, Any]:
    return {"number": world.signature("confirmed")["signature_id"]}


def _link(state: str, purpose: str) -> Values:
    return lambda world: world.link(state, purpose)


def _ending(state: str, attribute: str) -> Values:
    """An ending of an organisation of its own; a proposal is of the world's moderator."""

    def values(world: World) -> dict[str, Any]:
        signature = make.make_signature(world.organisation(), author=world.owner)
        author = world.moderator if state == "proposed" else world.owner
        proof = make.make_document() if state == "confirmed" else None
        ending = make.make_ending(signature, state=state, author=author, proof=proof)
        return {attribute: signature.id if attribute == "signature_id" else ending.id}

    return values


def _stop_link(world: World) -> dict[str, Any]:
    signature = make.make_signature(world.organisation(), author=world.owner)
    ending = make.make_ending(signature, state="waiting", author=world.owner)
    return {"token": make.make_stop_link(ending)[1]}


def _follower(_world: World) -> dict[str, Any]:
    number = next(_numbers)
    return {"token": token_of(make.make_follower(email=f"lezer{number}@voorbeeld.example").code)}


def _stopped(_world: World) -> dict[str, Any]:
    number = next(_numbers)
    stopped = Stopped(
        None, f"lezer{number}@voorbeeld.example", "nl", new_code(), [("", "meteen", _now())], _now()
    )
    return {"token": seal_stopped(stopped)}


def _now() -> str:
    return clock.now().isoformat()


def _fixed(**values: Any) -> Values:
    return lambda _world: values


def _intake(state: str) -> Values:
    """A file in a state, with a row that can be brought in."""

    def values(_world: World) -> dict[str, Any]:
        intake = make.make_intake(state=state)
        make.make_intake_row(intake, verdict=Verdict.NEW)
        return {"intake_id": intake.id}

    return values


def _intake_row(_world: World) -> dict[str, Any]:
    named = {"ondertekenaar": "Gemeente Nieuwland (fictief)", "titel": "Een plan"}
    row = make.make_intake_row(make.make_intake(), sheet=Sheet.COMMITMENTS, **named)
    return {"intake_id": row.intake_id, "row_id": row.id}


def _public(name: str, path: str) -> Values:
    return lambda world: {"thing": path, "number": getattr(world.kept, name).id}


def _mailbox(world: World, state: str) -> str:
    token = new_token()
    make.make_mailbox(world.organisation(), state=state, token=token)
    return token


def _with_mailbox(world: World) -> dict[str, Any]:
    organisation = world.organisation()
    make.make_mailbox(organisation)
    return {"organisation_id": organisation.id}


def _with_archive(_world: World) -> dict[str, Any]:
    make_archive()
    return {}


def _former_mailbox(world: World) -> dict[str, Any]:
    organisation = world.organisation()
    make.make_mailbox(organisation, state="put_away")
    return {"organisation_id": organisation.id}


def _hidden_comment(world: World) -> dict[str, Any]:
    comment, hider = make.make_comment(), make.make_moderator()
    with write_section():
        comments.hide(comment, ground="other", reason="Daarom.", by=hider)
    return {"thing": "reactie", "number": comment.id}


def _shown_document(world: World) -> dict[str, Any]:
    document = world.kept.papers[world.kept.commitment.id]
    return {"thing": "document", "number": document.versions[0].id}


FILE = ("document_id", "number", "file_name")
ROWS: dict[str, tuple[str, Values]] = {
    "accounts.accept_role": (ALL, _text("staff_token", "token")),
    "accounts.ask_code": (ALL, _nothing),
    "accounts.ask_recovery_code": (ALL, _nothing),
    "accounts.assign": ("beheerder", _of("somebody", "account_id")),
    "accounts.change_email": (PEOPLE, _nothing),
    "accounts.change_password": (PEOPLE, _nothing),
    "accounts.confirm": (ALL, _text("confirm_token", "token")),
    "accounts.desk_keys": (PEOPLE, _nothing),
    "accounts.drop_text": (PEOPLE, _nothing),
    "accounts.put_text_back": (PEOPLE, _nothing),
    "accounts.forgotten": (ALL, _nothing),
    "accounts.invite_staff": ("beheerder", _nothing),
    "accounts.mail_staff_again": ("beheerder", _of("staff_invitation", "invitation_id")),
    "accounts.overview": (PEOPLE, _nothing),
    "accounts.register": (ALL, _nothing),
    "accounts.registered": (ALL, _nothing),
    "accounts.rename": (PEOPLE, _nothing),
    "accounts.renew_codes": (PEOPLE, _nothing),
    "accounts.reset": (ALL, _text("reset_token", "token")),
    # Of somebody else: nobody resets their own.
    "accounts.reset_factor": ("beheerder", _of("somebody", "account_id")),
    "accounts.reset_mailed": (ALL, _nothing),
    "accounts.revoke_staff_invitation": ("beheerder", _of("staff_invitation", "invitation_id")),
    "accounts.roles": ("beheerder", _nothing),
    "accounts.second_factor": (PEOPLE, _nothing),
    "accounts.sessions": (PEOPLE, _nothing),
    "accounts.set_factor": (PEOPLE, _nothing),
    "accounts.sign_in": (ALL, _nothing),
    "accounts.sign_out": (ALL, _nothing),
    "accounts.extend_session": (PEOPLE, _nothing),
    "accounts.stop_other_sessions": (PEOPLE, _nothing),
    # The session is the account's own: nobody else finds it.
    "accounts.stop_session": (WRITER, _of("session", "session_id")),
    "accounts.take_email": (ALL, _text("change_token", "token")),
    "accounts.turn_off_factor": (PEOPLE, _nothing),
    "accounts.unconfirmed": (PEOPLE, _nothing),
    "assets.favicon": (ALL, _nothing),
    "assets.built": (ALL, _text("built", "name")),
    "comments.edit": (WRITER, _of("comment", "comment_id")),
    "comments.history": (ALL, _of("comment", "comment_id")),
    "comments.mine": (PEOPLE, _nothing),
    "comments.post": (PEOPLE, _of("discussion", "discussion_id")),
    "comments.withdraw": (WRITER, _of("comment", "comment_id")),
    "commitments.add_document": (EDITORS, _draft),
    "commitments.add_version": (EDITORS, _paper("commitment", "commitment_id", "document_id")),
    "commitments.atom": (ALL, _nothing),
    "commitments.calendar": (ALL, _nothing),
    "commitments.calendar_of_one": (ALL, _slug),
    "commitments.create": (EDITORS, _org),
    "commitments.describe_document": (
        EDITORS,
        _paper("commitment", "commitment_id", "document_id"),
    ),
    "commitments.discard": (EDITORS, _draft),
    "commitments.document": (ALL, _paper("commitment", "slug", *FILE)),
    "commitments.document_preview": (ALL, _paper("commitment", "slug", *FILE[:2])),
    "commitments.document_sheet": (ALL, _as_csv),
    "commitments.draft_document": (EDITORS, _paper("draft", "commitment_id", *FILE)),
    "commitments.draft_document_preview": (
        EDITORS,
        _paper("draft", "commitment_id", *FILE[:2]),
    ),
    "commitments.edit": (EDITORS, _published),
    "commitments.foretell": (EDITORS, _published),
    "commitments.history": (ALL, _slug),
    "commitments.index": (ALL, _nothing),
    "commitments.move_term": (EDITORS, _published),
    "commitments.page_picture": (ALL, _paper("commitment", "slug", *FILE[:2], "page")),
    "commitments.preview": (EDITORS, _draft),
    "commitments.publish": (EDITORS, _draft),
    "commitments.read_document": (ALL, _paper("commitment", "slug", *FILE[:2])),
    "commitments.read_draft_document": (EDITORS, _paper("draft", "commitment_id", *FILE[:2])),
    "commitments.read_page": (ALL, _paper("commitment", "slug", *FILE[:2], "page")),
    "commitments.recall": (EDITORS, _prognosis),
    "commitments.remove_document": (EDITORS, _paper("draft", "commitment_id", "document_id")),
    "commitments.report": (EDITORS, _published),
    "commitments.retract": ("moderator", _message),
    "commitments.sheet": (ALL, _as_csv),
    "commitments.show": (ALL, _slug),
    "commitments.term": (ALL, _nothing),
    "commitments.citation": (ALL, _first_version),
    "commitments.version": (ALL, _first_version),
    "commitments.withdraw": (EDITORS, _published),
    "commitments.write_out": (EDITORS, _paper("commitment", "commitment_id", *FILE[:2])),
    "documents.picture": (ALL, _text("picture_key", "key")),
    "moderation.access_request": ("moderator", _of("request", "number")),
    "moderation.access_proposal": ("moderator", _of("access_proposal", "number")),
    "moderation.access_proposal_undo": ("moderator", _of("access_proposal", "number")),
    "moderation.access_request_undo": ("moderator", _of("unowned_request", "number")),
    "moderation.comment_version_undo": ("moderator", _of("version", "number")),
    "moderation.decided": ("moderator", _nothing),
    "moderation.ending_undo": ("moderator", _ending("refused", "number")),
    "moderation.identity_proposal_undo": ("moderator", _of("proposal", "number")),
    "moderation.profile_undo": ("moderator", _of("profile", "number")),
    "moderation.seen_arrivals": ("moderator", _nothing),
    "moderation.signature_undo": ("moderator", _application),
    "moderation.unsee_arrival": ("moderator", _arrival),
    "moderation.access_proposal_approve": ("moderator", _of("access_proposal", "number")),
    "moderation.access_proposal_refuse": ("moderator", _of("access_proposal", "number")),
    "moderation.access_request_propose": ("moderator", _of("unowned_request", "number")),
    "moderation.access_request_refuse": ("moderator", _of("unowned_request", "number")),
    "moderation.comment_version": ("moderator", _of("version", "number")),
    "moderation.comment_version_ask_change": ("moderator", _of("version", "number")),
    "moderation.comment_version_place": ("moderator", _of("version", "number")),
    "moderation.comment_version_refuse": ("moderator", _of("version", "number")),
    "moderation.confirm_hidden": ("moderator", _hidden_comment),
    "moderation.desk": ("moderator", _nothing),
    "moderation.ending": ("moderator", _ending("confirmed", "number")),
    "moderation.ending_agree": ("moderator", _ending("confirmed", "number")),
    "moderation.ending_ask_more": ("moderator", _ending("confirmed", "number")),
    "moderation.ending_refuse": ("moderator", _ending("confirmed", "number")),
    "moderation.following": ("moderator", _nothing),
    "moderation.hidable_file": ("moderator", _shown_document),
    "moderation.freeze": ("moderator", _org),
    "moderation.hidden": ("moderator", _nothing),
    "moderation.hide": ("moderator", _public("comment", "reactie")),
    "moderation.identity_proposal": ("moderator", _of("proposal", "number")),
    "moderation.identity_proposal_ask_change": ("moderator", _of("proposal", "number")),
    "moderation.identity_proposal_place": ("moderator", _of("proposal", "number")),
    "moderation.identity_proposal_refuse": ("moderator", _of("proposal", "number")),
    "moderation.placed_proposals": ("moderator", _nothing),
    "moderation.profile": ("moderator", _of("profile", "number")),
    "moderation.profile_ask_change": ("moderator", _of("profile", "number")),
    "moderation.profile_place": ("moderator", _of("profile", "number")),
    "moderation.profile_refuse": ("moderator", _of("profile", "number")),
    "moderation.restore": ("moderator", _public("comment", "reactie")),
    "moderation.set_back": ("moderator", _of("proposal", "number")),
    "moderation.signature": ("moderator", _application),
    "moderation.see_arrival": ("moderator", _arrival),
    "moderation.unfreeze": ("moderator", _frozen),
    "moderation.signature_admit": ("moderator", _application),
    "moderation.signature_ask_more": ("moderator", _application),
    "moderation.signature_decline": ("moderator", _application),
    "register.year": (ALL, _year),
    "register.year_paper": (ALL, _year),
    "overview.create_report": (STEWARDS, _nothing),
    "overview.discard_report": (STEWARDS, _of("report_draft", "report_id")),
    "overview.edit_report": (STEWARDS, _of("report_draft", "report_id")),
    "overview.establish": (STEWARDS, _of("report_draft", "report_id")),
    "overview.manage": (STEWARDS, _nothing),
    "overview.report": (ALL, _text("report_key", "key")),
    "overview.report_paper": (ALL, _text("report_key", "key")),
    "overview.report_promises": (ALL, _text("report_key", "key")),
    "overview.report_signatories": (ALL, _text("report_key", "key")),
    "overview.reports": (ALL, _nothing),
    "news.create": (STEWARDS, _nothing),
    "news.edit": (STEWARDS, _of("article", "article_id")),
    "news.photo": (STEWARDS, _text("photo_mark", "mark")),
    "news.index": (ALL, _nothing),
    "news.manage": (STEWARDS, _nothing),
    "news.preview": (STEWARDS, _of("article", "article_id")),
    "news.publish": (STEWARDS, _of("article", "article_id")),
    "news.history": (ALL, _text("article_slug", "slug")),
    "news.show": (ALL, _text("article_slug", "slug")),
    "news.unpublish": (STEWARDS, _of("article", "article_id")),
    "news.version": (ALL, _first_version_of_article),
    "opendata.archive": (ALL, _with_archive),
    "opendata.show": (ALL, _nothing),
    "organisations.absences": (PEOPLE, _nothing),
    "organisations.accept": (ALL, _text("invitation_token", "token")),
    "organisations.add_kind": ("beheerder", _nothing),
    "organisations.answer": ("owner", _both("request", "request_id")),
    "organisations.create": (PEOPLE, _nothing),
    "organisations.away": (EDITORS, _org),
    # Who stands in.
    "organisations.decline": ("editor", _both("absence", "absence_id")),
    "organisations.describe": (EDITORS, _org),
    "organisations.edit": (EDITORS, _org),
    # Only what the vereniging entered itself.
    "organisations.correct": ("moderator", _of("entered", "organisation_id")),
    "organisations.edit_kind": ("beheerder", _of("kind", "kind_id")),
    "organisations.end_absence": (EDITORS, _org),
    "organisations.hand_over": ("owner", _org),
    "organisations.mail_mailbox_again": ("owner", _with_mailbox),
    "organisations.mailbox": ("owner", _org),
    "organisations.prove_mailbox": (ALL, lambda world: {"token": _mailbox(world, "unproved")}),
    "organisations.put_mailbox_back": ("owner", _former_mailbox),
    "organisations.remove_mailbox": ("owner", _with_mailbox),
    "organisations.index": (PEOPLE, _nothing),
    "organisations.invite": ("owner", _org),
    "organisations.join": (PEOPLE, _org),
    "organisations.kinds": ("beheerder", _nothing),
    "organisations.leave": (EDITORS, _org),
    "organisations.logo": (EDITORS, _org),
    # The invitation went to the account's own address.
    "organisations.mail_again": (WRITER, _both("invitation", "invitation_id")),
    "organisations.member": ("owner", _both("membership", "membership_id")),
    "organisations.object_as_owner": ("owner", _both("announced", "proposal_id")),
    "organisations.object_by_link": (ALL, _fixed(token=OBJECTION)),
    "organisations.objected": (ALL, _nothing),
    "organisations.people": (INSIDE, _org),
    "organisations.proposals": (INSIDE, _org),
    "organisations.propose": ("owner", _org),
    "organisations.province": (EDITORS, _org),
    "organisations.propose_owner": ("moderator", _of("unowned", "organisation_id")),
    "organisations.rights": (f"owner {STEWARDS}", _org),
    "organisations.remove": ("owner", _both("membership", "membership_id")),
    "organisations.remove_logo": (EDITORS, _org),
    "organisations.revoke": ("owner", _both("invitation", "invitation_id")),
    "rappels.answer": (EDITORS, lambda world: {**_rappel(world), **_org(world)}),
    "rappels.desk": (STEWARDS, _nothing),
    "rappels.drop": (STEWARDS, _rappel),
    "rappels.index": (ALL, _nothing),
    "rappels.parties": (ALL, _outcome({"reach": "gevraagd"})),
    "rappels.plan": (STEWARDS, _nothing),
    "rappels.prepare": (STEWARDS, _nothing),
    "rappels.promises": (ALL, _outcome({"which": "gevraagd"})),
    "rappels.publish": (STEWARDS, _rappel),
    "rappels.remind": (STEWARDS, _rappel),
    "rappels.reopen": (STEWARDS, _outcome({})),
    "rappels.send": (STEWARDS, _rappel),
    "rappels.show": (ALL, _outcome({})),
    "rappels.stop": (STEWARDS, _rappel),
    "rappels.stop_reminding": (STEWARDS, _rappel),
    "register.claims": ("owner", _org),
    "register.disown": ("owner", _claim),
    "register.organisation": (INSIDE, _org),
    "work.mine": (PEOPLE, _nothing),
    "work.organisation": (INSIDE, _org),
    "register.take_back": ("owner", _claim),
    "register.take_over": ("owner", _claim),
    "organisations.take_back": (WRITER, _of("request", "request_id")),
    # Only who proposed it.
    "organisations.withdraw_access_proposal": (WRITER, _both("announced", "proposal_id")),
    "organisations.withdraw_profile": (EDITORS, _both("profile", "profile_id")),
    "organisations.withdraw_proposal": ("owner", _both("proposal", "proposal_id")),
    "pact.create": ("beheerder", _nothing),
    "pact.edit": ("beheerder", _of("pact_draft", "pact_version_id")),
    "pact.event": ("moderator", _of("event", "event_id")),
    "pact.events": ("moderator", _nothing),
    "pact.manage": ("beheerder", _nothing),
    "pact.publish": ("beheerder", _of("pact_draft", "pact_version_id")),
    "pact.show": (ALL, _nothing),
    "pact.source": (ALL, _text("label", "label")),
    "pact.version": (ALL, _text("label", "label")),
    "pact.word": ("beheerder", lambda world: {"kind": "lagen", "word_id": world.kept.layer.id}),
    "pact.words": ("beheerder", _fixed(kind="lagen")),
    "intake.bring_in": ("beheerder", _intake("ready")),
    "intake.call_back": ("beheerder", _intake("in_place")),
    "intake.drop": ("beheerder", _intake("ready")),
    "intake.index": ("beheerder", _nothing),
    "intake.look_again": ("beheerder", _intake("ready")),
    "intake.row": ("beheerder", _intake_row),
    "intake.sample": ("beheerder", _fixed(kind="toezeggingen", ending="ods")),
    "intake.show": ("beheerder", _intake("ready")),
    "admin.administration": ("beheerder", _nothing),
    "vereniging.barrier_reported": (ALL, _nothing),
    "vereniging.edit_legal": ("beheerder", _fixed(slug="privacy")),
    "vereniging.edit_statement": ("beheerder", _nothing),
    # For whoever asks from an allowed address, as every reader here: tests/admin/test_metrics.py.
    "admin.figures": (ALL, _nothing),
    "admin.healthz": (ALL, _nothing),
    "admin.jobs": ("beheerder", _nothing),
    "admin.checklist": ("beheerder", _nothing),
    "admin.running": ("beheerder", _nothing),
    "admin.test_mail": ("beheerder", _nothing),
    "vereniging.legal": (ALL, _fixed(slug="privacy")),
    "vereniging.report_barrier": (ALL, _nothing),
    "admin.readyz": (ALL, _nothing),
    "admin.retry_job": ("beheerder", _of("job", "job_id")),
    "admin.robots": (ALL, _nothing),
    "admin.sent_mail": ("beheerder", _nothing),
    "admin.security_txt": (ALL, _nothing),
    "vereniging.vereniging": ("beheerder", _nothing),
    "home.show": (ALL, _nothing),
    "following.atom": (ALL, _nothing),
    "search.sheet": (ALL, _as_csv),
    "search.missed": (STEWARDS, _nothing),
    "search.show": (ALL, _nothing),
    "search.suggest": (ALL, _nothing),
    "following.changes": (ALL, _fixed(year=2026, month=1)),
    "following.change_rhythm": (ALL, _follower),
    "following.confirm": (ALL, lambda _world: {"token": make.make_follow_request()[1]}),
    "following.follow": (ALL, _nothing),
    "following.mailed": (ALL, _nothing),
    "following.mine": (PEOPLE, _nothing),
    "following.newest": (ALL, _nothing),
    "following.overview": (ALL, _follower),
    "following.stop": (ALL, _follower),
    "following.stop_all": (ALL, _follower),
    "following.stopped": (ALL, _stopped),
    "home.sitemap": (ALL, _nothing),
    "home.sitemap_part": (ALL, _fixed(kind="toezeggingen", number=0)),
    "overview.paper": (ALL, _as_pdf),
    "overview.paper_of_one": (ALL, _fixed(picture="toezeggingen", form="png")),
    "overview.sheet": (ALL, _as_csv),
    "overview.show": (ALL, _nothing),
    "overview.timeline": (ALL, _nothing),
    "overview.timeline_paper": (ALL, _as_pdf),
    "register.atom": (ALL, _nothing),
    "register.compare": (ALL, _nothing),
    "register.sheet": (ALL, _as_csv),
    "register.signatories": (ALL, _nothing),
    "register.numbered": (
        ALL,
        lambda world: {"key": str(world.kept.commitment.short_number)},
    ),
    "register.descriptions": (ALL, _text("organisation_slug", "slug")),
    "register.description": (ALL, _first_description),
    "register.signatory": (ALL, _text("organisation_slug", "slug")),
    "signatures.affirm": ("owner", _signature("awaiting_owner")),
    "signatures.ask_end": ("owner", _signature("admitted")),
    "signatures.call_off_end": ("owner", _ending("asked", "signature_id")),
    "signatures.cancel": (EDITORS, _signature("draft")),
    "signatures.complete": (EDITORS, _signature("more_asked")),
    "signatures.complete_end": ("owner", _ending("more_asked", "ending_id")),
    "signatures.confirm": (ALL, _link("awaiting_confirmation", "confirm")),
    "signatures.confirm_end": (ALL, _link("admitted", "end")),
    "signatures.confirmed": (ALL, _nothing),
    "signatures.correct": (EDITORS, _signature("declined")),
    "signatures.deny": ("owner", _signature("awaiting_owner")),
    "signatures.edit": (EDITORS, _signature("draft")),
    "signatures.end_stopped": (ALL, _nothing),
    "signatures.ending_proof": (
        "moderator",
        lambda world: {**_ending("confirmed", "ending_id")(world), "number": 1},
    ),
    "signatures.end_by_vereniging": ("moderator", _signature("admitted")),
    "signatures.ended": (ALL, _nothing),
    "signatures.enter": ("moderator", _nothing),
    "signatures.enter_for": ("moderator", _org),
    "signatures.mandate": (
        "moderator",
        lambda world: {**world.signature("confirmed"), "number": 1},
    ),
    "signatures.prepare": (EDITORS, lambda world: {"organisation_id": world.organisation().id}),
    "signatures.recall": (EDITORS, _signature("awaiting_confirmation")),
    "signatures.send": (EDITORS, _signature("draft")),
    "signatures.send_again": (EDITORS, _signature("awaiting_confirmation")),
    "signatures.show": (INSIDE, _signature("draft")),
    "signatures.start": (ALL, _nothing),
    "signatures.send_end_link_again": ("owner", _ending("asked", "ending_id")),
    "signatures.stop_by_link": (ALL, _stop_link),
    "signatures.stop_end": ("owner moderator", _ending("waiting", "ending_id")),
    "signatures.take_back_entered": ("moderator", _signature("awaiting_owner")),
    "signatures.undo_entry": ("moderator", _signature("admitted")),
    "signatures.turn_down": (ALL, _link("awaiting_confirmation", "confirm")),
    "signatures.turned_down": (ALL, _nothing),
}


@pytest.fixture(scope="module")
def kept_world(app_of_worker: Flask, database: databases.Database, worker: str) -> World:
    """The world as the tests of a module find it, each of them anew."""
    database.reset(f"portal_{worker}")
    with app_of_worker.app_context():
        world = worlds.noted(_new_world())
        db.session.commit()
    database.keep(f"portal_{worker}", "doors")
    return world


@pytest.fixture
def world(app: Flask, kept_world: World, database: databases.Database, worker: str) -> World:
    database.reset(f"portal_{worker}", "doors")
    return worlds.found(kept_world)


def _new_world() -> World:
    found = World(
        owner=make.make_account(),
        editor=make.make_account(),
        account=make.make_account(email="account@example.org"),
        moderator=make.make_moderator(),
        beheerder=make.make_beheerder(),
    )
    make.make_vereniging()
    kept = found.kept
    kept.organisation = found.organisation()
    kept.membership = make.make_membership(kept.organisation, role=Role.READER)
    kept.absence = make.make_absence(kept.organisation, found.owner, stand_in=found.editor)
    make.make_absence(kept.organisation, found.editor, first_on=date(2099, 7, 1))
    make.make_signature(kept.organisation, author=found.owner)
    kept.entered = make.make_organisation()
    kept.frozen = make.make_organisation()
    make.make_frozen(kept.frozen)
    kept.organisation_slug = kept.organisation.slug
    _fill_commitments(found)
    _fill_texts(found)
    _fill_links(found)
    with write_section():
        enqueue("unheard_of", {}, key="door")
        db.session.execute(update(Job).values(state="parked"))
    kept.job = db.session.scalars(select(Job)).one()
    return found


def _fill_commitments(world: World) -> None:
    kept = world.kept
    kept.papers = {}
    kept.draft = make.make_commitment(kept.organisation, state="draft")
    kept.commitment = make.make_commitment(kept.organisation)
    kept.claimed = make.make_commitment(kept.organisation, entered_as=EnteredAs.VERENIGING)
    kept.prognosis = make.make_prognosis(kept.commitment)
    kept.told = make.make_update(kept.claimed, entered_as=EnteredAs.VERENIGING)
    for commitment in (kept.draft, kept.commitment):
        document = make.make_document()
        picture = make.make_picture()
        with write_section():
            document.versions[0].preview_key = picture.storage_key
            row = {"commitment_id": commitment.id, "document_id": document.id, "position": 1}
            db.session.add(CommitmentDocument(**row))
        make.make_pages(document, "Eerste bladzijde.", are_drawn=True)
        kept.papers[commitment.id] = document
    kept.rappel = make.make_rappel(kept.commitment)
    kept.rappel_published = make.make_rappel(kept.commitment, state="published")
    kept.picture_key = make.make_picture().storage_key
    kept.photo_mark = mark_to_look(
        KeptUpload(kept.picture_key, "foto.png", "image/webp", 9, "0" * 64)
    )


def _fill_texts(world: World) -> None:
    kept = world.kept
    kept.comment = make.make_comment(kept.commitment.discussion, author=world.account)
    kept.discussion = kept.commitment.discussion
    kept.version = make.make_comment_version(kept.comment)
    make.make_profile(kept.organisation, author=world.editor)
    kept.profile = make.make_profile(kept.organisation, state="pending", author=world.editor)
    kept.proposal = make.make_proposal(kept.organisation, author=world.owner)
    kept.request = make.make_access_request(kept.organisation, author=world.account)
    kept.unowned = make.make_organisation()
    kept.unowned_request = make.make_access_request(kept.unowned)
    kept.access_proposal = make.make_access_proposal(kept.unowned)
    kept.announced = make.make_access_proposal(
        kept.organisation,
        request=kept.request,
        state="announced",
        author=world.account,
        token=OBJECTION,
    )
    kept.article = make.make_article()
    kept.article_slug = kept.article.slug
    kept.label = make.make_pact_version().label
    kept.report_draft = make.make_report(state="draft")
    kept.report_key = make.make_report().key
    kept.pact_draft = make.make_pact_version(state="draft")
    kept.event = make.make_signing_event()
    kept.layer = make.layer()
    kept.kind = make.kind()


def _fill_links(world: World) -> None:
    kept = world.kept
    kept.somebody = make.make_account(is_confirmed=False)
    kept.invitation, kept.invitation_token = make.make_invitation(
        kept.organisation, email=world.account.email
    )
    kept.staff_invitation, kept.staff_token = make.make_staff_invitation(
        email=world.account.email, author=world.beheerder
    )
    with write_section():
        kept.confirm_token = make_link(kept.somebody, CONFIRM)
        kept.reset_token = make_link(kept.somebody, RESET)
        kept.change_token = make_link(kept.somebody, CHANGE, email="nieuw@example.org")


@pytest.fixture
def readers(
    world: World, sign_in: Callable[[Account | None], Client]
) -> Iterator[dict[str, Client]]:
    found = {viewer: sign_in(world.reader(viewer)) for viewer in VIEWERS}
    db.session.rollback()
    world.kept.session = db.session.scalars(
        select(AccountSession).where(AccountSession.account_id == world.account.id)
    ).one()
    styles = found["visitor"].get("home.show").soup.select_one("link[rel=stylesheet]")
    assert styles is not None
    world.kept.built = str(styles["href"]).removeprefix("/static/dist/")
    yield found


def _rules(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(set(rule.methods or ()) & {"GET", "POST"})
    ]


def _answer(reader: Client, rule: Rule, method: str, values: dict[str, Any]) -> TestResponse:
    known = {name: values[name] for name in rule.arguments}
    with reader.app.test_request_context():
        path = reader.app.url_map.bind("localhost").build(rule.endpoint, known)
    headers = {"Origin": "http://localhost"} if method == "POST" else {}
    db.session.commit()
    answer: TestResponse = contextvars.Context().run(
        reader.raw.open, path, method=method, headers=headers
    )
    answer.close()
    return answer


def _is_refusal(answer: TestResponse) -> bool:
    leads_to = answer.headers.get("Location", "")
    to_sign_in = answer.status_code == 303 and leads_to.startswith("/inloggen")
    return to_sign_in or answer.status_code in (403, 404)


def test_it_has_a_row_for_every_route(app: Flask) -> None:
    assert set(ROWS) == set(app.view_functions)
    assert all(set(who.split()) <= set(VIEWERS) for who, _values in ROWS.values())


@pytest.mark.parametrize("viewer", VIEWERS)
def test_it_lets_these_viewers_pass_and_changes_nothing_without_the_key_of_a_form(
    app: Flask, world: World, readers: dict[str, Client], viewer: str
) -> None:
    addresses = {endpoint: values_of(world) for endpoint, (_who, values_of) in ROWS.items()}
    before, faults = _written(), []
    # A key in the address, from a mail, is the proof there: such a door writes, and comes last.
    for by_token in (False, True):
        for rule, method in _rules(app):
            door = app.view_functions[rule.endpoint].door  # type: ignore[attr-defined]
            if door.is_by_token is not by_token:
                continue
            answer = _answer(readers[viewer], rule, method, addresses[rule.endpoint])
            may, refused = viewer in ROWS[rule.endpoint][0].split(), _is_refusal(answer)
            if answer.status_code >= 500 or may == refused:
                words = "may" if may else "may not"
                faults.append(f"{viewer} {words} {method} {rule.rule}: {answer.status}")
        assert by_token or _written() == before
    assert not faults, "\n".join(faults)


def _asked_of_visitors(app: Flask) -> list[tuple[Rule, str]]:
    """Return every rule that visitors may not pass, with its methods."""
    return [
        (rule, method)
        for rule, method in _rules(app)
        if "visitor" not in ROWS[rule.endpoint][0].split()
    ]


def _permission(app: Flask, rule: Rule) -> Permission:
    permission: Permission = app.view_functions[rule.endpoint].door.permission  # type: ignore[attr-defined]
    return permission


def _lead(answer: TestResponse) -> tuple[int, str, str]:
    """Return status, page and way back of an answer."""
    leads_to = urlsplit(answer.headers.get("Location", ""))
    return answer.status_code, leads_to.path, parse_qs(leads_to.query).get("verder", [""])[0]


def test_it_sends_a_visitor_to_sign_in_with_the_way_back(
    app: Flask, world: World, readers: dict[str, Client]
) -> None:
    faults = []
    for rule, method in _asked_of_visitors(app):
        answer = _answer(readers["visitor"], rule, method, ROWS[rule.endpoint][1](world))
        status, page, back = _lead(answer)
        # A door that is open for what is public hides the rest, as if it were not there.
        if not opens_for_visitors(_permission(app, rule)):
            if (status, page) != (303, "/inloggen") or not back.startswith("/"):
                faults.append(f"{method} {rule.rule}: {answer.status}")
            elif method == "GET" and back != answer.request.path:
                faults.append(f"GET {rule.rule} leads back to {back}")
        elif status not in (303, 404):
            faults.append(f"{method} {rule.rule}: {answer.status}")
    assert not faults, "\n".join(faults)


def test_it_answers_a_visitor_alike_whether_there_is_something_or_not(
    app: Flask, world: World, readers: dict[str, Client]
) -> None:
    faults, count = [], 0
    for rule, method in _asked_of_visitors(app):
        values = ROWS[rule.endpoint][1](world)
        missing = {
            name: MISSING if isinstance(value, int) else value for name, value in values.items()
        }
        # Below a public discussion the way back is the page on which it stands.
        if missing == values or (rule.endpoint, method) == ("comments.post", "POST"):
            continue
        count += 1
        there, not_there = (
            _lead(_answer(readers["visitor"], rule, method, given)) for given in (values, missing)
        )
        if there[:2] != not_there[:2]:
            faults.append(f"{method} {rule.rule}: {there[:2]} and {not_there[:2]}")
    assert count > 80
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("is_there", [True, False])
def test_it_tells_a_visitor_nothing_of_a_discussion_that_is_not_public(
    app: Flask, world: World, readers: dict[str, Client], is_there: bool
) -> None:
    number = make.make_commitment(world.kept.organisation, state="draft").discussion_id
    values = {"discussion_id": number if is_there else MISSING}
    rule = next(app.url_map.iter_rules("comments.post"))
    assert _lead(_answer(readers["visitor"], rule, "POST", values)) == (
        303,
        "/inloggen",
        f"/reacties/{values['discussion_id']}",
    )


def test_it_reads_nothing_for_a_visitor_who_must_sign_in_first(
    app: Flask, world: World, readers: dict[str, Client]
) -> None:
    for rule, method in _asked_of_visitors(app):
        if method == "GET" and not opens_for_visitors(_permission(app, rule)):
            values = ROWS[rule.endpoint][1](world)
            with count_queries() as queries:
                _answer(readers["visitor"], rule, method, values)
            assert not queries, f"{rule.rule}: {queries}"


def test_it_says_of_text_that_stands_again_that_it_was_not_sent(
    app: Flask, world: World, readers: dict[str, Client]
) -> None:
    faults, count = [], 0
    for rule, method in _rules(app):
        door = app.view_functions[rule.endpoint].door  # type: ignore[attr-defined]
        if method == "POST" or door.form is None or not door.remembers_text:
            continue
        who, values_of = ROWS[rule.endpoint]
        viewer, values = who.split()[0], values_of(world)
        path = readers[viewer].address(rule.endpoint, **{a: values[a] for a in rule.arguments})
        account = world.reader(viewer)
        assert account is not None
        content = drafts.content_of({"getypt": "Wat ik typte"})
        assert content is not None and drafts.remember(drafts.Owner(account.id), path, content)
        page = readers[viewer].get(path)
        count += page.status == 200
        # The form of a comment gets what was typed on the page of what is discussed.
        if page.status == 200 and rule.endpoint != "comments.post":
            actions = [form.get("action") for form in page.soup.find_all("form")]
            if STANDS_AGAIN not in page.main or actions.count("/account/getypte-tekst") != 1:
                faults.append(rule.rule)
    assert count > 30
    assert not faults, "\n".join(faults)


def _written() -> tuple[int | None, ...]:
    db.session.rollback()
    counted = (HistoryRow, Account, Signature, Organisation, Job)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in counted)


def _freeze_all() -> None:
    db.session.rollback()
    with write_section():
        db.session.execute(update(Organisation).values(frozen_at=clock.now()))


def _acts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(HistoryRow)) or 0


def _writes_in_name_of_organisation(app: Flask, viewer: str) -> list[Rule]:
    """Return every address at which `viewer` writes in the name of an organisation."""
    return [
        rule
        for rule, method in _rules(app)
        if method == "POST"
        and viewer in ROWS[rule.endpoint][0].split()
        and set(POLICY.get(_permission(app, rule), ())) & set(WRITERS)
    ]


@pytest.mark.parametrize(("viewer", "at_least"), [("owner", 40), ("editor", 20)])
def test_it_lets_nobody_write_in_the_name_of_a_frozen_organisation(
    app: Flask,
    world: World,
    sign_in: Callable[[Account | None], Client],
    viewer: str,
    at_least: int,
) -> None:
    person, faults = sign_in(world.reader(viewer)), []
    rules = _writes_in_name_of_organisation(app, viewer)
    for rule in rules:
        values = {name: ROWS[rule.endpoint][1](world)[name] for name in rule.arguments}
        _freeze_all()
        before = _acts()
        page = person.post(rule.endpoint, **values)
        if page.status != 403 or FROZEN not in page.main or _acts() != before:
            faults.append(f"{rule.rule}: {page.status}")
    assert not faults, "\n".join(faults)
    assert len(rules) >= at_least
