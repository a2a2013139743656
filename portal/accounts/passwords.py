"""Passwords: which are refused, and how they are hashed."""

from __future__ import annotations

import os
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
# One run fills a core and 19 MiB: more at once would only starve the readers.
RUNS_AT_ONCE = 2
LONGEST = 1000
# As a keyboard may send it, with marks apart from their letters; what is longer is cut off.
LONGEST_TYPED = 4 * LONGEST

HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_gate = BoundedSemaphore(RUNS_AT_ONCE)

COMMON = Path(__file__).with_name("common_passwords.txt")
LEET = str.maketrans("@430!1$57", "aaeoiisst")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
)
WALKS = tuple(walk for row in ROWS for walk in (row * 3, (row * 3)[::-1]))
FEWEST_DIFFERENT = 5
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
NO_LETTER = re.compile(r"[\W\d_]+")


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class SealedPassword:
    """The hash of a password, and whether it is long enough for a role in the vereniging."""

    hash: str
    is_long: bool


def composed(password: str) -> str:
    """Return the password with every letter in one form, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password[:LONGEST_TYPED])


def weakness(password: str, *, minimum: int, personal: Iterable[str] = ()) -> Weakness | None:
    """Return why this password is refused, None when it is taken.

    `personal` are the person's name and e-mail address; no kinds of characters are demanded.
    """
    typed = composed(password)
    if len(typed) < minimum:
        return Weakness.SHORT
    if len(typed) > LONGEST or len(password) > LONGEST_TYPED:
        return Weakness.LONG
    if _is_personal(typed, personal):
        return Weakness.PERSONAL
    return Weakness.COMMON if is_common(typed) else None


def _letters(text: str) -> str:
    return NO_LETTER.sub("", text.casefold())


def _is_personal(password: str, personal: Iterable[str]) -> bool:
    letters = _letters(password)
    own = {form for text in personal for form in (_letters(text), _letters(text.split("@")[0]))}
    return bool(letters) and letters in own


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def is_common(password: str) -> bool:
    """Return whether many people choose this password, or it with digits and signs added."""
    folded = password.casefold()
    if len(set(folded)) < FEWEST_DIFFERENT:
        return True
    forms = {folded, AROUND.sub("", folded)}
    forms |= {form.translate(LEET) for form in forms}
    forms |= {AROUND.sub("", form) for form in forms} | {_letters(form) for form in forms}
    return any(_is_known(form) for form in forms if form)


def _is_known(form: str) -> bool:
    # The smallest piece that gives the whole when it is repeated: "welkom" of "welkomwelkom".
    piece = form[: (form + form).find(form, 1)]
    is_short_piece = len(piece) < len(form) and len(piece) < FEWEST_DIFFERENT
    is_in_list = piece in _common() or form in _common()
    return is_short_piece or is_in_list or any(form in walk for walk in WALKS)


def seal(password: str, *, long_from: int) -> SealedPassword:
    """Hash a password: one run of Argon2id. Slow, so never inside the write section."""
    typed = composed(password)
    with _gate:
        hashed = HASHER.hash(typed)
    return SealedPassword(hashed, len(typed) >= long_from)


def nobodys_hash() -> str:
    """Return a hash that fits no password; comparing with it takes as long as with any."""
    salt, digest = (b64encode(os.urandom(n)).decode().rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${digest}"


def fits(password: str, hashed: str | None) -> bool:
    """Return whether the password has this hash: one run of Argon2id, for None as well."""
    with _gate:
        try:
            return HASHER.verify(hashed or nobodys_hash(), composed(password))
        except (VerificationError, InvalidHashError):
            return False


@dataclass(frozen=True, slots=True)
class Proof:
    """That the password of an account was typed: its hash, and a new one if that is outdated."""

    account_id: int
    hash: str
    renewed: SealedPassword | None = None


def is_outdated(hashed: str) -> bool:
    """Return whether the hash was made with other figures than today's."""
    return HASHER.check_needs_rehash(hashed)
