"""Which signs of a text are mark-up: those that the form names, and no others.

*schuin*, **vet**, "- " for a list, "1. " for a numbered one, and [words](address) always work. The
rest of CommonMark is made for who knows it: four spaces make code there, a backslash or a grave
accent vanishes, a line of dashes makes a heading. Here those signs are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_NAMED = ["emphasis", "link", "list", "newline"]
# What begins an item. A browser can write two noughts before a number, and no more.
_ITEM = re.compile(r"-|(?:0\d{0,2}|[1-9]\d*)[.)]")


def parser_of(marks: Iterable[str], *, may_link: Callable[[str], bool]) -> MarkdownIt:
    """Return a parser for the marks that always work and `marks`, rules of CommonMark by name.

    A link to what `may_link` refuses is text. Each end of a line is one on the page.
    """
    parser = _Parser(may_link).enable([*_NAMED, *marks])
    parser.inline.ruler.at("emphasis", _star)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "blockquote"]})
    parser.block.ruler.push("no_item", _no_item, {"alt": ["list"]})
    return parser


class _Parser(MarkdownIt):
    """The library's parser, which links only to what it may."""

    def __init__(self, may_link: Callable[[str], bool]) -> None:
        super().__init__("zero", {"breaks": True})
        self._may_link = may_link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return self._may_link(url)


def _list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Begin a list at "- " or a number; a line with another bullet is shown as it was typed."""
    return _is_item(state, first) and list_block(state, first, last, silent)


def _no_item(state: StateBlock, first: int, _last: int, silent: bool) -> bool:
    """End a list at a line that would begin none."""
    return silent and not _is_item(state, first)


def _is_item(state: StateBlock, line: int) -> bool:
    return _ITEM.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


def _star(state: StateInline, silent: bool) -> bool:
    """Take stars round words as mark-up; within a word, as in 2*3*4, they are text.

    The library's own rule takes them there too, and underscores as well.
    """
    if silent or state.src[state.pos] != "*":
        return False
    scanned = state.scanDelims(state.pos, False)
    for _each in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True
