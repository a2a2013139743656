"""Dutch and English: which one a request speaks, and the same page in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from babel import Locale
from babel.support import Translations
from flask import Flask, has_request_context, render_template, request
from flask_babel import Babel, force_locale
from flask_babel.speaklater import LazyString

__all__ = [
    "LOCALES",
    "OTHER",
    "LazyString",
    "current_locale",
    "gettext",
    "init_app",
    "lazy_gettext",
    "ngettext",
    "number_words",
    "render_text",
    "speak",
    "texts_in",
]

LOCALES = ("nl", "en")
OTHER = {"nl": "en", "en": "nl"}
CATALOGUES = Path(__file__).parents[1] / "translations"

babel = Babel()
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class LanguageInPath:
    """WSGI middleware: `/en/x` is the English `x`; addresses made during it keep `/en`."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/en" or path.startswith("/en/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
            environ["portal.locale"] = "en"
        # A page asks a hundred times: one look in a variable, not in the request's environment.
        before = _spoken.set(environ.get("portal.locale", "nl"))
        try:
            return self._app(environ, start_response)
        finally:
            _spoken.reset(before)


def current_locale() -> str:
    """Return "nl" or "en": that of the mail being written, else of the address, else "nl"."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if not has_request_context():
        return "nl"
    return str(request.environ.get("portal.locale", "nl"))


@cache
def texts_in(locale: str) -> NullTranslations:
    """Return the texts in a language; those in Dutch are the source itself."""
    return Translations.load(CATALOGUES, [locale])


# Flask-Babel's own find the language and its catalogue again for each word.
def gettext(text: str, /, **values: object) -> str:
    """Return `text` in the current language, with `values` in it."""
    found = texts_in(current_locale()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the singular or plural that belongs to `num` in the current language, with values.

    The number is written as the language does: 1.234, in English 1,234.
    """
    shown = {"num": number_words(num), **values}
    return texts_in(current_locale()).ngettext(one, many, num) % shown


def number_words(value: int) -> str:
    """Return a number with the thousands mark of the language: 12.345, in English 12,345."""
    if -1000 < value < 1000:
        return str(value)
    return f"{value:,}" if current_locale() == "en" else f"{value:,}".replace(",", ".")


def lazy_gettext(text: str, /, **values: object) -> LazyString:
    """Return `text` as a string that speaks the language of whenever it is read."""
    return LazyString(gettext, text, **values)


def init_app(app: Flask) -> None:
    """Bind translations and the language in the address to the app."""
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Amsterdam"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    # Parsed once: Babel would parse the name of the language again at every request.
    locales = {name: Locale.parse(name) for name in LOCALES}
    babel.init_app(app, locale_selector=lambda: locales[current_locale()])
    app.wsgi_app = LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]


@contextmanager
def speak(locale: str) -> Iterator[None]:
    """Let gettext, dates and templates speak `locale` inside the block, as a mail needs."""
    before = _spoken.set(locale)
    try:
        with force_locale(locale):
            yield
    finally:
        _spoken.reset(before)


def render_text(template: str, locale: str, **context: object) -> str:
    """Return a template of plain text, such as a mail's, rendered in the language `locale`."""
    with speak(locale):
        return render_template(template, **context)
