"""What every page of the portal keeps to, asserted on each HTML answer."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial

from html5lib import HTMLParser
from html5lib.constants import E as WORDS
from lxml import etree

from tests.harness.seen import Seen
from tests.harness.tree import Element, parsed, words

LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "image", "reset")
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage")
DATA_BLOCK = "application/ld+json"

# Text and values in which no letter can be a parse error: no markup, no entity, no odd character.
ODD = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufff0-\U0010ffff"
TEXT = re.compile(rf">[^<>&{ODD}]*[^<>&\s{ODD}][^<>&{ODD}]*(?=<)")
VALUE = re.compile(rf'(?<! type)="[^<>&"=`\s{ODD}][^<>&"=`\t\n{ODD}]*"')
# Where an item of a list, a row of a table or a choice begins.
ITEM = re.compile(r"(?=<(?:article|dt|li|option|tr)\b)")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
ENTITY = "&(?:amp|lt|gt|#34|#39);"
ATTRIBUTE = re.compile(rf'\s+([a-z][a-z0-9:-]*)(?:="(?:[^<>&"{ODD}]|{ENTITY})*")?')
# The one attribute that changes how an element is read; of these others may do so too.
HIDDEN = ' type="hidden"'
READ = frozenset({"annotation-xml", "font"})
DIVS = re.compile(r"(?: div)+(?= |$)")
BLANK = re.compile(r">[ \t\r\n]+<")
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
# What elements of a page say, found without a look at each of them in Python.
_found = partial(etree.XPath, smart_strings=False)
IDS, WITHIN = _found("//@id"), _found("//a/@href[starts-with(., '#')]")
POINTED = {name: _found(f"//@{name}") for name in POINTERS}
STYLED, HEARING = _found("//*[@style]"), _found("//*[@*[starts-with(name(), 'on')]]")
LEADING = _found("//*[contains(@href, ':')]")
_parsed = Seen("parsed")
# Of this process alone: these are many, and long.
_skeletons: set[str] = set()


def check_page(text: str, tree: Element | None = None) -> None:
    """Assert that the page is well made; the message lists everything that is not.

    `tree` is the page as `parsed` gives it, when somebody has parsed it already.
    """
    faults = parse_errors(text)
    if not faults:
        tree = parsed(text) if tree is None else tree
        faults = [*_outline(tree), *_names(tree), *_references(tree), *_inline(tree)]
        faults += [*_summary(tree), *_optional(tree)]
    assert not faults, "The page is not well made:\n  " + "\n  ".join(faults)


def skeleton_of(text: str) -> str:
    """Return the markup with one letter for each plain text and value: it parses as the page does.

    What a strict parser minds stays as it is: tags, names, quotes, entities, odd characters. Of
    items that are built alike and follow each other two are kept.
    """
    items = ITEM.split(VALUE.sub('="x"', TEXT.sub(">x", text)))
    return "".join(
        item
        for place, item in enumerate(items)
        if place < 2 or {*items[place - 2 : place]} != {item}
    )


def parts_of(skeleton: str) -> set[str]:
    """Return what a skeleton is built of: each element, with its children by name only.

    Before it stands in what it stands. Two pages of the same parts are read alike, for what a
    parser minds of an element lies in its own tags, in its children and in what it stands in. Where
    the tags do not pair, the whole page is one part.
    """
    skeleton = BLANK.sub("><", skeleton)
    parts: set[str] = set()
    path, pieces, place = [""], [[""]], 0
    for tag in TAG.finditer(skeleton):
        pieces[-1].append(skeleton[place : tag.start()])
        place = tag.end()
        whole, end, name = _bare(tag[0]), tag[1], tag[2]
        if name in VOID or whole.endswith("/>"):
            _add(pieces[-1], whole)
        elif not end:
            path.append(name)
            pieces.append([whole])
        elif path[-1] != name:
            return {skeleton}
        else:
            # A <div> in a <div> is as good as one.
            within = DIVS.sub(" div", " ".join(path))
            parts.add(f"{within}: {''.join(pieces.pop())}{whole}")
            path.pop()
            _add(pieces[-1], f"<{name}></{name}>")
    if len(path) > 1:
        return {skeleton}
    return parts | {"".join(pieces[0]) + skeleton[place:]}


@cache
def _bare(tag: str) -> str:
    """Return a tag without its attributes, where they are in order and a parser only keeps them."""
    name, names = TAG.match(tag)[2], ATTRIBUTE.findall(tag)  # type: ignore[index]
    bare = ATTRIBUTE.sub("", tag)
    is_plain = bare in (f"<{name}>", f"<{name}/>") and len(names) == len(set(names))
    if name in READ or not is_plain:
        return tag
    return bare.replace("<input", f"<input{HIDDEN}") if HIDDEN in tag else bare


def _add(pieces: list[str], piece: str) -> None:
    # Of children that are alike and follow each other two are kept.
    if pieces[-4:] != ["", piece] * 2 and pieces[-3:] != [piece, "", piece]:
        pieces.append(piece)


def parse_errors(text: str) -> list[str]:
    """Return what a strict HTML5 parser minds; what it has read all parts of needs no parsing."""
    skeleton = skeleton_of(text)
    if skeleton in _skeletons:
        return []
    unread = [part for part in parts_of(skeleton) if part not in _parsed]
    errors = strictly_parsed(text) if unread else []
    if not errors:
        _skeletons.add(skeleton)
        for part in unread:
            _parsed.add(part)
    return errors


def strictly_parsed(text: str) -> list[str]:
    """Return every parse error of this text, with its place."""
    parser = HTMLParser()
    parser.parse(text)
    return [
        f"line {line}, column {column}: {WORDS.get(code, code) % facts}"
        for (line, column), code, facts in parser.errors
    ]


def _outline(tree: Element) -> list[str]:
    faults = []
    if tree.get("lang") not in ("nl", "en"):
        faults.append("<html> says no language")
    if not tree.findtext("head/title", "").strip():
        faults.append("the page has no title")
    headings = [words(heading) for heading in tree.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        faults.append(f"one h1 is wanted, found {headings}")
    around = {element.tag for main in tree.iter("main") for element in main.iterancestors()}
    if not around <= {"html", "body", "div"}:
        faults.append(f"<main> stands in {sorted(around)}")
    if tree.xpath("//h1/following::*[@id='fouten']"):
        faults.append("what must be put right stands below the h1")
    return faults


def _names(tree: Element) -> list[str]:
    labels = {label.get("for") for label in tree.iter("label") if words(label)}
    faults = [
        f"{_shown(field)} has no label"
        for field in tree.iter(*LABELLED)
        if not _is_unlabelled(field) and not _has_label(field, labels)
    ]
    for button in tree.iter("button", "a"):
        if not (words(button) or button.get("aria-label") or _picture_text(button)):
            faults.append(f"{_shown(button)} has no text")
    images = [image for image in tree.iter("img") if "alt" not in image.attrib]
    faults += [f"{_shown(image)} has no alt" for image in images]
    return faults


def _is_unlabelled(field: Element) -> bool:
    return field.tag == "input" and field.get("type", "text") in UNLABELLED_TYPES


def _has_label(field: Element, labels: set[str | None]) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby"):
        return True
    return field.get("id", "-") in labels or next(field.iterancestors("label"), None) is not None


def _picture_text(element: Element) -> bool:
    if any(image.get("alt") for image in element.iter("img")):
        return True
    return next(element.iter("title"), None) is not None


def _summary(tree: Element) -> list[str]:
    """Return the list of errors when it is not in the order of the page."""
    links = [link.get("href", "#") for link in tree.xpath("//*[@id='fouten']//li/a")]
    if not links:
        return []
    order = {element.get("id"): place for place, element in enumerate(tree.iter())}
    places = [order.get(link[1:], -1) for link in links]
    return [] if places == sorted(places) else [f"errors in another order than the page: {links}"]


def _optional(tree: Element) -> list[str]:
    """Return the forms that mark what is optional, and do not say that all else is required."""
    marked = "count(.//*[@class='field__optional']) > 0 and .//*[@required]"
    said = tree.xpath("boolean(//p[@class='optional-note'])")
    return [
        f"{_shown(form)} marks what is optional"
        for form in tree.xpath(f"//form[{marked}]")
        if not said
    ]


def _references(tree: Element) -> list[str]:
    counted = Counter(IDS(tree))
    faults = [f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1]
    for attribute, values in POINTED.items():
        faults += [
            f"{attribute}={name!r} points nowhere"
            for value in values(tree)
            for name in value.split()
            if name not in counted
        ]
    targets = [target for target in WITHIN(tree) if target[1:] not in counted]
    return faults + [f"the link to {target!r} points nowhere" for target in targets]


def _inline(tree: Element) -> list[str]:
    faults = [f"{_shown(element)} is a style sheet in the page" for element in tree.iter("style")]
    for element in tree.iter("script"):
        if not element.get("src") and element.get("type") != DATA_BLOCK:
            faults.append(f"{_shown(element)} is a script in the page")
    faults += [f"{_shown(element)} has a style" for element in STYLED(tree)]
    for element in HEARING(tree):
        names = [name for name in element.attrib if str(name).startswith("on")]
        faults += [f"{_shown(element)} has {name}" for name in names]
    for element in LEADING(tree):
        if element.get("href", "").strip().lower().startswith("javascript:"):
            faults.append(f"{_shown(element)} runs a script")
    return faults


def _shown(element: Element) -> str:
    named = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{named}"[:120] + ">"
