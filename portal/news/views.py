"""News: reading it, and writing it for the vereniging."""

from __future__ import annotations

from typing import TypedDict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from portal.comments.queries.threads import THREAD_PARAMETER, thread_for
from portal.core.i18n import gettext as _
from portal.documents.looking import key_to_look
from portal.documents.serving import send_picture
from portal.documents.upload import KeptUpload
from portal.lifecycle import open_steps, step_of
from portal.news import actions, queries
from portal.news.forms import ArticleEditForm, ArticleForm
from portal.news.models import Article
from portal.news.versions import versions_of
from portal.policy import Concern, Permission, can
from portal.services.hiding import why_hidden
from portal.web.address import cursor_in_address
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer

bp = Blueprint("news", __name__)


@bp.get("/nieuws")
@public()
def index() -> ResponseReturnValue:
    """The articles, the newest first."""
    return render_template("news/index.html", page=queries.published_page(cursor_in_address()))


@bp.get("/nieuws/<slug>")
@requires(Permission.ARTICLE_READ, load=queries.get_by_slug)
def show(article: Article) -> ResponseReturnValue:
    """One article with its discussion."""
    return render_template(
        "news/show.html",
        article=article,
        thread=thread_for(article.discussion_id, viewer(), cursor_in_address(THREAD_PARAMETER)),
        others=queries.latest_but(article, 4),
        **_hiding(article),
    )


@bp.get("/nieuws/<slug>/geschiedenis")
@requires(Permission.ARTICLE_READ, load=queries.get_by_slug)
def history(article: Article) -> ResponseReturnValue:
    """Every version of an article, the newest first, with what each changed."""
    versions = versions_of(article, queries.revisions_of(article.id))
    return render_template("news/history.html", article=article, versions=versions)


@bp.get("/nieuws/<slug>/versies/<int:number>")
@requires(Permission.ARTICLE_READ, load=queries.get_asked_version)
def version(asked: queries.AskedVersion) -> ResponseReturnValue:
    """One version as it stood, for ever at the same address."""
    article = asked.article
    versions = versions_of(article, queries.revisions_of(article.id))
    found = next((each for each in versions if each.number == asked.number), None)
    if found is None:
        raise NotFound
    html = Markup(actions.html_of(found.text.body))  # noqa: S704
    return render_template(
        "news/version.html", article=article, version=found, count=len(versions), html=html
    )


def _hiding(article: Article) -> dict[str, object]:
    """Return why an article or its photo is hidden, for stewards, and whom the photo concerns."""
    photo, is_steward = article.picture, can(viewer(), Permission.ARTICLE_EDIT, article)
    is_photo_hidden = is_steward and photo is not None and photo.is_hidden
    return {
        "why_hidden": why_hidden(article.thing, article.id) if article.is_hidden else None,
        "why_photo_hidden": why_hidden("picture", photo.id) if photo and is_photo_hidden else None,
        "photo_concern": Concern(photo.created_by if photo is not None else None, ()),
    }


@bp.get("/redactie/nieuws")
@requires(Permission.ARTICLE_EDIT)
def manage() -> ResponseReturnValue:
    """Drafts, what was published, and a way to begin."""
    return render_template(
        "news/manage.html",
        drafts=queries.drafts(),
        page=queries.published_page(cursor_in_address()),
    )


class _Texts(TypedDict):
    title: str
    lead: str
    body: str
    language: str
    picture: KeptUpload | None
    picture_alt: str


def _texts(form: ArticleForm | ArticleEditForm) -> _Texts:
    return _Texts(
        title=form.title.data,
        lead=form.lead.data,
        body=form.body.data,
        language=form.language.data,
        picture=form.picture.upload,
        picture_alt=form.picture_alt.data or "",
    )


@bp.route("/redactie/nieuws/nieuw", methods=["GET", "POST"])
@requires(
    step_of("article", "draft"),
    form=ArticleForm,
    page="news/create.html",
    limits=("upload_account",),
)
def create(form: ArticleForm) -> ResponseReturnValue:
    """A new article, as a draft."""
    article = actions.draft(**_texts(form), by=viewer())
    flash(_("Het artikel is opgeslagen als concept."), "ok")
    return redirect(url_for("news.preview", article_id=article.id), 303)


@bp.get("/redactie/nieuws/<int:article_id>")
@requires(Permission.ARTICLE_EDIT, load=queries.get_article)
def preview(article: Article) -> ResponseReturnValue:
    """The article as readers will see it, and what can be done with it."""
    return render_template(
        "news/preview.html",
        article=article,
        steps=open_steps(article, viewer()),
        form=ButtonForm(),
        **_hiding(article),
    )


@bp.get("/redactie/nieuws/foto/<mark>")
@requires(Permission.ARTICLE_EDIT, load=key_to_look)
def photo(key: str) -> ResponseReturnValue:
    """A photo that was just chosen, for the preview of an article."""
    return send_picture(key)


@bp.route("/redactie/nieuws/<int:article_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("article", "edited"),
    load=queries.get_article,
    form=ArticleEditForm,
    page="news/edit.html",
    limits=("upload_account",),
)
def edit(article: Article, form: ArticleEditForm) -> ResponseReturnValue:
    """Change an article."""
    actions.edit(article, **_texts(form), by=viewer())
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("news.preview", article_id=article.id), 303)


@bp.post("/redactie/nieuws/<int:article_id>/publiceren")
@requires(step_of("article", "publish"), load=queries.get_article, form=ButtonForm)
def publish(article: Article, _form: ButtonForm) -> ResponseReturnValue:
    """Let everybody read it."""
    actions.publish(article, by=viewer())
    flash(_("Het artikel staat nu op de site."), "ok")
    return redirect(url_for("news.show", slug=article.slug), 303)


@bp.post("/redactie/nieuws/<int:article_id>/intrekken")
@requires(step_of("article", "unpublish"), load=queries.get_article, form=ButtonForm)
def unpublish(article: Article, _form: ButtonForm) -> ResponseReturnValue:
    """Take it off the site."""
    actions.unpublish(article, by=viewer())
    flash(_("Het artikel staat niet meer op de site."), "ok")
    return redirect(url_for("news.preview", article_id=article.id), 303)
