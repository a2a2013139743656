"""A row of a promise, read: what is promised, when, and by which source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portal import terms
from portal.commitments.models import Texts
from portal.commitments.promise import Promised, picked
from portal.commitments.words import KINDS
from portal.core import clock
from portal.core.folding import fold
from portal.core.i18n import LOCALES, speak
from portal.core.i18n import gettext as _
from portal.intake.checking.cells import Cells, split
from portal.pact.models import Layer, Principle, Word
from portal.pact.queries import all_words
from portal.services.entered import Source

TITLE, TEXT, PART, TERM = 120, 5000, 2000, 200
OTHER_KIND = "overig"
# The cells that are texts of the promise, each with the attribute that it fills.
PARTS = {"voor_wie": "for_whom", "waarom": "why", "resultaat": "result"}
Tag = TypeVar("Tag", bound=Word)


@dataclass(frozen=True, slots=True)
class Tags:
    """What a promise can be about, and of what kind it can be: folded name -> what is stored."""

    kinds: Mapping[str, str]
    layers: Mapping[str, Layer]
    principles: Mapping[str, Principle]


def read_tags() -> Tags:
    """Return the kinds, layers and themes, under every name by which they go."""
    names = {fold(key): key for key in KINDS}
    for locale in LOCALES:
        with speak(locale):
            names.update({fold(str(label)): key for key, label in KINDS.items()})
    layers = [word for word in all_words("lagen") if isinstance(word, Layer)]
    principles = [word for word in all_words("themas") if isinstance(word, Principle)]
    return Tags(names, _by_name(layers), _by_name(principles))


def _by_name(words: Iterable[Tag]) -> dict[str, Tag]:
    return {fold(name): word for word in words for name in (word.slug, word.name_nl, word.name_en)}


@dataclass(frozen=True, slots=True)
class Promise:
    """What a row says; a text that it leaves out is no key of `texts`."""

    organisation: str
    title: str
    language: str
    texts: Texts
    promised_on: date | None
    term: Promised
    source: Source


def read_promise(cells: Cells, tags: Tags, source: Source) -> Promise:
    """Return what a row says; `cells.faults` tells what in it cannot be."""
    language = _language(cells)
    name = cells.line("ondertekenaar", most=200)
    cells.needed("ondertekenaar", name, _("Vul de naam van de ondertekenaar in."))
    title = cells.line("titel", most=TITLE)
    cells.needed("titel", title, _("Vul een titel in."))
    promised_on = cells.day("toegezegd_op")
    if promised_on is not None and promised_on > clock.today():
        cells.refuse("toegezegd_op", _("Deze datum ligt in de toekomst. Kies vandaag of eerder."))
    own = cells.source(source)
    return Promise(
        organisation=name,
        title=title,
        language=language,
        texts=_texts(cells, tags, title, own),
        promised_on=promised_on,
        term=_term(cells, promised_on or clock.today(), language),
        source=own,
    )


def _language(cells: Cells) -> str:
    text = fold(cells.line("taal", most=40))
    words = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en"}
    words |= {"english": "en", "": "nl"}
    if text not in words:
        cells.refuse("taal", _("Schrijf nl of en."))
    return words.get(text, "nl")


def _texts(cells: Cells, tags: Tags, title: str, source: Source) -> Texts:
    texts = Texts(title=title, source_title=source.title, source_url=source.url)
    kind = cells.line("soort", most=80)
    if kind:
        texts["kind"] = tags.kinds.get(fold(kind), OTHER_KIND)
        if fold(kind) not in tags.kinds:
            cells.refuse("soort", _("Deze soort toezegging kent het portaal niet."))
    what = cells.text("wat", most=TEXT)
    if what:
        texts["what"] = what
    for column, name in PARTS.items():
        text = cells.text(column, most=PART)
        if text:
            texts[name] = text  # type: ignore[literal-required]
    layers, themes = _tags(cells, "lagen", tags.layers), _tags(cells, "themas", tags.principles)
    if layers:
        texts["layers"] = layers
    if themes:
        texts["principles"] = themes
    return texts


def _tags(cells: Cells, column: str, known: Mapping[str, Tag]) -> Sequence[Tag]:
    chosen: dict[int, Tag] = {}
    for name in split(cells.text(column, most=PART)):
        tag = known.get(fold(name))
        if tag is None:
            cells.refuse(column, _("“%(name)s” kent het portaal niet.", name=name[:60]))
        else:
            chosen[tag.id] = tag
    return list(chosen.values())


def _term(cells: Cells, said_on: date, language: str) -> Promised:
    """Return the term as it is read; with days of the row itself where the words are unknown."""
    words = cells.line("termijn", most=TERM)
    term = terms.read(words, said_on, language) if words else None
    days = cells.span("termijn")
    if term is None and any(days):
        return picked(words, said_on, *days)
    return _without_days(cells, words, said_on, term)


def _without_days(cells: Cells, words: str, said_on: date, term: terms.Term | None) -> Promised:
    if words and term is None and not terms.is_open_ended(words) and not terms.is_vague(words):
        message = _(
            "Wij begrijpen deze termijn niet. Schrijf die als “begin oktober 2026”, of vul in van "
            "en tot welke dag u bedoelt: Termijn vanaf, Termijn tot en met."
        )
        cells.refuse("termijn", message)
    return Promised(words, said_on, term)
