"""The texts of templates: looked up once for a language, and remembered."""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

from flask import Flask
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from portal.core.i18n import current_locale, number_words, texts_in
from portal.web.escaping import shown


class Phrases:
    """The texts of templates in one language; each costs one look-up in a dict after the first."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations
        self._whole: dict[tuple[str, bool], str] = {}

    def phrase(self, text: str, values: dict[str, object], *, as_markup: bool) -> str:
        """Return `text` in this language with `values` in it, which are escaped in markup."""
        if values:
            return _put_in(self._translations.gettext(text), values, as_markup)
        whole = self._whole.get((text, as_markup))
        if whole is None:
            # A percent sign is doubled in the catalogue, with a value beside it or without.
            whole = _kind(self._translations.gettext(text) % {}, as_markup)
            self._whole[text, as_markup] = whole
        return whole

    def counted(
        self, one: str, many: str, count: int, values: dict[str, object], *, as_markup: bool
    ) -> str:
        """Return the singular or plural that belongs to `count`, in this language, with values."""
        text = self._translations.ngettext(one, many, count)
        return _put_in(text, {"num": number_words(count), **values}, as_markup)


def _kind(text: str, as_markup: bool) -> str:
    # The text is the catalogue's own; what is put into it is escaped by the markup.
    return Markup(text) if as_markup else text  # noqa: S704


def _put_in(text: str, values: dict[str, object], as_markup: bool) -> str:
    if not as_markup:
        return text % values
    # Escaped here: markup that is asked to put values in makes an object for each of them.
    safe = {name: v if type(v) is int else shown(v) for name, v in values.items()}
    return Markup(text % safe)  # noqa: S704


_DUTCH = Phrases(NullTranslations())
_speaking = ContextVar("speaking", default=_DUTCH)


@pass_eval_context
def _gettext(context: EvalContext, text: str, /, **values: object) -> str:
    return _speaking.get().phrase(text, values, as_markup=bool(context.autoescape))


@pass_eval_context
def _ngettext(context: EvalContext, one: str, many: str, count: int, /, **values: object) -> str:
    as_markup = bool(context.autoescape)
    return _speaking.get().counted(one, many, count, values, as_markup=as_markup)


def init_app(app: Flask) -> None:
    """Let templates take their texts from here; called after Flask-Babel, which is slower at it."""
    spoken: dict[str, Phrases] = {}

    def choose() -> dict[str, object]:
        """Choose the texts in the language of the page or mail that is about to be rendered."""
        locale = current_locale()
        phrases = spoken.get(locale)
        if phrases is None:
            phrases = spoken[locale] = Phrases(texts_in(locale))
        _speaking.set(phrases)
        return {}

    app.context_processor(choose)
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
