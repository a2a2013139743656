"""Numbers of fictional organisations: they pass every check, and nobody has them."""

from __future__ import annotations

from portal.organisations import identifiers

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
# The register of OINs sets numbers with this prefix apart for tests.
OIN_FOR_TESTS = "00000099"


def numbers_of(serial: int, kind: str) -> dict[str, str | None]:
    """Return the numbers of the organisation with this serial number, by their register."""
    rsin = rsin_of(serial)
    numbers = {"kvk": f"{serial:08d}", "rsin": rsin, "oin": f"{OIN_FOR_TESTS}{rsin}000"}
    if kind == "gemeente":
        numbers["cbs"] = f"GM99{serial:02d}"
    if kind == "leverancier":
        del numbers["oin"]
    return {scheme: identifiers.read(scheme, number) for scheme, number in numbers.items()}


def rsin_of(serial: int) -> str:
    """Return the first RSIN from `serial` on that passes the check of eleven."""
    digits = f"{serial:08d}"
    check = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    return rsin_of(serial + 100) if check == 10 else f"{digits}{check}"
