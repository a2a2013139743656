"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import threading
import unicodedata

import pytest

from portal.accounts import passwords
from portal.accounts.passwords import COMMON, Weakness, fits, is_outdated, seal, weakness

OWN = ("Jan Jansen-de Vries", "j.jansen@gemeente.example")

REFUSED = [
    ("elf letters", Weakness.SHORT),
    ("😀" * 11, Weakness.SHORT),
    ("x" * 5 + "yz12" * 300, Weakness.LONG),
    ("een lang wachtwoord" + "\u0301\u0328" * 150_000, Weakness.LONG),
    ("e\u0301" * 2001, Weakness.LONG),
    ("password1234", Weakness.COMMON),
    ("PASSWORD1234", Weakness.COMMON),
    ("p@ssw0rd1234", Weakness.COMMON),
    ("W@chtw00rd!!!", Weakness.COMMON),
    ("Welkom2024!!", Weakness.COMMON),
    ("welkom123456", Weakness.COMMON),
    ("123456welkom", Weakness.COMMON),
    ("welkomwelkom", Weakness.COMMON),
    ("zomer2024zomer", Weakness.COMMON),
    ("Amsterdam1234", Weakness.COMMON),
    ("Groeipact2019!", Weakness.COMMON),
    ("123456789012", Weakness.COMMON),
    ("098765432109", Weakness.COMMON),
    ("aaaaaaaaaaaa", Weakness.COMMON),
    ("abcabcabcabc", Weakness.COMMON),
    ("121212121212", Weakness.COMMON),
    ("qwertyuiop123", Weakness.COMMON),
    ("qwertyuiopas", Weakness.COMMON),
    ("1q2w3e4r5t6y", Weakness.COMMON),
    ("1qaz2wsx3edc", Weakness.COMMON),
    ("abcdefghijklm", Weakness.COMMON),
    ("iloveyou1234", Weakness.COMMON),
    ("correct horse battery staple", Weakness.COMMON),
    ("jan jansen-de vries", Weakness.PERSONAL),
    ("JanJansendeVries1", Weakness.PERSONAL),
    ("j.jansen@gemeente.example", Weakness.PERSONAL),
    ("j.jansen2024", Weakness.PERSONAL),
]

TAKEN = [
    "twaalf tekens",
    "vijf groene paraplu's",
    "een lang wachtwoord voor de test",
    "jan fietst graag naar zee",
    "k7#9p2!x8$q1",
    "alleenkleineletterszonderspatie",
    "ÄÖÜ ßøå ĳ ēė",
    "密码也可以很长很长很长吧",
    "a1" + "vb kl" * 25 + "z",
]


class TestWeakness:
    @pytest.mark.parametrize(("password", "why"), REFUSED)
    def test_it_refuses(self, password: str, why: Weakness) -> None:
        assert weakness(password, minimum=12, personal=OWN) is why

    @pytest.mark.parametrize("password", TAKEN)
    def test_it_takes(self, password: str) -> None:
        assert weakness(password, minimum=12, personal=OWN) is None

    def test_it_asks_more_of_some(self) -> None:
        assert weakness("veertien teken", minimum=15) is Weakness.SHORT
        assert weakness("vijftien tekens", minimum=15) is None

    def test_it_takes_any_128_characters(self) -> None:
        long = ("zin met woorden " * 8)[:128]
        assert weakness(long, minimum=12) is None

    def test_it_counts_a_letter_once_however_it_was_typed(self) -> None:
        apart = unicodedata.normalize("NFD", "éééééé ëëëë")
        assert len(apart) > 12
        assert weakness(apart, minimum=12) is Weakness.SHORT

    def test_it_knows_thousands_of_common_passwords_of_the_asked_length(self) -> None:
        known = [word for word in COMMON.read_text(encoding="utf-8").split() if len(word) >= 12]
        assert len(known) >= 3000
        taken = [word for word in known if weakness(word, minimum=12) is not Weakness.COMMON]
        assert taken == []

    def test_it_is_no_hindrance_without_a_name(self) -> None:
        assert weakness("vijf groene paraplu's", minimum=12, personal=("", "")) is None


class TestSeal:
    def test_it_keeps_argon2id_with_the_promised_figures(self) -> None:
        sealed = seal("vijf groene paraplu's", long_from=15)
        assert sealed.hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert "paraplu" not in sealed.hash

    def test_it_never_gives_the_same_hash_twice(self) -> None:
        assert seal("vijf groene", long_from=15).hash != seal("vijf groene", long_from=15).hash

    def test_it_remembers_whether_the_password_is_long(self) -> None:
        assert not seal("veertien teken", long_from=15).is_long
        assert seal("vijftien tekens", long_from=15).is_long

    def test_it_cares_about_every_character(self) -> None:
        long = "woord " * 30
        sealed = seal(long + "a", long_from=15)
        assert fits(long + "a", sealed.hash)
        assert not fits(long + "b", sealed.hash)

    def test_it_fits_whatever_form_the_letters_came_in(self) -> None:
        sealed = seal(unicodedata.normalize("NFC", "één grote café"), long_from=15)
        assert fits(unicodedata.normalize("NFD", "één grote café"), sealed.hash)


class TestFits:
    def test_it_fits_nobody_when_there_is_no_account(self) -> None:
        assert not fits("vijf groene paraplu's", None)

    def test_it_fits_nothing_when_the_hash_is_broken(self) -> None:
        assert not fits("vijf groene paraplu's", "$argon2id$broken")
        assert not fits("vijf groene paraplu's", "niets")

    def test_it_takes_a_real_run_for_nobody(self) -> None:
        assert not is_outdated(passwords.nobodys_hash())

    def test_it_knows_a_hash_with_older_figures(self) -> None:
        assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaA")

    def test_it_never_runs_more_at_once_than_it_should(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running: list[int] = []
        most: list[int] = []
        real = passwords.HASHER
        lock = threading.Lock()

        class Watched:
            def hash(self, password: str) -> str:
                with lock:
                    running.append(1)
                    most.append(len(running))
                try:
                    return real.hash(password)
                finally:
                    with lock:
                        running.pop()

        monkeypatch.setattr(passwords, "HASHER", Watched())
        threads = [
            threading.Thread(target=seal, args=("vijf groene paraplu's",), kwargs={"long_from": 15})
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(most) == 8
        assert max(most) <= passwords.RUNS_AT_ONCE
