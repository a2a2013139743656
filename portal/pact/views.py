"""About the pact: the text, every version, and the pages on which the beheerder keeps them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
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
from portal.pact.models import Layer, PactVersion, Principle, SigningEvent
from portal.policy import Permission
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
def version(found: PactVersion) -> ResponseReturnValue:
    """One version of the text, for ever at the same address."""
    return render_template("pact/version.html", version=found, versions=queries.versions())


@bp.get("/groeipact/versies/<label>/tekst")
@requires(Permission.PACT_READ, load=queries.get_version)
def source(found: PactVersion) -> ResponseReturnValue:
    """The exact text over which the SHA-256 was taken."""
    headers = {
        "Content-Type": "text/markdown; charset=utf-8",
        "Content-Disposition": f'attachment; filename="groeipact-{found.label}.md"',
    }
    return found.body, 200, headers


@bp.get("/beheer/groeipact")
@requires(Permission.PACT_EDIT)
def manage() -> ResponseReturnValue:
    """All versions, drafts included."""
    return render_template("pact/manage.html", versions=queries.versions(drafts=True))


@bp.route("/beheer/groeipact/nieuw", methods=["GET", "POST"])
@requires(Permission.PACT_EDIT, form=VersionForm)
def create(form: VersionForm) -> ResponseReturnValue:
    """A new version, as a draft."""
    if not form.is_accepted:
        return render_template("pact/create.html", form=form), form.status
    actions.draft(
        label=form.label.data,
        title=form.title.data,
        body=form.body.data,
        is_example=form.is_example.data,
        by=viewer(),
    )
    flash(_("De tekst is opgeslagen als concept."), "ok")
    return redirect(url_for("pact.version", label=form.label.data), 303)


@bp.route("/beheer/groeipact/<int:pact_version_id>", methods=["GET", "POST"])
@requires(Permission.PACT_EDIT, load=queries.get_version_by_id, form=VersionEditForm)
def edit(found: PactVersion, form: VersionEditForm) -> ResponseReturnValue:
    """Change a draft."""
    if not form.is_accepted:
        if found.state != "draft" and form.status == 200:
            return redirect(url_for("pact.version", label=found.label))
        return render_template("pact/edit.html", version=found, form=form), form.status
    actions.edit(
        found,
        title=form.title.data,
        body=form.body.data,
        is_example=form.is_example.data,
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.version", label=found.label), 303)


@bp.route("/beheer/groeipact/<int:pact_version_id>/publiceren", methods=["GET", "POST"])
@requires(step_of("pact_version", "publish"), load=queries.get_version_by_id, form=PublishForm)
def publish(found: PactVersion, form: PublishForm) -> ResponseReturnValue:
    """Publish a draft: from then on it never changes."""
    if not form.is_accepted:
        if found.state != "draft" and form.status == 200:
            return redirect(url_for("pact.version", label=found.label))
        return render_template("pact/publish.html", version=found, form=form), form.status
    actions.publish(found, valid_from=form.valid_from.data, by=viewer())
    flash(_("De tekst is gepubliceerd en verandert nu niet meer."), "ok")
    return redirect(url_for("pact.version", label=found.label), 303)


def _known(kind: str) -> str:
    if kind not in queries.MODELS:
        raise NotFound
    return kind


@bp.route("/beheer/woorden/<kind>", methods=["GET", "POST"])
@requires(Permission.PACT_EDIT, load=_known, form=WordForm)
def words(kind: str, form: WordForm) -> ResponseReturnValue:
    """The layers or the themes: all of them, and a new one."""
    if not form.is_accepted:
        page = render_template(
            "pact/words.html", kind=kind, words=queries.all_words(kind), form=form
        )
        return page, form.status
    actions.add_word(kind, name_nl=form.name_nl.data, name_en=form.name_en.data)
    flash(_("Toegevoegd."), "ok")
    return redirect(url_for("pact.words", kind=kind), 303)


@bp.route("/beheer/woorden/<kind>/<int:word_id>", methods=["GET", "POST"])
@requires(Permission.PACT_EDIT, load=queries.get_word, form=WordEditForm)
def word(found: Layer | Principle, form: WordEditForm) -> ResponseReturnValue:
    """Rename, move or retire a layer or a theme."""
    kind = "lagen" if isinstance(found, Layer) else "themas"
    if not form.is_accepted:
        return render_template("pact/word.html", kind=kind, word=found, form=form), form.status
    actions.edit_word(
        found,
        name_nl=form.name_nl.data,
        name_en=form.name_en.data,
        position=form.position.data,
        is_active=form.is_active.data,
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.words", kind=kind), 303)


@bp.route("/werkvoorraad/gelegenheden", methods=["GET", "POST"])
@requires(Permission.SIGNATURE_ENTER, form=EventForm)
def events(form: EventForm) -> ResponseReturnValue:
    """The events of signing: all of them, and a new one."""
    if not form.is_accepted:
        return render_template("pact/events.html", events=queries.events(), form=form), form.status
    actions.add_event(
        name=form.name.data,
        place=form.place.data,
        held_on=form.held_on.data,
        source_url=form.source_url.data or None,
        by=viewer(),
    )
    flash(_("Toegevoegd."), "ok")
    return redirect(url_for("pact.events"), 303)


@bp.route("/werkvoorraad/gelegenheden/<int:event_id>", methods=["GET", "POST"])
@requires(Permission.SIGNATURE_ENTER, load=queries.get_event, form=EventEditForm)
def event(found: SigningEvent, form: EventEditForm) -> ResponseReturnValue:
    """Correct an event of signing."""
    if not form.is_accepted:
        return render_template("pact/event.html", event=found, form=form), form.status
    actions.edit_event(
        found,
        name=form.name.data,
        place=form.place.data,
        held_on=form.held_on.data,
        source_url=form.source_url.data or None,
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("pact.events"), 303)
