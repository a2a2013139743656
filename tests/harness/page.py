"""An answer of the portal as a reader sees it: words, links, forms, errors."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from lxml import etree
from werkzeug.test import TestResponse

from tests.harness.forms import PageForm
from tests.harness.markup import check_page
from tests.harness.tree import Element, parsed, words

if TYPE_CHECKING:
    from tests.harness.client import Client

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
FLASHES = etree.XPath(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' flashes ')]"
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' utrecht-alert ')]"
)
ERRORS = etree.XPath(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' error-summary ')]//li"
)
NAMED, WITH_ID = etree.XPath("//*[@name=$name]"), etree.XPath("//*[@id=$id]")


class Page:
    """One answer, checked on arrival when it is HTML."""

    def __init__(self, client: Client, response: TestResponse, path: str) -> None:
        self.client = client
        self.response = response
        self.path = path
        self.status = response.status_code
        self.headers = response.headers
        self._check()

    def _check(self) -> None:
        failed = self.status == 500 and not self.client.may_fail
        assert not failed, f"{self.path} failed: the captured log says why"
        for name, wanted in HEADERS.items():
            found = self.headers.get(name, "")
            assert found.startswith(wanted), f"{self.path}: {name} is {found!r}"
        # No server sends what stands outside ASCII, and browsers read it each in their own way.
        for name, value in self.headers:
            assert value.isascii(), f"{self.path}: {name} is {value!r}"
            assert value.isprintable(), f"{self.path}: {name} is {value!r}"
        if self.is_html and self.html:
            assert "unsafe-" not in self.headers["Content-Security-Policy"]
            check_page(self.body.decode(), self.tree)

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.path}>"

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html" and not self.location

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as a path on this site."""
        target = self.headers.get("Location")
        return target.removeprefix("http://localhost") if target is not None else None

    @cached_property
    def body(self) -> bytes:
        return self.response.get_data()

    @cached_property
    def html(self) -> str:
        """The markup; a place where a line may break is no part of a word."""
        return self.body.decode().replace("<wbr>", "")

    @cached_property
    def tree(self) -> Element:
        """The elements of the page."""
        return parsed(self.html)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The same for a test that looks closer; it is slower than the tree."""
        # Classes stay one text: to part them costs a fifth of the time, and few ask for them.
        return BeautifulSoup(self.html, "lxml", multi_valued_attributes=None)

    @cached_property
    def text(self) -> str:
        """Everything there is to read, with single spaces."""
        body = self.tree.find("body")
        return words(self.tree if body is None else body)

    def _words_in(self, tag: str) -> str:
        found = next(self.tree.iter(tag), None)
        return "" if found is None else words(found)

    @property
    def title(self) -> str:
        return self._words_in("title")

    @property
    def h1(self) -> str:
        return self._words_in("h1")

    @property
    def language(self) -> str:
        return self.tree.get("lang", "")

    @property
    def main(self) -> str:
        """What there is to read between the header and the footer of the site."""
        return self._words_in("main")

    @property
    def flashes(self) -> list[str]:
        """The messages about what was just done."""
        return [words(found) for found in FLASHES(self.tree)]

    @property
    def links(self) -> dict[str, str]:
        """Text of a link -> address; the first of two with one text."""
        found: dict[str, str] = {}
        for link in self.tree.iter("a"):
            if "href" in link.attrib:
                found.setdefault(words(link) or link.get("aria-label", ""), link.get("href", ""))
        return found

    def error_for(self, name: str) -> str | None:
        """The words of the error at the field `name`, None when it is in order."""
        field = next(iter(NAMED(self.tree, name=name)), None)
        assert field is not None, f"{self.path} has no field {name!r}"
        groups = (group for group in field.iterancestors("fieldset") if "id" in group.attrib)
        for element in (field, next(groups, None)):
            if element is None:
                continue
            for error in WITH_ID(self.tree, id=f"{element.attrib['id']}-fout"):
                told = element.get("aria-describedby", "").split()
                assert error.get("id") in told, f"{name!r} does not point to its error"
                return words(error).removeprefix("Fout:").removeprefix("Error:").strip()
        return None

    @property
    def errors(self) -> list[str]:
        """The words in the summary of errors on top of the form."""
        return [words(found) for found in ERRORS(self.tree)]

    @property
    def forms(self) -> list[PageForm]:
        """Every form in <main>, from the top down."""
        main = next(self.tree.iter("main"), self.tree)
        return [PageForm(self, form) for form in main.iter("form")]

    def form(self, which: str | int = 0) -> PageForm:
        """The form whose action is (or ends with) `which`, or the one at that place in <main>."""
        if isinstance(which, int):
            forms = self.forms
            assert which < len(forms), f"{self.path} has {len(forms)} forms"
            return forms[which]
        every = list(self.tree.iter("form"))
        exact = [form for form in every if form.get("action", self.path) == which]
        found = exact or [form for form in every if form.get("action", "").endswith(which)]
        actions = [form.get("action", "") for form in every]
        assert found, f"{self.path} has no form {which!r}, only {actions}"
        return PageForm(self, found[0])

    def follow(self, text: str) -> Page:
        """Click on the link with this text."""
        assert text in self.links, f"{self.path} has no link {text!r}, only {list(self.links)}"
        return self.client.get(self.links[text])
