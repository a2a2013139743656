"""What somebody searches for, read from an address."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.search.kinds import Kind

MOST_CHARACTERS = 200
MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Words as they were typed, the one kind that is wanted, and the page from 1."""

    text: str = ""
    kind: Kind | None = None
    page: int = 1

    def arguments(self, kind: Kind | None = None, page: int = 1) -> dict[str, str]:
        """Return the arguments of an address that asks the same, of a kind and on a page."""
        named = {
            "q": self.text,
            "soort": str(kind) if kind else "",
            "blad": str(page) if page > 1 else "",
        }
        return {name: value for name, value in named.items() if value}


def asked_in(args: MultiDict[str, str]) -> Asked:
    """Return what an address asks; values that do not exist are left out."""
    kind, page = args.get("soort", ""), args.get("blad", "")
    is_number = page.isascii() and page.isdigit() and len(page) <= MOST_DIGITS
    return Asked(
        text=" ".join(args.get("q", "").split())[:MOST_CHARACTERS],
        kind=Kind(kind) if kind in list(Kind) else None,
        page=max(1, int(page)) if is_number else 1,
    )
