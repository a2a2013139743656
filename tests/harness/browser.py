"""Debian's Chromium, and what every page must pass in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = (1280, 390, 320)
# Contexts in which the scripts of a page do not run.
_SILENT: WeakSet[BrowserContext] = WeakSet()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium_path() -> str:
    """Where Chromium is; without it the tests fail, they do not step aside."""
    found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("Chromium is missing. Type: apt-get install chromium")
    return found


def chromium_version() -> str:
    """Chromium's own line about itself."""
    asked = [chromium_path(), "--version", "--no-sandbox"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)


@contextmanager
def open_page(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """Open a page as a new reader; whatever the browser complains about fails the test."""
    width = options.pop("width", 1280)
    context = browser.new_context(
        base_url=base_url,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(15_000)
    if options.get("java_script_enabled") is False:
        _SILENT.add(context)
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A page with status 4xx is an answer like any other; the browser calls it an error.
        if message.type in ("error", "warning") and "the server responded" not in message.text:
            complaints.append(f"{page.url}: {message.type}: {message.text}")

    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: page error: {error}"))
    try:
        yield page
    finally:
        context.close()
    assert not complaints, "The browser complains:\n  " + "\n  ".join(complaints)


def assert_accessible(page: Page) -> None:
    """Assert that axe finds nothing against WCAG 2.2 AA on the page as it stands."""
    with _open_to_axe(page) as shown:
        results = Axe().run(shown, options={"runOnly": RULES, "resultTypes": ["violations"]})
    found = [
        f"{rule['id']}: {rule['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in rule["nodes"])
        for rule in results.response["violations"]
    ]
    assert not found, f"axe on {page.url}:\n  " + "\n  ".join(found)


@contextmanager
def _open_to_axe(page: Page) -> Iterator[Page]:
    """The page itself, or what it holds in a page that runs scripts: axe is one."""
    if page.context not in _SILENT:
        yield page
        return
    held = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
    held = held.replace("<noscript", "<div").replace("</noscript", "</div")
    assert page.context.browser is not None
    context = page.context.browser.new_context(viewport=page.viewport_size)
    twin = context.new_page()
    address = page.url.split("#")[0]
    twin.route(address, lambda route: route.fulfill(content_type="text/html", body=held))
    twin.goto(address)
    try:
        yield twin
    finally:
        context.close()


def assert_no_sideways_scroll(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page fits a desktop, a telephone, and 320 pixels (WCAG 1.4.10)."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{page.url} needs {needed} pixels where there are {width}"
    if before is not None:
        page.set_viewport_size(before)
