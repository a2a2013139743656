"""What a reader asks of the list of signatories, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

STATES = ("ondertekenaar", "voormalig")
ORDERS = ("naam", "nieuwste")
MOST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Kinds, province, status, words and order; unknown values are left out."""

    kinds: tuple[str, ...]
    province: str
    state: str
    words: str
    order: str

    @property
    def active(self) -> int:
        return len(self.kinds) + bool(self.province) + bool(self.state) + bool(self.words)

    def arguments(self, **changed: Any) -> dict[str, Any]:
        """Return the address arguments of this list, with changes; what is empty is left out."""
        found: dict[str, Any] = {
            "soort": list(self.kinds),
            "provincie": self.province,
            "status": self.state,
            "q": self.words,
            "sorteer": "" if self.order == "naam" else self.order,
            **changed,
        }
        return {name: value for name, value in found.items() if value}


def asked_of(kinds: Mapping[str, str], provinces: Mapping[str, str]) -> Asked:
    """Return what the address asks, held against the kinds and provinces that exist."""
    arguments = request.args
    province = arguments.get("provincie", "")
    state = arguments.get("status", "")
    order = arguments.get("sorteer", "")
    return Asked(
        kinds=tuple(slug for slug in dict.fromkeys(arguments.getlist("soort")) if slug in kinds),
        province=province if province in provinces else "",
        state=state if state in STATES else "",
        words=" ".join(arguments.get("q", "").split())[:MOST_WORDS],
        order=order if order in ORDERS else "naam",
    )


def chips_of(
    asked: Asked, kinds: Mapping[str, str], provinces: Mapping[str, str], states: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the active filters in words, each with the address of the list without it."""

    def without(**changed: Any) -> str:
        return url_for("register.signatories", **asked.arguments(**changed))

    chips = [
        (kinds[slug], without(soort=[kind for kind in asked.kinds if kind != slug]))
        for slug in asked.kinds
    ]
    if asked.province:
        chips.append((provinces[asked.province], without(provincie="")))
    if asked.state:
        chips.append((states[asked.state], without(status="")))
    if asked.words:
        chips.append((f"“{asked.words}”", without(q="")))
    return chips
