"""Marks: every route names its permission, and what its door loads, checks and shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature
from typing import TypeAlias, TypedDict, TypeVar, Unpack, overload

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from portal.lifecycle import Step
from portal.policy import Permission
from portal.web.doors import UNSAFE, Door, pass_through
from portal.web.forms import KeylessForm, PortalForm
from portal.web.limiting import Limit, limit_of

Subject = TypeVar("Subject")
Shape = TypeVar("Shape", bound=PortalForm)
Keyless = TypeVar("Keyless", bound=KeylessForm)

Route: TypeAlias = Callable[..., Response]
Context: TypeAlias = Mapping[str, object]
# An answer that leads away from the page, None to show the page.
Elsewhere: TypeAlias = ResponseReturnValue | None


class Options(TypedDict, total=False):
    """What a mark may say of a route besides its permission; `requires` explains each."""

    load: Callable[..., object] | None
    form: type[PortalForm] | None
    page: str | Callable[..., str] | None
    context: Callable[..., Context] | None
    instead: Callable[..., Elsewhere] | None
    work: Callable[..., None] | None
    limits: Sequence[str | Limit]


class UnmarkedDoor(RuntimeError):
    """A route without a mark, or a form without a door that shows it: the app does not start."""


@overload
def requires(
    mark: Permission | Step,
    *,
    load: Callable[..., Subject | None],
    form: type[Shape],
    page: str | Callable[[Subject, Shape], str] | None = None,
    context: Callable[[Subject, Shape], Context] | None = None,
    instead: Callable[[Subject, Shape], Elsewhere] | None = None,
    work: Callable[[Subject, Shape], None] | None = None,
    limits: Sequence[str | Limit] = (),
) -> Callable[[Callable[[Subject, Shape], ResponseReturnValue]], Route]: ...


@overload
def requires(
    mark: Permission | Step,
    *,
    form: type[Shape],
    page: str | Callable[[Shape], str] | None = None,
    context: Callable[[Shape], Context] | None = None,
    instead: Callable[[Shape], Elsewhere] | None = None,
    work: Callable[[Shape], None] | None = None,
    limits: Sequence[str | Limit] = (),
) -> Callable[[Callable[[Shape], ResponseReturnValue]], Route]: ...


@overload
def requires(
    mark: Permission | Step,
    *,
    load: Callable[..., Subject | None],
) -> Callable[[Callable[[Subject], ResponseReturnValue]], Route]: ...


@overload
def requires(mark: Permission | Step) -> Callable[[Callable[..., ResponseReturnValue]], Route]: ...


def requires(mark: Permission | Step, **options: Unpack[Options]) -> Callable[..., Route]:
    """Mark a route with the permission that it takes: one of the law, or that of a step.

    `load(**values of the address)` returns the subject or raises 404. With a `form`, GET shows
    `page` with the subject under the name of the view's first parameter, the form, and what
    `context` adds; a form that does not hold is shown again, with everything that was typed.
    The view is the act alone: it gets the subject (when there is a `load`) and a form that holds,
    inside the write section, with the subject loaded and decided upon again; an answer below 400
    commits. `context`, `instead` and `work` get the same as the view.

    `instead` may lead a viewer with nothing to do there away from the page; `work` is slow and
    comes before the write section, and may refuse fields. `page` may be a function that renders;
    without one a button that does not hold answers with a calm 422.
    """
    permission = mark.permission if isinstance(mark, Step) else mark
    if permission is None:
        raise UnmarkedDoor(f"no door leads to {mark}: its table names nobody")
    return _marked(permission, **options)


@overload
def public(
    *,
    load: Callable[..., Subject | None],
    form: type[Shape],
    page: str | Callable[[Subject, Shape], str] | None = None,
    context: Callable[[Subject, Shape], Context] | None = None,
    instead: Callable[[Subject, Shape], Elsewhere] | None = None,
    work: Callable[[Subject, Shape], None] | None = None,
    limits: Sequence[str | Limit] = (),
) -> Callable[[Callable[[Subject, Shape], ResponseReturnValue]], Route]: ...


@overload
def public(
    *,
    form: type[Shape],
    page: str | Callable[[Shape], str] | None = None,
    context: Callable[[Shape], Context] | None = None,
    instead: Callable[[Shape], Elsewhere] | None = None,
    work: Callable[[Shape], None] | None = None,
    limits: Sequence[str | Limit] = (),
) -> Callable[[Callable[[Shape], ResponseReturnValue]], Route]: ...


@overload
def public(
    *,
    load: Callable[..., Subject | None],
) -> Callable[[Callable[[Subject], ResponseReturnValue]], Route]: ...


@overload
def public() -> Callable[[Callable[..., ResponseReturnValue]], Route]: ...


def public(**options: Unpack[Options]) -> Callable[..., Route]:
    """Mark a route that everybody may pass; what it loads must be public. Options: `requires`."""
    return _marked(None, **options)


def by_token(
    *,
    load: Callable[..., Subject | None],
    form: type[Keyless],
    page: str | None = None,
    instead: Callable[[Subject, Keyless], Elsewhere] | None = None,
    limits: Sequence[str | Limit] = (),
) -> Callable[[Callable[[Subject, Keyless], ResponseReturnValue]], Route]:
    """Mark a route of which the key in the address, from a mail, is the only proof.

    It takes a POST from anywhere, without session, form key or origin of its own: a mail program
    may send it. So `load` must know the key, and the act must bear being done twice. A GET only
    shows `page`: a scanner that opens every link in a mail changes nothing.
    """
    return _marked(
        None, load=load, form=form, page=page, instead=instead, limits=limits, is_by_token=True
    )


def _marked(
    permission: Permission | None,
    *,
    load: Callable[..., object] | None = None,
    form: type[PortalForm] | None = None,
    page: str | Callable[..., str] | None = None,
    context: Callable[..., Context] | None = None,
    instead: Callable[..., Elsewhere] | None = None,
    work: Callable[..., None] | None = None,
    limits: Sequence[str | Limit] = (),
    is_by_token: bool = False,
) -> Callable[..., Route]:
    counted = tuple(limit_of(limit) for limit in limits)

    def mark(view: Callable[..., ResponseReturnValue]) -> Route:
        name = next(iter(signature(view).parameters), "")
        door = Door(
            view, permission, load, form, page, name, context, instead, work, counted, is_by_token
        )

        @wraps(view)
        def through(**values: object) -> Response:
            return pass_through(door, values)

        through.door = door  # type: ignore[attr-defined]
        return through

    return mark


def check_doors(app: Flask) -> None:
    """Refuse to start when a route has no mark, or its form no door that takes and shows it."""
    for rule in app.url_map.iter_rules():
        door = getattr(app.view_functions[rule.endpoint], "door", None)
        methods = rule.methods or set()
        if door is None:
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) has no mark")
        if door.form is None and set(UNSAFE) & methods:
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) takes a POST without a form")
        is_keyless = door.form is not None and issubclass(door.form, KeylessForm)
        if is_keyless != door.is_by_token:
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) takes a form without a key")
        if door.form is not None and "GET" in methods and not door.page:
            raise UnmarkedDoor(f"{rule.endpoint} ({rule.rule}) has a form that it does not show")
