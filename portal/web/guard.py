"""Doors: every route says who may pass; loading, deciding and writing happen here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import (
    Flask,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
)

from portal.core.db import db, lock_row, write_section
from portal.core.errors import FieldRefused, StaleVersion, TooMany
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.lifecycle import Step
from portal.policy import Permission, can
from portal.services import drafts, limits, one_time_keys
from portal.web.address import client_address, here, sign_in_address
from portal.web.forms import CreatingForm, EditingForm, PortalForm
from portal.web.person import look_again, viewer

View = TypeVar("View", bound=Callable[..., Any])

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class UnmarkedDoor(RuntimeError):
    """A route without a mark, or a posting route without a form: the app does not start."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass a route, what is loaded for it, and the form that is posted to it."""

    permission: Permission | None
    load: Callable[..., Any] | None
    form: type[PortalForm] | None
    limits: Sequence[str]


def requires(
    mark: Permission | Step,
    *,
    load: Callable[..., Any] | None = None,
    form: type[PortalForm] | None = None,
    limits: Sequence[str] = (),
) -> Callable[[View], View]:
    """Mark a route: `load(**values of the address)` returns the subject or raises 404.

    The view gets the subject (when there is a `load`) and then the form (when there is one). A
    posted form that holds is handed over inside the write section, with the subject loaded and
    decided upon again; an answer below 400 commits.
    """
    permission = mark.permission if isinstance(mark, Step) else mark
    return _marked(Door(permission, load, form, limits))


def public(
    *,
    load: Callable[..., Any] | None = None,
    form: type[PortalForm] | None = None,
    limits: Sequence[str] = (),
) -> Callable[[View], View]:
    """Mark a route that everybody may pass; what it loads must be public by itself."""
    return _marked(Door(None, load, form, limits))


def _marked(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def through(**values: Any) -> Response:
            return _pass(door, view, values)

        through.door = door  # type: ignore[attr-defined]
        return through  # type: ignore[return-value]

    return mark


def check_doors(app: Flask) -> None:
    """Refuse to start when a route has no mark, or takes a POST without a form."""
    for rule in app.url_map.iter_rules():
        door = getattr(app.view_functions[rule.endpoint], "door", None)
        if door is None:
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) says not who may pass")
        if door.form is None and set(UNSAFE) & set(rule.methods or ()):
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) takes a POST without a form")


def _pass(door: Door, view: Callable[..., Any], values: dict[str, Any]) -> Response:
    if request.method not in UNSAFE:
        return _read(door, view, values)
    _refuse_foreign_origin()
    return _write(door, view, values)


def _refuse_foreign_origin() -> None:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.rstrip("/") not in _own_origins():
        abort(403)


def _own_origins() -> tuple[str, str]:
    return settings().public_url, request.host_url.rstrip("/")


def _load(door: Door, values: dict[str, Any]) -> Any:
    return door.load(**values) if door.load is not None else None


def _arguments(door: Door, values: dict[str, Any], subject: Any, form: Any) -> list[Any]:
    found: list[Any] = [subject] if door.load is not None else list(values.values())
    return [*found, form] if door.form is not None else found


def _decide(door: Door, subject: Any) -> None:
    """Stop whoever may not pass: a refused read looks like nothing there."""
    if door.permission is None or can(viewer(), door.permission, subject):
        return
    if door.permission.endswith(":read") and door.load is not None:
        abort(404)
    person = viewer()
    if not person.is_authenticated:
        abort(redirect(sign_in_address(here()), 303))
    if not person.is_confirmed:
        abort(make_response(render_template("accounts/unconfirmed.html"), 403))
    abort(403)


def _read(door: Door, view: Callable[..., Any], values: dict[str, Any]) -> Response:
    subject = _load(door, values)
    _decide(door, subject)
    form = None
    if door.form is not None:
        form = door.form.open(subject)
        put_back_draft(form, here())
    return make_response(view(*_arguments(door, values, subject, form)))


def put_back_draft(form: PortalForm, address: str) -> None:
    """Fill a form with what its reader typed at `address` before signing in."""
    person = viewer()
    if person.id is not None:
        kept = drafts.latest(person.id, address)
        if kept is not None:
            form.put_back(kept)


def _write(door: Door, view: Callable[..., Any], values: dict[str, Any]) -> Response:
    assert door.form is not None  # noqa: S101
    subject = _load(door, values)
    form = door.form.from_request(subject)
    _keep_for_later(door, form, subject)
    _decide(door, subject)
    _count(door, form, subject)
    form.receive_files()
    if form.validate():
        form.work_before_writing(subject)
    if form.errors:
        return _show_again(door, view, values, form, 422)
    try:
        return _act(door, view, values, form)
    except FieldRefused as refusal:
        form.refuse(refusal.field, refusal.message)
        return _show_again(door, view, values, form, 422)
    except StaleVersion as stale:
        return _show_conflict(door, view, values, form, stale)


def _keep_for_later(door: Door, form: PortalForm, subject: Any) -> None:
    """Let nothing be lost of what was typed by somebody who must sign in or confirm first."""
    person = viewer()
    if door.permission is None or person.is_confirmed:
        return
    back = form.draft_address(subject)
    limits.hit("draft_address", client_address())
    if person.is_authenticated:
        drafts.keep(back, form.draft_fields(), person.id)
        return
    token = drafts.keep(back, form.draft_fields())
    abort(redirect(sign_in_address(back, token), 303))


def _count(door: Door, form: PortalForm, subject: Any) -> None:
    """Count what the door limits; whoever is too fast finds the typed text back later."""
    person = viewer()
    try:
        for name in door.limits:
            by_account = name.endswith("_account")
            limits.hit(name, str(person.id) if by_account else client_address())
    except TooMany as refusal:
        if person.id is not None:
            drafts.keep(form.draft_address(subject), form.draft_fields(), person.id)
            refusal.message = _("Wat u typte, hebben wij bewaard. Het staat straks weer klaar.")
        raise


def _act(door: Door, view: Callable[..., Any], values: dict[str, Any], form: Any) -> Response:
    with write_section():
        look_again()
        subject = _load(door, values)
        _decide(door, subject)
        # First, so that a form with both, sent twice, leads to its result and is no conflict.
        if isinstance(form, CreatingForm):
            one_time_keys.claim(form.once.data, by=viewer())
        if isinstance(form, EditingForm):
            lock_row(subject)
            if form.seen_version != subject.version:
                raise StaleVersion(subject)
            subject.version += 1
        form.is_accepted = True
        try:
            response = make_response(view(*_arguments(door, values, subject, form)))
        finally:
            form.is_accepted = False
        if response.status_code >= 400:
            db.session.rollback()
        else:
            _close(form, subject, response)
        return response


def _close(form: PortalForm, subject: Any, response: Response) -> None:
    if isinstance(form, CreatingForm):
        one_time_keys.lead_to(form.once.data, response.location or here())
    person = viewer()
    if person.id is not None:
        drafts.forget(person.id, form.draft_address(subject))


def _show_again(
    door: Door, view: Callable[..., Any], values: dict[str, Any], form: PortalForm, status: int
) -> Response:
    form.status = status
    subject = _load(door, values)
    return make_response(view(*_arguments(door, values, subject, form)))


def _show_conflict(
    door: Door,
    view: Callable[..., Any],
    values: dict[str, Any],
    form: PortalForm,
    stale: StaleVersion,
) -> Response:
    if not isinstance(form, EditingForm):
        raise stale
    subject = _load(door, values)
    form.differences = form.differences_from(subject)
    form.version.data = subject.version
    form.version.raw_data = None
    return _show_again(door, view, values, form, 409)
