"""Numbers of organisations in registers: read as people type them, or refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from portal.core.i18n import lazy_gettext as _l

# Register -> the number in it, None without one.
Numbers = Mapping[str, str | None]

SCHEMES = ("kvk", "rsin", "oin", "cbs", "tooi")

NAMES = {
    "kvk": _l("KVK-nummer"),
    "rsin": _l("RSIN"),
    "oin": _l("OIN"),
    "cbs": _l("CBS-code"),
    "tooi": _l("TOOI-adres"),
}

_GAPS = re.compile(r"[\s.\-]+")
_ESTABLISHMENT_DIGITS = 12

# Registers behind an OIN, by its first eight digits (Logius, OIN-stelsel).
_OIN_OF_RSIN = "00000001"
_OIN_OF_KVK = "00000003"
_OIN_FOR_TESTS = "00000099"
_OIN_PREFIXES = {
    *(f"{number:08d}" for number in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11)),
    _OIN_FOR_TESTS,
}

_TOOI = re.compile(
    r"https?://identifier\.overheid\.nl/tooi/id/(?P<kind>[a-z][a-z0-9_-]*)/(?P<code>[a-z0-9_-]+)/?",
    re.IGNORECASE,
)


class IdentifierRefused(ValueError):
    """What was typed cannot be this number; the message says why, for the reader."""


def read(scheme: str, text: str) -> str:
    """Return the number as it is stored; IdentifierRefused says what is wrong with `text`."""
    return _READERS[scheme](text)


def read_kvk(text: str) -> str:
    """Return the eight digits of a KVK number, leading zeros included."""
    digits = _digits(text, _l("Een KVK-nummer bestaat alleen uit cijfers, zoals 01234567."))
    if len(digits) == _ESTABLISHMENT_DIGITS:
        raise IdentifierRefused(
            _l("Dit lijkt een vestigingsnummer (12 cijfers). Vul het KVK-nummer van 8 cijfers in.")
        )
    if len(digits) != 8:
        raise IdentifierRefused(
            _l(
                "Een KVK-nummer heeft 8 cijfers. U vulde er %(found)d in. "
                "Tel een 0 aan het begin mee.",
                found=len(digits),
            )
        )
    if not int(digits):
        raise IdentifierRefused(_l("Dit KVK-nummer bestaat niet. Controleer het nummer."))
    return digits


def read_rsin(text: str) -> str:
    """Return the nine digits of an RSIN that passes the check of eleven."""
    if re.match(r"\s*NL", text, re.IGNORECASE):
        raise IdentifierRefused(
            _l("Dit lijkt een btw-nummer. Vul alleen de 9 cijfers tussen NL en B in.")
        )
    digits = _digits(text, _l("Een RSIN bestaat alleen uit cijfers, zoals 123456782."))
    if len(digits) != 9:
        raise IdentifierRefused(
            _l(
                "Een RSIN heeft 9 cijfers. U vulde er %(found)d in. Tel een 0 aan het begin mee.",
                found=len(digits),
            )
        )
    if not passes_check_of_eleven(digits):
        raise IdentifierRefused(
            _l("Dit RSIN klopt niet: een van de cijfers is verkeerd. Controleer het nummer.")
        )
    return digits


def passes_check_of_eleven(digits: str) -> bool:
    """Return whether nine digits pass the 11-proef: weights 9 to 2, and -1 for the last."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    weighed = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return weighed % 11 == 0 and int(digits) > 0


def read_oin(text: str) -> str:
    """Return the twenty digits of an OIN whose number inside is right too.

    A prefix that is not known here is taken: `remark_on` says so to the reader.
    """
    digits = _digits(text, _l("Een OIN bestaat alleen uit cijfers."))
    if len(digits) != 20:
        raise IdentifierRefused(
            _l(
                "Een OIN heeft 20 cijfers. U vulde er %(found)d in. "
                "Tel de nullen aan het begin mee.",
                found=len(digits),
            )
        )
    prefix, number = digits[:8], digits[8:]
    if prefix == _OIN_OF_RSIN and not (
        passes_check_of_eleven(number[:9]) and number.endswith("000")
    ):
        raise IdentifierRefused(
            _l("In een OIN dat begint met 00000001 staat een RSIN. Dat RSIN klopt hier niet.")
        )
    if prefix == _OIN_OF_KVK and not (int(number[:8]) and number.endswith("0000")):
        raise IdentifierRefused(
            _l(
                "In een OIN dat begint met 00000003 staat een KVK-nummer met vier nullen erachter. "
                "Dat klopt hier niet."
            )
        )
    return digits


def read_cbs(text: str) -> str:
    """Return the CBS code of a gemeente: GM and four digits."""
    code = _GAPS.sub("", text).upper()
    if not re.fullmatch(r"GM[0-9]{4}", code):
        raise IdentifierRefused(
            _l("Een CBS-code van een gemeente is GM met vier cijfers erachter, zoals GM0344.")
        )
    return code


def read_tooi(text: str) -> str:
    """Return a TOOI address: https, small letters, without a slash at the end."""
    match = _TOOI.fullmatch(text.strip())
    if match is None:
        raise IdentifierRefused(
            _l(
                "Een TOOI-adres ziet er zo uit: "
                "https://identifier.overheid.nl/tooi/id/gemeente/gm0344."
            )
        )
    kind, code = match["kind"].lower(), match["code"].lower()
    if kind == "gemeente" and not re.fullmatch(r"gm[0-9]{4}", code):
        raise IdentifierRefused(
            _l("Het TOOI-adres van een gemeente eindigt op gm met vier cijfers, zoals gm0344.")
        )
    return f"https://identifier.overheid.nl/tooi/id/{kind}/{code}"


def remark_on(scheme: str, value: str) -> str | None:
    """Return what the reader should know about a number that was taken, or None."""
    if scheme != "oin":
        return None
    if value[:8] == _OIN_FOR_TESTS:
        return str(_l("Dit is een OIN om mee te testen. Het wijst geen echte organisatie aan."))
    if value[:8] not in _OIN_PREFIXES:
        return str(
            _l(
                "Wij kennen geen OIN dat begint met %(prefix)s. Controleer of het nummer klopt.",
                prefix=value[:8],
            )
        )
    return None


def _digits(text: str, otherwise: object) -> str:
    digits = _GAPS.sub("", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise IdentifierRefused(otherwise)
    return digits


_READERS: dict[str, Callable[[str], str]] = {
    "kvk": read_kvk,
    "rsin": read_rsin,
    "oin": read_oin,
    "cbs": read_cbs,
    "tooi": read_tooi,
}
