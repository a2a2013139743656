"""Debian's Chromium without a head, and what every page must pass in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Playwright,
)
from playwright.sync_api import Error as PlaywrightError

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
    # None of it imitates a graphics card.
    "--use-gl=disabled",
    "--disable-gpu-compositing",
    "--disable-software-rasterizer",
    # Scripts run for a moment on each page: to translate them with care costs more than it saves.
    "--js-flags=--no-opt --no-maglev",
]
# Pages are laid out and asked, and never drawn: nobody can click in one, which waits for a picture.
UNDRAWN = "--disable-threaded-compositing"
WIDTHS = (1280, 390, 320)
HEIGHT = 800
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
# Page -> the session in which one that runs no scripts is let run them for a moment.
_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
# Page -> what the browser complained about since somebody came.
_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
# Browser -> where it leads and whether it runs scripts -> pages that wait for their next reader.
_idle: WeakKeyDictionary[Browser, dict[tuple[str, bool], list[Page]]] = WeakKeyDictionary()
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


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start Chromium without a window."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*ARGUMENTS, *more])


def _come(browser: Browser, base_url: str, *, has_scripts: bool) -> Page:
    """Return the page of a reader who was never here, in a process of its own."""
    context = browser.new_context(
        base_url=base_url,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": WIDTHS[0], "height": HEIGHT},
        reduced_motion="reduce",
        java_script_enabled=has_scripts,
    )
    context.set_default_timeout(15_000)
    if not has_scripts:
        _SILENT.add(context)
    page = context.new_page()
    complaints = _complaints[page] = []

    def on_console(message: ConsoleMessage) -> None:
        # A page with status 4xx is an answer like any other; the browser calls it an error.
        if message.type in ("error", "warning") and "the server responded" not in message.text:
            complaints.append(f"{page.url}: {message.type}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: page error: {error}"))
    _sessions[page] = context.new_cdp_session(page)
    return page


def _forget(page: Page, base_url: str) -> bool:
    """Let a browser forget all that it saw; return False when it is no longer as it came."""
    is_as_it_came = page.evaluate("Date.toString().includes('[native code]')")
    # Answers that a test gave in the place of the portal, and the paper or colours that it asked.
    page.unroute_all()
    page.context.unroute_all()
    page.emulate_media(media="null", color_scheme="null", forced_colors="null", contrast="null")
    page.emulate_media(reduced_motion="reduce")
    page.context.clear_cookies()
    # Words alone, and of the same site: any other page begins with a new process.
    page.goto("/healthz")
    session = _sessions[page]
    session.send("Storage.clearDataForOrigin", {"origin": base_url, "storageTypes": "all"})
    session.send("Network.clearBrowserCache")
    return is_as_it_came and page.context.pages == [page]


@contextmanager
def open_page(
    browser: Browser, base_url: str, *, java_script_enabled: bool = True, width: int = WIDTHS[0]
) -> Iterator[Page]:
    """Open a page as a new reader; whatever the browser complains about fails the test.

    A browser that has forgotten its last reader serves the next: a fresh one costs more than what
    most readers do in it.
    """
    idle = _idle.setdefault(browser, {}).setdefault((base_url, java_script_enabled), [])
    page = idle.pop() if idle else _come(browser, base_url, has_scripts=java_script_enabled)
    set_width(page, width)
    try:
        yield page
        _tell_what_is_shown(page)
        can_stay = _forget(page, base_url)
    except BaseException:
        page.context.close()
        raise
    complaints = [*_complaints[page]]
    _complaints[page].clear()
    if can_stay:
        idle.append(page)
    else:
        page.context.close()
    assert not complaints, "The browser complains:\n  " + "\n  ".join(complaints)


def _tell_what_is_shown(page: Page) -> None:
    """Print what a page shows; pytest shows that beside a test that failed."""
    with suppress(PlaywrightError):
        shown = page.evaluate("document.body.innerText")
        print(f"{page.url} shows:\n{shown[:2000]}")


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
        found = faults_on(page, _sessions.get(page))
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
    # A session that ends lets scripts run from then on: this one stays as long as its page does.
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
        page.set_viewport_size({"width": width, "height": HEIGHT})
