"""Two at the same moment, in two processes of a served portal."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bs4 import BeautifulSoup

from portal.accounts.actions.links import RESET, make_link
from portal.accounts.models import Account, AccountSession
from portal.core.db import write_section
from tests.accounts.people import GOOD, OTHER, count_of, has_password, looked_up
from tests.factories import PASSWORD, make_account, make_telephone
from tests.harness.served import ServedPortal

BROWSERS = 6


class Browser:
    """Opens a page, and sends its form when it is told to."""

    def __init__(self, url: str) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.open(url)

    def open(self, url: str) -> None:
        """Look at a page with a form."""
        self.url = url
        with self.opener.open(url, timeout=30) as answer:
            page = BeautifulSoup(answer.read(), "lxml")
        fields = page.select("main form input[name]")
        self.fields = {str(f["name"]): str(f.get("value", "")) for f in fields}

    def send(self, values: dict[str, str], together: Barrier) -> int:
        """Return the status of the page that follows."""
        body = urlencode(self.fields | values).encode()
        together.wait(timeout=30)
        try:
            with self.opener.open(self.url, data=body, timeout=60) as answer:
                return int(answer.status)
        except HTTPError as refusal:
            return refusal.code


def send_all(url: str, values: list[dict[str, str]], browsers: Sequence[Browser] = ()) -> list[int]:
    """Send one form from as many browsers at the same moment."""
    together = Barrier(len(values))
    browsers = browsers or [Browser(url) for _ in values]
    for browser in browsers:
        browser.open(url)
    with ThreadPoolExecutor(len(values)) as pool:
        sent = [pool.submit(b.send, v, together) for b, v in zip(browsers, values, strict=True)]
        return [each.result() for each in sent]


class TestAtOnce:
    def test_it_makes_one_account_for_one_address(self, served: ServedPortal) -> None:
        typed = {"name": "Noor", "email": "noor@example.org", "password": GOOD}
        statuses = send_all(f"{served.url}/registreren", [typed] * BROWSERS)
        assert statuses == [200] * BROWSERS
        assert count_of(Account) == 1

    def test_it_lets_a_link_work_for_one(self, served: ServedPortal) -> None:
        account = make_account()
        with write_section():
            token = make_link(account, RESET)
        passwords = [f"{OTHER} nummer {n}" for n in range(BROWSERS)]
        url = f"{served.url}/nieuw-wachtwoord/{token}"
        statuses = send_all(url, [{"password": password} for password in passwords])
        assert sorted(statuses) == [200] + [410] * (BROWSERS - 1)
        winner = passwords[statuses.index(200)]
        assert has_password(looked_up(account.email), winner)

    def test_it_lets_in_once_on_one_code(self, served: ServedPortal) -> None:
        account = make_account()
        telephone = make_telephone(account)
        typed = {"email": account.email, "password": PASSWORD}
        waiting = [Browser(f"{served.url}/inloggen") for _ in range(BROWSERS)]
        for browser in waiting:
            assert browser.send(typed, Barrier(1)) == 200
        code = {"code": telephone.code()}
        statuses = send_all(f"{served.url}/inloggen/code", [code] * BROWSERS, waiting)
        assert sorted(statuses) == [200] + [422] * (BROWSERS - 1)
        assert count_of(AccountSession) == 1
