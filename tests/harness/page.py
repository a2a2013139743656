"""An answer of the portal as a reader sees it: words, links, forms, errors."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.harness.forms import PageForm
from tests.harness.markup import check_page

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
            check_page(self.body.decode())

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
    def soup(self) -> BeautifulSoup:
        # Classes stay one text: to part them costs a fifth of the time, and few ask for them.
        return BeautifulSoup(self.html, "lxml", multi_valued_attributes=None)

    @cached_property
    def text(self) -> str:
        """Everything there is to read, with single spaces."""
        return _words(self.soup.body or self.soup)

    @property
    def title(self) -> str:
        return _words(self.soup.title) if self.soup.title else ""

    @property
    def h1(self) -> str:
        return _words(self.soup.h1) if self.soup.h1 else ""

    @property
    def language(self) -> str:
        return str(self.soup.html["lang"]) if self.soup.html else ""

    @property
    def main(self) -> str:
        """What there is to read between the header and the footer of the site."""
        return _words(self.soup.main) if self.soup.main else ""

    @property
    def flashes(self) -> list[str]:
        """The messages about what was just done."""
        return [_words(found) for found in self.soup.select(".flashes .utrecht-alert")]

    @property
    def links(self) -> dict[str, str]:
        """Text of a link -> address; the first of two with one text."""
        found: dict[str, str] = {}
        for link in self.soup.find_all("a", href=True):
            found.setdefault(_words(link) or str(link.get("aria-label", "")), str(link["href"]))
        return found

    def error_for(self, name: str) -> str | None:
        """The words of the error at the field `name`, None when it is in order."""
        field = self.soup.find(attrs={"name": name})
        assert isinstance(field, Tag), f"{self.path} has no field {name!r}"
        group = field.find_parent("fieldset", id=True)
        for element in (field, group):
            error = self.soup.find(id=f"{element['id']}-fout") if element else None
            if isinstance(error, Tag) and element is not None:
                told = str(element.get("aria-describedby", "")).split()
                assert error["id"] in told, f"{name!r} does not point to its error"
                return _words(error).removeprefix("Fout:").removeprefix("Error:").strip()
        return None

    @property
    def errors(self) -> list[str]:
        """The words in the summary of errors on top of the form."""
        return [_words(found) for found in self.soup.select(".error-summary li")]

    def form(self, which: str | int = 0) -> PageForm:
        """The form whose action is (or ends with) `which`, or the one at that place in <main>."""
        forms = (self.soup.main or self.soup).find_all("form")
        if isinstance(which, int):
            assert which < len(forms), f"{self.path} has {len(forms)} forms"
            return PageForm(self, forms[which])
        every = self.soup.find_all("form")
        exact = [form for form in every if form.get("action", self.path) == which]
        found = exact or [form for form in every if str(form.get("action", "")).endswith(which)]
        actions = [form.get("action", "") for form in every]
        assert found, f"{self.path} has no form {which!r}, only {actions}"
        return PageForm(self, found[0])

    def follow(self, text: str) -> Page:
        """Click on the link with this text."""
        assert text in self.links, f"{self.path} has no link {text!r}, only {list(self.links)}"
        return self.client.get(self.links[text])


def _words(element: Tag) -> str:
    return " ".join(element.get_text(" ", strip=True).split())
