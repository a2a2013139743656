"""One of every kind that can be hidden, with all the addresses at which it is to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.services.entered import Beside, disown, newest_disowning
from tests import factories as make

SECRET = "Geheimpje van Jansen"


@dataclass(frozen=True)
class Scene:
    """Something public that can be hidden."""

    path: str
    number: int
    # Where it stands, with the link to the form of hiding it.
    at: str
    # Pages that show its words (SECRET) and go on without them.
    lists: tuple[str, ...]
    # Its people, who get the mail, and where they read why.
    readers: tuple[Account, ...]
    own_page: str
    # Moderators who have a stake in it.
    concerned: tuple[Account, ...]
    # Addresses of its own, which answer 410 once it is hidden.
    addresses: tuple[str, ...] = ()
    # What is read no more with it, without a word.
    gone: tuple[str, ...] = ()
    # Pages on which the picture stands.
    shown_on: tuple[str, ...] = ()


def a_comment() -> Scene:
    writer = make.make_account(name="Wim Schrijver")
    organisation = make.make_organisation(is_public=True)
    commitment = make.make_commitment(make.make_signature(organisation).organisation)
    comment = make.make_comment(
        commitment.discussion, body=f"{SECRET}!", author=writer, organisation=organisation
    )
    inside = make.make_moderator()
    make.make_membership(organisation, inside, role=Role.READER)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="reactie",
        number=comment.id,
        at=at,
        lists=(at,),
        readers=(writer,),
        own_page="/account/reacties",
        concerned=(inside,),
        addresses=(f"/reacties/{comment.id}/geschiedenis",),
    )


@dataclass(frozen=True)
class Signatory:
    """A signatory with an owner, an editor and a reader, who is a moderator."""

    organisation: Organisation
    owner: Account
    editor: Account
    inside: Account

    @property
    def writers(self) -> tuple[Account, ...]:
        return (self.owner, self.editor)


def a_signatory() -> Signatory:
    organisation = make.make_signature().organisation
    people = make.make_account(), make.make_account(), make.make_moderator()
    for account, role in zip(people, (Role.OWNER, Role.EDITOR, Role.READER), strict=True):
        make.make_membership(organisation, account, role=role)
    return Signatory(organisation, *people)


def a_commitment() -> Scene:
    signatory = a_signatory()
    document = make.make_document()
    preview = make.make_picture()
    document.versions[0].preview_key = preview.storage_key
    db.session.commit()
    title = f"{SECRET} komt er in 2030"
    commitment = make.make_commitment(signatory.organisation, title=title, documents=[document])
    comment = make.make_comment(commitment.discussion)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="toezegging",
        number=commitment.id,
        at=at,
        lists=("/", "/toezeggingen", f"/ondertekenaars/{signatory.organisation.slug}"),
        readers=signatory.writers,
        own_page=at,
        concerned=(signatory.inside,),
        addresses=(
            at,
            f"{at}/geschiedenis",
            f"{at}/versies/1",
            f"{at}/versies/1/citaat.ris",
            f"{at}/documenten/{document.id}/1/plan.pdf",
            f"{at}/voorbeelden/{document.id}/1",
        ),
        gone=(f"/reacties/{comment.id}/geschiedenis",),
    )


def an_update() -> Scene:
    signatory = a_signatory()
    commitment = make.make_commitment(signatory.organisation)
    update = make.make_update(commitment, body=f"{SECRET} is klaar.", author=signatory.editor)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="bericht",
        number=update.id,
        at=at,
        lists=(at,),
        readers=signatory.writers,
        own_page=at,
        concerned=(signatory.inside,),
    )


def a_prognosis() -> Scene:
    signatory = a_signatory()
    commitment = make.make_commitment(signatory.organisation)
    prognosis = make.make_prognosis(commitment, body=f"{SECRET} wacht.", author=signatory.editor)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="prognose",
        number=prognosis.id,
        at=at,
        lists=(at,),
        readers=signatory.writers,
        own_page=at,
        concerned=(signatory.inside,),
    )


def an_old_text() -> Scene:
    signatory = a_signatory()
    commitment = make.make_commitment(signatory.organisation)
    revision = make.make_revision(commitment, what=f"{SECRET} schrijft.", author=signatory.editor)
    at = f"/toezeggingen/{commitment.slug}/versies/1"
    return Scene(
        path="tekst",
        number=revision.id,
        at=at,
        lists=(at, f"/toezeggingen/{commitment.slug}/geschiedenis"),
        readers=signatory.writers,
        own_page=at,
        concerned=(signatory.inside,),
    )


def a_disowning() -> Scene:
    signatory = a_signatory()
    commitment = make.make_commitment(
        signatory.organisation, entered_as=EnteredAs.VERENIGING, source_title="Het weekblad"
    )
    at = f"/toezeggingen/{commitment.slug}"
    beside = Beside(signatory.organisation.id, commitment.title, at)
    with write_section():
        disown(commitment, beside, reason=f"{SECRET} zei dit.", by=signatory.owner)
    reason = newest_disowning(commitment.thing, commitment.id)
    assert reason is not None
    return Scene(
        path="toelichting",
        number=reason.id,
        at=at,
        lists=(at,),
        readers=signatory.writers,
        own_page=f"/organisaties/{signatory.organisation.id}/over-ons",
        concerned=(signatory.inside,),
    )


def a_document() -> Scene:
    signatory = a_signatory()
    document = make.make_document(title=SECRET)
    document.versions[0].preview_key = make.make_picture().storage_key
    db.session.commit()
    commitment = make.make_commitment(signatory.organisation, documents=[document])
    make.make_update(commitment, evidence=document)
    at = f"/toezeggingen/{commitment.slug}"
    return Scene(
        path="document",
        number=document.versions[0].id,
        at=at,
        lists=(at,),
        readers=signatory.writers,
        own_page=at,
        concerned=(signatory.inside,),
        addresses=(
            f"{at}/documenten/{document.id}/1/plan.pdf",
            f"{at}/voorbeelden/{document.id}/1",
            f"/toezeggingen/{commitment.id}/concept/{document.id}/1/plan.pdf",
        ),
    )


def an_article() -> Scene:
    writer = make.make_moderator()
    article = make.make_article(title=f"{SECRET} spreekt", author=writer)
    comment = make.make_comment(article.discussion)
    return Scene(
        path="artikel",
        number=article.id,
        at=f"/nieuws/{article.slug}",
        lists=("/", "/nieuws"),
        readers=(writer,),
        own_page=f"/nieuws/{article.slug}",
        concerned=(),
        addresses=(f"/nieuws/{article.slug}",),
        gone=(f"/reacties/{comment.id}/geschiedenis",),
    )


def a_photo() -> Scene:
    writer, photo = make.make_moderator(), make.make_picture()
    photo.created_by = writer.id
    db.session.commit()
    article = make.make_article(author=writer, picture=photo)
    return Scene(
        path="foto",
        number=photo.id,
        at=f"/nieuws/{article.slug}",
        lists=(),
        readers=(writer,),
        own_page=f"/nieuws/{article.slug}",
        concerned=(),
        addresses=(f"/beelden/{photo.storage_key}",),
        shown_on=(f"/nieuws/{article.slug}",),
    )


def a_profile() -> Scene:
    signatory = a_signatory()
    profile = make.make_profile(
        signatory.organisation, body=f"{SECRET} werkt hier.", author=signatory.editor
    )
    at = f"/ondertekenaars/{signatory.organisation.slug}"
    return Scene(
        path="omschrijving",
        number=profile.id,
        at=at,
        lists=(at,),
        readers=signatory.writers,
        own_page=f"/organisaties/{signatory.organisation.id}",
        concerned=(signatory.inside,),
    )


def a_logo() -> Scene:
    signatory, logo = a_signatory(), make.make_picture()
    signatory.organisation.logo_id = logo.id
    db.session.commit()
    at = f"/ondertekenaars/{signatory.organisation.slug}"
    return Scene(
        path="logo",
        number=logo.id,
        at=at,
        lists=(),
        readers=signatory.writers,
        own_page=f"/organisaties/{signatory.organisation.id}",
        concerned=(signatory.inside,),
        addresses=(f"/beelden/{logo.storage_key}",),
        shown_on=(at, "/ondertekenaars"),
    )


SCENES: dict[str, Callable[[], Scene]] = {
    "artikel": an_article,
    "bericht": an_update,
    "prognose": a_prognosis,
    "document": a_document,
    "foto": a_photo,
    "logo": a_logo,
    "omschrijving": a_profile,
    "reactie": a_comment,
    "tekst": an_old_text,
    "toelichting": a_disowning,
    "toezegging": a_commitment,
}
