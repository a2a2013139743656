"""About the pact: the text, every version, and the pages on which the beheerder keeps them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.differences import ChangedPart, words_changed
from portal.core.i18n import gettext as _
from portal.lifecycle import is_open, step_of
from portal.pact import actions, queries
from portal.pact.forms import (
    EventEditForm,
    EventForm,
    PublishForm,
    VersionEditForm,
    VersionForm,
    WordEditForm,
    WordForm,
)
from portal.pact.models import Layer, PactVersion, SigningEvent, Word
from portal.policy import Permission
from portal.web.downloads import attachment
from portal.web.forms import EditingForm
from portal.web.guard import public, requires
from portal.web.person import viewer

bp = Blueprint("pact", __name__)


@bp.get("/groeipact")
@public()
def show() -> ResponseReturnValue:
    """About the pact: the text that is signed today, and every version."""
    return render_template(
        "pact/show.html",
        version=queries.find_current(),
        versions=queries.versions(),
        layers=queries.layers(),
        principles=queries.principles(),
    )


@bp.get("/groeipact/versies/<label>")
@requires(Permission.PACT_READ, load=queries.get_version)
def version(version: PactVersion) -> ResponseReturnValue:
    """One version of the text, for ever at the same address."""
    before = queries.find_before(version)
    return render_template(
        "pact/version.html",
        version=version,
        versions=queries.versions(),
        before=before,
        changed_text=_changed(before, version) if before is not None else None,
    )


def _changed(before: PactVersion, version: PactVersion) -> ChangedPart:
    """Return the texts of two versions as one, in Dutch as all of them are."""
    return ChangedPart("", words_changed(before.body, version.body), "nl", "nl")


@bp.get("/groeipact/versies/<label>/tekst")
@requires(Permission.PACT_READ, load=queries.get_version)
def source(version: PactVersion) -> ResponseReturnValue:
    """The exact text over which the SHA-256 was taken."""
    response = Response(version.body, content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(f"groeipact-{version.label}.md")
    response.set_etag(version.sha256)
    return response.make_conditional(request)


@bp.get("/beheer/groeipact")
@requires(Permission.PACT_EDIT)
def manage() -> ResponseReturnValue:
    """All versions, drafts included."""
    return render_template("pact/manage.html", versions=queries.versions(drafts=True))


@bp.route("/beheer/groeipact/nieuw", methods=["GET", "POST"])
@requires(step_of("pact_version", "draft"), form=VersionForm, page="pact/create.html")
def create(form: VersionForm) -> ResponseReturnValue:
    """A new version, as a draft."""
    actions.draft(
        label=form.label.data,
        title=form.title.data,
        body=form.body.data,
        is_example=form.is_example.data,
        by=viewer(),
    )
    flash(_("De tekst is opgeslagen als concept."), "ok")
    return redirect(url_for("pact.version", label=form.label.data), 303)


def _unless_open(act: str) -> Callable[[PactVersion, EditingForm], ResponseReturnValue | None]:
    """Return what leads to the text itself when it is not open to `act` (any more)."""
    step = step_of("pact_version", act)

    def instead(version: PactVersion, _form: EditingForm) -> ResponseReturnValue | None:
        if request.method == "GET" and not is_open(step, version.state):
            return redirect(url_for("pact.version", label=version.label))
        return None

    return instead


@bp.route("/beheer/groeipact/<int:pact_version_id>", methods=["GET", "POST"])
@requires(
    step_of("pact_version", "edited"),
    load=queries.get_version_by_id,
    form=VersionEditForm,
    page="pact/edit.html",
    instead=_unless_open("edited"),
)
def edit(version: PactVersion, form: VersionEditForm) -> ResponseReturnValue:
    """Change a draft."""
    actions.edit(
        version,
        title=form.title.data,
        body=form.body.data,
        is_example=form.is_example.data,
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.version", label=version.label), 303)


@bp.route("/beheer/groeipact/<int:pact_version_id>/publiceren", methods=["GET", "POST"])
@requires(
    step_of("pact_version", "publish"),
    load=queries.get_version_by_id,
    form=PublishForm,
    page="pact/publish.html",
    instead=_unless_open("publish"),
)
def publish(version: PactVersion, form: PublishForm) -> ResponseReturnValue:
    """Publish a draft: from then on it never changes."""
    actions.publish(version, valid_from=form.valid_from.data, by=viewer())
    flash(_("De tekst is gepubliceerd en verandert nu niet meer."), "ok")
    return redirect(url_for("pact.version", label=version.label), 303)


def _known(kind: str) -> str:
    if kind not in queries.MODELS:
        raise NotFound
    return kind


def _words_of(kind: str, _form: WordForm) -> dict[str, object]:
    return {"words": queries.all_words(kind)}


@bp.route("/beheer/woorden/<kind>", methods=["GET", "POST"])
@requires(
    step_of("layer", "added"), load=_known, form=WordForm, page="pact/words.html", context=_words_of
)
def words(kind: str, form: WordForm) -> ResponseReturnValue:
    """The layers or the themes: all of them, and a new one."""
    actions.add_word(kind, name_nl=form.name_nl.data, name_en=form.name_en.data, by=viewer())
    flash(_("Toegevoegd."), "ok")
    return redirect(url_for("pact.words", kind=kind), 303)


def _kind_of(word: Word) -> str:
    return "lagen" if isinstance(word, Layer) else "themas"


def _list_of(word: Word, _form: WordEditForm) -> dict[str, object]:
    return {"kind": _kind_of(word)}


@bp.route("/beheer/woorden/<kind>/<int:word_id>", methods=["GET", "POST"])
@requires(
    step_of("layer", "edited"),
    load=queries.get_word,
    form=WordEditForm,
    page="pact/word.html",
    context=_list_of,
)
def word(word: Word, form: WordEditForm) -> ResponseReturnValue:
    """Rename, move or retire a layer or a theme."""
    actions.edit_word(
        word,
        name_nl=form.name_nl.data,
        name_en=form.name_en.data,
        position=form.position.data,
        is_active=form.is_active.data,
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.words", kind=_kind_of(word)), 303)


def _events(_form: EventForm) -> dict[str, object]:
    return {"events": queries.events()}


@bp.route("/werkvoorraad/gelegenheden", methods=["GET", "POST"])
@requires(
    step_of("signing_event", "added"), form=EventForm, page="pact/events.html", context=_events
)
def events(form: EventForm) -> ResponseReturnValue:
    """The events of signing: all of them, and a new one."""
    actions.add_event(**form.facts(), by=viewer())
    flash(_("Toegevoegd."), "ok")
    return redirect(url_for("pact.events"), 303)


@bp.route("/werkvoorraad/gelegenheden/<int:event_id>", methods=["GET", "POST"])
@requires(
    step_of("signing_event", "edited"),
    load=queries.get_event,
    form=EventEditForm,
    page="pact/event.html",
)
def event(event: SigningEvent, form: EventEditForm) -> ResponseReturnValue:
    """Correct an event of signing."""
    actions.edit_event(event, **form.facts(), by=viewer())
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.events"), 303)
