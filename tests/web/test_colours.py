"""The colours of a bar: whoever sees no hue tells its parts apart, in both schemes."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static/src/css"
ORDER = ("done", "running", "delayed", "late", "source", "planned")
COLOUR = re.compile(r"--gp-([\w-]+): (#[0-9a-f]{6});")
ENOUGH = 3


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of both schemes; the dark one changes some of the light ones."""
    light, _media, rest = (CSS / "tokens.css").read_text().partition("@media")
    dark = rest.partition("@media print")[0]
    return {"light": dict(COLOUR.findall(light)), "dark": dict(COLOUR.findall(light + dark))}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def fill(colours: dict[str, str], part: str) -> str:
    """Return the colour of a part; what only a source says lies on that of what is planned."""
    return colours[f"bar-{'planned' if part == 'source' else part}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_tells_the_parts_of_a_bar_apart_without_their_hue(scheme: str) -> None:
    colours = schemes()[scheme]
    ink, edge = colours["bar-ink"], colours["bar-edge"]

    assert contrast(edge, colours["paper"]) >= ENOUGH
    for name in ("running", "delayed", "late"):
        assert contrast(ink, fill(colours, name)) >= ENOUGH, f"the pattern of {name}"
    assert contrast(edge, fill(colours, "source")) >= ENOUGH, "the pattern of a source"
    for left, right in combinations(ORDER, 2):
        a, b = fill(colours, left), fill(colours, right)
        line = edge if right in ("source", "planned") else ink
        by_line = min(contrast(line, a), contrast(line, b))
        assert max(contrast(a, b), by_line) >= ENOUGH, f"{left} beside {right}"


def test_it_draws_no_part_by_its_colour_alone() -> None:
    css = (CSS / "progress-bar.css").read_text()
    patterns = {
        name: re.findall(r"stroke-(?:dasharray|width): ([^;]+);", rules)
        for name, rules in re.findall(r"\.progress__pattern--(\w+) \{([^}]*)\}", css)
    }

    # Done is the one full length, planned the one empty one.
    assert set(patterns) == set(ORDER) - {"done", "planned"}
    assert len({tuple(rules) for rules in patterns.values()}) == len(patterns)
