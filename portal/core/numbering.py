"""Numbered lists that show the numbers as they were typed, whatever they are.

A list in HTML counts by itself, so that 2020 and 2023 would read as 2020 and 2021.
"""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# With more digits than this it is no number of a list (CommonMark).
_MOST_DIGITS = 9
# How the style sheet makes room for long numbers, and which way of writing it follows.
_BRACKET = "list--bracket"
_WIDE = {count: f"list--digits-{count}" for count in range(2, _MOST_DIGITS + 1)}
_ZEROS = {count: f"list--zeros-{count}" for count in (2, 3)}
LIST_CLASSES = {_BRACKET, *_WIDE.values(), *_ZEROS.values()}


def keep_numbers(state: StateCore) -> None:
    """Let every item of a numbered list carry its own number; a rule for markdown-it."""
    open_lists: list[_NumberedList | None] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append(_NumberedList(token) if token.tag == "ol" else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            closed = open_lists.pop()
            if closed is not None:
                closed.describe()
        elif token.type == "list_item_open" and (numbered := open_lists[-1]) is not None:
            numbered.number(token)


class _NumberedList:
    """A list that is being read: which number comes next, and how its numbers are written."""

    def __init__(self, opening: Token) -> None:
        self._opening = opening
        self._next = int(opening.attrs.get("start", 1))
        self._written: list[str] = []

    def number(self, item: Token) -> None:
        """Give the item its number, unless the list comes to it by counting."""
        typed = int(item.info)
        if typed != self._next:
            item.attrs["value"] = str(typed)
        self._next = typed + 1
        self._written.append(item.info)

    def describe(self) -> None:
        """Give the list its classes, now that all of its numbers are known."""
        classes = [
            _WIDE.get(max(len(number) for number in self._written)),
            _ZEROS.get(max((len(n) for n in self._written if n.startswith("0")), default=0)),
            _BRACKET if self._opening.markup == ")" else None,
        ]
        for name in filter(None, classes):
            self._opening.attrJoin("class", name)
