"""Markdown turned into safe HTML, into plain text, or into a count of its links.

Raw HTML is shown as text. Marks that turn the direction of text around (U+202A-U+202E and
U+2066-U+2069) are taken out, because they can make an address or a name read as another one.
Reference links (`[text][1]`) stay text: one long address, referred to often, makes a huge page.
A web address between the words becomes a link by itself. The library that does this for
markdown-it-py takes minutes over addresses that are glued together, so it is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.core.folding import without_turners
from portal.core.numbering import LIST_CLASSES, keep_numbers

EXCERPT_CHARACTERS = 160
# One more whenever the same text gives other HTML: the worker then makes what is stored anew.
RENDERER = 2

_DEEPEST_HEADING = 6
# An excerpt never needs the whole of a long text; markup can be this many times its words.
_MARKUP_ALLOWANCE = 50
_WEB_ADDRESS = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s@]+@)[^\s\\]*", re.IGNORECASE)
_OWN_PATH = re.compile(r"(?:/(?![/\\])|#)[^\s\\]*")
_BETWEEN_WORDS = re.compile(r"(?<![\w/.@])(?:https?://|www\.[\w-]+\.\w)[^\s<>\\]*", re.IGNORECASE)
_END_OF_SENTENCE = ".,;:!?'\"*_~’”…"
_BARE_ADDRESS = re.compile(r"\bhttps?://|\bwww\.", re.IGNORECASE)

_WORDS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "a", "blockquote", "code", "pre"}
_STRUCTURE = {"hr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags=_WORDS | _STRUCTURE | {"img"},
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "loading"},
        "ol": {"start"},
        "li": {"value"},
        "th": {"scope"},
    },
    allowed_classes={"ol": LIST_CLASSES},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)


def render(text: str, *, images: bool = False, first_heading: int = 3) -> str:
    """Return safe HTML of an article, a profile or the text of the pact, with headings and tables.

    The first level of heading that the text uses becomes `h<first_heading>` and no level is
    skipped below it. With `images` pictures from paths of this site are shown; every other
    picture becomes a link with its description.
    """
    return _html(_TEXT, text, {"images": images, "first_heading": first_heading})


def render_comment(text: str) -> str:
    """Return safe HTML of a comment: paragraphs, emphasis, lists, links, quotes and code.

    A heading becomes a line in bold, a picture becomes a link, and every line end stays.
    """
    return _html(_COMMENT, text, {"images": False, "first_heading": None})


def plain(text: str, *, limit: int = EXCERPT_CHARACTERS) -> str:
    """Return the first paragraphs without markup, cut after a word at `limit` characters.

    The numbers of a list stay before its items.
    """
    start = text[: limit * _MARKUP_ALLOWANCE]
    tokens = _TEXT.parse(start, {"images": False, "first_heading": 1})
    return _cut(_paragraphs(tokens), limit) or _cut(_inlines(tokens), limit)


def link_count(text: str) -> int:
    """Return how many links the text has, web addresses that are not made into a link included."""
    count = 0
    for inline in _inlines(_TEXT.parse(text, {"images": False, "first_heading": 1})):
        in_link = False
        for token in inline.children or ():
            if token.type in ("link_open", "link_close"):
                in_link = token.type == "link_open"
                count += in_link
            elif token.type == "text" and not in_link:
                count += len(_BARE_ADDRESS.findall(token.content))
    return count


def _html(parser: MarkdownIt, text: str, options: dict[str, object]) -> str:
    # Entities can write the turning marks too, so they are taken out of what is shown.
    return without_turners(_CLEANER.clean(parser.render(text, options)))


def _paragraphs(tokens: list[Token]) -> Iterator[Token]:
    for before, token in pairwise(tokens):
        if token.type == "inline" and before.type == "paragraph_open":
            yield token


def _inlines(tokens: list[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _cut(inlines: Iterator[Token], limit: int) -> str:
    words: list[str] = []
    length = -1
    for inline in inlines:
        for word in _spoken(inline).split():
            length += 1 + len(word)
            if length > limit:
                return _ellipsis(words, word, limit)
            words.append(word)
    return " ".join(words)


def _ellipsis(words: list[str], next_word: str, limit: int) -> str:
    start = " ".join(words) or next_word[: limit - 1]
    if len(start) >= limit:
        start = start.rpartition(" ")[0] or start[: limit - 1]
    return start.rstrip(" ,;:") + "…"


def _spoken(inline: Token) -> str:
    numbers = inline.meta.get("numbers")
    parts = [f"{numbers} "] if numbers else []
    for token in inline.children or ():
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
    return without_turners("".join(parts))


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


def _place_heading(heading: list[Token], first: int | None, depth: int) -> None:
    opening, inline, closing = heading
    if first is None:
        opening.tag = closing.tag = "p"
        strong = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
        inline.children = [strong[0], *(inline.children or ()), strong[1]]
    else:
        opening.tag = closing.tag = f"h{min(first + depth - 1, _DEEPEST_HEADING)}"


def _settle_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            settled = _settled(token.children or [], state.env["images"])
            token.children = list(_with_bare_links(settled, state.md.normalizeLink))
        elif token.type == "th_open":
            token.attrs["scope"] = "col"


def _settled(tokens: list[Token], images: bool) -> Iterator[Token]:
    in_link = dropped = False
    for token in tokens:
        if token.type == "link_open":
            in_link = True
            dropped = not _may_link(str(token.attrs["href"]))
        if token.type in ("link_open", "link_close") and dropped:
            continue
        if token.type == "link_close":
            in_link = False
        if token.type == "image":
            yield from _pictured(token, images, in_link and not dropped)
        else:
            yield token


def _pictured(image: Token, images: bool, in_link: bool) -> Iterator[Token]:
    source = str(image.attrs["src"])
    if images and _OWN_PATH.fullmatch(source) and not source.startswith("#"):
        image.attrs["loading"] = "lazy"
        yield image
        return
    label = Token("text", "", 0, content=_spoken(image) or source)
    if in_link or not _may_link(source):
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


class _AllLinks(MarkdownIt):
    """A parser that takes every address: one that may not be linked loses its link afterwards.

    Its words stay then. The library's own answer would be to show the markup.
    """

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def _parser(*, breaks: bool, without: list[str]) -> MarkdownIt:
    parser = _AllLinks("commonmark", {"html": False, "breaks": breaks})
    parser.enable(["table", "strikethrough"]).disable(["reference", "html_block", "html_inline"])
    parser.disable(without)
    parser.core.ruler.push("keep_numbers", keep_numbers)
    parser.core.ruler.push("place_headings", _place_headings)
    parser.core.ruler.push("settle_addresses", _settle_addresses)
    return parser


_TEXT = _parser(breaks=False, without=[])
_COMMENT = _parser(breaks=True, without=["table", "hr"])
