"""What the pages of the handbook say is to be typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "docs/beheer"
PART = re.compile(r"^#+ (?P<heading>[^\n]+)$|^```sh\n(?P<typed>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """Lines to be typed, and the heading above them."""

    heading: str
    typed: str


def blocks_of(page: str) -> list[Block]:
    """Return the blocks of a page of the handbook, in their order."""
    found, heading = [], ""
    for part in PART.finditer((HANDBOOK / f"{page}.md").read_text()):
        heading = part["heading"] or heading
        if part["typed"]:
            found.append(Block(heading, part["typed"]))
    return found
