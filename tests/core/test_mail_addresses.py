"""Which e-mail addresses are taken."""

from __future__ import annotations

import pytest

from portal.core.mail_addresses import read_mail_address

READ = [
    ("naam@gemeente.example", "naam@gemeente.example"),
    ("Voor.Naam+pact@Gemeente.EXAMPLE", "Voor.Naam+pact@gemeente.example"),
    ("o'brien@example.org", "o'brien@example.org"),
    ("naam@bücher.example", "naam@xn--bcher-kva.example"),
    ("naam@portaal.test", "naam@portaal.test"),
]

REFUSED = [
    "",
    "naam",
    "naam@",
    "@example.org",
    "naam@example",
    "naam@localhost",
    "naam@exam ple.org",
    "naam@example..org",
    "naam@[127.0.0.1]",
    '"een naam"@example.org',
    "Naam <naam@example.org>",
    "naam@example.org, ander@example.org",
    "naam@example.org\nBcc: ander@example.org",
    "naam@example.org\r\nBcc: ander@example.org",
    "náám@example.org",
    "a" * 65 + "@example.org",
    "naam@" + "a." * 130 + "org",
]


class TestReadMailAddress:
    @pytest.mark.parametrize(("typed", "kept"), READ)
    def test_it_reads(self, typed: str, kept: str) -> None:
        assert read_mail_address(typed) == kept

    @pytest.mark.parametrize("typed", REFUSED)
    def test_it_refuses(self, typed: str) -> None:
        assert read_mail_address(typed) is None

    def test_it_shows_letters_that_look_alike(self) -> None:
        assert read_mail_address("naam@gеmeente.example") != "naam@gemeente.example"
