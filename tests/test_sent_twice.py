"""Every form that is sent a second time makes nothing more, and leads to what it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from portal.accounts.models import AccountSession
from portal.commitments import actions as commitments
from portal.commitments.models import CommitmentDocument
from portal.commitments.queries.subjects import get_commitment
from portal.core import clock
from portal.core.db import Base, db, write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.actions.people import join_as
from portal.organisations.models import Arrival
from portal.policy import Role
from portal.rappels.models import Rappel
from portal.services import drafts
from portal.services.history import record
from portal.signatures import actions as signatures
from portal.signatures.models import Signature
from portal.signatures.signed import Signed
from portal.terms import read
from portal.web.browser import Mark
from tests import factories as make
from tests import test_doors
from tests.documents.pdf_objects import pdf
from tests.factories.accounts import PASSWORD
from tests.harness.client import Client
from tests.harness.forms import PageForm
from tests.harness.page import Page
from tests.harness.portal import signed_in
from tests.organisations.views.test_profile import png
from tests.test_doors import ROWS, World

# The same world as that of the doors: something for every address.
kept_world, world = test_doors.kept_world, test_doors.world

Typed = Mapping[str, Any]
# Answers that a second press may get: it leads on, or says what happened meanwhile.
LEADS_ON, MEANWHILE = (302, 303), (409, 410)

# What is typed into a field of this name, in whatever form.
TYPED: dict[str, Any] = {
    "body": "Een heel andere tekst dan er stond.",
    "body_en": "Quite another text.",
    "body_nl": "Een heel andere tekst dan er stond.",
    "counted_on": "2021-12-31",
    "current_password": PASSWORD,
    "document_title": "Nieuw plan",
    "email": "nieuw@voorbeeld.example",
    "entry_reason": "Dit staat in het blad.",
    "held_on": "2021-03-01",
    "job_title": "Adviseur",
    "label": "9.9",
    "lead": "Een andere inleiding.",
    "message": "Ik werk hier.",
    "name": "Andere naam (fictief)",
    "name_en": "Another word",
    "name_nl": "Een ander woord",
    "new_email": "ander@voorbeeld.example",
    "note": "Wij heten voortaan anders.",
    "password": "een heel ander lang wachtwoord",
    "place": "Voorbeeldstad",
    "promised_on": "2026-01-05",
    "proof": "Gebeld via het algemene nummer.",
    "reason": "Dit klopt niet meer.",
    "signatory_email": "baas@voorbeeld.example",
    "signatory_function": "Directeur",
    "signatory_name": "A. Baas",
    "source": "https://weekblad.example/1",
    "source_title": "Het weekblad",
    "source_url": "https://weekblad.example/1",
    "title": "Een andere titel",
    "what": "Wij schrijven een ander plan.",
    "why": "Wij gaan toch door.",
}
# Boxes that are ticked: what somebody declares before the form counts.
FILES = {
    "document": (pdf(), "nieuw plan.pdf"),
    "logo": (png(), "logo.png"),
    "proof": (pdf(), "mandaat.pdf"),
}
TICKED = {
    "is_authorised",
    "is_correction",
    "is_mandate_seen",
    "is_name_checked",
    "is_read_right",
    "is_sure",
}


@dataclass(frozen=True)
class Example:
    """How one form is filled in and where it stands, as far as it differs from all others."""

    typed: Typed | Callable[[World, Page], Typed] = field(default_factory=dict)
    # The endpoint, or path, of the page on which it stands, when it has none of its own.
    on: str = ""
    # What the address names, where the world of all doors holds nothing that fits.
    values: Callable[[World], dict[str, Any]] | None = None
    # Who sends it; "": the first who may.
    viewer: str = ""
    # What the reader does before.
    begin: Callable[[World, Client], None] | None = None
    # Why a second press is answered otherwise, and tables in which it may write.
    but: str = ""
    more: frozenset[str] = frozenset()
    # It writes no more than what is noted of every request.
    is_passing: bool = False


def _of_telephone(world: World, _reader: Client) -> None:
    world.kept.telephone = make.make_telephone(world.account)


def _paper(world: World, _page: Page) -> Typed:
    return {"code": world.kept.telephone.paper[0]}


def _on_screen(_world: World, page: Page) -> Typed:
    secret = page.soup.select_one("code.secret")
    assert secret is not None
    return {"code": make.Telephone(secret.get_text().replace(" ", "")).code()}


def _half_in(world: World, reader: Client) -> None:
    """Sign in up to the question for a code."""
    _of_telephone(world, reader)
    page = reader.get("accounts.sign_in")
    page.form("/inloggen").submit(email=world.account.email, password=PASSWORD, follow=False)


def _with_telephone(_world: World) -> dict[str, Any]:
    account = make.make_account()
    make.make_telephone(account)
    return {"account_id": account.id}


def _typed_before(world: World, reader: Client) -> None:
    """Leave something typed at the form of one's name."""
    content = drafts.content_of({"name": "Half getypt"})
    assert content is not None
    path = reader.address("accounts.rename")
    drafts.remember(drafts.Owner(world.account.id), path, content)


def _thrown_away(world: World, reader: Client) -> None:
    _typed_before(world, reader)
    reader.get("accounts.rename").form("/account/getypte-tekst").submit()


def _elsewhere_too(world: World, reader: Client) -> None:
    signed_in(reader.app, world.account)


def _somebody(_world: World) -> dict[str, Any]:
    return {"account_id": make.make_account().id}


def _unproved(world: World) -> dict[str, Any]:
    """An organisation whose mailbox was not proved yet."""
    organisation = world.organisation()
    make.make_mailbox(organisation, state="unproved")
    return {"organisation_id": organisation.id}


def _unknown(world: World) -> dict[str, Any]:
    """An organisation that is not public."""
    return {"organisation_id": world.organisation().id}


def _other_session(world: World) -> dict[str, Any]:
    signed_in(current_app._get_current_object(), world.account)  # type: ignore[attr-defined]
    query = select(AccountSession.id).where(AccountSession.account_id == world.account.id)
    return {"session_id": max(db.session.scalars(query))}


def _own_paper(world: World) -> dict[str, Any]:
    """A document that the signatory added itself."""
    document = make.make_document()
    with write_section():
        db.session.add(
            CommitmentDocument(
                commitment_id=world.kept.commitment.id,
                document_id=document.id,
                position=2,
                entered_as=EnteredAs.SIGNATORY,
            )
        )
    return {"commitment_id": world.kept.commitment.id, "document_id": document.id}


def _own_version(world: World) -> dict[str, Any]:
    return {**_own_paper(world), "number": 1}


def _placed_proposal(world: World) -> dict[str, Any]:
    return {"number": make.make_proposal(author=world.owner, state="placed").id}


def _draft_article(_world: World) -> dict[str, Any]:
    return {"article_id": make.make_article(state="draft").id}


def _draft_report(_world: World) -> dict[str, Any]:
    report = make.make_report(state="draft")
    return {"report_id": report.id, "key": report.key}


def _of_nobody(_world: World) -> dict[str, Any]:
    return {"organisation_id": make.make_organisation(is_public=True).id}


def _own_proposal(world: World) -> dict[str, Any]:
    """A proposal of the moderator who looks at it."""
    proposal = make.make_access_proposal(make.make_organisation(), author=world.moderator)
    return {"organisation_id": proposal.organisation_id, "proposal_id": proposal.id}


def _public(world: World) -> dict[str, Any]:
    return {"organisation_id": world.kept.organisation.id}


def _end_rappel(_world: World, _reader: Client) -> None:
    """Let no rappel run."""
    with write_section():
        db.session.execute(update(Rappel).values(is_running=None))


def _rappel_in(state: str) -> Callable[[World], dict[str, Any]]:
    """The only rappel that runs, with something to ask."""

    def values(world: World) -> dict[str, Any]:
        with write_section():
            db.session.execute(update(Rappel).values(is_running=None))
        ours = make.make_signature(world.organisation()).organisation
        late = make.make_commitment(ours, term="begin oktober 2026", promised_on=date(2026, 1, 5))
        return {"name": make.make_rappel(late, state=state).name}

    return values


def _claim(world: World) -> dict[str, Any]:
    """The only thing that the vereniging says of an organisation of the same owner."""
    ours = world.organisation()
    claimed = make.make_commitment(ours, entered_as=EnteredAs.VERENIGING)
    return {"organisation_id": ours.id, "kind": "toezegging", "number": claimed.id}


def _disowned(world: World) -> dict[str, Any]:
    values = _claim(world)
    with write_section():
        claimed = get_commitment(values["number"])
        commitments.disown(claimed, reason="Niet van ons.", by=world.owner)
    return values


def _completed(world: World) -> dict[str, Any]:
    """A signature to which what was asked for was added, and not sent in yet."""
    values = world.signature("more_asked")
    with write_section():
        record(db.session.get_one(Signature, values["signature_id"]), "filled_in", by=world.editor)
    return values


def _entered(world: World) -> dict[str, Any]:
    """A signature of the past that the moderator entered a moment ago."""
    when = read("3 juli 2019", clock.today())
    assert when is not None
    with write_section():
        signed = Signed(when, "https://weekblad.example/1")
        entered = signatures.enter(make.make_organisation(), signed, by=world.moderator)
    return {"signature_id": entered.id}


def _with_logo(world: World) -> dict[str, Any]:
    with write_section():
        world.kept.organisation.logo_id = make.make_picture().id
    return _public(world)


def _arrived(_world: World) -> dict[str, Any]:
    """A first eigenaar, who published something since."""
    organisation, owner = make.make_signature().organisation, make.make_account()
    draft = make.make_commitment(organisation, state="draft")
    with write_section():
        join_as(organisation.id, account_id=owner.id, role=str(Role.OWNER), job_title="")
    with write_section():
        commitments.publish(draft, by=owner)
    return {"arrival_id": db.session.scalars(select(Arrival.id)).one()}


def _seen(world: World) -> dict[str, Any]:
    """An arrival that the moderator marked as seen."""
    values = _arrived(world)
    _press(world, "moderation.see_arrival", values, on="moderation.desk")
    return values


def _decided(endpoint: str) -> Callable[[World], dict[str, Any]]:
    """Something that waited, and on which the moderator decided at this endpoint."""

    def values(world: World) -> dict[str, Any]:
        waiting = ROWS[endpoint][1](world)
        _press(world, endpoint, waiting, on=endpoint)
        return waiting

    return values


def _press(world: World, endpoint: str, values: dict[str, Any], *, on: str) -> None:
    """Fill in and send a form of the desk, as the moderator."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    page = signed_in(app, world.moderator).get(_path(app, on, values))
    form = page.form(_path(app, endpoint, values))
    taken = form.submit(filled(form, {}), follow=False)
    assert taken.status == 303, taken.errors


BY_THEN = "The page that asks for a code leads on who is signed in by then."
SHOWN_ONCE = "The recovery codes are shown once: who missed them makes fresh ones."


# Filled in and sent as every other form.
PLAIN = [
    "accounts.invite_staff",
    "comments.edit",
    "comments.post",
    "comments.withdraw",
    "commitments.add_document",
    "commitments.discard",
    "commitments.edit",
    "commitments.publish",
    "commitments.recall",
    "rappels.publish",
    "rappels.remind",
    "commitments.remove_document",
    "commitments.report",
    "commitments.retract",
    "commitments.withdraw",
    "moderation.access_proposal_approve",
    "moderation.access_proposal_refuse",
    "moderation.access_request_propose",
    "moderation.access_request_refuse",
    "moderation.comment_version_ask_change",
    "moderation.comment_version_place",
    "moderation.comment_version_refuse",
    "moderation.ending_agree",
    "moderation.ending_ask_more",
    "moderation.ending_refuse",
    "moderation.freeze",
    "moderation.hide",
    "moderation.identity_proposal_ask_change",
    "moderation.identity_proposal_place",
    "moderation.identity_proposal_refuse",
    "moderation.profile_ask_change",
    "moderation.profile_place",
    "moderation.profile_refuse",
    "moderation.signature_admit",
    "moderation.signature_ask_more",
    "moderation.signature_decline",
    "moderation.unfreeze",
    "news.create",
    "news.edit",
    "overview.establish",
    "organisations.add_kind",
    "organisations.answer",
    "organisations.away",
    "organisations.correct",
    "organisations.create",
    "organisations.describe",
    "organisations.edit_kind",
    "organisations.hand_over",
    "organisations.invite",
    "organisations.leave",
    "organisations.logo",
    "organisations.member",
    "organisations.object_as_owner",
    "organisations.object_by_link",
    "organisations.propose_owner",
    "organisations.province",
    "organisations.remove",
    "pact.create",
    "pact.edit",
    "pact.event",
    "pact.events",
    "pact.publish",
    "pact.word",
    "pact.words",
    "register.disown",
    "signatures.affirm",
    "signatures.ask_end",
    "signatures.call_off_end",
    "signatures.cancel",
    "signatures.complete_end",
    "signatures.confirm",
    "signatures.confirm_end",
    "signatures.correct",
    "signatures.deny",
    "signatures.edit",
    "signatures.end_by_vereniging",
    "signatures.prepare",
    "signatures.recall",
    "signatures.send",
    "signatures.send_again",
    "signatures.send_end_link_again",
    "signatures.stop_by_link",
    "signatures.stop_end",
    "signatures.take_back_entered",
    "signatures.turn_down",
    "vereniging.edit_legal",
    "vereniging.vereniging",
]

NEW_LINK = "It leads to the same page by another link: each has a seal of its own."

EXAMPLES: dict[str, Example] = dict.fromkeys(PLAIN, Example()) | {
    "accounts.accept_role": Example(viewer="account"),
    "accounts.mail_staff_again": Example(on="accounts.roles"),
    "accounts.revoke_staff_invitation": Example(on="accounts.roles"),
    "accounts.ask_code": Example(
        lambda _world, _page: {"code": make.Telephone().code()}, begin=_half_in, but=BY_THEN
    ),
    "accounts.ask_recovery_code": Example(_paper, begin=_half_in, but=BY_THEN),
    "accounts.assign": Example({"is_moderator": True}, values=_somebody),
    "accounts.change_email": Example(),
    "accounts.change_password": Example(but="The press before ended the session that it has."),
    "accounts.confirm": Example(but="The page of the used link says that it has worked."),
    "accounts.desk_keys": Example({"has_desk_keys": True}),
    "accounts.drop_text": Example(on="accounts.rename", begin=_typed_before),
    "accounts.extend_session": Example(
        on="home.show",
        viewer="account",
        but="The press is the use: each says how long the session lasts.",
        is_passing=True,
    ),
    "accounts.forgotten": Example(lambda world, _page: {"email": world.account.email}),
    "accounts.put_text_back": Example(on="accounts.rename", begin=_thrown_away),
    "accounts.register": Example({"name": "Noor Voorbeeld"}),
    "accounts.rename": Example({"name": "Noor Voorbeeld"}),
    "accounts.renew_codes": Example(_paper, begin=_of_telephone, but=SHOWN_ONCE),
    "accounts.reset": Example(),
    "accounts.reset_factor": Example(values=_with_telephone),
    "accounts.set_factor": Example(_on_screen, but=SHOWN_ONCE),
    "accounts.sign_in": Example(
        lambda world, _page: {"email": world.account.email, "password": PASSWORD},
        but="Each right password signs in, for the answer to the first may never have come.",
        more=frozenset({"account_session", "job", "known_browser"}),
    ),
    "accounts.sign_out": Example(on="home.show", viewer="account"),
    "accounts.stop_other_sessions": Example(on="accounts.sessions", begin=_elsewhere_too),
    "accounts.stop_session": Example(on="accounts.sessions", values=_other_session),
    "accounts.take_email": Example(viewer="somebody"),
    "accounts.turn_off_factor": Example(_paper, begin=_of_telephone),
    "accounts.unconfirmed": Example(viewer="somebody"),
    "admin.retry_job": Example(on="admin.jobs"),
    "following.change_rhythm": Example({"rhythm": "wekelijks"}, on="following.overview"),
    "organisations.decline": Example(on="organisations.people", viewer="editor"),
    "organisations.mail_mailbox_again": Example(on="organisations.mailbox", values=_unproved),
    "organisations.mailbox": Example({"email": "communicatie@dorp.example"}),
    "organisations.prove_mailbox": Example(but="The page of the link says that it has worked."),
    "organisations.put_mailbox_back": Example(on="organisations.mailbox"),
    "organisations.remove_mailbox": Example(on="organisations.mailbox"),
    "organisations.end_absence": Example(on="organisations.away"),
    "following.confirm": Example(but=NEW_LINK),
    "following.follow": Example(),
    "following.stop": Example(on="following.overview", but="It says that nothing is followed."),
    "following.stop_all": Example(but="It says that nothing is followed."),
    "following.stopped": Example(but=NEW_LINK),
    "intake.bring_in": Example(on="intake.show"),
    "intake.call_back": Example(),
    "intake.drop": Example(on="intake.show"),
    "intake.index": Example(
        {"file": (b"naam;soort;getekend\nNieuw (fictief);gemeente;2019\n", "lijst.csv")}
    ),
    "intake.look_again": Example(on="intake.show"),
    "intake.row": Example({"choice": "overslaan"}),
    "admin.test_mail": Example(),
    "commitments.add_version": Example(
        {"asked_about": sha256(pdf()).hexdigest()}, values=_own_paper
    ),
    "commitments.create": Example({"term_choice": "zonder"}),
    "commitments.foretell": Example({"expected": "in 2031"}),
    "commitments.describe_document": Example(values=_own_paper),
    "commitments.write_out": Example(values=_own_version),
    "commitments.move_term": Example({"term_words": "eind 2035"}),
    "moderation.access_proposal_undo": Example(
        values=_decided("moderation.access_proposal_refuse")
    ),
    "moderation.access_request_undo": Example(values=_decided("moderation.access_request_refuse")),
    "moderation.comment_version_undo": Example(values=_decided("moderation.comment_version_place")),
    "moderation.confirm_hidden": Example(on="moderation.restore"),
    "moderation.ending_undo": Example(values=_decided("moderation.ending_refuse")),
    "moderation.identity_proposal_undo": Example(
        values=_decided("moderation.identity_proposal_refuse")
    ),
    "moderation.profile_undo": Example(values=_decided("moderation.profile_place")),
    "moderation.restore": Example(values=ROWS["moderation.confirm_hidden"][1]),
    "moderation.see_arrival": Example(on="moderation.desk", values=_arrived),
    "moderation.set_back": Example(values=_placed_proposal),
    "moderation.signature_undo": Example(values=_decided("moderation.signature_admit")),
    "moderation.unsee_arrival": Example(on="moderation.seen_arrivals", values=_seen),
    "news.publish": Example(on="news.preview", values=_draft_article),
    "news.unpublish": Example(on="news.preview"),
    "overview.create_report": Example({"earlier_id": ""}),
    "overview.edit_report": Example({"earlier_id": ""}),
    "overview.discard_report": Example(on="overview.report", values=_draft_report),
    "organisations.accept": Example(viewer="account"),
    "organisations.edit": Example(values=_unknown),
    "organisations.join": Example(values=_of_nobody),
    "organisations.mail_again": Example(on="organisations.index"),
    "organisations.propose": Example({"name": "Gemeente Anders (fictief)"}),
    "organisations.remove_logo": Example(on="organisations.logo", values=_with_logo),
    "organisations.revoke": Example(on="organisations.people"),
    "organisations.take_back": Example(on="organisations.index"),
    "organisations.withdraw_access_proposal": Example(
        on="organisations.people", values=_own_proposal, viewer="moderator"
    ),
    "organisations.withdraw_profile": Example(on="register.organisation"),
    "organisations.withdraw_proposal": Example(on="register.organisation"),
    "rappels.drop": Example(on="rappels.send", values=_rappel_in("ready")),
    "rappels.plan": Example({"next_on": "2030-01-01"}),
    "rappels.prepare": Example(on="rappels.desk", begin=_end_rappel),
    "rappels.reopen": Example(on="rappels.desk", begin=_end_rappel),
    "rappels.send": Example(values=_rappel_in("ready")),
    "rappels.stop": Example(on="rappels.desk", values=_rappel_in("leaving")),
    "rappels.stop_reminding": Example(on="rappels.desk", values=_rappel_in("reminding")),
    "register.take_back": Example(on="register.claims", values=_disowned),
    "register.take_over": Example(on="register.claims", values=_claim),
    "signatures.complete": Example(values=_completed),
    "signatures.enter": Example({"existing": "nieuw", "pact_version_id": ""}),
    "signatures.enter_for": Example({"pact_version_id": ""}, values=_unknown),
    "signatures.undo_entry": Example(values=_entered),
    "vereniging.edit_statement": Example({"answer_days": "14"}),
    "vereniging.report_barrier": Example({"words": "De knop is niet te lezen."}),
}


def filled(form: PageForm, typed: Typed) -> dict[str, Any]:
    """Return what is typed into a form: what its example says, else what every form gets."""
    chosen = {name: _typed(form, name) for name in form.fields}
    own = {name: typed[name] for name in form.fields if name in typed}
    return {name: value for name, value in (chosen | own).items() if value is not None}


def _typed(form: PageForm, name: str) -> Any:
    element = form.field(name)
    kind = "select" if element.tag == "select" else element.get("type", "text")
    if kind == "checkbox":
        return True if name in TICKED else None
    if kind in ("radio", "select"):
        offered = next((choice for choice in form.choices(name) if choice), None)
        return None if form.fields[name] else offered
    if kind == "file":
        return FILES.get(name)
    return None if kind == "hidden" else TYPED.get(name)


# What is noted of every request, and of every form.
PASSING = {"limit_counter", "used_key"}
PASSING_COLUMNS = {"last_seen_at", "last_used_at"}


@cache
def _selects() -> dict[str, str]:
    """Return the statement that reads each table, by the name of the table."""
    lasting = {
        table.name: [column for column in table.columns if column.name not in PASSING_COLUMNS]
        for table in Base.metadata.sorted_tables
        if table.name not in PASSING
    }
    return {name: str(select(*columns)) for name, columns in lasting.items() if columns}


def written() -> dict[str, set[str]]:
    """Return every row of the database, by table."""
    db.session.rollback()
    connection = db.session.connection()
    return {
        name: set(map(str, connection.exec_driver_sql(text))) for name, text in _selects().items()
    }


def _path(app: Flask, endpoint: str, values: dict[str, Any]) -> str:
    rule = next(app.url_map.iter_rules(endpoint))
    with app.test_request_context():
        known = {name: values[name] for name in rule.arguments}
        return app.url_map.bind("localhost").build(endpoint, known)


def _cookies(reader: Client) -> dict[str, str]:
    session = reader.app.config["SESSION_COOKIE_NAME"]
    names = [session, *(f"{session}-{mark.value}" for mark in Mark)]
    return {name: reader.cookie(name) or "" for name in names}


def _put_back(reader: Client, cookies: dict[str, str]) -> None:
    for name, value in cookies.items():
        if value:
            reader.raw.set_cookie(name, value)
        else:
            reader.raw.delete_cookie(name)


def posted_to(app: Flask) -> set[str]:
    """Return every endpoint to which a form is sent."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def outcome(app: Flask, world: World, endpoint: str) -> str | None:
    """Return what is wrong with a form that is sent twice, None when nothing is."""
    example = EXAMPLES[endpoint]
    viewer = example.viewer or ROWS[endpoint][0].split()[0]
    account = world.kept.somebody if viewer == "somebody" else world.reader(viewer)
    values = (example.values or ROWS[endpoint][1])(world)
    reader = signed_in(app, account)
    if example.begin is not None:
        example.begin(world, reader)
    address = _path(app, endpoint, values)
    page = reader.get(_path(app, example.on or endpoint, values))
    if page.status != 200:
        return f"its page answers {page.status} {page.location}"
    form, before = page.form(address), written()
    typed = example.typed(world, page) if callable(example.typed) else example.typed
    sent, cookies = filled(form, typed), _cookies(reader)
    first = form.submit(sent, follow=False)
    if first.status == 422:
        # Some ask about what they read before they count.
        form, typed = first.form(address), dict(typed)
        sent, cookies = filled(form, typed), _cookies(reader)
        first = form.submit(sent, follow=False)
    if first.status >= 400:
        return f"it is not taken: {first.status} {first.h1} {first.errors}"
    after = written()
    if (after == before) != example.is_passing:
        return "nothing was written" if after == before else "something was written"
    faults = []
    for how, brought in (("pressed twice", cookies), ("after Back", _cookies(reader))):
        _put_back(reader, brought)
        again = form.submit(sent, follow=False)
        is_led_on = again.status in LEADS_ON and again.location == first.location
        if not (is_led_on or again.status in MEANWHILE or example.but):
            faults.append(f"{how}: {again.status} {again.location}, first {first.location}")
        more = {name for name, rows in written().items() if rows - after[name]} - example.more
        if more:
            faults.append(f"{how}: more in {sorted(more)}")
    return ", ".join(faults) or None


@pytest.mark.parametrize("endpoint", sorted(EXAMPLES))
def test_it_makes_nothing_more_of_a_form_that_is_sent_again(
    app: Flask, world: World, endpoint: str
) -> None:
    fault = outcome(app, world, endpoint)
    assert fault is None, fault


def test_it_has_an_example_of_every_form(app: Flask) -> None:
    assert set(EXAMPLES) == posted_to(app)
