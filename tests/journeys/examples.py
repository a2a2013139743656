"""One of everything that has a page, under names that no layout expects; and who sees it where."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.accounts.actions.links import CHANGE, CONFIRM, RESET, make_link
from portal.accounts.models import Account
from portal.comments.actions import hide as hide_comment
from portal.comments.queries.finding import latest_version
from portal.commitments.actions import edit as edit_commitment
from portal.commitments.actions import hide_version
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.documents.licences import Licence
from portal.documents.looking import mark_to_look
from portal.documents.models import Document
from portal.documents.upload import KeptUpload
from portal.following.links import Stopped, seal_stopped, token_of
from portal.intake.verdicts import Verdict
from portal.intake.views import KINDS
from portal.lifecycle.claims import EnteredAs
from portal.opendata.making import make_archive
from portal.organisations.models import Organisation
from portal.papers.taking import PAPER_ENDING
from portal.policy import Role
from portal.services.models import Job
from portal.web.taking import ENDING
from tests import factories as make
from tests.test_policy import Who

WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
LONG = f"Samenwerkingsverband {WORD} 's-Hertogenbosch-Zuidwest (fictief)"
TITLE = f"Plan voor {WORD.lower()} en wat daarbij hoort"
TEXT = f"""Wij doen **dit**, want {WORD.lower() * 2} is nodig.

- [een link](https://voorbeeld.example/{"x" * 90})
- nog een punt
"""
OPEN = ("draft", "awaiting_confirmation", "confirmed", "more_asked", "declined")

BUILT = Path(__file__).parents[2] / "static" / "dist" / "manifest.json"

World = dict[str, Any]


def make_world() -> World:
    """Return things and people by the names that the addresses below use."""
    people = _people()
    owner, guest = people["owner"], people["guest"]
    make.make_vereniging()
    make.make_telephone(owner)
    pact = make.make_pact_version(label="1.0", body=f"# Wij\n\n{TEXT}")
    mandate = make.make_document(title="Mandaatbesluit", file_name="mandaat.pdf", author=owner)
    signature = make.make_signature(
        _organisation(owner, 0), pact_version=pact, author=owner, mandate=mandate
    )
    organisation = signature.organisation
    world = {
        **people,
        "today": clock.today(),
        "past": clock.today() - timedelta(days=400),
        "pact": pact,
        "pact_draft": make.make_pact_version(label="2.0", state="draft", body=TEXT),
        "word": make.layer(),
        "kind": make.kind(),
        "event": make.make_signing_event(name=f"Congres over {WORD}"),
        "picture": (picture := make.make_picture()),
        "photo_mark": mark_to_look(
            KeptUpload(picture.storage_key, "foto.png", "image/webp", 9, "0" * 64)
        ),
        "style": json.loads(BUILT.read_text())["app.css"],
        "signature": signature,
        "organisation": organisation,
        "frozen": make.make_frozen(_organisation(make.make_account(), 99)),
        **_other_signatures(owner, pact, mandate),
        **_endings(owner, people["moderator"], pact),
        **_people_of(organisation, guest),
        **_commitments(organisation, owner, guest),
        **_proposals(organisation, owner),
        **_articles(people["moderator"], guest),
        **_entered(organisation),
        **_held(owner, people["moderator"]),
        **_links(people, signature),
        **_files_brought_in(people["beheerder"]),
    }
    world |= _rappels(world)
    world["comment_waits"] = latest_version(world["comment_pending"].id)
    world["comment_decided"] = latest_version(make.make_comment(state="refused").id)
    _park_a_job()
    make_archive()
    return world


def _files_brought_in(beheerder: Account) -> World:
    intake = make.make_intake(author=beheerder, file_name=f"{WORD}.csv")
    row = make.make_intake_row(intake, verdict=Verdict.DOUBTFUL, naam=LONG)
    with write_section():
        row.remarks = [["naam", TEXT]]
        row.candidates = [make.make_organisation(name=f"{LONG} (ook fictief)").id]
    done = make.make_intake(author=beheerder, state="in_place")
    make.make_intake_row(done, verdict=Verdict.NEW, naam=LONG)
    return {"intake_row": row, "intake_done": done}


def _people() -> dict[str, Account]:
    return {
        "waiting": make.make_account(is_confirmed=False, email=f"{WORD}@gemeente.example"),
        "guest": make.make_account(name=f"Gijs {WORD}", email="gast@example.org"),
        "owner": make.make_account(name="Eva de Eigenaar van de Organisatie"),
        "moderator": make.make_moderator(name="Mo de Moderator"),
        "beheerder": make.make_beheerder(name="Bo de Beheerder"),
    }


def _organisation(owner: Account, number: int) -> Organisation:
    return make.make_organisation(
        name=f"{number}e {LONG}",
        owner=owner,
        kind_slug="samenwerkingsverband",
        kvk=f"{30000000 + number:08}",
        website=f"https://www.{WORD.lower()}.example",
        mail_domain="example.org",
        is_fictional=True,
    )


def _other_signatures(owner: Account, pact: Any, mandate: Document) -> World:
    found: World = {}
    for number, state in enumerate((*OPEN, "ended"), start=1):
        found[f"signature_{state}"] = make.make_signature(
            _organisation(owner, number),
            state=state,
            pact_version=pact,
            author=owner,
            mandate=mandate if state == "confirmed" else None,
            reason=TEXT,
        )
    found["signature_entered"] = make.make_signature(
        _organisation(owner, 20), state="awaiting_owner", source_url="https://nieuws.example/1"
    )
    found["historic"] = make.make_signature(
        make.make_organisation(name="Dimpact (fictief)"),
        is_historic=True,
        signed_on=date(2019, 7, 3),
    )
    return found


def _endings(owner: Account, moderator: Account, pact: Any) -> World:
    """Return an ending in every state that has a page, and the tokens of the links."""
    world: World = {}
    for number, state in enumerate(
        ("asked", "confirmed", "more_asked", "waiting", "proposed", "refused"), start=10
    ):
        signature = make.make_signature(
            _organisation(owner, number), pact_version=pact, author=owner
        )
        world[f"ending_{state}"] = make.make_ending(
            signature,
            state=state,
            author=moderator if state == "proposed" else owner,
            is_known=state in ("asked", "waiting"),
            proof=make.make_document(author=owner) if state == "confirmed" else None,
            reason=TEXT,
        )
    asked, waiting = world["ending_asked"], world["ending_waiting"]
    world["end_token"] = make.make_signature_link(asked.signature, purpose="end", ending=asked)[1]
    world["stop_token"] = make.make_stop_link(waiting)[1]
    return world


def _proposals(organisation: Organisation, owner: Account) -> World:
    """Return a proposal that waits, one that was placed, and one that was refused."""
    wanted = {"author": owner, "website": f"https://{WORD.lower()}.example", "note": TEXT}
    return {
        "proposal_refused": make.make_proposal(organisation, state="refused", **wanted),
        "proposal_placed": make.make_proposal(organisation, state="placed", **wanted),
        "proposal": make.make_proposal(organisation, **{**wanted, "website": "https://a.example"}),
    }


def _entered(organisation: Organisation) -> World:
    """Return what the vereniging entered: about a signatory with an eigenaar, and without."""
    unclaimed = make.make_organisation(name=f"Overgenomen {WORD} (fictief)", is_public=True)
    source = make.make_commitment(
        unclaimed, entered_as=EnteredAs.VERENIGING, title=f"{TITLE} (3)", what=TEXT
    )
    theirs = make.make_commitment(
        organisation, entered_as=EnteredAs.VERENIGING, title=f"{TITLE} (4)", what=TEXT
    )
    make.make_update(theirs, entered_as=EnteredAs.VERENIGING, body=TEXT)
    return {
        "unclaimed": unclaimed,
        "entered": source,
        "entered_theirs": theirs,
        "entered_update": make.make_update(source, entered_as=EnteredAs.VERENIGING, body=TEXT),
    }


def _held(owner: Account, moderator: Account) -> World:
    """Return a comment and a document that are hidden."""
    signature = make.make_signature(_organisation(owner, 30))
    document = _document(owner)
    promise = make.make_commitment(
        signature.organisation, title=f"{TITLE} (5)", what=TEXT, documents=[document]
    )
    comment = make.make_comment(promise.discussion, body=TEXT)
    by = Who(moderator.id, is_moderator=True)
    with write_section():
        hide_comment(comment, ground="other", reason=TEXT, by=by)
        hide_version(document.latest, ground="other", reason=TEXT, by=by)
    return {"hidden": comment, "hidden_file": document.latest}


def _people_of(organisation: Organisation, guest: Account) -> World:
    profile = make.make_profile(organisation, body=TEXT)
    invitation, token = make.make_invitation(
        make.make_organisation(name=f"{WORD} (fictief)"), email=guest.email
    )
    make.make_invitation(organisation, email=f"{WORD.lower()}@gemeente.example")
    make.make_mailbox(
        organisation, f"{WORD.lower()}@gemeente.example", state="unproved", token=MAILBOX
    )
    unowned = make.make_organisation(name=f"Zonder eigenaar {WORD} (fictief)", is_public=True)
    return {
        "profile": profile,
        "profile_waits": make.make_profile(organisation, state="pending", body=TEXT),
        "member": make.make_membership(organisation, job_title=f"Adviseur {WORD}"),
        "reader": make.make_membership(organisation, role=Role.READER),
        "request": make.make_access_request(organisation, author=guest, message=TEXT),
        "unowned": unowned,
        "unowned_request": make.make_access_request(unowned, message=TEXT),
        "refused_request": make.make_access_request(unowned, state="refused"),
        "access_proposal": make.make_access_proposal(unowned),
        "announced": make.make_access_proposal(organisation, state="announced", token=OBJECTION),
        "refused_proposal": make.make_access_proposal(unowned, state="refused"),
        "staff_token": make.make_staff_invitation(email=guest.email)[1],
        "invitation": invitation,
        "invitation_token": token,
    }


def _commitments(organisation: Organisation, owner: Account, guest: Account) -> World:
    file, draft_file = _document(owner), _document(owner)
    commitment = make.make_commitment(
        organisation,
        title=TITLE,
        what="Wij doen dit eerst.",
        term="begin oktober 2020",
        author=owner,
        layers=[make.layer()],
        principles=[make.principle()],
        documents=[file],
    )
    with write_section():
        edit_commitment(commitment, what=TEXT, by=owner)
    make.make_term_move(commitment, to="eind 2021", reason=TEXT, author=owner)
    make.make_update(commitment, body=TEXT, evidence_url=f"https://bewijs.example/{'x' * 90}")
    prognosis = make.make_prognosis(
        commitment, expected=f"in {WORD}", body=TEXT, author=owner, source_url="https://a.example/1"
    )
    draft = make.make_commitment(
        organisation, state="draft", title=f"{TITLE} (2)", what=TEXT, documents=[draft_file]
    )
    return {
        "commitment": commitment,
        "prognosis": prognosis,
        "commitment_withdrawn": make.make_commitment(organisation, state="withdrawn", reason=TEXT),
        "draft": draft,
        "file": file.latest,
        "draft_file": draft_file.latest,
        **_comments(commitment, owner, guest),
    }


def _rappels(world: World) -> World:
    """Return a rappel that runs, one that is ready, and one that was published."""
    asked = (world["commitment"], make.make_commitment(world["organisation"], title=f"{TITLE} (8)"))
    late = make.make_commitment(world["organisation"], title=f"{TITLE} (9)", term="eind 2020")
    make.make_prognosis(late, expected=f"in {WORD}", body=TEXT)
    return {
        "rappel": make.make_rappel(*asked, late, name="2026-1"),
        "rappel_ready": make.make_rappel(state="ready", name="2026-2", is_running=False),
        "rappel_published": make.make_rappel(*asked, state="published", name="2025-1"),
    }


def _document(author: Account) -> Document:
    document = make.make_document(title=f"Plan {WORD}", file_name="plan.pdf", author=author)
    preview = make.make_picture(width=300, height=400)
    with write_section():
        version = document.latest
        version.preview_key = preview.storage_key
        version.preview_width, version.preview_height = preview.width, preview.height
        document.dated, document.licence = date(2020, 3, 1), Licence.CC_BY_SA
        version.checked_at = clock.now()
    make.make_pages(document, TEXT, f"{WORD} {TEXT}", are_drawn=True)
    make.write_out(document, body=f"## {TITLE}\n\n{TEXT}")
    return document


def _comments(commitment: Commitment, owner: Account, guest: Account) -> World:
    discussion = commitment.discussion
    placed = make.make_comment(discussion, author=guest, body=TEXT)
    make.make_comment(parent=placed, author=owner, organisation=commitment.organisation, body=TEXT)
    make.make_comment(discussion, author=guest, state="refused", body=TEXT)
    return {
        "discussion": discussion,
        "comment": placed,
        "comment_changed": make.make_comment_version(placed, body=f"Beter. {TEXT}"),
        "comment_pending": make.make_comment(parent=placed, state="pending", body=TEXT),
    }


def _articles(moderator: Account, guest: Account) -> World:
    picture = make.make_picture(width=1600, height=900)
    article = make.make_article(title=TITLE, body=TEXT, author=moderator, picture=picture)
    make.make_comment(article.discussion, author=guest, body=TEXT)
    return {
        "article": article,
        "article_draft": make.make_article(state="draft", title=f"{TITLE} (2)", body=TEXT),
        **_reports(),
    }


def _reports() -> World:
    report = make.make_report(introduction=TEXT)
    return {
        "report": report,
        "report_later": make.make_report(earlier=report, correction=TEXT),
        "report_draft": make.make_report(state="draft"),
        "this_year": clock.today().year,
    }


def _links(people: dict[str, Account], signature: Any) -> World:
    with write_section():
        tokens = {
            "reset_token": make_link(people["guest"], RESET),
            "confirm_token": make_link(people["waiting"], CONFIRM),
            "change_token": make_link(people["guest"], CHANGE, email="nieuw@example.org"),
        }
    asked = make.make_signature(state="awaiting_confirmation", pact_version=signature.pact_version)
    tokens |= _followers(people["guest"], signature.organisation)
    tokens["sign_token"] = make.make_signature_link(asked)[1]
    return tokens


def _followers(guest: Account, organisation: Organisation) -> World:
    """Return the tokens of the mails to somebody who follows, asked to, and stopped."""
    what = (f"organisatie={organisation.slug}", f"q={WORD}&stand=loopt", "soort=nieuws")
    make.make_follower(*what, account=guest)
    follower = make.make_follower(*what, email=f"{WORD}@gemeente.example")
    follows = [(each, "meteen", clock.now().isoformat()) for each in what]
    stopped = Stopped(None, "weg@voorbeeld.example", "nl", "code", follows, follows[0][2])
    return {
        "follower_token": token_of(follower.code),
        "follow_request_token": make.make_follow_request(what[0])[1],
        "stopped_token": seal_stopped(stopped),
    }


def _park_a_job() -> None:
    with write_section():
        now = clock.now()
        error = f"550 {WORD}"
        db.session.add(
            Job(
                kind="mail",
                payload={},
                state="parked",
                last_error=error,
                template="account_confirm",
                recipient=f"n…@{WORD.lower()}.example",
                run_at=now,
                created_at=now,
            )
        )


# Rule of the url_map -> who sees a page there, and where; addresses are filled in from the world.
Pages = dict[str, tuple[str, ...]]

EVERYBODY = "visitor guest owner moderator beheerder"
STAFF = "moderator beheerder"
MAILBOX = "een-link-om-een-mailbox-te-bewijzen"
OBJECTION = "een-link-om-bezwaar-te-maken"

PAGES: Pages = {
    "/": (EVERYBODY, "/"),
    "/<any(spelregels, privacy, toegankelijkheid, colofon):slug>": (
        "visitor",
        "/spelregels",
        "/privacy",
        "/toegankelijkheid",
        "/colofon",
    ),
    "/zoeken": (
        "visitor guest",
        "/zoeken",
        f"/zoeken?q={WORD}",
        "/zoeken?q=Heeft+Nergenshoven+getekend",
    ),
    "/toegankelijkheid/gemeld": ("visitor", "/toegankelijkheid/gemeld"),
    "/toegankelijkheid/melden": ("visitor guest", "/toegankelijkheid/melden"),
    "/account": (f"guest owner {STAFF}", "/account"),
    "/account/e-mail": ("guest waiting", "/account/e-mail"),
    "/account/naam": ("guest", "/account/naam"),
    "/account/reacties": ("guest owner moderator", "/account/reacties"),
    "/account/sessies": ("guest", "/account/sessies"),
    "/account/toetsen": ("moderator", "/account/toetsen"),
    "/account/twee-stappen": ("guest owner", "/account/twee-stappen"),
    "/account/twee-stappen/herstelcodes": ("owner", "/account/twee-stappen/herstelcodes"),
    "/account/twee-stappen/telefoon": ("guest owner", "/account/twee-stappen/telefoon"),
    "/account/twee-stappen/uitzetten": ("owner", "/account/twee-stappen/uitzetten"),
    "/account/wachtwoord": ("guest moderator", "/account/wachtwoord"),
    "/mijn-werk": (f"guest owner {STAFF}", "/mijn-werk"),
    "/beheer": ("beheerder", "/beheer"),
    "/beheer/groeipact": ("beheerder", "/beheer/groeipact"),
    "/beheer/groeipact/<int:pact_version_id>": ("beheerder", "/beheer/groeipact/{pact_draft.id}"),
    "/beheer/groeipact/<int:pact_version_id>/publiceren": (
        "beheerder",
        "/beheer/groeipact/{pact_draft.id}/publiceren",
    ),
    "/beheer/groeipact/nieuw": ("beheerder", "/beheer/groeipact/nieuw"),
    "/beheer/rollen": ("beheerder", "/beheer/rollen", "/beheer/rollen?q=example"),
    "/beheer/rollen/uitnodigen": ("beheerder", "/beheer/rollen/uitnodigen"),
    "/beheer/rollen/<int:account_id>": (
        "beheerder",
        "/beheer/rollen/{guest.id}",
        "/beheer/rollen/{waiting.id}",
    ),
    "/beheer/rollen/<int:account_id>/twee-stappen": (
        "beheerder",
        "/beheer/rollen/{owner.id}/twee-stappen",
        "/beheer/rollen/{guest.id}/twee-stappen",
    ),
    "/beheer/import": ("beheerder", "/beheer/import"),
    "/beheer/import/<int:intake_id>": (
        "beheerder",
        "/beheer/import/{intake_row.intake_id}",
        "/beheer/import/{intake_done.id}",
    ),
    "/beheer/import/<int:intake_id>/regel/<int:row_id>": (
        "beheerder",
        "/beheer/import/{intake_row.intake_id}/regel/{intake_row.id}",
    ),
    "/beheer/import/<int:intake_id>/terughalen": (
        "beheerder",
        "/beheer/import/{intake_done.id}/terughalen",
    ),
    "/beheer/soorten": ("beheerder", "/beheer/soorten"),
    "/beheer/soorten/<int:kind_id>": ("beheerder", "/beheer/soorten/{kind.id}"),
    "/beheer/soorten/nieuw": ("beheerder", "/beheer/soorten/nieuw"),
    "/beheer/controlelijst": ("beheerder", "/beheer/controlelijst"),
    "/beheer/draaien": ("beheerder", "/beheer/draaien"),
    "/beheer/taken": ("beheerder", "/beheer/taken"),
    "/beheer/testmail": ("beheerder", "/beheer/testmail"),
    "/beheer/teksten/<slug>": ("beheerder", "/beheer/teksten/spelregels"),
    "/beheer/toegankelijkheid": ("beheerder", "/beheer/toegankelijkheid"),
    "/beheer/vereniging": ("beheerder", "/beheer/vereniging"),
    "/beheer/woorden/<kind>": ("beheerder", "/beheer/woorden/lagen", "/beheer/woorden/themas"),
    "/beheer/woorden/<kind>/<int:word_id>": ("beheerder", "/beheer/woorden/lagen/{word.id}"),
    "/bezwaar-tegen-toegang/<token>": ("visitor", f"/bezwaar-tegen-toegang/{OBJECTION}"),
    "/bezwaar-tegen-toegang/klaar": ("visitor", "/bezwaar-tegen-toegang/klaar"),
    "/bevestigen": ("waiting", "/bevestigen"),
    "/bevestigen/<token>": ("visitor", "/bevestigen/{confirm_token}"),
    "/groeipact": (EVERYBODY, "/groeipact"),
    "/groeipact/versies/<label>": ("visitor", "/groeipact/versies/1.0"),
    "/inloggen": ("visitor", "/inloggen", "/inloggen?verder=/nieuws"),
    "/nieuw-e-mailadres/<token>": ("visitor guest", "/nieuw-e-mailadres/{change_token}"),
    "/nieuw-wachtwoord/<token>": ("visitor", "/nieuw-wachtwoord/{reset_token}"),
    "/naast-elkaar": (
        EVERYBODY,
        "/naast-elkaar",
        "/naast-elkaar?ondertekenaar={organisation.slug}",
        "/naast-elkaar?toezegging={commitment.slug}",
    ),
    "/nieuws": (EVERYBODY, "/nieuws"),
    "/nieuws/<slug>": (EVERYBODY, "/nieuws/{article.slug}"),
    "/nieuws/<slug>/geschiedenis": (EVERYBODY, "/nieuws/{article.slug}/geschiedenis"),
    "/nieuws/<slug>/versies/<int:number>": (EVERYBODY, "/nieuws/{article.slug}/versies/1"),
    "/ondertekenaars": (
        EVERYBODY,
        "/ondertekenaars",
        "/ondertekenaars?q=niets-te-vinden",
        "/ondertekenaars?weergave=tabel",
    ),
    "/ondertekenaars/<slug>/jaar/<int:year>": (
        EVERYBODY,
        "/ondertekenaars/{organisation.slug}/jaar/{this_year}",
    ),
    "/ondertekenaars/<slug>/omschrijvingen": (
        EVERYBODY,
        "/ondertekenaars/{organisation.slug}/omschrijvingen",
    ),
    "/ondertekenaars/<slug>/omschrijvingen/<int:number>": (
        EVERYBODY,
        "/ondertekenaars/{organisation.slug}/omschrijvingen/1",
    ),
    "/ondertekenaars/<slug>": (
        EVERYBODY,
        "/ondertekenaars/{organisation.slug}",
        "/ondertekenaars/{signature_ended.organisation.slug}",
        "/ondertekenaars/{historic.organisation.slug}",
    ),
    "/ondertekenen": (EVERYBODY, "/ondertekenen"),
    "/ondertekening-bevestigen/<token>": ("visitor", "/ondertekening-bevestigen/{sign_token}"),
    "/ondertekening-bevestigen/<token>/niet-tekenen": (
        "visitor",
        "/ondertekening-bevestigen/{sign_token}/niet-tekenen",
    ),
    "/ondertekening-bevestigen/klaar": ("visitor", "/ondertekening-bevestigen/klaar"),
    "/ondertekening-bevestigen/niet-getekend": (
        "visitor",
        "/ondertekening-bevestigen/niet-getekend",
    ),
    "/ondertekeningen/<int:signature_id>": (
        "owner moderator",
        "/ondertekeningen/{signature.id}",
        "/ondertekeningen/{signature_draft.id}",
        "/ondertekeningen/{signature_awaiting_confirmation.id}",
        "/ondertekeningen/{signature_confirmed.id}",
        "/ondertekeningen/{signature_more_asked.id}",
        "/ondertekeningen/{signature_declined.id}",
        "/ondertekeningen/{signature_ended.id}",
        "/ondertekeningen/{signature_entered.id}",
        "/ondertekeningen/{ending_asked.signature_id}",
        "/ondertekeningen/{ending_confirmed.signature_id}",
        "/ondertekeningen/{ending_more_asked.signature_id}",
        "/ondertekeningen/{ending_waiting.signature_id}",
        "/ondertekeningen/{ending_proposed.signature_id}",
    ),
    "/ondertekeningen/<int:signature_id>/annuleren": (
        "owner",
        "/ondertekeningen/{signature_draft.id}/annuleren",
    ),
    "/ondertekeningen/<int:signature_id>/beeindigen": (
        "moderator",
        "/ondertekeningen/{signature.id}/beeindigen",
    ),
    "/ondertekeningen/<int:signature_id>/bewerken": (
        "owner",
        "/ondertekeningen/{signature_draft.id}/bewerken",
    ),
    "/ondertekeningen/<int:signature_id>/heropenen": (
        "owner",
        "/ondertekeningen/{signature_declined.id}/heropenen",
    ),
    "/ondertekeningen/<int:signature_id>/insturen": (
        "owner",
        "/ondertekeningen/{signature_more_asked.id}/insturen",
    ),
    "/ondertekeningen/<int:signature_id>/invoer-ongedaan": (
        "moderator",
        "/ondertekeningen/{signature.id}/invoer-ongedaan",
    ),
    "/ondertekeningen/<int:signature_id>/invoer-terughalen": (
        "moderator",
        "/ondertekeningen/{signature_entered.id}/invoer-terughalen",
    ),
    "/ondertekeningen/<int:signature_id>/klopt": (
        "owner",
        "/ondertekeningen/{signature_entered.id}/klopt",
    ),
    "/ondertekeningen/<int:signature_id>/klopt-niet": (
        "owner",
        "/ondertekeningen/{signature_entered.id}/klopt-niet",
    ),
    "/ondertekeningen/<int:signature_id>/niet-opzeggen": (
        "owner",
        "/ondertekeningen/{ending_asked.signature_id}/niet-opzeggen",
    ),
    "/ondertekeningen/<int:signature_id>/opnieuw-mailen": (
        "owner",
        "/ondertekeningen/{signature_awaiting_confirmation.id}/opnieuw-mailen",
    ),
    "/ondertekeningen/<int:signature_id>/opzeggen": (
        "owner",
        "/ondertekeningen/{signature.id}/opzeggen",
    ),
    "/ondertekeningen/<int:signature_id>/terughalen": (
        "owner",
        "/ondertekeningen/{signature_awaiting_confirmation.id}/terughalen",
    ),
    "/ondertekeningen/<int:signature_id>/versturen": (
        "owner",
        "/ondertekeningen/{signature_draft.id}/versturen",
    ),
    "/opzegging-bevestigen/<token>": ("visitor", "/opzegging-bevestigen/{end_token}"),
    "/opzegging-bevestigen/klaar": ("visitor", "/opzegging-bevestigen/klaar"),
    "/opzegging-stoppen/<token>": ("visitor", "/opzegging-stoppen/{stop_token}"),
    "/opzegging-stoppen/gestopt": ("visitor", "/opzegging-stoppen/gestopt"),
    "/opzeggingen/<int:ending_id>/aanvullen": (
        "owner",
        "/opzeggingen/{ending_more_asked.id}/aanvullen",
    ),
    "/opzeggingen/<int:ending_id>/opnieuw-mailen": (
        "owner",
        "/opzeggingen/{ending_asked.id}/opnieuw-mailen",
    ),
    "/opzeggingen/<int:ending_id>/stoppen": (
        "owner moderator",
        "/opzeggingen/{ending_waiting.id}/stoppen",
    ),
    "/organisaties": ("guest owner moderator", "/organisaties"),
    "/organisaties/<int:organisation_id>/over-ons": (
        "owner",
        "/organisaties/{organisation.id}/over-ons",
    ),
    "/organisaties/<int:organisation_id>/over-ons/<kind>/<int:number>/niet-van-ons": (
        "owner",
        "/organisaties/{organisation.id}/over-ons/toezegging/{entered_theirs.id}/niet-van-ons",
    ),
    "/organisaties/<int:organisation_id>/verbeteren": (
        "moderator",
        "/organisaties/{unclaimed.id}/verbeteren",
    ),
    "/toezeggingen/<int:commitment_id>/prognose": (
        "owner",
        "/toezeggingen/{commitment.id}/prognose",
    ),
    "/toezeggingen/<int:commitment_id>/prognoses/<int:prognosis_id>/intrekken": (
        "owner",
        "/toezeggingen/{commitment.id}/prognoses/{prognosis.id}/intrekken",
    ),
    "/toezeggingen/<int:commitment_id>/berichten/<int:update_id>/terugnemen": (
        "moderator",
        "/toezeggingen/{entered.id}/berichten/{entered_update.id}/terugnemen",
    ),
    "/organisaties/<int:organisation_id>": (
        "owner moderator",
        "/organisaties/{organisation.id}",
        "/organisaties/{signature_draft.organisation.id}",
    ),
    "/organisaties/<int:organisation_id>/werk": (
        "owner moderator",
        "/organisaties/{organisation.id}/werk",
    ),
    "/account/afwezig": ("owner", "/account/afwezig"),
    "/organisaties/<int:organisation_id>/afwezig": (
        "owner",
        "/organisaties/{organisation.id}/afwezig",
    ),
    "/organisaties/<int:organisation_id>/mailbox": (
        "owner",
        "/organisaties/{organisation.id}/mailbox",
    ),
    "/gegevens": ("visitor", "/gegevens"),
    "/mailbox/<token>": ("visitor", f"/mailbox/{MAILBOX}"),
    "/organisaties/<int:organisation_id>/bewerken": (
        "owner",
        "/organisaties/{signature_draft.organisation.id}/bewerken",
    ),
    "/organisaties/<int:organisation_id>/historisch": (
        "moderator",
        "/organisaties/{signature_ended.organisation.id}/historisch",
    ),
    "/organisaties/<int:organisation_id>/logo": ("owner", "/organisaties/{organisation.id}/logo"),
    "/organisaties/<int:organisation_id>/meedoen": (
        "beheerder",
        "/organisaties/{organisation.id}/meedoen",
        "/organisaties/{signature_draft.organisation.id}/meedoen",
    ),
    "/organisaties/<int:organisation_id>/mensen": (
        "owner moderator",
        "/organisaties/{organisation.id}/mensen",
    ),
    "/organisaties/<int:organisation_id>/mensen/<int:membership_id>": (
        "owner",
        "/organisaties/{organisation.id}/mensen/{member.id}",
    ),
    "/organisaties/<int:organisation_id>/mensen/<int:membership_id>/verwijderen": (
        "owner",
        "/organisaties/{organisation.id}/mensen/{member.id}/verwijderen",
    ),
    "/organisaties/<int:organisation_id>/omschrijving": (
        "owner",
        "/organisaties/{organisation.id}/omschrijving",
    ),
    "/organisaties/<int:organisation_id>/ondertekenen": (
        "owner",
        "/organisaties/{signature_ended.organisation.id}/ondertekenen",
    ),
    "/organisaties/<int:organisation_id>/overdragen": (
        "owner",
        "/organisaties/{organisation.id}/overdragen",
    ),
    "/organisaties/<int:organisation_id>/provincie": (
        "owner",
        "/organisaties/{organisation.id}/provincie",
    ),
    "/organisaties/<int:organisation_id>/voorstel": (
        "owner",
        "/organisaties/{organisation.id}/voorstel",
    ),
    "/organisaties/<int:organisation_id>/voorstellen": (
        "owner moderator",
        "/organisaties/{organisation.id}/voorstellen",
    ),
    "/organisaties/<int:organisation_id>/toezeggingen/nieuw": (
        "owner",
        "/organisaties/{organisation.id}/toezeggingen/nieuw",
    ),
    "/organisaties/<int:organisation_id>/eigenaar-voorstellen": (
        "moderator",
        "/organisaties/{unowned.id}/eigenaar-voorstellen",
    ),
    "/organisaties/<int:organisation_id>/toegangsvoorstellen/<int:proposal_id>/bezwaar": (
        "owner",
        "/organisaties/{organisation.id}/toegangsvoorstellen/{announced.id}/bezwaar",
    ),
    "/organisaties/<int:organisation_id>/rechten": (
        f"owner {STAFF}",
        "/organisaties/{organisation.id}/rechten",
    ),
    "/organisaties/<int:organisation_id>/uitnodigen": (
        "owner",
        "/organisaties/{organisation.id}/uitnodigen",
    ),
    "/organisaties/<int:organisation_id>/verlaten": (
        "owner",
        "/organisaties/{organisation.id}/verlaten",
    ),
    "/organisaties/<int:organisation_id>/verzoeken/<int:request_id>": (
        "owner",
        "/organisaties/{organisation.id}/verzoeken/{request.id}",
    ),
    "/organisaties/nieuw": ("guest", "/organisaties/nieuw"),
    "/reacties/<int:comment_id>/bewerken": ("guest", "/reacties/{comment.id}/bewerken"),
    "/reacties/<int:comment_id>/geschiedenis": (
        "visitor guest",
        "/reacties/{comment.id}/geschiedenis",
    ),
    "/reacties/<int:comment_id>/intrekken": ("guest", "/reacties/{comment.id}/intrekken"),
    "/reacties/<int:discussion_id>": (
        "guest owner",
        "/reacties/{discussion.id}",
        "/reacties/{discussion.id}?antwoord={comment.id}",
    ),
    "/jaarverslagen": (EVERYBODY, "/jaarverslagen"),
    "/jaarverslagen/<key>": (EVERYBODY, "/jaarverslagen/{report_later.key}"),
    "/jaarverslagen/<key>/ondertekenaars": (
        "visitor",
        "/jaarverslagen/{report.key}/ondertekenaars",
    ),
    "/jaarverslagen/<key>/toezeggingen": ("visitor", "/jaarverslagen/{report.key}/toezeggingen"),
    "/redactie/jaarverslagen": (STAFF, "/redactie/jaarverslagen"),
    "/redactie/jaarverslagen/<int:report_id>/bewerken": (
        "moderator",
        "/redactie/jaarverslagen/{report_draft.id}/bewerken",
    ),
    "/redactie/jaarverslagen/<int:report_id>/vaststellen": (
        "moderator",
        "/redactie/jaarverslagen/{report_draft.id}/vaststellen",
    ),
    "/redactie/jaarverslagen/nieuw": ("moderator", "/redactie/jaarverslagen/nieuw"),
    "/redactie/nieuws": (STAFF, "/redactie/nieuws"),
    "/redactie/nieuws/<int:article_id>": (
        "moderator",
        "/redactie/nieuws/{article.id}",
        "/redactie/nieuws/{article_draft.id}",
    ),
    "/redactie/nieuws/<int:article_id>/bewerken": (
        "moderator",
        "/redactie/nieuws/{article.id}/bewerken",
    ),
    "/redactie/nieuws/nieuw": ("moderator", "/redactie/nieuws/nieuw"),
    "/registreren": ("visitor", "/registreren"),
    "/registreren/mail": ("visitor", "/registreren/mail"),
    "/beheer/mail": ("beheerder", "/beheer/mail", "/beheer/mail?wat=mislukt&over=volgen"),
    "/beheer/zoeken": ("moderator", "/beheer/zoeken"),
    "/account/volgen": ("guest owner", "/account/volgen"),
    "/volgen": ("visitor guest", "/volgen", "/volgen?organisatie={organisation.slug}"),
    "/volgen/bevestigen/<token>": ("visitor", "/volgen/bevestigen/{follow_request_token}"),
    "/volgen/gestopt/<token>": ("visitor", "/volgen/gestopt/{stopped_token}"),
    "/volgen/mail": ("visitor", "/volgen/mail"),
    "/volgen/overzicht/<token>": ("visitor", "/volgen/overzicht/{follower_token}"),
    "/volgen/stop/<token>": ("visitor", "/volgen/stop/{follower_token}"),
    "/waar-staan-we/tijdlijn": (
        "visitor",
        "/waar-staan-we/tijdlijn",
        "/waar-staan-we/tijdlijn?soort=standaard&periode={today.year}",
    ),
    "/rappels": ("visitor guest", "/rappels"),
    "/rappels/<name>": ("visitor guest", "/rappels/{rappel_published.name}"),
    "/rappels/<name>/antwoorden/<int:organisation_id>": (
        "owner",
        "/rappels/{rappel.name}/antwoorden/{organisation.id}",
        "/rappels/{rappel_published.name}/antwoorden/{organisation.id}",
    ),
    "/rappels/<name>/ondertekenaars/<reach>": (
        "visitor",
        "/rappels/{rappel_published.name}/ondertekenaars/gevraagd",
    ),
    "/rappels/<name>/toezeggingen/<which>": (
        "visitor",
        "/rappels/{rappel_published.name}/toezeggingen/gevraagd",
        "/rappels/{rappel_published.name}/toezeggingen/geen-antwoord",
    ),
    "/werkvoorraad/rappel": (STAFF, "/werkvoorraad/rappel"),
    "/werkvoorraad/rappel/<name>/herinneren": (
        "moderator",
        "/werkvoorraad/rappel/{rappel.name}/herinneren",
    ),
    "/werkvoorraad/rappel/<name>/publiceren": (
        "moderator",
        "/werkvoorraad/rappel/{rappel.name}/publiceren",
    ),
    "/werkvoorraad/rappel/<name>/versturen": (
        "moderator",
        "/werkvoorraad/rappel/{rappel_ready.name}/versturen",
    ),
    "/werkvoorraad/rappel/planning": (STAFF, "/werkvoorraad/rappel/planning"),
    "/waar-staan-we": ("visitor guest", "/waar-staan-we", "/waar-staan-we?peildatum={past}"),
    "/veranderingen/<int:year>/<int:month>": (
        "visitor",
        "/veranderingen/{today.year}/{today.month}",
        "/veranderingen/2019/7?soort=pact",
    ),
    "/toezeggingen": (
        EVERYBODY,
        "/toezeggingen",
        "/toezeggingen?soort=whitepaper&q=niets-te-vinden",
    ),
    "/toezeggingen/<int:commitment_id>/bewerken": (
        "owner",
        "/toezeggingen/{commitment.id}/bewerken",
        "/toezeggingen/{draft.id}/bewerken",
    ),
    "/toezeggingen/<int:commitment_id>/concept": ("owner", "/toezeggingen/{draft.id}/concept"),
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/versie": (
        "owner",
        "/toezeggingen/{commitment.id}/documenten/{file.document_id}/versie",
    ),
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/gegevens": (
        "owner",
        "/toezeggingen/{commitment.id}/documenten/{file.document_id}/gegevens",
    ),
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/<int:number>/tekst": (
        "owner",
        "/toezeggingen/{commitment.id}/documenten/{file.document_id}/1/tekst",
    ),
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>/lezen": (
        "owner",
        "/toezeggingen/{draft.id}/concept/{draft_file.document_id}/1/lezen",
    ),
    "/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/documenten/{file.document_id}/1",
    ),
    "/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>/pagina/<int:page>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/documenten/{file.document_id}/1/pagina/1",
    ),
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/verwijderen": (
        "owner",
        "/toezeggingen/{draft.id}/documenten/{draft_file.document_id}/verwijderen",
    ),
    "/toezeggingen/<int:commitment_id>/documenten/nieuw": (
        "owner",
        "/toezeggingen/{commitment.id}/documenten/nieuw",
    ),
    "/toezeggingen/<int:commitment_id>/intrekken": (
        "owner",
        "/toezeggingen/{commitment.id}/intrekken",
    ),
    "/toezeggingen/<int:commitment_id>/publiceren": (
        "owner",
        "/toezeggingen/{draft.id}/publiceren",
    ),
    "/toezeggingen/<int:commitment_id>/termijn": (
        "owner",
        "/toezeggingen/{commitment.id}/termijn",
    ),
    "/toezeggingen/<int:commitment_id>/voortgang": (
        "owner",
        "/toezeggingen/{commitment.id}/voortgang",
    ),
    "/toezeggingen/<int:commitment_id>/verwijderen": (
        "owner",
        "/toezeggingen/{draft.id}/verwijderen",
    ),
    "/toezeggingen/<slug>": (
        EVERYBODY,
        "/toezeggingen/{commitment.slug}",
        "/toezeggingen/{commitment_withdrawn.slug}",
    ),
    "/toezeggingen/<slug>/geschiedenis": (
        "visitor",
        "/toezeggingen/{commitment.slug}/geschiedenis",
    ),
    "/toezeggingen/<slug>/versies/<int:number>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/versies/1",
    ),
    "/uitnodigingen/vereniging/<token>": (
        "visitor guest owner",
        "/uitnodigingen/vereniging/{staff_token}",
    ),
    "/uitnodigingen/<token>": ("visitor guest owner", "/uitnodigingen/{invitation_token}"),
    "/wachtwoord-vergeten": ("visitor", "/wachtwoord-vergeten"),
    "/wachtwoord-vergeten/mail": ("visitor", "/wachtwoord-vergeten/mail"),
    "/werkvoorraad": ("moderator", "/werkvoorraad"),
    "/werkvoorraad/afgehandeld": ("moderator", "/werkvoorraad/afgehandeld"),
    "/werkvoorraad/eerste-publicaties": ("moderator", "/werkvoorraad/eerste-publicaties"),
    "/werkvoorraad/ondertekeningen/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/ondertekeningen/{signature_declined.id}/ongedaan",
    ),
    "/werkvoorraad/opzeggingen/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/opzeggingen/{ending_refused.id}/ongedaan",
    ),
    "/werkvoorraad/profielen/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/profielen/{profile.id}/ongedaan",
    ),
    "/werkvoorraad/reacties/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/reacties/{comment_decided.id}/ongedaan",
    ),
    "/werkvoorraad/toegang/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/toegang/{refused_request.id}/ongedaan",
    ),
    "/werkvoorraad/toegangsvoorstellen/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/toegangsvoorstellen/{refused_proposal.id}/ongedaan",
    ),
    "/werkvoorraad/voorstellen/<int:number>/ongedaan": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal_refused.id}/ongedaan",
    ),
    "/werkvoorraad/gelegenheden": ("moderator", "/werkvoorraad/gelegenheden"),
    "/werkvoorraad/gelegenheden/<int:event_id>": (
        "moderator",
        "/werkvoorraad/gelegenheden/{event.id}",
    ),
    "/werkvoorraad/historisch": ("moderator", "/werkvoorraad/historisch"),
    "/werkvoorraad/ondertekeningen/<int:number>": (
        "moderator",
        "/werkvoorraad/ondertekeningen/{signature_confirmed.id}",
        "/werkvoorraad/ondertekeningen/{signature_declined.id}",
    ),
    "/werkvoorraad/ondertekeningen/<int:number>/aanvullen": (
        "moderator",
        "/werkvoorraad/ondertekeningen/{signature_confirmed.id}/aanvullen",
    ),
    "/werkvoorraad/ondertekeningen/<int:number>/afwijzen": (
        "moderator",
        "/werkvoorraad/ondertekeningen/{signature_confirmed.id}/afwijzen",
    ),
    "/werkvoorraad/ondertekeningen/<int:number>/toelaten": (
        "moderator",
        "/werkvoorraad/ondertekeningen/{signature_confirmed.id}/toelaten",
    ),
    "/werkvoorraad/opzeggingen/<int:number>": (
        "moderator",
        "/werkvoorraad/opzeggingen/{ending_confirmed.id}",
        "/werkvoorraad/opzeggingen/{ending_proposed.id}",
        "/werkvoorraad/opzeggingen/{ending_waiting.id}",
    ),
    "/werkvoorraad/opzeggingen/<int:number>/aanvullen": (
        "moderator",
        "/werkvoorraad/opzeggingen/{ending_confirmed.id}/aanvullen",
    ),
    "/werkvoorraad/opzeggingen/<int:number>/akkoord": (
        "moderator",
        "/werkvoorraad/opzeggingen/{ending_confirmed.id}/akkoord",
    ),
    "/werkvoorraad/opzeggingen/<int:number>/weigeren": (
        "moderator",
        "/werkvoorraad/opzeggingen/{ending_confirmed.id}/weigeren",
    ),
    "/werkvoorraad/profielen/<int:number>": (
        "moderator",
        "/werkvoorraad/profielen/{profile_waits.id}",
        "/werkvoorraad/profielen/{profile.id}",
    ),
    "/werkvoorraad/profielen/<int:number>/aanpassen": (
        "moderator",
        "/werkvoorraad/profielen/{profile_waits.id}/aanpassen",
    ),
    "/werkvoorraad/profielen/<int:number>/plaatsen": (
        "moderator",
        "/werkvoorraad/profielen/{profile_waits.id}/plaatsen",
    ),
    "/werkvoorraad/profielen/<int:number>/weigeren": (
        "moderator",
        "/werkvoorraad/profielen/{profile_waits.id}/weigeren",
    ),
    "/werkvoorraad/voorstellen": ("moderator", "/werkvoorraad/voorstellen"),
    "/werkvoorraad/voorstellen/<int:number>": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal.id}",
        "/werkvoorraad/voorstellen/{proposal_placed.id}",
    ),
    "/werkvoorraad/voorstellen/<int:number>/aanpassen": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal.id}/aanpassen",
    ),
    "/werkvoorraad/voorstellen/<int:number>/overnemen": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal.id}/overnemen",
    ),
    "/werkvoorraad/voorstellen/<int:number>/terugzetten": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal_placed.id}/terugzetten",
    ),
    "/werkvoorraad/voorstellen/<int:number>/weigeren": (
        "moderator",
        "/werkvoorraad/voorstellen/{proposal.id}/weigeren",
    ),
    "/werkvoorraad/reacties/<int:number>": (
        "moderator",
        "/werkvoorraad/reacties/{comment_waits.id}",
        "/werkvoorraad/reacties/{comment_changed.id}",
    ),
    "/werkvoorraad/reacties/<int:number>/aanpassen": (
        "moderator",
        "/werkvoorraad/reacties/{comment_waits.id}/aanpassen",
    ),
    "/werkvoorraad/reacties/<int:number>/plaatsen": (
        "moderator",
        "/werkvoorraad/reacties/{comment_waits.id}/plaatsen",
    ),
    "/werkvoorraad/reacties/<int:number>/weigeren": (
        "moderator",
        "/werkvoorraad/reacties/{comment_waits.id}/weigeren",
    ),
    "/werkvoorraad/bevriezen/<int:organisation_id>": (
        "moderator",
        "/werkvoorraad/bevriezen/{organisation.id}",
    ),
    "/werkvoorraad/bevriezing-opheffen/<int:organisation_id>": (
        "moderator",
        "/werkvoorraad/bevriezing-opheffen/{frozen.id}",
    ),
    "/werkvoorraad/terugzetten/<thing>/<int:number>": (
        "moderator",
        "/werkvoorraad/terugzetten/reactie/{hidden.id}",
        "/werkvoorraad/terugzetten/document/{hidden_file.id}",
    ),
    "/werkvoorraad/verbergen/<thing>/<int:number>": (
        "moderator",
        "/werkvoorraad/verbergen/reactie/{comment.id}",
        "/werkvoorraad/verbergen/toezegging/{commitment.id}",
    ),
    "/werkvoorraad/verborgen": ("moderator", "/werkvoorraad/verborgen"),
    "/werkvoorraad/toegang/<int:number>": (
        "moderator",
        "/werkvoorraad/toegang/{request.id}",
        "/werkvoorraad/toegang/{unowned_request.id}",
    ),
    "/werkvoorraad/toegang/<int:number>/voorstellen": (
        "moderator",
        "/werkvoorraad/toegang/{unowned_request.id}/voorstellen",
    ),
    "/werkvoorraad/toegang/<int:number>/weigeren": (
        "moderator",
        "/werkvoorraad/toegang/{unowned_request.id}/weigeren",
    ),
    "/werkvoorraad/toegangsvoorstellen/<int:number>": (
        "moderator",
        "/werkvoorraad/toegangsvoorstellen/{access_proposal.id}",
        "/werkvoorraad/toegangsvoorstellen/{announced.id}",
    ),
    "/werkvoorraad/toegangsvoorstellen/<int:number>/afkeuren": (
        "moderator",
        "/werkvoorraad/toegangsvoorstellen/{access_proposal.id}/afkeuren",
    ),
    "/werkvoorraad/toegangsvoorstellen/<int:number>/goedkeuren": (
        "moderator",
        "/werkvoorraad/toegangsvoorstellen/{access_proposal.id}/goedkeuren",
    ),
}

# What is not a page: files, pieces of pages, and answers for machines.
FILES: Pages = {
    f"/beheer/import/sjabloon/{KINDS}.{ENDING}": (
        "beheerder",
        "/beheer/import/sjabloon/ondertekenaars.ods",
    ),
    "/.well-known/security.txt": ("visitor", "/.well-known/security.txt"),
    "/beelden/<path:key>": ("visitor", "/beelden/{picture.storage_key}"),
    "/favicon.ico": ("visitor", "/favicon.ico"),
    "/groeipact/versies/<label>/tekst": ("visitor", "/groeipact/versies/1.0/tekst"),
    "/healthz": ("visitor", "/healthz"),
    "/metrics": ("visitor", "/metrics"),
    # Pages for who gave a password just before; they lead others to where that is given.
    "/inloggen/code": ("visitor", "/inloggen/code"),
    "/inloggen/herstelcode": ("visitor", "/inloggen/herstelcode"),
    "/opzeggingen/<int:ending_id>/bewijs": (
        "moderator",
        "/opzeggingen/{ending_confirmed.id}/bewijs",
    ),
    "/opzeggingen/<int:ending_id>/bewijs/<int:number>": (
        "moderator",
        "/opzeggingen/{ending_confirmed.id}/bewijs/1",
    ),
    "/ondertekeningen/<int:signature_id>/mandaat": (
        "moderator",
        "/ondertekeningen/{signature_confirmed.id}/mandaat",
    ),
    "/ondertekeningen/<int:signature_id>/mandaat/<int:number>": (
        "moderator",
        "/ondertekeningen/{signature_confirmed.id}/mandaat/1",
    ),
    "/readyz": ("visitor", "/readyz"),
    "/redactie/nieuws/foto/<mark>": ("moderator", "/redactie/nieuws/foto/{photo_mark}"),
    "/robots.txt": ("visitor", "/robots.txt"),
    "/ondertekenaars.atom": ("visitor", "/ondertekenaars.atom"),
    f"/documenten.{ENDING}": ("visitor", "/documenten.csv", "/documenten.ods"),
    f"/ondertekenaars.{ENDING}": ("visitor", "/ondertekenaars.csv", "/ondertekenaars.ods"),
    f"/toezeggingen.{ENDING}": ("visitor", "/toezeggingen.csv", "/toezeggingen.ods"),
    f"/waar-staan-we.{ENDING}": ("visitor", "/waar-staan-we.csv", "/waar-staan-we.ods"),
    "/ondertekenaars/<slug>/jaar/<int:year>.pdf": (
        "visitor",
        "/ondertekenaars/{organisation.slug}/jaar/{this_year}.pdf",
    ),
    "/jaarverslagen/<key>.pdf": ("visitor", "/jaarverslagen/{report.key}.pdf"),
    f"/waar-staan-we.{PAPER_ENDING}": ("visitor", "/waar-staan-we.pdf", "/waar-staan-we.png"),
    f"/waar-staan-we/<picture>.{PAPER_ENDING}": ("visitor", "/waar-staan-we/provincies.png"),
    f"/waar-staan-we/tijdlijn.{PAPER_ENDING}": ("visitor", "/waar-staan-we/tijdlijn.pdf"),
    "/register.zip": ("visitor", "/register.zip"),
    f"/zoeken.{ENDING}": ("visitor", f"/zoeken.csv?q={WORD}", f"/zoeken.ods?q={WORD}"),
    "/sitemap.xml": ("visitor", "/sitemap.xml"),
    "/sitemap/<kind>-<int:number>.xml": ("visitor", "/sitemap/toezeggingen-0.xml"),
    "/static/dist/<path:name>": ("visitor", "/static/dist/{style}"),
    "/toezeggingen.atom": ("visitor", "/toezeggingen.atom"),
    "/toezeggingen.ics": ("visitor", "/toezeggingen.ics"),
    "/toezeggingen/<slug>/termijn.ics": ("visitor", "/toezeggingen/{commitment.slug}/termijn.ics"),
    "/veranderingen": ("visitor", "/veranderingen"),
    "/veranderingen.atom": ("visitor", "/veranderingen.atom"),
    "/t/<key>": ("visitor", "/t/{commitment.short_number}"),
    "/zoeken/suggesties": ("visitor", f"/zoeken/suggesties?q={WORD[:4]}"),
    "/termijn": ("visitor", "/termijn?tekst=begin+oktober&op=2019-07-03"),
    "/toezeggingen/<slug>/versies/<int:number>/citaat.ris": (
        "visitor",
        "/toezeggingen/{commitment.slug}/versies/1/citaat.ris",
    ),
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>": (
        "owner",
        "/toezeggingen/{draft.id}/concept/{draft_file.document_id}/1",
    ),
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>/<file_name>": (
        "owner",
        "/toezeggingen/{draft.id}/concept/{draft_file.document_id}/1/plan.pdf",
    ),
    "/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>/<file_name>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/documenten/{file.document_id}/1/plan.pdf",
    ),
    "/toezeggingen/<slug>/voorbeelden/<int:document_id>/<int:number>/<int:page>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/voorbeelden/{file.document_id}/1/1",
    ),
    "/toezeggingen/<slug>/voorbeelden/<int:document_id>/<int:number>": (
        "visitor",
        "/toezeggingen/{commitment.slug}/voorbeelden/{file.document_id}/1",
    ),
    "/werkvoorraad/verborgen/<thing>/<int:number>/bestand": (
        "moderator",
        "/werkvoorraad/verborgen/document/{hidden_file.id}/bestand",
    ),
    "/werkvoorraad/volgende": ("moderator", "/werkvoorraad/volgende"),
}
