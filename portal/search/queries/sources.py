"""What everybody may read, as it is found: its names, its text and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import selectinload

from portal.comments.models import Comment, Discussion
from portal.comments.queries.places import address_of
from portal.comments.queries.threads import PER_PAGE
from portal.comments.queries.threads import visible_to as visible_comments
from portal.commitments.models import Commitment, Update
from portal.commitments.queries.subjects import visible_to as visible_commitments
from portal.core.addresses import build_path
from portal.core.db import db, read_rows
from portal.core.short_numbers import as_one_word
from portal.lifecycle import CommentState, SignatureState
from portal.news.models import Article
from portal.news.queries import visible_to as visible_articles
from portal.organisations.models import (
    Identifier,
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.organisations.queries import visible_to as visible_organisations
from portal.pact.models import PactVersion
from portal.pact.queries import visible_to as visible_versions
from portal.policy import VISITOR
from portal.search.kinds import Kind
from portal.search.queries import documents, reckoning
from portal.search.queries.source import Source, day_of, plain
from portal.signatures.models import Signature

_IS_SHOWN = Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED))


def visible(kind: Kind) -> Select[int]:
    """Return the ids of all things of a kind that everybody may read."""
    return _VISIBLE[kind]()


def _shown(kind: Kind, ids: Collection[int]) -> Select[int]:
    """Return those of these ids that everybody may read.

    Each is looked up by itself: a list of all that everybody may read would be far longer.
    """
    things = visible(kind)
    return things.where(things.selected_columns[0].in_(ids))


def sources_of(kind: Kind, ids: Collection[int]) -> Mapping[int, Source]:
    """Return those of these things that everybody may read, by their id."""
    return {source.id: source for source in _READ[kind](ids)} if ids else {}


def texts_of(kind: Kind, ids: Collection[int]) -> Mapping[int, Source]:
    """Return the same as `sources_of` for the index: a comment is not told where it stands."""
    if kind is not Kind.COMMENT:
        return sources_of(kind, ids)
    rows = (
        select(Comment.id, Comment.html, Comment.language, Comment.placed_at, Comment.created_at)
        .add_columns(Comment.author_name, Discussion.title)
        .join(Discussion, Discussion.id == Comment.discussion_id)
        .where(Comment.id.in_(_shown(Kind.COMMENT, ids)))
    )
    return {
        number: Source(
            *(kind, number, title, False, (), plain(html)),
            *(language, day_of(placed, day_of(created)), "", name),
        )
        for number, html, language, placed, created, name, title in read_rows(rows)
    }


def _signatories() -> Select[int]:
    signed = select(Signature.organisation_id).where(_IS_SHOWN)
    organisations = visible_organisations(VISITOR).with_only_columns(Organisation.id)
    return organisations.where(Organisation.id.in_(signed))


def _updates() -> Select[int]:
    of_visible = visible_commitments(VISITOR).join(Update, Update.commitment_id == Commitment.id)
    return of_visible.with_only_columns(Update.id).where(
        Update.hidden_at.is_(None), Update.retracted_at.is_(None)
    )


def _comments() -> Select[int]:
    return visible_comments(VISITOR).where(Comment.state == CommentState.PLACED)


_VISIBLE: Mapping[Kind, Callable[[], Select[int]]] = {
    Kind.SIGNATORY: _signatories,
    Kind.COMMITMENT: lambda: visible_commitments(VISITOR),
    Kind.ARTICLE: lambda: visible_articles(VISITOR).with_only_columns(Article.id),
    Kind.PACT: lambda: visible_versions(VISITOR).with_only_columns(PactVersion.id),
    Kind.DOCUMENT: documents.visible,
    Kind.REPORT: reckoning.visible_reports,
    Kind.RAPPEL: reckoning.visible_rappels,
    Kind.UPDATE: _updates,
    Kind.PAGE: documents.visible_pages,
    Kind.COMMENT: _comments,
}


_SIGNATORIES = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.slug,
        Organisation.published_at,
        OrganisationKind.name_nl,
        OrganisationKind.name_en,
        ProfileText.html,
        ProfileText.language,
    )
    .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
    .outerjoin(
        ProfileText,
        and_(ProfileText.id == Organisation.placed_profile_id, ProfileText.hidden_at.is_(None)),
    )
)


def _read_signatories(ids: Collection[int]) -> Iterator[Source]:
    known = _known_as(ids)
    rows = _SIGNATORIES.where(Organisation.id.in_(_shown(Kind.SIGNATORY, ids)))
    for number, name, slug, published, dutch, english, profile, language in read_rows(rows):
        path = build_path()("register.signatory", {"slug": slug})
        names = tuple(dict.fromkeys(other for other in known[number] if other != name))
        yield Source(
            *(Kind.SIGNATORY, number, name, True, names, plain(profile)),
            *(language or "", day_of(published), path, "", f"{dutch} {english}"),
        )


def _known_as(ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return the names that each organisation has or had, and its numbers."""
    known: dict[int, list[str]] = {number: [] for number in ids}
    names = select(OrganisationName.organisation_id, OrganisationName.name)
    numbers = select(Identifier.organisation_id, Identifier.value)
    for query in (
        names.where(OrganisationName.organisation_id.in_(ids)).order_by(OrganisationName.id),
        numbers.where(Identifier.organisation_id.in_(ids)).order_by(Identifier.id),
    ):
        for number, name in read_rows(query):
            known[number].append(name)
    cited = select(Signature.organisation_id, Signature.short_number).where(
        Signature.organisation_id.in_(ids), _IS_SHOWN
    )
    for number, given in read_rows(cited.order_by(Signature.id)):
        if given is not None:
            known[number].append(as_one_word(given))
    return known


def _read_commitments(ids: Collection[int]) -> Iterator[Source]:
    columns = select(Commitment, Organisation.name).join(
        Organisation, Organisation.id == Commitment.organisation_id
    )
    visible_ids = Commitment.id.in_(_shown(Kind.COMMITMENT, ids))
    tagged = columns.options(selectinload(Commitment.layers), selectinload(Commitment.principles))
    for one, owner in db.session.execute(tagged.where(visible_ids)):
        texts = (plain(one.what_html), one.for_whom, one.why, one.result, one.term_words)
        path = build_path()("commitments.show", {"slug": one.slug})
        body = " ".join(text for text in texts if text)
        names = (as_one_word(one.short_number),) if one.short_number else ()
        tags = (*one.layers, *one.principles)
        yield Source(
            *(Kind.COMMITMENT, one.id, one.title, True, names, body, one.language),
            *(one.promised_on, path, owner, " ".join(tag.name_en for tag in tags)),
            about=tuple(tag.name_nl for tag in tags),
        )


def _read_updates(ids: Collection[int]) -> Iterator[Source]:
    rows = (
        select(
            Update.id,
            Update.html,
            Update.language,
            Update.told_on,
            Commitment.title,
            Commitment.slug,
            Organisation.name,
        )
        .join(Commitment, Commitment.id == Update.commitment_id)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .where(Update.id.in_(_shown(Kind.UPDATE, ids)))
    )
    for number, body, language, told_on, title, slug, owner in read_rows(rows):
        path = build_path()("commitments.show", {"slug": slug}) + f"#bericht-{number}"
        yield Source(
            Kind.UPDATE, number, title, False, (), plain(body), language, told_on, path, owner
        )


def _read_articles(ids: Collection[int]) -> Iterator[Source]:
    columns = (
        Article.id,
        Article.title,
        Article.lead,
        Article.html,
        Article.language,
        Article.published_at,
        Article.slug,
    )
    rows = visible_articles(VISITOR).with_only_columns(*columns).where(Article.id.in_(ids))
    for number, title, lead, body, language, published, slug in read_rows(rows):
        path = build_path()("news.show", {"slug": slug})
        text = f"{lead} {plain(body)}"
        yield Source(Kind.ARTICLE, number, title, True, (), text, language, day_of(published), path)


def _read_versions(ids: Collection[int]) -> Iterator[Source]:
    columns = (
        PactVersion.id,
        PactVersion.title,
        PactVersion.label,
        PactVersion.html,
        PactVersion.valid_from,
        PactVersion.published_at,
    )
    rows = visible_versions(VISITOR).with_only_columns(*columns).where(PactVersion.id.in_(ids))
    for number, title, label, body, valid_from, published in read_rows(rows):
        path = build_path()("pact.version", {"label": label})
        day = valid_from or day_of(published)
        yield Source(Kind.PACT, number, title, True, (label,), plain(body), "nl", day, path)


def _read_comments(ids: Collection[int]) -> Iterator[Source]:
    rows = select(Comment).where(Comment.id.in_(_shown(Kind.COMMENT, ids)))
    for one in db.session.scalars(rows):
        discussion = one.discussion
        is_on_first_page = discussion.placed_count < PER_PAGE
        # Of a long discussion the page is looked up.
        path = f"{discussion.address}#reactie-{one.id}" if is_on_first_page else address_of(one)
        day = day_of(one.placed_at, day_of(one.created_at))
        yield Source(
            *(Kind.COMMENT, one.id, discussion.title, False, (), plain(one.html)),
            *(one.language, day, path, one.author_name),
        )


_READ: Mapping[Kind, Callable[[Collection[int]], Iterator[Source]]] = {
    Kind.SIGNATORY: _read_signatories,
    Kind.COMMITMENT: _read_commitments,
    Kind.ARTICLE: _read_articles,
    Kind.PACT: _read_versions,
    Kind.DOCUMENT: documents.read_documents,
    Kind.REPORT: reckoning.read_reports,
    Kind.RAPPEL: reckoning.read_rappels,
    Kind.UPDATE: _read_updates,
    Kind.PAGE: documents.read_pages,
    Kind.COMMENT: _read_comments,
}
