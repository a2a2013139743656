"""Dutch and English: which one a request speaks, and the same page in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale

LOCALES = ("nl", "en")
OTHER = {"nl": "en", "en": "nl"}

babel = Babel()

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
    """Return "nl" or "en": what the address says, "nl" outside a request."""
    if not has_request_context():
        return "nl"
    return str(request.environ.get("portal.locale", "nl"))


def init_app(app: Flask) -> None:
    """Bind translations and the language in the address to the app."""
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Amsterdam"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=current_locale)
    app.wsgi_app = LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]


def speak(locale: str) -> Any:
    """Return a context in which gettext speaks `locale`, for mails."""
    return force_locale(locale)
