"""What somebody searches for, read from an address."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from portal.commitments.standing import Standing
from portal.search.kinds import Kind
from portal.search.queries.narrowing import EVERYTHING, Narrowing

MOST_CHARACTERS = 200
MOST_DIGITS = 4
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Asked:
    """Words as they were typed, what is wanted of what they find, and the page from 1."""

    text: str = ""
    narrowing: Narrowing = EVERYTHING
    page: int = 1

    def arguments(self, page: int = 1, **changed: object) -> dict[str, str]:
        """Return the arguments of an address that asks the same, `changed` in its narrowing."""
        wanted = replace(self.narrowing, **changed)  # type: ignore[arg-type]
        named = {
            "q": self.text,
            "soort": str(wanted.kind) if wanted.kind else "",
            "stand": str(wanted.standing),
            "organisatie": wanted.organisation,
            "jaar": str(wanted.year or ""),
            "blad": str(page) if page > 1 else "",
        }
        return {name: value for name, value in named.items() if value}


def asked_in(args: MultiDict[str, str]) -> Asked:
    """Return what an address asks; values that do not exist are left out."""
    kind, standing = args.get("soort", ""), args.get("stand", "")
    year = _number(args.get("jaar", ""))
    return Asked(
        text=" ".join(args.get("q", "").split())[:MOST_CHARACTERS],
        narrowing=Narrowing(
            kind=Kind(kind) if kind in list(Kind) else None,
            year=year if FIRST_YEAR <= year <= LAST_YEAR else None,
            organisation=args.get("organisatie", "")[:MOST_CHARACTERS],
            standing=standing if standing in list(Standing) else "",
        ),
        page=max(1, _number(args.get("blad", ""))),
    )


def _number(word: str) -> int:
    """Return the number that a word writes, 0 for anything else."""
    is_number = word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS
    return int(word) if is_number else 0
