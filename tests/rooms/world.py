"""One of everything in every state, and the values with which each room can be called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, true, update

from portal.accounts.actions.sessions import wait_for_code
from portal.accounts.events import StaffRoleTaken
from portal.accounts.models import (
    Account,
    AccountSession,
    AccountToken,
    PendingSignIn,
    StaffInvitation,
)
from portal.accounts.passwords import Proof, SealedPassword
from portal.accounts.staff_roles import StaffRole
from portal.comments import actions as comments
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.finding import latest_version
from portal.comments.queries.voices import Spoken
from portal.commitments import actions as commitments
from portal.commitments.models import Commitment, CommitmentDocument, Prognosis, Revision, Update
from portal.commitments.promise import promised
from portal.commitments.queries.alike import tagged
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.page import get_page
from portal.commitments.queries.parts import part_rows
from portal.commitments.queries.reminding import WriterRow
from portal.commitments.queries.rows import rows_from
from portal.commitments.queries.standing import TODAY, days_of
from portal.core import clock
from portal.core.db import Base, db, write_section
from portal.core.tokens import new_token, token_hash
from portal.documents.inspection import Inspection
from portal.documents.licences import Licence
from portal.documents.models import Document, DocumentVersion, Picture
from portal.documents.upload import KeptUpload
from portal.following.actions import stop_all
from portal.following.links import read_stopped, token_of
from portal.following.models import Follow, Follower, FollowRequest
from portal.following.queries import ChangeFilter
from portal.following.rhythms import Rhythm
from portal.home.queries import Kind, Part
from portal.intake.columns import Sheet
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries.intakes import WaitingRow
from portal.intake.reading import Line, ReadSheet
from portal.intake.verdicts import Fate, Outcome, Verdict
from portal.lifecycle import TextState, states_of
from portal.lifecycle.claims import EnteredAs
from portal.moderation.kinds import KINDS
from portal.moderation.queries import hidden_page, queue_page
from portal.news import actions as articles
from portal.news.models import Article
from portal.organisations import actions as organisations
from portal.organisations.events import (
    AccessMoved,
    MemberDropped,
    OrganisationRenamed,
    OrganisationUnfrozen,
    OwnerJoined,
)
from portal.organisations.facts import Facts
from portal.organisations.identity import Identity, identity_of
from portal.organisations.models import (
    Absence,
    AccessProposal,
    AccessRequest,
    Arrival,
    IdentityProposal,
    Invitation,
    Mailbox,
    Membership,
    Organisation,
    OrganisationKind,
    ProfileText,
)
from portal.pact.models import Layer, PactVersion, SigningEvent
from portal.personal.holdings import HOLDINGS
from portal.policy import Permission, Role
from portal.rappels.models import Rappel, RappelPlan
from portal.rappels.queries import lines_of, parties_of, round_on
from portal.reports.models import YearlyReport
from portal.search.kinds import Kind as SearchKind
from portal.search.models import SearchEntry
from portal.search.queries.holding import hits_of
from portal.search.queries.matching import meant_by
from portal.search.queries.narrowing import Narrowing
from portal.services.entered import Beside, Source, disown
from portal.services.history import record
from portal.services.models import Disowning, Job, JobState
from portal.services.reach import ReachChanged
from portal.services.vereniging import current_vereniging
from portal.signatures import actions as signatures
from portal.signatures.authorised import AnotherSignatory
from portal.signatures.events import AdmissionUndone, SignatureEnded
from portal.signatures.models import Ending, Signature, SignatureLink, StopLink
from portal.signatures.queries import public_signatures
from portal.signatures.queries.filtering import SignatoryFilter
from portal.signatures.signed import Signed
from portal.terms import Term
from portal.vereniging import queries as vereniging
from tests import factories as make
from tests.rooms.every_function import Values
from tests.test_policy import Who

DAY = date(2026, 11, 2)
MODELS: tuple[type[Base], ...] = (
    Absence,
    Account,
    AccountSession,
    AccountToken,
    AccessProposal,
    AccessRequest,
    Arrival,
    Article,
    Comment,
    CommentVersion,
    Commitment,
    Discussion,
    Disowning,
    Document,
    Ending,
    DocumentVersion,
    Follow,
    Follower,
    FollowRequest,
    IdentityProposal,
    Intake,
    IntakeRow,
    Invitation,
    Layer,
    Mailbox,
    Membership,
    Organisation,
    OrganisationKind,
    PactVersion,
    PendingSignIn,
    Revision,
    Picture,
    Prognosis,
    ProfileText,
    Rappel,
    RappelPlan,
    Signature,
    YearlyReport,
    SignatureLink,
    SigningEvent,
    StaffInvitation,
    StopLink,
    Update,
)


def _sign(account: Account) -> None:
    """Make signatures; to one of which more was asked something was added."""
    for state in states_of("signature"):
        signature = make.make_signature(state=state, mandate=make.make_document())
        if state == "more_asked":
            with write_section():
                record(signature, "filled_in", by=account)
        purpose = "end" if state == "admitted" else "confirm"
        TOKENS.append(make.make_signature_link(signature, purpose=purpose)[1])


def _name_mailboxes(organisation: Organisation, account: Account) -> None:
    """Make a mailbox in every state."""
    for state in states_of("mailbox"):
        token = new_token()
        TOKENS.append(token)
        place = organisation if state == "in_use" else make.make_organisation(owner=account)
        make.make_mailbox(place, state=state, token=token)


def fill() -> None:
    """Make one of everything in every state."""
    TOKENS.clear()
    account = make.make_account()
    organisation = make.make_organisation(owner=account, is_public=True, kvk="90000007")
    editor = make.make_membership(organisation, make.make_account(), role="redacteur").account
    make.make_absence(organisation, account, stand_in=editor)
    _name_mailboxes(organisation, account)
    signed = make.make_signature(author=account, mandate=make.make_document())
    _let_end()
    _sign(account)
    for state in states_of("ending"):
        TOKENS.append(make.make_stop_link(make.make_ending(state=state))[1])
    sent = make.make_signature(make.make_organisation(owner=account), state="awaiting_confirmation")
    make.make_signature_link(sent)
    discussion = make.make_discussion(organisation=organisation)
    for state in states_of("comment"):
        make.make_comment(discussion, state=state, author=account)
    asked = make.make_comment(discussion, author=account)
    for state in ("pending", "placed"):
        make.make_comment(parent=asked, state=state)
    for state in states_of("comment_version"):
        make.make_comment_version(make.make_comment(discussion, author=account), state=state)
        make.make_profile(make.make_organisation(), state=state)
    for state in states_of("commitment"):
        documents = [make.make_document()]
        make.make_pages(documents[0], "Tekst.", are_drawn=True)
        commitment = make.make_commitment(signed.organisation, state=state, documents=documents)
    make.make_update(commitment)
    make.make_prognosis(commitment)
    make.make_revision(commitment)
    _ask_all()
    _enter(signed.organisation)
    with write_section():
        when = Signed(next(_past()), "https://voorbeeld.example/bron")
        signatures.enter(make.make_organisation(), when, by=Who(account.id))
    for state in states_of("article"):
        make.make_article(state=state)
    _publish()
    _bring_in()
    make.make_signing_event()
    make.layer()
    make.make_access_request(organisation)
    for state in states_of("access_request"):
        make.make_access_request(make.make_organisation(), state=state)
    _propose_access(account)
    # An address has one open invitation: it comes last.
    for state in sorted(states_of("invitation"), key="open".__eq__):
        entered = make.make_organisation()
        TOKENS.append(make.make_invitation(entered, state=state, role=Role.OWNER)[1])
        address = account.email if state == "open" else None
        TOKENS.append(make.make_staff_invitation(email=address, state=state)[1])
    _hide()
    _arrive()
    _let_in(account)
    _propose(account)
    _decide()
    _follow(account)
    with write_section():
        db.session.add_all(
            [
                vereniging.editable_vereniging(),
                vereniging.editable_legal_text("spelregels"),
                vereniging.editable_statement(),
            ]
        )


def _ask_all() -> None:
    """Make a rappel in every state, with something to ask of a signatory that has an eigenaar."""
    organisation = make.make_organisation(owner=make.make_account())
    late = make.make_commitment(
        make.make_signature(organisation).organisation,
        term="begin oktober 2026",
        promised_on=date(2026, 1, 5),
    )
    for state in states_of("rappel"):
        make.make_rappel(late, state=state, is_running=False)
    with write_section():
        db.session.add(RappelPlan(next_on=DAY))


def _publish() -> None:
    """Let the vereniging write texts and reports, in every state."""
    for state in states_of("pact_version"):
        make.make_pact_version(state=state)
    for state in states_of("yearly_report"):
        make.make_report(state=state)


def _propose_access(account: Account) -> None:
    """Let the vereniging propose to let somebody in, in every state."""
    asked = make.make_access_request(make.make_organisation(owner=account))
    make.make_access_proposal(asked.organisation, request=asked)
    for state in states_of("access_proposal"):
        ours = make.make_organisation(owner=account if state == "announced" else None)
        request = make.make_access_request(ours)
        make.make_access_proposal(ours, request=request, state=state, token=f"bezwaar-{state}")


def _follow(account: Account) -> None:
    """Let an account and an address follow, and another address ask to."""
    make.make_follower("", "soort=nieuws", account=account)
    make.make_follower("", "soort=nieuws", rhythm=Rhythm.DAILY)
    TOKENS.append(make.make_follow_request()[1])


def _decide() -> None:
    """Let a moderator decide on one of everything that waits."""
    moderator = Who(make.make_moderator().id, is_moderator=True)
    why: dict[str, Any] = {"reason": "Daarom.", "by": moderator}
    more = {"ground": "other", **why}
    ours = make.make_organisation()
    confirmed = make.make_ending(state="confirmed", is_known=False, proof=make.make_document())
    decided: list[tuple[Callable[..., None], Any, dict[str, Any]]] = [
        (comments.refuse, latest_version(make.make_comment(state="pending").id), more),
        (comments.place, latest_version(make.make_comment(state="pending").id), {"by": why["by"]}),
        (organisations.refuse_profile, make.make_profile(ours, state="pending"), more),
        (organisations.refuse_proposal, make.make_proposal(), more),
        (organisations.refuse_access, make.make_access_request(ours), why),
        (organisations.refuse_access_proposal, make.make_access_proposal(ours), why),
        (signatures.decline, make.make_signature(state="confirmed"), more),
        (signatures.admit, make.make_signature(state="confirmed"), {"by": why["by"]}),
        (signatures.refuse_end, confirmed, why),
    ]
    DECIDED.clear()
    for action, item, words in decided:
        with write_section():
            action(item, **words)
        DECIDED.append(item)
    with write_section():
        # The mails have left: who undoes a decision tells those who got one.
        db.session.execute(update(Job).values(state=JobState.DONE))


def _bring_in() -> None:
    """Bring a file in, up to every state."""
    for state in states_of("intake"):
        make.make_intake_row(make.make_intake(state=state), verdict=Verdict.NEW)


def _let_end() -> None:
    """Let one ending wait for a moderator with its proof, and one be due."""
    make.make_ending(state="confirmed", is_known=False, proof=make.make_document())
    make.make_ending(state="waiting", ends_at=clock.now())


def _propose(account: Account) -> None:
    """Make a proposal in every state, each of another organisation."""
    for state in states_of("identity_proposal"):
        make.make_proposal(state=state, author=account)


def _enter(organisation: Organisation) -> None:
    """Make what the vereniging enters: a promise, a report, facts and a signature of the past."""
    entered = make.make_commitment(organisation, entered_as=EnteredAs.VERENIGING)
    make.make_update(entered, entered_as=EnteredAs.VERENIGING)
    claims = (
        make.make_commitment(organisation, entered_as=EnteredAs.VERENIGING),
        make.make_update(entered, entered_as=EnteredAs.VERENIGING),
        make.make_organisation(is_public=True),
        make.make_signature(is_historic=True),
    )
    make.make_signature(is_historic=True)
    for claim in claims:
        with write_section():
            beside = Beside(organisation.id, "Wat er staat", "/ondertekenaars/x")
            disown(claim, beside, reason="Dit is niet van ons.", by=None)


def _arrive() -> None:
    """Let somebody become the first eigenaar of two signatories."""
    for _number in range(2):
        make.make_arrival(make.make_signature().organisation, make.make_account())


def _hide() -> None:
    """Hide one more of everything that can be hidden."""
    moderator = Who(make.make_moderator().id, is_moderator=True)
    photo, logo, document = make.make_picture(), make.make_picture(), make.make_document()
    make.make_article(picture=photo)
    make.make_article(picture=make.make_picture())
    organisation = make.make_signature().organisation
    organisation.logo_id = logo.id
    profile = make.make_profile(organisation)
    commitment = make.make_commitment(organisation, documents=[document])
    for hide, item in (
        (comments.hide, make.make_comment()),
        (commitments.hide, make.make_commitment()),
        (articles.hide, make.make_article()),
        (articles.hide_photo, photo),
        (organisations.hide_logo, logo),
        (organisations.hide_profile, profile),
        (commitments.hide_version, document.versions[0]),
        (organisations.hide_reason, db.session.scalars(select(Disowning)).all()[0]),
        (commitments.hide_update, make.make_update(commitment)),
        (commitments.hide_prognosis, make.make_prognosis(commitment)),
        (commitments.hide_text, make.make_revision(commitment)),
    ):
        with write_section():
            hide(item, ground="other", reason="Daarom.", by=moderator)
    make.make_frozen(make.make_organisation(owner=make.make_account()))


def _let_in(account: Account) -> None:
    """Give an account a browser that is signed in, and mail links to it and to a new one."""
    for reader in (account, make.make_account(is_confirmed=False)):
        token = new_token()
        TOKENS.append(token)
        db.session.add(
            AccountToken(
                account_id=reader.id,
                purpose="confirm",
                token_hash=token_hash(token),
                email=f"nieuw-{reader.email}",
                created_at=clock.now(),
                expires_at=clock.now() + timedelta(days=1),
            )
        )
    db.session.add(
        AccountSession(
            account_id=account.id,
            token_hash=token_hash(new_token()),
            device="Firefox",
            created_at=clock.now(),
            last_seen_at=clock.now(),
        )
    )
    db.session.commit()
    PAPER[:] = make.make_telephone(account).paper
    with write_section():
        wait_for_code(account.id)


class CodesOfNow(Sequence[str]):
    """The code that the telephone shows, at the moment at which it is asked."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return [make.Telephone().code()][index]


def _upload() -> KeptUpload:
    return KeptUpload(f"ab/cd/abcd{new_token()[:28]}.pdf", "a.pdf", "application/pdf", 9, "0" * 64)


def _rows() -> dict[str, list[Any]]:
    """Return every row of every model, by the name of the model."""
    return {
        model.__name__: list(db.session.scalars(select(model).order_by(model.id)))  # type: ignore[attr-defined]
        for model in MODELS
    }


def _by_type(rows: dict[str, list[Any]]) -> Mapping[str, Sequence[Any]]:
    organisation = rows["Signature"][0].organisation
    account = rows["Account"][0]
    parties = round_on(DAY).of("gevraagd")
    pages = [
        get_page(commitment.slug, on=DAY, grace_days=30)
        for commitment in rows["Commitment"]
        if commitment.slug
    ]
    return {
        "Holding": HOLDINGS,
        "Part": [Part(kind, 0) for kind in Kind],
        **rows,
        "Person": [Who(row.id, is_moderator=True) for row in (account, rows["Account"][-1])],
        "Promised": [promised("eind 2027", DAY)],
        "KeptUpload": [_upload()],
        "SealedPassword": [SealedPassword("hash", is_long=True)],
        "Spoken": [Spoken(), Spoken(organisation.id, organisation.name)],
        "Proof": [Proof(account.id, account.password_hash)],
        "Commitment | Update": [*rows["Commitment"], *rows["Update"]],
        "Source": [Source("Het weekblad", "https://weekblad.example/1")],
        "Facts": [Facts("Voorbeeldgemeente", rows["OrganisationKind"][0].id)],
        "Identity": [_renamed(organisation)],
        "Numbers": [{"kvk": "90000007"}],
        "dict[str, Value]": [identity_of(organisation).values()],
        "ColumnElement[bool]": [true()],
        "Narrowing": [Narrowing()],
        "Meant": [meant_by("gemeente")],
        "Sequence[Meant]": [[meant_by("gemeente")]],
        "Hits": [hits_of([meant_by("gemeente")])],
        "Invited": rows["StaffInvitation"],
        "type[Invited]": [StaffInvitation],
        "type[Kind]": [StaffInvitation],
        "TextState": [TextState.PENDING],
        "StaffRole": [StaffRole.MODERATOR],
        "Signed": [Signed(term, "https://voorbeeld.example/bron") for term in _past()],
        "AdmissionUndone": [AdmissionUndone(0)],
        "Iterable[Item]": [queue_page(None).rows],
        "Position": [(clock.now(), "profile", 1)],
        "SignatureEnded": [SignatureEnded(organisation.id, None, "tekenbevoegde")],
        "MemberDropped": [
            MemberDropped(
                link.signature.organisation_id, link.author_id, "redacteur", rows["Account"][-1]
            )
            for link in reversed(rows["SignatureLink"])
        ]
        + [
            MemberDropped(row.organisation_id, row.author_id, "eigenaar", None)
            for row in rows["Ending"]
        ],
        "AccessMoved": [
            AccessMoved(proposal, token)
            for proposal in rows["AccessProposal"]
            if proposal.effective_at
            for token in ("x", None)
        ],
        "ReachChanged": [ReachChanged(account.email, is_reached=False)],
        "StaffRoleTaken": [StaffRoleTaken(account.id, rows["Account"][-1])],
        "OrganisationRenamed": [OrganisationRenamed(organisation)],
        "OwnerJoined": [OwnerJoined(organisation.id, account.id)],
        "OrganisationUnfrozen": [OrganisationUnfrozen(organisation.id)],
        "AnotherSignatory": [
            AnotherSignatory("Noor", "Directeur", "n@voorbeeld.example", _upload())
        ],
        "PublicSignature": public_signatures(organisation.id),
        "Sequence[PublicSignature]": [public_signatures(organisation.id)],
        "Vereniging": [vereniging.editable_vereniging()],
        "LegalText": [vereniging.editable_legal_text("spelregels")],
        "AccessibilityStatement": [vereniging.editable_statement()],
        "VerenigingFacts": [current_vereniging("nl")],
        "ChangeFilter": [ChangeFilter(), ChangeFilter(kinds=("gereed",))],
        "Rhythm": list(Rhythm),
        "Stopped": [read_stopped(stop_all(row)) for row in _gone()],
        "CommitmentFilter": [CommitmentFilter(), CommitmentFilter(standings=("te-laat",))],
        "SignatoryFilter": [SignatoryFilter()],
        "CommitmentPage": pages,
        "PartRows": [part_rows(page) for page in pages],
        "object": rows["Organisation"],
        # A browser in which nothing was typed.
        "drafts.Owner | None": [None],
        **_of_files(),
        "Permission": [Permission.ORGANISATION_READ],
        "Columns": [TODAY],
        "Columnar": [rows_from(TODAY)],
        "Kind": KINDS,
        "Named": rows["OrganisationKind"],
        "Word": rows["Layer"],
        "Asked": parties,
        "Letter": [letter for party in parties for letter in party.letters],
        "Sequence[WriterRow]": [[letter.writer for letter in party.letters] for party in parties],
        "Mapping[tuple[int, str], Sequence[StandIn]]": [{}],
        "Sequence[Line]": [lines_of(rappel) for rappel in rows["Rappel"]],
        "Sequence[PartyRow]": [parties_of(rappel) for rappel in rows["Rappel"]],
        "date": [DAY],
        "datetime": [clock.now() - timedelta(hours=1)],
        "Days": [days_of(DAY, 14)],
        "Sequence[Due]": [[]],
        "WriterRow": [WriterRow(1, 1, "Noor", "noor@example.org", "nl", clock.now())],
        "timedelta": [timedelta(hours=1)],
        "bool": [False, True],
        "int": range(1, 7),
        "str": ["nl"],
        "Sequence[int]": [[1, 2]],
        "Sequence[str]": [["loopt", "te-laat"]],
        "Collection[int]": [[1, 2]],
        "Collection[str]": [["is_moderator"]],
        "Iterable[int | None]": [[1, None]],
        "type[Tag]": [Layer],
        "type[SearchEntry]": [SearchEntry],
        "Collection[Tag]": [[("laag", rows["Layer"][0].slug)]],
        "Tagged": [tagged()],
        "Sequence[tuple[Kind, int]]": [[(SearchKind.COMMITMENT, 1)]],
        "Select[*Shown,]": [select(Commitment.id)],
    }


def _of_files() -> dict[str, Sequence[Any]]:
    """Return what the rooms of what is brought in ask for."""
    line = Line(2, {"naam": "Gemeente Nieuw (fictief)"})
    return {
        "Fate": list(Fate),
        "Mapping[int, Outcome]": [{1: Outcome(Verdict.NEW)}],
        "Mapping[str, str]": [{"naam": "Gemeente Andersland (fictief)"}],
        "Sequence[ReadSheet]": [(ReadSheet(Sheet.SIGNATORIES, (line,), ()),)],
        "Sheet": list(Sheet),
        "Verdict": list(Verdict),
        "WaitingRow": [WaitingRow(1, Sheet.SIGNATORIES, 2, {}, "", [], "nieuw", "")],
    }


def _gone() -> Iterator[Follower]:
    """Give somebody who follows, and who is back afterwards."""
    with suppress(_Back), write_section():
        yield from db.session.scalars(select(Follower).limit(1))
        raise _Back


class _Back(Exception):
    """Ends a write section without keeping anything."""


def _renamed(organisation: Organisation) -> Identity:
    return replace(identity_of(organisation), name="Andere naam (fictief)")


def _past() -> Iterator[Term]:
    term = promised("zomer 2019", DAY).term
    if term is not None:
        yield term


def _by_name(rows: dict[str, list[Any]]) -> Mapping[str, Sequence[Any]]:
    """Return what a parameter gets by its name, or by that of its function as well."""
    draft = rows["Commitment"][0]
    hidden = hidden_page(None).rows[0]
    document_id = draft.documents[0].document_id
    invitation, proposal = rows["Invitation"][0], rows["AccessProposal"][0]
    factor = "accounts.actions.second_factor"
    with_telephone = [
        row for row in rows["Account"] if row.id == rows["PendingSignIn"][0].account_id
    ]
    subjects, invitations = "commitments.queries.subjects", "organisations.queries.invitations"
    people = "organisations.actions.people"
    return {
        **BY_NAME,
        "accounts.actions.roles.assign_roles.is_moderator": [True],
        "accounts.actions.roles.take_up_roles.inviter": rows["Account"][:1],
        **{f"{factor}.{name}.account": with_telephone for name in OF_TELEPHONE},
        f"{factor}.set_factor.old_code": PAPER[:1],
        f"{factor}.take_recovery_code.typed": PAPER[:1],
        "accounts.queries.invitations.address_of_link.endpoint": ["organisations.accept"],
        "accounts.queries.get_session.account_id": _column(rows["AccountSession"], "account_id"),
        "comments.actions.posting.post.organisation_id": [None],
        "personal.actions.erase.without_owner": [True],
        "comments.actions.posting.post.parent_id": [None],
        f"{subjects}.get_document.commitment": [draft],
        f"{subjects}.get_document.document_id": [document_id],
        **_paged(),
        f"{subjects}.get_stored_version.commitment_id": [draft.id],
        f"{subjects}.get_stored_version.document_id": [document_id],
        f"{subjects}.get_stored_version.slug": [None],
        "organisations.queries.access.proposal_by_token.token": ["bezwaar-announced"],
        "organisations.queries.access.get_access_proposal.proposal_id": [proposal.id],
        "organisations.queries.access.get_access_proposal.organisation_id": [
            proposal.organisation_id
        ],
        f"{invitations}.get_invitation.invitation_id": [invitation.id],
        f"{invitations}.get_invitation.organisation_id": [invitation.organisation_id],
        "organisations.actions.claiming.take_back_disowning_facts.organisation": [
            row for row in rows["Organisation"] if row.is_disowned
        ],
        "commitments.queries.listing.listing.order": [
            "laat",
            "bijgewerkt",
            "termijn",
            "nieuwste",
            "titel",
        ],
        **{
            f"register.queries.{name}.order": ["naam", "nieuwste", "te-laat"]
            for name in ("signatories.listing", "signatories.taken", "ordering.in_order_of")
        },
        "register.queries.ordering.is_possible.order": ["nieuws"],
        "register.queries.ordering.next_order.column": ["te-laat"],
        "commitments.queries.page.get_page.slug": _column(rows["Commitment"], "slug"),
        "commitments.queries.timeline.timeline_of.commitment": [
            commitment for commitment in rows["Commitment"] if commitment.published_at
        ],
        "moderation.queries.hidden.get_hidable.number": [hidden.row.id],
        "moderation.queries.decided.decided_page.thing": ["", "signature"],
        "moderation.queries.hidden.get_hidable.thing": [hidden.kind.path],
        "documents.queries.get_picture_key.key": [make.make_picture().storage_key],
        "organisations.actions.freezing.unfreeze.organisation": [
            row for row in rows["Organisation"] if row.frozen_at
        ],
        "news.queries.get_by_slug.slug": _column(rows["Article"], "slug"),
        "news.queries.get_asked_version.slug": _column(rows["Article"], "slug"),
        f"{people}.change_role.membership": _with_colleague(rows["Membership"]),
        f"{people}.change_role.role": ["eigenaar", "redacteur"],
        "organisations.actions.people.accept.email": _column(rows["Invitation"], "email"),
        "reports.queries.get_report.key": _column(rows["YearlyReport"], "key"),
        "reports.queries.promises.happening": [None],
        "pact.queries.get_version.label": _column(rows["PactVersion"], "label"),
        "rappels.actions.prepare.by": [None],
        **{
            f"rappels.queries.rappels.{name}.name": _column(rows["Rappel"], "name")
            for name in ("get_rappel", "get_published", "get_answerable")
        },
        "rappels.queries.rappels.get_answerable.organisation_id": [
            late.organisation_id for late in rows["Commitment"] if "2026" in late.term_words
        ],
        "search.queries.finding.near_names.meant": [[meant_by("gemeente")]],
        "search.queries.reading.read_sources.rows": [[(SearchKind.COMMITMENT, 1)]],
        "search.queries.sources.sources_of.kind": [SearchKind.COMMITMENT],
        "search.queries.sources.texts_of.kind": [SearchKind.COMMITMENT],
        "search.queries.owners.owners_of.kind": [SearchKind.COMMITMENT],
        "search.queries.ranking.best.kinds": [(SearchKind.COMMITMENT,)],
        "search.queries.ranking.kinds_within.counts": [{SearchKind.COMMITMENT: 1}],
        "search.queries.sources.visible.kind": [SearchKind.COMMITMENT],
        "search.queries.holding.is_readable.kind": [SearchKind.COMMITMENT],
        "register.numbers.get_numbered.key": ["GP-1"],
        "register.queries.pages.get_signatory.slug": _column(rows["Organisation"], "slug"),
        "signatures.actions.deciding.admit.seen": [None],
        "signatures.actions.judging.agree_end.seen": [None],
        "decision_id: int | None": [None],
        **_decided(rows),
        "signatures.actions.ending.ask_end.takes_effect_on": [None],
        "signatures.actions.ending.confirm_end.link": [
            link for link in rows["SignatureLink"] if link.ending_id is not None
        ],
        "following.queries.followers.find_follower.token": [
            token_of(row.code) for row in rows["Follower"]
        ],
        "organisations.actions.mailboxes.put_mailbox_back.mailbox": [
            row for row in rows["Mailbox"] if row.state == "put_away"
        ],
        "organisations.queries.mailboxes.get_mailbox.organisation_id": [
            row.organisation_id for row in rows["Mailbox"] if row.state == "in_use"
        ],
        "organisations.queries.mailboxes.get_former_mailbox.organisation_id": [
            row.organisation_id for row in rows["Mailbox"] if row.state == "put_away"
        ],
        "inviter: str": ["Noor Voorbeeld"],
        "but: Sequence[Reader]": [()],
        "token: str": list(TOKENS),
        "organisations.actions.away.set_absence.last_on": [clock.today()],
        "organisations.actions.away.set_absence.stand_in_id": [rows["Absence"][0].stand_in_id],
        "vereniging.actions.edit_statement.settings": [{"answer_days": 10}],
    }


# What undoes a decision, with the parameter that takes what was decided on.
UNDOING = {
    "comments.actions.deciding.undo_decision.version": "CommentVersion",
    "organisations.actions.undoing.undo_access_proposal_decision.proposal": "AccessProposal",
    "organisations.actions.profiles.undo_profile_decision.version": "ProfileText",
    "organisations.actions.proposals.undo_proposal_decision.proposal": "IdentityProposal",
    "organisations.actions.requests.undo_refusal.request": "AccessRequest",
    "signatures.actions.undoing.undo_decision.signature": "Signature",
    "signatures.actions.undoing.undo_end_decision.ending": "Ending",
}


def _decided(rows: dict[str, list[Any]]) -> Mapping[str, Sequence[Any]]:
    """Return what `_decide` made, for the actions that undo it."""
    return {name: [row for row in rows[model] if row in DECIDED] for name, model in UNDOING.items()}


def _paged() -> Mapping[str, Sequence[Any]]:
    """Return what leads to the one page of a document."""
    query = select(CommitmentDocument.document_id, Commitment.slug).join(Commitment)
    document_id, slug = db.session.execute(query.where(Commitment.slug.is_not(None))).first() or ()
    known = {"document_id": document_id, "number": 1, "page": 1, "slug": slug}
    return {
        f"commitments.queries.versions.{function}.{name}": [value]
        for function in ("get_read_page", "get_page_picture")
        for name, value in known.items()
    }


def _with_colleague(memberships: list[Any]) -> list[Any]:
    """Return who is not alone in an organisation: a last eigenaar keeps their role."""
    return [row for row in memberships if len(row.organisation.memberships) > 1]


def _column(rows: list[Any], name: str) -> list[Any]:
    return [value for row in rows if (value := getattr(row, name)) is not None]


# What moderators decided on.
DECIDED: list[Any] = []
# The tokens of the links that were made, in the order in which they were.
TOKENS: list[str] = []
# The recovery codes of the account that has a telephone.
PAPER: list[str] = []
# What is done with a telephone that is there.
OF_TELEPHONE = (
    "reset_factor",
    "renew_codes",
    "set_factor",
    "take_any_code",
    "take_code",
    "take_recovery_code",
    "turn_off_factor",
)

BY_NAME: Mapping[str, Sequence[Any]] = {
    "code: str": CodesOfNow(),
    "cursor": [None, "x"],
    "email: str": ["iemand@voorbeeld.example"],
    "settings: Mapping[str, object]": [{"name": "Vereniging", "site_name": "Portaal"}],
    "ground: str": ["other"],
    "job_title: str": ["Adviseur"],
    "kind: str": ["lagen", "themas"],
    "label: str": ["1.0"],
    "licence: Licence": [Licence.CC_BY],
    "found: Inspection": [
        Inspection("application/pdf", "pdf", 9, "0" * 64, 1, "Plan", "nl", True, True, 0, None)
    ],
    "drawn: Sequence[tuple[int, str]]": [[(1, "Tekst.")]],
    "stored: Sequence[tuple[str, Preview] | None]": [[None]],
    "locale: str": ["nl", "en"],
    "name: str": ["Voorbeeldnaam"],
    "progress: str": ["loopt"],
    "purpose: str": ["confirm", "end"],
    "proof: str": ["Gebeld."],
    "reason: str": ["Daarom."],
    "role: str": ["redacteur"],
    "secret: str": [make.Telephone().secret],
    "slug: str": ["spelregels"],
    "browser: drafts.Owner | None": [None],
    "stay_as: str | None": ["redacteur", None],
    "place: tuple[int, ...]": [(1, 1, 0, 1)],
    "beyond: tuple[int, ...] | None": [(1, 1, 0, 1), None],
    "owner_id: int | None": [1, None],
    "is_top: bool": [True, False],
    "typed: str": CodesOfNow(),
    "texts": [{"kind": "plan", "title": "Plan", "what": "Wat", "result": "Klaar"}],
}


def values(more: Mapping[str, Sequence[Any]] | None = None) -> Values:
    """Return what the rows of `fill` and plain values can be handed to; `more` goes before."""
    rows = _rows()
    return Values({**_by_name(rows), **(more or {})}, _by_type(rows))
