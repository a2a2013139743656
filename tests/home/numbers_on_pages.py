"""Every number that a page shows, held against the list that it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from bs4 import BeautifulSoup, Tag

from tests.harness.client import Client
from tests.harness.page import Page

COUNT = re.compile(r"\d+")
BY_SOURCE = ("gereed volgens", "done according to")
SILENT = ("geen bericht bij dit portaal", "not reported to this portal")
RUNNING, DELAYED, PLANNED = (
    ("loopt", "in progress"),
    ("vertraagd", "delayed"),
    ("gepland", "planned"),
)
PLACED = "#reacties .comment:not(.comment--placeholder, .comment--pending)"
# What a list shows once for each thing in it.
ITEMS = "main ul.rows > li, main ul.cards > li, main ul.news-list > li"


def number_in(element: Tag | None) -> int:
    """Return the first number in the words of a part of a page."""
    assert element is not None
    found = COUNT.search(element.get_text(" ", strip=True))
    assert found, element
    return int(found[0])


_mains: WeakKeyDictionary[Page, BeautifulSoup] = WeakKeyDictionary()


def main_of(page: Page) -> BeautifulSoup:
    """Return <main> of a page: what stands around it is half of its elements, and has no lists."""
    if page not in _mains:
        _head, begin, rest = page.html.partition("<main")
        main = f"{begin}{rest.partition('</main>')[0]}</main>"
        _mains[page] = BeautifulSoup(main, "lxml", multi_valued_attributes=None)
    return _mains[page]


def pages(reader: Remembering, address: str) -> Iterator[Page]:
    """Yield the page at `address`, and those that follow it."""
    following: str | None = address
    while following is not None:
        page = reader.get(following, follow=True)
        yield page
        link = main_of(page).select_one("main a[rel=next]")
        following = str(link["href"]) if link else None


def length_of(reader: Remembering, address: str) -> int:
    """Return how many things the list at `address` holds, over all its pages."""
    return sum(len(main_of(page).select(ITEMS)) for page in pages(reader, address))


def comments_at(reader: Remembering, address: str) -> int:
    """Return how many placed comments stand below what is at `address`, over all its pages."""
    return sum(len(main_of(page).select(PLACED)) for page in pages(reader, address))


def _figures(page: Page) -> Iterator[tuple[str, int]]:
    """Yield the address of each key figure, and the figure."""
    for link in main_of(page).select(".facts a"):
        yield str(link["href"]), number_in(link)


def _choices(page: Page) -> Iterator[tuple[str, int]]:
    """Yield the address of the list with one choice of the filter, and its number.

    Of the kinds of signatories; `test_facets.py` counts every group of both lists by its query.
    """
    path, _mark, query = page.path.partition("?")
    others = [part for part in query.split("&") if part and not part.startswith("soort=")]
    kinds = "label.choice:has([name=soort]):has(.choice__count)"
    for choice in main_of(page).select(kinds) if path.endswith("/ondertekenaars") else ():
        box, count = choice.select_one("input"), choice.select_one(".choice__count")
        assert box is not None
        yield path + "?" + "&".join([*others, f"soort={box['value']}"]), number_in(count)


def every_filter(client: Client, address: str) -> list[str]:
    """Return the address of a list with each of its filters alone, as its form offers them."""
    form = main_of(client.get(address)).select_one("form[method=get]:has(.choice, select)")
    assert form is not None
    chosen = [
        (box["name"], box["value"])
        for box in form.select("input[type=checkbox], input[type=radio]")
    ]
    for menu in form.select("select"):
        chosen += [(menu["name"], option["value"]) for option in menu.select("option")]
    return [f"{address}?{name}={value}" for name, value in chosen if value]


class Remembering:
    """A reader who asks for each page once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._pages: dict[str, Page] = {}
        # The markup of what was held against its page already: it stands in many lists.
        self.held: set[str] = set()

    def get(self, address: str, *, follow: bool = False) -> Page:
        """Return the page at `address`, as it was when it was first asked for."""
        if address not in self._pages:
            self._pages[address] = self._client.get(address, follow=follow)
        return self._pages[address]


def wrong_numbers(client: Client, addresses: list[str]) -> list[str]:
    """Return what is wrong on these pages: a number that differs from the list that it opens."""
    reader = Remembering(client)
    wrong = []
    for address in addresses:
        page = reader.get(address, follow=True)
        for opened, number in [*_figures(page), *_choices(page)]:
            if (length := length_of(reader, opened)) != number:
                wrong.append(f"{address}: {number} leads to {length} at {opened}")
        head = main_of(page).select_one(".result-head h2")
        if head is not None and number_in(head) != (length := length_of(reader, address)):
            wrong.append(f"{address}: {head.get_text(strip=True)}, in the list {length}")
        for part in pages(reader, address):
            wrong += _wrong_cards(reader, part) + _wrong_news(reader, part)
    return wrong


def _new(reader: Remembering, elements: list[Tag]) -> list[Tag]:
    """Return those that no list before showed just so."""
    new = [element for element in elements if str(element) not in reader.held]
    reader.held.update(map(str, new))
    return new


def _wrong_cards(reader: Remembering, page: Page) -> list[str]:
    wrong = []
    for card in _new(reader, main_of(page).select("ul.cards > li")):
        link, number = card.select_one("a[href]"), card.select_one("dl > div:last-child dd")
        assert link is not None and number is not None
        count = number_in(number) if COUNT.search(number.get_text()) else 0
        opened = main_of(reader.get(str(link["href"])))
        rows = opened.select("section[aria-labelledby=toezeggingen] > ul.rows:first-of-type > li")
        bar, above = card.select_one(".progress__words"), opened.select_one(".progress__words")
        head = opened.select_one("#toezeggingen")
        told = COUNT.search(head.get_text()) if head else None
        listed = len(rows) if told else 0
        words = [part.get_text(" ", strip=True) if part else "" for part in (bar, above)]
        if not count == listed == int(told[0] if told else 0) or words[0] != words[1]:
            wrong.append(f"{link['href']}: {count} on the card, {listed} in the list, {words}")
        wrong += _wrong_bar(str(link["href"]), rows[:listed], words[0])
    return wrong


def _with_status(rows: list[Tag], words: tuple[str, ...]) -> list[Tag]:
    statuses = [(row, row.select_one(".status")) for row in rows]
    texts = [(row, status.get_text() if status is not None else "") for row, status in statuses]
    return [row for row, text in texts if any(each in text for each in words)]


def _wrong_bar(address: str, rows: list[Tag], words: str) -> list[str]:
    """Return what is wrong with "1 van 4 gereed, 1 loopt, bij 1 is de termijn verstreken, ...".

    A late one is counted as late alone. What is known from a source alone follows: how many are
    done, how many are silent; then what is planned.
    """
    if not words:
        return [f"{address}: no words above {len(rows)} rows"] if rows else []
    done = [row for row in rows if row.select_one(".status--ok")]
    late = [row for row in rows if row.select_one(".status--bad")]
    punctual = [row for row in rows if row not in late]
    running, delayed = _with_status(punctual, RUNNING), _with_status(punctual, DELAYED)
    by_source, silent = _with_status(rows, BY_SOURCE), _with_status(rows, SILENT)
    planned = _with_status(punctual, PLANNED)
    found = [int(number) for number in COUNT.findall(words)]
    others = (running, delayed, late, by_source, silent, planned)
    wanted = [len(done), len(rows), *(len(some) for some in others if some)]
    return [] if found == wanted else [f"{address}: {words!r}, in the list {wanted}"]


def _wrong_news(reader: Remembering, page: Page) -> list[str]:
    wrong = []
    for item in _new(reader, main_of(page).select("ul.news-list > li")):
        link, line = item.select_one("a[href]"), item.select_one("p.muted")
        assert link is not None and line is not None
        told = int(COUNT.findall(line.get_text(" ", strip=True))[-1])
        head = number_in(main_of(reader.get(str(link["href"]))).select_one("#reacties-kop"))
        listed = comments_at(reader, str(link["href"]))
        if not told == head == listed:
            wrong.append(f"{link['href']}: {told} in the news, {head} above {listed} comments")
    return wrong
