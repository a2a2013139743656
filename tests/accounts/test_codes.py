"""Codes of a telephone, and on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from portal.accounts.codes import (
    RECOVERY_CODES,
    STEP_SECONDS,
    in_groups,
    is_of_telephone,
    new_recovery_codes,
    new_secret,
    qr_picture,
    recovery_code_hash,
    set_up_address,
    step_of_code,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 7, 3, 12, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // STEP_SECONDS


def code_at(off: timedelta) -> str:
    return pyotp.TOTP(SECRET).at(int((NOW + off).timestamp()))


@pytest.mark.parametrize(("seconds", "steps"), [(0, 0), (-30, -1), (30, 1)])
def test_it_knows_a_code_of_now_and_of_half_a_minute_off(seconds: int, steps: int) -> None:
    assert step_of_code(SECRET, code_at(timedelta(seconds=seconds)), NOW) == STEP + steps


@pytest.mark.parametrize("minutes", [-2, 2, -60, 60])
def test_it_knows_no_code_of_another_moment(minutes: int) -> None:
    assert step_of_code(SECRET, code_at(timedelta(minutes=minutes)), NOW) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "é" * 6, "١٢٣٤٥٦", "0" * 60])
def test_it_takes_nothing_else_for_a_code(typed: str) -> None:
    assert step_of_code(SECRET, typed, NOW) is None


def test_it_reads_a_code_however_it_is_spaced() -> None:
    code = code_at(timedelta(0))
    for typed in (
        f"{code[:3]} {code[3:]}",
        f" {code} ",
        "-".join(code),
        f"{code[:3]}\u00a0{code[3:]}",
    ):
        assert is_of_telephone(typed)
        assert step_of_code(SECRET, typed, NOW) == STEP


def test_it_makes_secrets_that_an_app_takes_in_by_picture_or_by_hand() -> None:
    secret = new_secret()
    assert secret != new_secret()
    assert in_groups(secret).replace(" ", "") == secret
    address = set_up_address(secret, account="noor@example.org", site="Groeipact & zo")
    read = pyotp.parse_uri(address)
    assert (read.secret, read.name, read.issuer) == (secret, "noor@example.org", "Groeipact & zo")
    drawing = qr_picture(address)
    assert drawing.startswith("<svg")
    assert "style=" not in drawing, "the policy of the pages lets no style in"


def test_it_makes_codes_for_on_paper_that_nobody_confuses_or_guesses() -> None:
    codes = [code for _ in range(20) for code in new_recovery_codes()]
    assert len(set(codes)) == 20 * RECOVERY_CODES
    assert not set("ilo01") & set("".join(codes))
    assert {len(code) for code in codes} == {19}


def test_it_reads_a_code_on_paper_however_it_is_typed_over() -> None:
    code = new_recovery_codes()[0]
    typed = (code.upper(), code.replace("-", ""), code.replace("-", " "), f" {code} ")
    assert {recovery_code_hash(each) for each in typed} == {recovery_code_hash(code)}
    assert recovery_code_hash(code) != recovery_code_hash(new_recovery_codes()[0])
