"""A page as a tree of elements: parsed once, for its checks and for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

# Without the classes of lxml.html: to find one for each element costs as much as the parsing.
Element = etree._Element
# What stands in these no reader sees.
UNSEEN = ("script", "style", "template")
_has_unseen = etree.XPath(" or ".join(f"descendant::{tag}" for tag in UNSEEN))


def parsed(html: str) -> Element:
    """Return the root of a page."""
    tree: Element | None = etree.fromstring(html, etree.HTMLParser())
    assert tree is not None, "there is nothing to parse"
    return tree


def strings(element: Element) -> list[str]:
    """Return each piece of text in an element that a reader sees, as it stands."""
    return list(_seen(element) if _has_unseen(element) else map(str, element.itertext()))


def _seen(element: Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in UNSEEN:
            yield from _seen(child)
        if child.tail:
            yield child.tail


def words(element: Element) -> str:
    """Return what there is to read in an element, with single spaces, between its parts as well."""
    return " ".join(" ".join(strings(element)).split())
