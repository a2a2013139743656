"""Which e-mail addresses are taken."""

from __future__ import annotations

import pytest

from portal.core.mail_addresses import read_mail_address, shown_mail_address, typed_mail_address

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


class TestShownMailAddress:
    @pytest.mark.parametrize(
        "typed", ["naam@gemeente.example", "naam@bücher.example", "o'brien@súdwest-fryslân.example"]
    )
    def test_it_is_as_it_was_typed(self, typed: str) -> None:
        stored = read_mail_address(typed)
        assert stored is not None and stored.isascii()
        assert shown_mail_address(stored) == typed_mail_address(stored) == typed

    def test_it_has_both_forms_when_letters_look_like_others(self) -> None:
        stored = read_mail_address("naam@gеmeente.example")
        assert shown_mail_address(stored) == f"naam@gеmeente.example ({stored})"

    def test_it_is_what_was_stored_when_that_is_no_name(self) -> None:
        assert shown_mail_address("naam@xn--\u00e9.example") == "naam@xn--\u00e9.example"
        assert shown_mail_address("naam@xn--zzzzzz99999.example").startswith("naam@xn--")
        assert shown_mail_address(None) == ""
