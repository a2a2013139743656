"""make bench: fills the large database once, then measures pages and posts."""

from __future__ import annotations

import sys

from bench import figures, kept, page_cost, post_comments
from bench.fill import Size, fill
from bench.place import FOLDER, Place


def main() -> int:
    """Fill and measure; 1 when a page costs more than it may, or a post was refused."""
    place = Place.at(FOLDER)
    if fill(place, Size()):
        print(f"filled {place.database_url}")
    print("\n==> What pages cost")
    ratio = page_cost.report(place, rounds=15, calls=15)
    print("\n==> Posting comments")
    all_taken = post_comments.measure(place, rounds=3, seconds=4.0)
    if kept.is_possible():
        print("\n==> Kept pages beside nginx")
        kept.report(place, rounds=3, seconds=4.0)
    figures.write(place.folder, figures.PAGE)
    return int(ratio > page_cost.MOST or not all_taken)


if __name__ == "__main__":
    sys.exit(main())
