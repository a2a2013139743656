"""A fault in the front itself gives the calm page, as a fault in the app does."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from portal.web.headers import FIXED
from tests.harness.browser import open_page
from tests.harness.markup import check_page
from tests.harness.served import ServedPortal
from tests.served.reader import Reader

Serve = Callable[..., ServedPortal]


@pytest.fixture
def faulty(serve: Serve) -> ServedPortal:
    """A served portal with faults beneath its front."""
    return serve(front="tests.served.faulty:make_front")


def test_it_is_a_calm_page_with_the_id_that_stands_in_the_log(
    faulty: ServedPortal, browser: Browser
) -> None:
    words = {"": "Er ging iets mis bij ons", "/en": "Something went wrong on our side"}
    with faulty.app.app_context():
        reader = Reader(faulty)
        reader.may_fail = True
        for which in ("streepje", "regel", "naam", "uitzondering"):
            for prefix, title in words.items():
                page = reader.get(f"{prefix}/fout/{which}")
                assert page.status == 500, which
                assert page.h1 == title
                assert page.language == (prefix[1:] or "nl")
                assert page.soup.select_one('link[href^="/static/dist/"]')
                assert {name: page.headers[name] for name in FIXED} == FIXED
                number = page.headers["X-Request-Id"]
                assert number in page.main
                lines = [
                    json.loads(line)
                    for line in faulty.log_text().splitlines()
                    if line.startswith("{") and number in line
                ]
                assert [line["event"] for line in lines] == ["front_failed"]
                assert "versie 1" not in str(lines)
        assert reader.get("/").status == 200, "it goes on"
    with open_page(browser, faulty.url) as opened:
        opened.goto("/fout/streepje")
        number = opened.locator("code").inner_text()
        assert number in faulty.log_text()
        check_page(opened.content())
