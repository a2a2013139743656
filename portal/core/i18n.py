"""Dutch and English: which one a request speaks, and the same page in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from babel import Locale
from flask import Flask, has_request_context, render_template, request
from flask_babel import Babel, force_locale, gettext, lazy_gettext

__all__ = [
    "LOCALES",
    "OTHER",
    "current_locale",
    "gettext",
    "init_app",
    "lazy_gettext",
    "render_text",
    "speak",
]

LOCALES = ("nl", "en")
OTHER = {"nl": "en", "en": "nl"}

babel = Babel()
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)

StartResponse = Callable[..., Any]
WsgiApp = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class LanguageInPath:
    """WSGI middleware: `/en/x` is the English `x`; addresses made during it keep `/en`."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/en" or path.startswith("/en/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
            environ["portal.locale"] = "en"
        return self._app(environ, start_response)


def current_locale() -> str:
    """Return "nl" or "en": what a mail is written in, or what the address says; else "nl"."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if not has_request_context():
        return "nl"
    return str(request.environ.get("portal.locale", "nl"))


def init_app(app: Flask) -> None:
    """Bind translations and the language in the address to the app."""
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Amsterdam"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    # Read once: Babel would read the name of the language again at every request.
    known = {name: Locale.parse(name) for name in LOCALES}
    babel.init_app(app, locale_selector=lambda: known[current_locale()])
    app.wsgi_app = LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]


@contextmanager
def speak(locale: str) -> Iterator[None]:
    """Let gettext, dates and templates speak `locale` in the meantime, for mails."""
    before = _spoken.set(locale)
    try:
        with force_locale(locale):
            yield
    finally:
        _spoken.reset(before)


def render_text(template: str, locale: str, **words: object) -> str:
    """Return a template of plain text, such as a mail's, in the words of `locale`."""
    with speak(locale):
        return render_template(template, **words)
