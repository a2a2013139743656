"""What every page of the portal keeps to, asserted on each HTML answer."""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup, Tag
from html5lib import HTMLParser
from html5lib.constants import E as WORDS

LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "image", "reset")
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage")
DATA_BLOCK = "application/ld+json"


def check_page(text: str, soup: BeautifulSoup) -> None:
    """Assert that the page is well made; the message lists everything that is not."""
    faults = [
        *_parse_errors(text),
        *_outline(soup),
        *_names(soup),
        *_references(soup),
        *_inline(soup),
    ]
    assert not faults, "The page is not well made:\n  " + "\n  ".join(faults)


def _parse_errors(text: str) -> list[str]:
    parser = HTMLParser()
    parser.parse(text)
    return [
        f"line {line}, column {column}: {WORDS.get(code, code) % facts}"
        for (line, column), code, facts in parser.errors
    ]


def _outline(soup: BeautifulSoup) -> list[str]:
    faults = []
    if not soup.html or soup.html.get("lang") not in ("nl", "en"):
        faults.append("<html> says no language")
    if not soup.title or not soup.title.get_text(strip=True):
        faults.append("the page has no title")
    headings = [heading.get_text(" ", strip=True) for heading in soup.find_all("h1")]
    if len(headings) != 1 or not headings[0]:
        faults.append(f"one h1 is wanted, found {headings}")
    return faults


def _names(soup: BeautifulSoup) -> list[str]:
    faults = [f"{_shown(field)} has no label" for field in _fields(soup) if not _label(soup, field)]
    for button in soup.find_all(["button", "a"]):
        if not (button.get_text(strip=True) or button.get("aria-label") or _picture_text(button)):
            faults.append(f"{_shown(button)} has no text")
    faults += [f"{_shown(image)} has no alt" for image in soup.find_all("img", alt=False)]
    return faults


def _fields(soup: BeautifulSoup) -> list[Tag]:
    return [
        field
        for field in soup.find_all(LABELLED)
        if field.name != "input" or field.get("type", "text") not in UNLABELLED_TYPES
    ]


def _label(soup: BeautifulSoup, field: Tag) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label"):
        return True
    label = soup.find("label", attrs={"for": field.get("id") or "-"})
    return label is not None and bool(label.get_text(strip=True))


def _picture_text(element: Tag) -> bool:
    return any(image.get("alt") for image in element.find_all("img")) or bool(element.find("title"))


def _references(soup: BeautifulSoup) -> list[str]:
    counted = Counter(element["id"] for element in soup.find_all(id=True))
    faults = [f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1]
    for attribute in POINTERS:
        for element in soup.find_all(attrs={attribute: True}):
            pointed = str(element[attribute]).split()
            faults += [
                f"{attribute}={name!r} points nowhere" for name in pointed if name not in counted
            ]
    for link in soup.find_all("a", href=True):
        target = str(link["href"])
        if target.startswith("#") and target[1:] not in counted:
            faults.append(f"the link to {target!r} points nowhere")
    return faults


def _inline(soup: BeautifulSoup) -> list[str]:
    faults = [f"{_shown(element)} has a style" for element in soup.find_all(style=True)]
    faults += [
        f"{_shown(element)} is a style sheet in the page" for element in soup.find_all("style")
    ]
    for script in soup.find_all("script", src=False):
        if script.get("type") != DATA_BLOCK:
            faults.append(f"{_shown(script)} is a script in the page")
    for element in soup.find_all(True):
        faults += [
            f"{_shown(element)} has {name}" for name in element.attrs if name.startswith("on")
        ]
        if str(element.get("href", "")).strip().lower().startswith("javascript:"):
            faults.append(f"{_shown(element)} runs a script")
    return faults


def _shown(element: Tag) -> str:
    return str(element).split(">", 1)[0][:120] + ">"
