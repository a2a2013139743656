"""The mark-up that forms name, turned into safe HTML.

Whoever writes knows no Markdown: only what the form names works (`marks.py`), and every other sign
is shown as it was typed, HTML too. Marks that turn the direction of text around (U+202A-U+202E and
U+2066-U+2069) are taken out, because they can make an address or a name read as another one.
Reference links (`[text][1]`) stay text: one long address, referred to often, makes a huge page.
A web address between the words becomes a link by itself. The library that does this for
markdown-it-py takes minutes over addresses that are glued together, so it is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.core.folding import without_turners
from portal.core.marks import parser_of
from portal.core.numbering import LIST_CLASSES, keep_numbers

# One more whenever the same text gives other HTML: the worker then makes what is stored anew.
RENDERER = 4

_DEEPEST_HEADING = 6
_WEB_ADDRESS = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s@]+@)[^\s\\]*", re.IGNORECASE)
_OWN_PATH = re.compile(r"(?:/(?![/\\])|#)[^\s\\]*")
_BETWEEN_WORDS = re.compile(r"(?<![\w/.@])(?:https?://|www\.[\w-]+\.\w)[^\s<>\\]*", re.IGNORECASE)
_END_OF_SENTENCE = ".,;:!?'\"*_~’”…"

# Letters of scripts that run from right to left.
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_WORDS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote"}
_STRUCTURE = {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags=_WORDS | _STRUCTURE | {"img"},
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "loading"},
        "ol": {"start", "dir"},
        "ul": {"dir"},
        "li": {"value"},
        "th": {"scope"},
    },
    allowed_classes={"ol": LIST_CLASSES},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)


def render_typed(text: str) -> str:
    """Return safe HTML of what anybody writes: a comment, a commitment, a report, a profile.

    Paragraphs, *schuin*, **vet**, lists and links; every line end stays.
    """
    return _html(_TYPED, text, {})


def render(text: str, *, images: bool = False, first_heading: int = 3) -> str:
    """Return safe HTML of an article, the text of the pact or a legal text.

    It has headings, quotes and tables too. The first level of heading that the text uses becomes
    `h<first_heading>` and no level is skipped below it. With `images` pictures from paths of this
    site are shown; every other picture becomes a link with its description.
    """
    parser = _ILLUSTRATED if images else _ARTICLE
    return _html(parser, text, {"first_heading": first_heading})


def _html(parser: MarkdownIt, text: str, options: dict[str, object]) -> str:
    return without_turners(_CLEANER.clean(parser.render(text, options)))


def _turn_lists(state: StateCore) -> None:
    """Let each list run as its own letters do, where not all letters of a text run to the right.

    Its numbers then stand on the side where its items begin.
    """
    if _LEFTWARD.search(state.src):
        for token in state.tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                token.attrs["dir"] = "auto"


def _place_headings(state: StateCore) -> None:
    first = state.env["first_heading"]
    levels: list[int] = []
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            level = int(token.tag[1:])
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            _place_heading(state.tokens[index : index + 3], first, len(levels))


def _place_heading(heading: list[Token], first: int, depth: int) -> None:
    opening, _inline, closing = heading
    opening.tag = closing.tag = f"h{min(first + depth - 1, _DEEPEST_HEADING)}"


def _settle_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            settled = _settled(token.children or [])
            token.children = list(_with_bare_links(settled, state.md.normalizeLink))
        elif token.type == "th_open":
            token.attrs["scope"] = "col"


def _settled(tokens: list[Token]) -> Iterator[Token]:
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type == "image":
            yield from _pictured(token, in_link)
        else:
            yield token


def _pictured(image: Token, in_link: bool) -> Iterator[Token]:
    source = str(image.attrs["src"])
    if _OWN_PATH.fullmatch(source) and not source.startswith("#"):
        image.attrs["loading"] = "lazy"
        yield image
        return
    label = Token("text", "", 0, content=image.content or source)
    if in_link:
        yield label
    else:
        yield from _link(source, label)


def _with_bare_links(tokens: Iterator[Token], normalize: Callable[[str], str]) -> Iterator[Token]:
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type == "text" and not in_link:
            yield from _linked(token.content, normalize)
        else:
            yield token


def _linked(text: str, normalize: Callable[[str], str]) -> Iterator[Token]:
    end = 0
    for match in _BETWEEN_WORDS.finditer(text):
        address = _without_sentence(match.group())
        target = address if "://" in address[:8] else f"https://{address}"
        if not _may_link(target) or address != without_turners(address):
            continue
        yield Token("text", "", 0, content=text[end : match.start()])
        yield from _link(normalize(target), Token("text", "", 0, content=address))
        end = match.start() + len(address)
    yield Token("text", "", 0, content=text[end:])


def _without_sentence(address: str) -> str:
    """Return the address without the signs that belong to the sentence around it."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and (
        address[end - 1] in _END_OF_SENTENCE or (address[end - 1] == ")" and unopened > 0)
    ):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _link(address: str, label: Token) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield label
    yield Token("link_close", "a", -1)


def _may_link(address: str) -> bool:
    return bool(_WEB_ADDRESS.fullmatch(address) or _OWN_PATH.fullmatch(address))


def _parser(*marks: str) -> MarkdownIt:
    parser = parser_of(marks, may_link=_may_link)
    parser.core.ruler.push("keep_numbers", keep_numbers)
    parser.core.ruler.push("turn_lists", _turn_lists)
    if "heading" in marks:
        parser.core.ruler.push("place_headings", _place_headings)
    parser.core.ruler.push("settle_addresses", _settle_addresses)
    return parser


_TYPED = _parser()
_ARTICLE = _parser("heading", "blockquote", "table")
_ILLUSTRATED = _parser("heading", "blockquote", "table", "image")
