"""Debian's Chromium without a head, and what every page must pass in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Playwright,
)

from tests.harness.axe import faults_on
from tests.harness.seen import Seen

COMMAND = "chromium-headless-shell"
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
# Width -> those at which a page is laid out by the same rules, and has no more room.
ALIKE = {390: (390, 320)}
# axe passes over what is written for browsers without scripts: let it stand in something else.
SHOWN = """void (window.swapped = [...document.querySelectorAll("noscript")].map((written) => {
    const shown = document.createElement("div");
    shown.append(...written.childNodes);
    written.replaceWith(shown);
    return [written, shown];
}))"""
PUT_BACK = """for (const [written, shown] of window.swapped) {
    written.append(...shown.childNodes);
    shown.replaceWith(written);
}"""
# Contexts in which the scripts of a page do not run.
_SILENT: WeakSet[BrowserContext] = WeakSet()
# Page without scripts -> the session in which it is let run them for a moment.
_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
# Texts, numbers and values, in which pages of the same build differ.
TEXT = re.compile(r">[^<]*[^<\s][^<]*<")
VALUE = re.compile(r' (action|alt|content|datetime|href|src|title|value)="[^"]+"')
NUMBER = re.compile(r"\d+")
# Where an item of a list, a row of a table or a choice begins.
ITEM = re.compile(r"(?=<(?:article|dt|li|option|tr)\b)")
# Parts of pages that axe has read.
_read = Seen("axe")


def chromium_path() -> str:
    """Where Chromium is; without it the tests fail, they do not step aside."""
    found = shutil.which(COMMAND)
    if found is None:
        raise RuntimeError(f"{COMMAND} is missing. Type: apt-get install {COMMAND}")
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


def build_of(markup: str) -> str:
    """Return markup without what people typed: pages of the same build are the same to axe.

    Items that are built alike count once: a list of three is built as a list of five.
    """
    bare = NUMBER.sub("0", VALUE.sub(r' \1="x"', TEXT.sub(">x<", markup)))
    return "".join(dict.fromkeys(ITEM.split(bare)))


def parts_of(markup: str) -> set[str]:
    """Return how the frame of a page is built, and what stands in it."""
    head, _, rest = markup.partition("<main")
    middle, _, foot = rest.partition("</main>")
    return {build_of(part) for part in (head + foot, middle)}


def assert_accessible(page: Page) -> None:
    """Assert that axe finds nothing against WCAG 2.2 AA on the page as it stands.

    Tests pass the same pages again and again: axe reads one of each kind of page and state.
    """
    assert page.viewport_size is not None
    width, parts = page.viewport_size["width"], parts_of(_held(page))
    alike = ALIKE.get(width, (width,))
    if all(any(f"{each} {part}" in _read for each in alike) for part in parts):
        return
    with _running_scripts(page):
        found = faults_on(page)
    assert not found, f"axe on {page.url}:\n  " + "\n  ".join(found)
    for part in parts:
        _read.add(f"{width} {part}")


def _held(page: Page) -> str:
    """What the page holds as axe sees it; without scripts, what is written for then."""
    if page.context not in _SILENT:
        return page.content()
    held = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
    return held.replace("<noscript", "<div").replace("</noscript", "</div")


@contextmanager
def _running_scripts(page: Page) -> Iterator[None]:
    """Let a page run scripts that does not: axe is one. Its own were left out when it was read."""
    if page.context not in _SILENT:
        yield
        return
    page.evaluate(SHOWN)
    # A session that ends lets scripts run from then on: it stays as long as its page does.
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
    session = _sessions[page]
    # Chromium takes a value that differs from the last one of the same session.
    for is_off in (True, False):
        session.send("Emulation.setScriptExecutionDisabled", {"value": is_off})
    try:
        yield
    finally:
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        page.evaluate(PUT_BACK)


def assert_no_sideways_scroll(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page fits a desktop, a telephone, and 320 pixels (WCAG 1.4.10)."""
    before = page.viewport_size
    for width in widths:
        set_width(page, width)
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{page.url} needs {needed} pixels where there are {width}"
    if before is not None:
        set_width(page, before["width"])


def set_width(page: Page, width: int) -> None:
    """Make the window this wide; the page stays as it is."""
    if page.viewport_size is None or page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 800})
