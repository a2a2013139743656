"""The columns of what can be hidden, the same for all kinds: one query reads them all."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    Text,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.accounts.models import Account
from portal.comments.models import Comment, Discussion
from portal.core.db import Columnar
from portal.documents.models import Picture
from portal.lifecycle import ArticleState, CommentState, TextState
from portal.news.models import Article
from portal.organisations.models import Organisation, ProfileText
from portal.services.models import Disowning, HistoryRow

# What a kind says of its things beside id and hiding, in the order of HidableRow.
SHAPE = {
    "title": Text,
    "address": Text,
    "html": Text,
    "text": Text,
    "language": String,
    "title_language": String,
    "picture_key": Text,
    "file_name": Text,
    "author_id": Integer,
    "author_name": Text,
    "organisation_id": Integer,
    "discussed_id": Integer,
}
Column: TypeAlias = ColumnElement[Any] | InstrumentedAttribute[Any]
_Hider, _Writer = aliased(Account), aliased(Account)


def _confirmed_at(model: Any) -> ScalarSelect[datetime]:
    """Return when a second moderator confirmed that a thing stays hidden as it is hidden now."""
    return (
        select(func.max(HistoryRow.at))
        .where(
            HistoryRow.subject == model.thing,
            HistoryRow.subject_id == model.id,
            HistoryRow.step == "confirm_hidden",
            HistoryRow.at >= model.hidden_at,
        )
        .correlate(model)
        .scalar_subquery()
    )


def rows_with(path: str, model: Any, **own: Column) -> Columnar:
    """Return the select of one kind, in the order of HidableRow; `path` is its word.

    `own` holds the columns of SHAPE that this kind has; the others are NULL.
    """
    return (
        select(
            literal(path, String).label("path"),
            model.id,
            *(cast(own.get(name, null()), kind).label(name) for name, kind in SHAPE.items()),
            model.hidden_at,
            model.hidden_by,
            _Hider.name.label("hidden_by_name"),
            model.hidden_ground,
            _confirmed_at(model).label("confirmed_at"),
        )
        .select_from(model)
        .outerjoin(_Hider, _Hider.id == model.hidden_by)
    )


COMMENTS = (
    rows_with(
        "reactie",
        Comment,
        title=Discussion.title,
        title_language=Discussion.language,
        address=Discussion.address,
        author_id=Comment.author_id,
        author_name=Comment.author_name,
        html=Comment.html,
        language=Comment.language,
        organisation_id=Comment.organisation_id,
        discussed_id=Discussion.organisation_id,
    )
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .where(Comment.state == CommentState.PLACED)
)

ARTICLES = (
    rows_with(
        "artikel",
        Article,
        title=Article.title,
        title_language=Article.language,
        address=literal("/nieuws/") + Article.slug,
        author_id=Article.author_id,
        author_name=_Writer.name,
        html=Article.html,
        language=Article.language,
    )
    .outerjoin(_Writer, _Writer.id == Article.author_id)
    .where(Article.state == ArticleState.PUBLISHED)
)
PHOTOS = (
    rows_with(
        "foto",
        Picture,
        title=Article.title,
        title_language=Article.language,
        address=literal("/nieuws/") + Article.slug,
        author_id=Picture.created_by,
        author_name=_Writer.name,
        picture_key=Picture.storage_key,
    )
    .join(Article, Article.picture_id == Picture.id)
    .outerjoin(_Writer, _Writer.id == Article.author_id)
    .where(Article.state == ArticleState.PUBLISHED)
)
_SIGNATORY = literal("/ondertekenaars/") + Organisation.slug
DISOWNINGS = (
    rows_with(
        "toelichting",
        Disowning,
        title=Disowning.title,
        title_language=literal("nl"),
        address=Disowning.address,
        author_id=Disowning.author_id,
        author_name=Organisation.name,
        text=Disowning.reason,
        language=Disowning.language,
        organisation_id=Disowning.organisation_id,
    )
    .join(Organisation, Organisation.id == Disowning.organisation_id)
    .where(Disowning.taken_back_at.is_(None))
)
PROFILES = (
    rows_with(
        "omschrijving",
        ProfileText,
        title=Organisation.name,
        address=_SIGNATORY,
        author_id=ProfileText.author_id,
        author_name=_Writer.name,
        html=ProfileText.html,
        language=ProfileText.language,
        organisation_id=ProfileText.organisation_id,
    )
    .join(Organisation, Organisation.placed_profile_id == ProfileText.id)
    .outerjoin(_Writer, _Writer.id == ProfileText.author_id)
    .where(Organisation.published_at.is_not(None), ProfileText.state == TextState.PLACED)
)
LOGOS = (
    rows_with(
        "logo",
        Picture,
        title=Organisation.name,
        address=_SIGNATORY,
        author_id=Picture.created_by,
        author_name=Organisation.name,
        picture_key=Picture.storage_key,
        organisation_id=Organisation.id,
    )
    .join(Organisation, Organisation.logo_id == Picture.id)
    .where(Organisation.published_at.is_not(None))
)
