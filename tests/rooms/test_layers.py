"""The specific knows the generic: what the import linter cannot see, in templates and addresses."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.core.db import Bound, Unbound
from portal.web.destinations import Destination, NoSuchPlace, check_destinations
from portal.web.slots import Slot, SlotWithoutLenders, check_slots

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
HOUSE = next(contract for contract in CONTRACTS if contract["id"] == "house")
# How high a package stands: those of one row neither link to each other.
HEIGHT = {
    name.strip(" ()"): height
    for height, row in enumerate(reversed(HOUSE["layers"]))
    for name in row.split("|")
}
# What stands around every page may lead everywhere, and so may the pages of errors.
FRAME = {"layouts", "errors"}
# A mail belongs to the package whose act it tells of, which the first word of its name says.
MAILS = {
    "account": "accounts",
    "comment": "comments",
    "moderation": "moderation",
    "organisation": "organisations",
    "signature": "signatures",
    "vereniging": "vereniging",
}
LINK = re.compile(r"""\b(?:url_for|full_url|mail_url)\(\s*["']([a-z_]+)\.[a-z_]+["']""")
SLOT = re.compile(r"""\blent_to\(\s*["']([a-z-]+)["']""")
PLACE = re.compile(r"""\b(?:url_to|mail_url_to)\(\s*["']([a-z-]+)["']""")
TEMPLATE = re.compile(r"""\{%-?\s*(?:include|extends|from|import)\s+["']([a-z_]+)/""")


def _package_of(path: Path) -> str | None:
    """Return the package that a template or module belongs to; None for what stands around."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "portal":
        return parts[1] if len(parts) > 2 else None
    if parts[1] == "mail":
        return MAILS.get(parts[2].partition("_")[0])
    return None if parts[1] in FRAME | {"components"} else parts[1]


def _files() -> list[Path]:
    return sorted([*(ROOT / "templates").rglob("*.*"), *(ROOT / "portal").rglob("*.py")])


def _is_below(own: str | None, other: str) -> bool:
    return own is None or other == own or HEIGHT[other] < HEIGHT[own]


def _upward(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in _files():
        own = _package_of(path)
        for other in pattern.findall(path.read_text()):
            known = "web" if other == "assets" else other
            if known in HEIGHT and not _is_below(own, known):
                yield f"{path.relative_to(ROOT)}: {other}"


def test_it_links_upward_by_destinations_only() -> None:
    assert not list(_upward(LINK))


def test_it_takes_templates_from_packages_below_only() -> None:
    assert not list(_upward(TEMPLATE))


def test_it_knows_every_destination_that_a_template_names(app: Flask) -> None:
    named = {name for path in _files() for name in PLACE.findall(path.read_text())}
    assert named <= set(Destination)
    assert set(app.extensions["portal_destinations"]) == set(Destination)


def test_it_knows_every_slot_that_a_template_names(app: Flask) -> None:
    named = {name for path in _files() for name in SLOT.findall(path.read_text())}
    assert named == set(Slot) == set(app.extensions["portal_lenders"])


@pytest.mark.parametrize(
    ("check", "key", "refusal"),
    [
        (check_destinations, "portal_destinations", NoSuchPlace),
        (check_slots, "portal_lenders", SlotWithoutLenders),
        (Bound.check, "portal_roles_of", Unbound),
    ],
)
def test_it_does_not_start_with_a_way_upward_that_leads_nowhere(
    make_app: Callable[[], Flask],
    check: Callable[[Flask], None],
    key: str,
    refusal: type[Exception],
) -> None:
    app = make_app()
    check(app)
    if key == "portal_roles_of":
        del app.extensions[key]
    else:
        app.extensions[key] = {}
    with pytest.raises(refusal):
        check(app)


def test_it_fetches_nothing_by_a_string() -> None:
    # What a package lends to those below is a Bound value with a type, made in one place.
    fetching = []
    for path in sorted((ROOT / "portal").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            is_extensions = isinstance(node, ast.Attribute) and node.attr == "extensions"
            if is_extensions and path.relative_to(ROOT).as_posix() not in MAY_FETCH:
                fetching.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not fetching


# The door itself, the check of what is bound, and the lock beside the database.
MAY_FETCH = {
    "portal/core/db.py",
    "portal/web/destinations.py",
    "portal/web/slots.py",
    "portal/front/__init__.py",
}


def test_it_lets_every_room_below_the_request_reach_flask_by_two_doors() -> None:
    doors = next(contract for contract in CONTRACTS if contract["id"] == "two-doors-to-flask")
    modules = {f"portal.core.{path.stem}" for path in (ROOT / "portal/core").glob("*.py")}
    held = modules - {"portal.core.__init__", "portal.core.db", "portal.core.i18n"}
    assert held <= set(doors["source_modules"])


def test_it_makes_no_exceptions() -> None:
    assert not [contract["id"] for contract in CONTRACTS if contract.get("ignore_imports")]
