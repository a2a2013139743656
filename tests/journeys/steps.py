"""What people do in more than one journey: by label, role and the words that they see."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.harness.browser import assert_accessible, assert_no_sideways_scroll
from tests.harness.mailbox import Mail
from tests.harness.served import ServedPortal

PASSWORD = "zeven gele fietsen in de mist"


def look(page: Page) -> None:
    """Check the page as it stands: axe finds nothing, and it is no wider than its window."""
    page.wait_for_load_state()
    assert page.viewport_size is not None
    assert_no_sideways_scroll(page, (page.viewport_size["width"],))
    assert_accessible(page)


def main(page: Page) -> Locator:
    """The page without its header and footer."""
    return page.get_by_role("main")


def follow(page: Page, link: str) -> None:
    """Click a link of the page, and look at where it leads."""
    main(page).get_by_role("link", name=link, exact=True).click()
    look(page)


def press(page: Page, button: str) -> None:
    """Press a button of the page, and look at what comes."""
    main(page).get_by_role("button", name=button, exact=True).click()
    look(page)


def decide(page: Page, label: str, *, yes: str, tick: str = "") -> None:
    """Open the form of a decision at the desk, tick what it asks, and press the button in it."""
    main(page).get_by_text(label, exact=True).click()
    opened = main(page).locator(".action-bar details[open]")
    if tick:
        opened.get_by_label(tick).check()
    look(page)
    opened.get_by_role("button", name=yes, exact=True).click()
    look(page)


def unfold(page: Page, questions: str) -> None:
    """Open the questions of a form that few need to answer, unless they stand open."""
    closed = main(page).locator("details:not([open]) > summary", has_text=questions)
    if closed.count():
        closed.click()


def titled(page: Page, heading: str) -> None:
    """Check which page this is; a form names what it is about behind that."""
    words = re.compile(rf"^\s*{re.escape(heading)}(: .+)?\s*$", re.DOTALL)
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def told(page: Page, words: str) -> None:
    """Check what the page says about what was just done."""
    expect(main(page).get_by_role("status").filter(has_text=words)).to_be_visible()


def refused(page: Page, words: str) -> None:
    """Check what must be put right, on top of the page."""
    expect(main(page).get_by_role("alert").filter(has_text=words)).to_be_visible()


def link_in(mail: Mail, part: str) -> str:
    """Return the path of the link in a mail that has `part` in it."""
    found = [path for path in mail.paths if part in path]
    assert len(found) == 1, f"{mail!r} has these addresses: {mail.paths}"
    return found[0]


def register(page: Page, served: ServedPortal, *, name: str, email: str) -> str:
    """Fill in the page on which one registers; return the link from the mail that comes."""
    titled(page, "Registreren")
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, "Registreren")
    titled(page, "Kijk in uw mail")
    return link_in(served.mailbox.wait_for(email, "Bevestig"), "/bevestigen/")


def confirm(page: Page, link: str, password: str | None = None) -> None:
    """Open the link from the mail, and confirm; with the password in another browser."""
    page.goto(link)
    titled(page, "Bevestig uw e-mailadres")
    look(page)
    if password is not None:
        page.get_by_label("Wachtwoord", exact=True).fill(password)
    press(page, "Bevestigen")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the page on which one signs in."""
    titled(page, "Inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    press(page, "Inloggen")


def own_menu(page: Page) -> Locator:
    """One's own menu in the header, unfolded: on a narrow screen it is folded at first."""
    menu = page.get_by_role("banner").locator("details", has=page.get_by_text("Mijn werk"))
    if not menu.get_by_role("link").first.is_visible():
        menu.locator("summary").click()
    return menu


def go_to(page: Page, link: str) -> None:
    """Choose a page from one's own menu."""
    own_menu(page).get_by_role("link", name=link).click()
    look(page)


def leave(page: Page) -> None:
    """Sign out."""
    own_menu(page).get_by_role("button", name="Uitloggen").click()
    look(page)
