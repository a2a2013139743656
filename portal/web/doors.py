"""A request through a door: loaded, decided, checked, acted upon; or its form shown again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, Protocol, cast

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.db import db, write_section
from portal.core.errors import (
    FieldRefused,
    HiddenByVereniging,
    OrganisationFrozen,
    StaleVersion,
    TooMany,
)
from portal.core.i18n import gettext as _
from portal.policy import Permission, Refusal, can, opens_for_visitors, why_not
from portal.services import drafts, limits
from portal.web import once, previewing, typed
from portal.web.address import client_address, here, sign_in_address
from portal.web.destinations import Destination, url_to
from portal.web.forms import EditingForm, PortalForm
from portal.web.limiting import Limit, Moment, begin_try, count
from portal.web.log import note_refusal
from portal.web.origins import refuse_foreign_origin
from portal.web.person import awaits_second_factor, look_again, viewer

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Door:
    """A route as the guard sees it: permission, loader, view, form, page and limits."""

    view: Callable[..., ResponseReturnValue]
    permission: Permission | None
    load: Callable[..., object] | None
    form: type[PortalForm] | None
    page: str | Callable[..., str] | None
    subject_name: str
    context: Callable[..., Mapping[str, object]] | None
    instead: Callable[..., ResponseReturnValue | None] | None
    work: Callable[..., None] | None
    limits: Sequence[Limit]
    # Whether a key in the address is the proof, wherever the request comes from.
    is_by_token: bool = False

    def find(self, values: Values) -> object:
        """Return what the address names, None without a loader."""
        return self.load(**values) if self.load is not None else None

    def arguments(self, values: Values, subject: object, form: PortalForm | None) -> list[object]:
        """Return what the view gets; `page`, `context`, `instead` and `work` get the same."""
        known = [subject] if self.load is not None else list(values.values())
        return [*known, form] if form is not None else known

    @property
    def remembers_text(self) -> bool:
        """Whether text that cannot be sent yet is remembered; never passwords, files and ticks."""
        return typed.is_remembered(self.permission, self.form)

    @property
    def is_for_accounts(self) -> bool:
        """Whether nobody who is not signed in can ever pass, whatever the address names."""
        return self.permission is not None and not opens_for_visitors(self.permission)

    def lets_pass(self, subject: object) -> bool:
        """Return whether the law lets this person do this with the subject."""
        return self.permission is None or can(viewer(), self.permission, subject)


def pass_through(door: Door, values: Values) -> Response:
    """Answer a request: GET shows the page, anything else writes what the form holds.

    A visitor at a door that no visitor can ever pass goes to sign-in before anything is loaded,
    so that the address of what is there answers like that of what is not.
    """
    is_write = request.method in UNSAFE
    if is_write and not door.is_by_token:
        refuse_foreign_origin()
    if door.is_for_accounts and not viewer().is_authenticated:
        return _sign_in_first(door, values)
    if not is_write:
        return _read(door, values)
    return once.led_back(door.form, lambda: _write(door, values))


def _refuse(door: Door, subject: object) -> NoReturn:
    """Stop a viewer who may not pass; a read that is refused answers as if nothing were there.

    What would be public if the vereniging had not hidden it says that it is hidden. Somebody whose
    role waits for a second factor is led to set that up first.
    """
    note_refusal("not_allowed", permission=door.permission)
    is_read = door.permission is not None and door.permission.endswith(":read")
    if is_read and door.load is not None and _shows_as_hidden(subject):
        raise _hidden(cast(HiddenSubject, subject))
    if awaits_second_factor():
        abort(_set_up_factor_first())
    if is_read and door.load is not None:
        abort(404)
    person = viewer()
    if door.permission and why_not(person, door.permission, subject) == Refusal.FROZEN:
        raise OrganisationFrozen
    if not person.is_authenticated:
        abort(redirect(sign_in_address(here()), 303))
    if not person.is_confirmed:
        note_refusal("not_confirmed", permission=door.permission)
        abort(make_response(render_template("accounts/unconfirmed.html"), 403))
    abort(403)


def _set_up_factor_first() -> Response:
    """Lead somebody to what their role asks of them first, with the way back."""
    person = viewer()
    is_write = request.method in UNSAFE
    back = drafts.newest_address(drafts.Owner(person.id)) if is_write else here()
    return make_response(redirect(url_to(Destination.SECOND_FACTOR, verder=back), 303))


def _shows_as_hidden(subject: object) -> bool:
    return getattr(subject, "is_hidden", False) and getattr(subject, "is_published", False)


class HiddenSubject(Protocol):
    """What a door refuses to readers since the vereniging hid it."""

    hidden_at: datetime | None
    hidden_ground: str | None


def _hidden(subject: HiddenSubject) -> HiddenByVereniging:
    return HiddenByVereniging(subject.hidden_ground or "", subject.hidden_at)


def _read(door: Door, values: Values) -> Response:
    subject = door.find(values)
    if not door.lets_pass(subject):
        _refuse(door, subject)
    if door.form is None:
        return make_response(door.view(*door.arguments(values, subject, None)))
    form = door.form.open(subject)
    if door.remembers_text:
        typed.put_back(form, here())
    return _shown(door, values, subject, form, 200)


def _write(door: Door, values: Values) -> Response:
    assert door.form is not None  # noqa: S101
    subject = door.find(values)
    if not door.lets_pass(subject):
        _remember_until_ready(door, subject)
        _refuse(door, subject)
    form = door.form.from_request(subject)
    if previewing.is_asked(form):
        return _shown(door, values, subject, form, previewing.show(form, door.limits))
    _count(door, Moment.COMES, form, subject)
    form.receive_files()
    try:
        _check(door, values, subject, form)
        if not form.errors:
            return _act(door, values, form, subject)
        _count(door, Moment.ACTS, form, subject)
    except FieldRefused as refusal:
        form.refuse(refusal.field, refusal.message)
    except StaleVersion as stale:
        subject = door.find(values)
        if not form.meet_conflict(subject):
            raise stale
        return _shown(door, values, subject, form, 409)
    return _shown(door, values, door.find(values), form, 422)


def _sign_in_first(door: Door, values: Values) -> Response:
    """Lead a visitor to sign-in, with the way back; what was typed stands there afterwards."""
    if door.form is None or request.method not in UNSAFE:
        return make_response(redirect(sign_in_address(here()), 303))
    form = door.form.as_typed()
    back = form.draft_address(_public_subject(door, values) if form.is_below_subject else None)
    if door.remembers_text:
        limits.hit(typed.LIMIT, client_address())
        typed.remember(form, back)
    return make_response(redirect(sign_in_address(back), 303))


def _public_subject(door: Door, values: Values) -> object:
    """Return what the address names, None when there is nothing there for everybody to see."""
    try:
        subject = door.find(values)
    except NotFound:
        return None
    return subject if getattr(subject, "is_public", False) else None


def _remember_until_ready(door: Door, subject: object) -> None:
    """Remember what was typed by a person who must do something else first.

    They must confirm their address, or set up the second factor that their role asks for.
    """
    is_ready = viewer().is_confirmed and not awaits_second_factor()
    if door.form is None or not door.remembers_text or viewer().id is None or is_ready:
        return
    form = door.form.as_typed()
    limits.hit(typed.LIMIT, client_address())
    typed.remember(form, form.draft_address(subject))


def _count(door: Door, moment: Moment, form: PortalForm, subject: object) -> None:
    """Count what the door limits; what was typed by a viewer who is too fast is remembered."""
    try:
        count(door.limits, moment, form)
    except TooMany as refusal:
        is_own = door.remembers_text and viewer().id is not None and form.has_key()
        is_own = is_own and once.find_result(door.form) is None
        if is_own and typed.remember_if_few(form, form.draft_address(subject)):
            refusal.message = _("Wat u typte, hebben wij bewaard. Het staat straks weer klaar.")
        raise


def _check(door: Door, values: Values, subject: object, form: PortalForm) -> None:
    """Validate the form and do the slow work; errors stand in the form afterwards."""
    if not form.validate():
        if "csrf_token" in form.errors:
            note_refusal("form_key")
        return
    count(door.limits, Moment.HOLDS, form)
    tried = begin_try(door.limits, form)
    if door.work is not None:
        door.work(*door.arguments(values, subject, form))
    if not form.errors:
        form.work_before_writing(subject)
    if not form.errors:
        limits.give_back(tried)
        count(door.limits, Moment.PROVEN, form)


def _act(door: Door, values: Values, form: PortalForm, seen: object) -> Response:
    """Do what the form asks, in one write section; a refusal leaves nothing but its own count."""
    try:
        response = _done(door, values, form)
    except Exception:
        _count(door, Moment.ACTS, form, seen)
        raise
    if response.status_code >= 400:
        _count(door, Moment.ACTS, form, seen)
    return response


def _done(door: Door, values: Values, form: PortalForm) -> Response:
    with write_section():
        count(door.limits, Moment.ACTS, form, limits.hit_within)
        look_again()
        subject = door.find(values)
        if not door.lets_pass(subject):
            _refuse(door, subject)
        # First, so that a form with both, sent twice, leads to its result and is no conflict.
        once.claim(form)
        if isinstance(form, EditingForm):
            form.claim_version(subject)
        response = make_response(door.view(*door.arguments(values, subject, form)))
        if response.status_code >= 400:
            db.session.rollback()
        else:
            _close(form, subject, response)
        return response


def _close(form: PortalForm, subject: object, response: Response) -> None:
    once.lead_to(form, response.location or here())
    person = viewer()
    if person.id is not None:
        drafts.forget(person.id, form.draft_address(subject))


def _shown(door: Door, values: Values, subject: object, form: PortalForm, status: int) -> Response:
    """Show the page of a form; 422 for a button, which has no page of its own."""
    arguments = door.arguments(values, subject, form)
    elsewhere = door.instead(*arguments) if door.instead is not None else None
    if elsewhere is not None:
        return make_response(elsewhere)
    if door.page is None:
        abort(422)
    if not isinstance(door.page, str):
        return make_response(door.page(*arguments), status)
    context: dict[str, object] = {"form": form, "remembers_text": door.remembers_text}
    if door.load is not None:
        context[door.subject_name] = subject
    if door.context is not None:
        context |= door.context(*arguments)
    return make_response(render_template(door.page, **context), status)
