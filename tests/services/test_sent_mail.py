"""What went out: each mail, to whom in short, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.core.db import write_section
from portal.services import mail, sent_mail
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page


def send(*addresses: str) -> None:
    with write_section():
        for address in addresses:
            mail.send("account_exists", to=address, token="", minutes=60)


def rows(page: Page) -> list[list[str]]:
    """The recipient of every mail on the page, and what became of it."""
    cells = [row.select("td") for row in page.soup.select("main tbody tr")]
    return [[cell.get_text(" ", strip=True).split("  ")[0] for cell in row[:2]] for row in cells]


def test_the_beheerder_sees_every_mail_and_never_a_whole_address(
    app: Flask, mailbox: Mailbox, sign_in: Callable[..., Client]
) -> None:
    mailbox.refuse("weg@gemeente.example")
    send("noor@gemeente.example", "weg@gemeente.example")
    mailbox.deliver()
    send("straks@gemeente.example")
    reader = sign_in(make.make_beheerder())
    page = reader.get("admin.sent_mail")
    found = rows(page)
    assert [row[0][0] for row in found] == ["s", "w", "n"]
    assert {row[0][1:] for row in found} == {"…@gemeente.example"}
    assert [row[1].split()[0] for row in found] == ["Wacht", "Mislukt", "Verstuurd"]
    assert "noor@" not in page.text and "straks@" not in page.text
    for address, count in {
        "?wat=verstuurd": 1,
        "?wat=mislukt&over=accounts": 1,
        "?over=volgen": 0,
        "?wat=onzin&over=onzin": 3,
    }.items():
        assert len(rows(reader.get(f"/beheer/mail{address}"))) == count, address


def test_it_shows_older_ones_on_a_next_page(
    app: Flask, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_mail, "PER_PAGE", 2)
    send(*(f"{letter}noor@gemeente.example" for letter in "abc"))
    first = sign_in(make.make_beheerder()).get("/beheer/mail?over=accounts")
    second = first.follow("Volgende")
    shown = [row[0][0] for page in (first, second) for row in rows(page)]
    assert shown == ["c", "b", "a"]
