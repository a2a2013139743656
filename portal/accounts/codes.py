"""Codes of the second factor: a telephone makes them, or they stand on paper."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

from portal.core.tokens import token_hash

DIGITS = 6
STEP_SECONDS = 30
# How many steps the clock of a telephone may be off, to either side.
STEPS_OFF = 1

RECOVERY_CODES = 10
# No letter or digit that looks like another one.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def new_secret() -> str:
    """Return a fresh secret for a telephone: 160 random bits in letters and digits."""
    return pyotp.random_base32()


def in_groups(text: str) -> str:
    """Return a secret as it is easily typed over: in groups of four."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def typed_digits(typed: str) -> str:
    """Return a code as it was meant: a telephone shows a space in the middle."""
    return re.sub(r"[\s.-]", "", typed)


def is_of_telephone(typed: str) -> bool:
    """Return whether this looks like a code of a telephone, and not like one on paper."""
    digits = typed_digits(typed)
    return len(digits) == DIGITS and digits.isascii() and digits.isdigit()


def step_of_code(secret: str, typed: str, at: datetime) -> int | None:
    """Return the step that the code of a telephone belongs to, None when it is not one of now."""
    telephone = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    digits = typed_digits(typed).encode()
    now = int(at.timestamp()) // STEP_SECONDS
    matching = [
        step
        for step in range(now - STEPS_OFF, now + STEPS_OFF + 1)
        if hmac.compare_digest(telephone.generate_otp(step).encode(), digits)
    ]
    return matching[-1] if matching else None


def set_up_address(secret: str, *, account: str, site: str) -> str:
    """Return what the QR code says: an address that an app for codes understands."""
    telephone = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    return telephone.provisioning_uri(name=account, issuer_name=site)


def qr_picture(text: str) -> Markup:
    """Return the QR code of a text as a drawing in the page, dark on white in every scheme."""
    drawn = segno.make_qr(text, error="m").svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr__code"
    )
    return Markup(drawn)  # noqa: S704


def new_recovery_codes() -> list[str]:
    """Return fresh codes for on paper, of about 79 random bits each."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_code_hash(typed: str) -> str:
    """Return what is stored of a code on paper, however it was typed over."""
    return token_hash(re.sub(r"[^a-z0-9]", "", typed.lower()))
